"""Each requirement of levels 1 and 2 of OWASP's ASVS 5.0 has its row: a test, a file to look into, or a reason."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
TABLE = CHECKOUT / "docs" / "reference" / "asvs.csv"


# The numbers of levels 1 and 2 of the standard as published (5.0.0), by section: 70 and 183.
ASKED = {
    "1.1": ("", "1 2"),
    "1.2": ("1 2 3 4 5", "6 7 8 9"),
    "1.3": ("1 2", "3 4 5 6 7 8 9 10 11"),
    "1.4": ("", "1 2 3"),
    "1.5": ("1", "2"),
    "2.1": ("1", "2 3"),
    "2.2": ("1 2", "3"),
    "2.3": ("1", "2 3 4"),
    "2.4": ("", "1"),
    "3.2": ("1 2", ""),
    "3.3": ("1", "2 3 4"),
    "3.4": ("1 2", "3 4 5 6"),
    "3.5": ("1 2 3", "4 5"),
    "3.7": ("", "1 2"),
    "4.1": ("1", "2 3"),
    "4.2": ("", "1"),
    "4.3": ("", "1 2"),
    "4.4": ("1", "2 3 4"),
    "5.1": ("", "1"),
    "5.2": ("1 2", "3"),
    "5.3": ("1 2", ""),
    "5.4": ("", "1 2 3"),
    "6.1": ("1", "2 3"),
    "6.2": ("1 2 3 4 5 6 7 8", "9 10 11 12"),
    "6.3": ("1 2", "3 4"),
    "6.4": ("1 2", "3 4"),
    "6.5": ("", "1 2 3 4 5"),
    "6.6": ("", "1 2 3"),
    "6.8": ("", "1 2 3 4"),
    "7.1": ("", "1 2 3"),
    "7.2": ("1 2 3 4", ""),
    "7.3": ("", "1 2"),
    "7.4": ("1 2", "3 4 5"),
    "7.5": ("", "1 2"),
    "7.6": ("", "1 2"),
    "8.1": ("1", "2"),
    "8.2": ("1 2", "3"),
    "8.3": ("1", ""),
    "8.4": ("", "1"),
    "9.1": ("1 2 3", ""),
    "9.2": ("1", "2 3 4"),
    "10.1": ("", "1 2"),
    "10.2": ("", "1 2"),
    "10.3": ("", "1 2 3 4"),
    "10.4": ("1 2 3 4 5", "6 7 8 9 10 11"),
    "10.5": ("", "1 2 3 4 5"),
    "10.6": ("", "1 2"),
    "10.7": ("", "1 2 3"),
    "11.1": ("", "1 2"),
    "11.2": ("", "1 2 3"),
    "11.3": ("1 2", "3"),
    "11.4": ("1", "2 3 4"),
    "11.5": ("", "1"),
    "11.6": ("", "1"),
    "12.1": ("1", "2 3"),
    "12.2": ("1 2", ""),
    "12.3": ("", "1 2 3 4"),
    "13.1": ("", "1"),
    "13.2": ("", "1 2 3 4 5"),
    "13.3": ("", "1 2"),
    "13.4": ("1", "2 3 4 5"),
    "14.1": ("", "1 2"),
    "14.2": ("1", "2 3 4"),
    "14.3": ("1", "2 3"),
    "15.1": ("1", "2 3"),
    "15.2": ("1", "2 3"),
    "15.3": ("1", "2 3 4 5 6 7"),
    "16.1": ("", "1"),
    "16.2": ("", "1 2 3 4 5"),
    "16.3": ("", "1 2 3 4"),
    "16.4": ("", "1 2 3"),
    "16.5": ("", "1 2 3"),
    "17.1": ("", "1"),
    "17.2": ("", "1 2 3 4"),
    "17.3": ("", "1 2"),
}
BEYOND = {
    "1.2.10", "1.3.12", "2.3.5", "4.1.4", "5.2.6", "7.5.3", "8.3.2", "14.2.7", "14.2.8", "15.2.4", "15.4.2", "16.5.4",
}  # fmt: skip


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_requirement_stands_there_once_in_order() -> None:
    numbers = [[int(n) for n in row["requirement"].split(".")] for row in rows()]
    assert numbers == sorted(numbers)
    assert len({tuple(each) for each in numbers}) == len(numbers)
    level = {row["requirement"]: row["level"] for row in rows()}
    asked = {
        f"{section}.{number}": str(which)
        for section, both in ASKED.items()
        for which, numbers_of in enumerate(both, 1)
        for number in numbers_of.split()
    }
    assert len(asked) == 70 + 183
    assert level == asked | dict.fromkeys(BEYOND, "3")


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["requirement"])
def test_its_answer_is_there(row: dict[str, str]) -> None:
    kind, said = row["answered_by"], row["where_or_why"]
    assert row["level"] in ("1", "2", "3")
    assert row["in_our_own_words"]
    if kind == "test":
        path, _, name = said.partition("::")
        assert re.search(rf"^def {name}\(", (CHECKOUT / path).read_text(encoding="utf-8"), re.MULTILINE)
    elif kind == "check":
        assert (CHECKOUT / said).is_file()
    else:
        assert kind in ("reason", "open")
        assert len(said) > 15
