"""A line of CSV is cut as Python's own reader cuts it, whether it is read by that or not."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casewright.foundation.messages.actions import Unreadable
from casewright.interfaces.cameras.rows import split_csv

LINES = st.text(st.sampled_from("ab1 ,,;\"\r\t'é\x00\u2028"), min_size=1, max_size=30)


def by_the_reader(line: str) -> list[str] | None:
    try:
        return next(csv.reader([line], strict=True, skipinitialspace=True))
    except (csv.Error, StopIteration):
        return None


@given(LINES)
def test_a_line_is_cut_as_by_the_reader(line: str) -> None:
    fields = by_the_reader(line)
    if fields is None:
        with pytest.raises(Unreadable, match="quotation mark"):
            split_csv(line, ["a"])
    else:
        header = [f"c{n}" for n in range(len(fields))]
        cut = {name: value.lstrip(" ") for name, value in split_csv(line, header).items()}
        assert cut == dict(zip(header, (field.lstrip(" ") for field in fields), strict=True))
        with pytest.raises(Unreadable, match=f"{len(fields)} fields"):
            split_csv(line, [*header, "one more"])


def test_an_empty_line_has_no_field_of_the_heading() -> None:
    with pytest.raises(Unreadable):
        split_csv("", ["a", "b"])
