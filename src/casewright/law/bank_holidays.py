"""Bank holidays of England and Wales, Scotland and Northern Ireland: published, proclaimed or computed.

Published days are the official list; a proclaimed day comes from a royal proclamation under the Banking and
Financial Dealings Act 1971 s.1(3). For later years the days are computed from Schedule 1 to that Act and the
settled practice of proclaiming New Year's Day, the early May holiday and substitute days; they are marked so.
"""

import csv
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from casewright.law.authority import read

EVERYWHERE = frozenset({"EW", "SC", "NI"})
MONDAY, SATURDAY, SUNDAY = 0, 5, 6
DIVISIONS = {"england-and-wales": "EW", "scotland": "SC", "northern-ireland": "NI"}


class Holiday(NamedTuple):
    """One bank holiday, where it holds (EW, SC, NI) and how it is known."""

    on: date
    name: str
    where: frozenset[str]
    standing: str


@cache
def easter(year: int) -> date:
    """Easter Sunday (Gregorian), by the anonymous computus; Calendar (New Style) Act 1750."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    h = (19 * a + b - d - (b - f + 1) // 3 + 15) % 30
    k = (32 + 2 * e + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


def listed() -> tuple[Holiday, ...]:
    """The published and proclaimed days packaged with the library, oldest first."""
    lines = [line for line in read("bank_holidays.csv").splitlines() if not line.startswith("#")]
    return tuple(_row(row) for row in csv.DictReader(lines))


def _row(row: Mapping[str, str]) -> Holiday:
    name = f"{row['name']}, {row['note']}" if row["note"] == "substitute" else row["name"]
    return Holiday(date.fromisoformat(row["on"]), name, frozenset(row["where"].split()), row["standing"])


def official(published: Mapping[str, Any]) -> tuple[Holiday, ...]:
    """Read the official JSON form: one object per division, each with `events` of `date`, `title`, `notes`."""
    found: dict[tuple[date, str], set[str]] = {}
    for division, where in DIVISIONS.items():
        for event in published[division]["events"]:
            substitute = ", substitute" if event.get("notes", "").lower().startswith("substitute") else ""
            key = (date.fromisoformat(event["date"]), event["title"].replace("\u2019", "'") + substitute)
            found.setdefault(key, set()).add(where)
    return tuple(Holiday(on, name, frozenset(w), "published") for (on, name), w in sorted(found.items()))


def computed(year: int) -> tuple[Holiday, ...]:
    """The bank holidays of a year not yet published, from the 1971 Act Sch.1 and settled practice."""
    return tuple(sorted([*_movable(year), *_fixed(year)]))


def _movable(year: int) -> Iterable[Holiday]:
    sunday = easter(year)
    yield _day(sunday - timedelta(days=2), "Good Friday", "EW SC NI")
    yield _day(sunday + timedelta(days=1), "Easter Monday", "EW NI")
    yield _day(_first_monday(year, 5), "Early May bank holiday", "EW SC NI")
    yield _day(_last_monday(year, 5), "Spring bank holiday", "EW SC NI")
    yield _day(_last_monday(year, 8), "Summer bank holiday", "EW NI")
    yield _day(_first_monday(year, 8), "Summer bank holiday", "SC")


def _fixed(year: int) -> Iterable[Holiday]:
    new_year = date(year, 1, 1)
    yield _moved(new_year, "New Year's Day", "EW SC NI")
    taken = _moved(new_year, "", "SC").on
    yield _moved(date(year, 1, 2), "2nd January", "SC", taken=taken)
    yield _moved(date(year, 3, 17), "St Patrick's Day", "NI")
    yield _moved(date(year, 7, 12), "Battle of the Boyne (Orangemen's Day)", "NI")
    yield _moved(date(year, 11, 30), "St Andrew's Day", "SC")
    yield from _christmas(year)


def _christmas(year: int) -> Iterable[Holiday]:
    """Christmas Day and Boxing Day; the one that falls on a Sunday takes the later substitute day."""
    days = [(date(year, 12, 25), "Christmas Day"), (date(year, 12, 26), "Boxing Day")]
    if days[0][0].weekday() == SUNDAY:
        days.reverse()
    first = _moved(*days[0], "EW SC NI")
    yield first
    yield _moved(*days[1], "EW SC NI", taken=first.on)


def _moved(on: date, name: str, where: str, *, taken: date | None = None) -> Holiday:
    """The day itself, or its substitute: the next weekday that is not already `taken`."""
    kept = on
    while kept.weekday() >= SATURDAY or kept == taken:
        kept += timedelta(days=1)
    return _day(kept, name if kept == on else f"{name}, substitute", where)


def _day(on: date, name: str, where: str) -> Holiday:
    return Holiday(on, name, frozenset(where.split()), "computed")


def _first_monday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(MONDAY - first.weekday()) % 7)


def _last_monday(year: int, month: int) -> date:
    last = date(year, month + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - MONDAY) % 7)
