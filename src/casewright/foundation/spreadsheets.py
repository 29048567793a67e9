"""Every table that leaves the product as CSV is written here: a spreadsheet must read it as words, never as a formula.

A cell that a spreadsheet would take for a formula gets an apostrophe before it (ASVS 5.0 1.2.10), and so does one that
begins with apostrophes and then such a sign: taking one apostrophe away from such a cell gives the words as they were.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

# What Excel and LibreOffice take for the beginning of a formula, also in their wide forms, and what hides one.
BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "\N{FULLWIDTH EQUALS SIGN}", "\N{FULLWIDTH PLUS SIGN}",
          "\N{FULLWIDTH HYPHEN-MINUS}", "\N{FULLWIDTH COMMERCIAL AT}")  # fmt: skip


def as_csv(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV."""
    return "".join(pieces(heading, rows))


def pieces(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The same line by line, for a table too large to hold."""
    yield _line(heading)
    for each in rows:
        yield _line(each)


def cell(value: object) -> object:
    """A value as it stands in its cell; numbers stay numbers, so minus five is still minus five."""
    if not isinstance(value, str):
        return value
    return f"'{value}" if value.lstrip("' ").startswith(BEGINS) else value


def _line(row: Sequence[object]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([cell(each) for each in row])
    return out.getvalue()
