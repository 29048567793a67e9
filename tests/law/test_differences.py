"""Differences to other libraries fall into few classes, each explained with its authority in the reference."""

from collections import Counter
from pathlib import Path

import pytest
from tests.law import differences

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "law-differences.md"
MOST_CLASSES, MILLION = 20, 1_000_000


def explained() -> set[tuple[str, str]]:
    """Each (library, class) in the page's table, with an explanation and an authority beside it."""
    rows = [line.split("|")[1:-1] for line in PAGE.read_text(encoding="utf-8").splitlines() if "| `" in line]
    assert all(len(row) == 4 and all(cell.strip() for cell in row) for row in rows)
    return {
        (library.strip(), why.strip().strip("`"))
        for why, libraries, *_ in rows
        for library in libraries.split(",")
    }


def found(cases: int) -> set[tuple[str, str]]:
    return set(Counter((library, why) for library, _, why in differences.differences(cases, 2026)))


def test_every_difference_is_of_a_class_explained_in_the_reference() -> None:
    assert found(10_000) == explained()
    assert len(explained()) <= MOST_CLASSES


@pytest.mark.drill
def test_a_million_differences_are_of_the_same_classes() -> None:
    assert found(MILLION) == explained()


def test_a_difference_that_no_day_explains_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    count, is_open = differences.LIBRARIES["holidays"]

    def late(on, number):
        return count(on, number) + differences.DAY

    monkeypatch.setitem(differences.LIBRARIES, "holidays", (late, is_open))
    assert ("holidays", "unexplained") in found(200)
