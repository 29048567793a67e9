"""A table that leaves is read by a spreadsheet as words, and loses nothing by that."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casewright.foundation.spreadsheets import BEGINS, as_csv, cell

FORMULAE = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "'=1+1", "＝1+1", '=HYPERLINK("http://x","y")',
    "=cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", '"=1+1"', "=1;=2",
)  # fmt: skip


def read(table: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table, newline="")))


@pytest.mark.parametrize("words", FORMULAE)
def test_no_cell_begins_as_a_formula(words: str) -> None:
    for row in read(as_csv([words], [[words, "x"], ["x", words]])):
        for each in row:
            assert not each.lstrip(" ").startswith(BEGINS)


@given(
    st.text(alphabet=st.sampled_from("=+-@\t\r\n' \"a,;1"), max_size=6)
    | st.text(max_size=20).filter(lambda t: "\0" not in t)
)
@settings(max_examples=200, deadline=None)
def test_taking_one_apostrophe_away_gives_the_words_back(words: str) -> None:
    ((found,),) = read(as_csv(["head"], [[words]]))[1:] or [[""]]
    guarded = found.startswith("'") and found.lstrip("' ").startswith(BEGINS)
    assert (found[1:] if guarded else found) == words
    assert not found.startswith(BEGINS)


def test_numbers_stay_numbers() -> None:
    assert cell(-5) == -5
    assert read(as_csv(["n"], [[-5], [None]])) == [["n"], ["-5"], [""]]
