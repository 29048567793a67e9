"""Rank bands, the fuse and the count bar (LOOK 4 and 6)."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casewright.web.bands import Part, band, fuse_at, slices

LEFT, LEAD = st.integers(-400, 400), st.integers(0, 60)


@pytest.mark.parametrize(
    ("left", "lead", "name"),
    [
        (-1, 7, "late"),
        (0, 7, "today"),
        (1, 7, "lead"),
        (7, 7, "lead"),
        (8, 7, "later"),
        (1, 0, "later"),
        (None, 7, "later"),
    ],
)
def test_bands(left: int | None, lead: int, name: str) -> None:
    assert band(left, lead) == name


@given(LEFT, LEAD)
def test_the_disc_stands_where_its_band_says(left: int, lead: int) -> None:
    places = {"late": (100, 100), "today": (90, 90), "lead": (60, 86), "later": (6, 54)}
    low, high = places[band(left, lead)]
    assert low <= fuse_at(left, lead) <= high


@given(LEFT, LEAD)
def test_the_disc_never_moves_back_as_the_day_nears(left: int, lead: int) -> None:
    assert fuse_at(left - 1, lead) >= fuse_at(left, lead)


@given(st.lists(st.integers(0, 200_000), min_size=1, max_size=5))
def test_a_count_bar_is_as_long_as_its_whole_and_shows_every_part_that_is_not_zero(counts: list[int]) -> None:
    whole = max(sum(counts), 1)
    drawn = slices([Part(f"p{n}", "", count) for n, count in enumerate(counts)], whole)
    assert [each.key for each in drawn] == [f"p{n}" for n, count in enumerate(counts) if count]
    assert all(each.width > 0 for each in drawn)
    assert sum(each.width for each in drawn) <= whole * 1.001 + 0.05
    assert all(one.x <= other.x for one, other in pairwise(drawn))
