"""The only place where the wall clock is read.

Every moment is aware (UTC inside, shown in London). In a demonstration the clock can be moved forward or back by
whole days; the shift is kept in the database so that web and worker processes agree, and each door reads it once
(`tune`) before it does anything. Tests and drills stand the clock still with `standing_at`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_shift: ContextVar[timedelta] = ContextVar("clock_shift", default=timedelta(0))
_standing: ContextVar[datetime | None] = ContextVar("clock_standing", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC; moved by the demonstration's shift where one is set."""
    standing = _standing.get()
    return standing if standing is not None else datetime.now(UTC) + _shift.get()


def real() -> datetime:
    """The machine's own moment, aware, in UTC, whatever the demonstration shows: sessions and links age by it."""
    return datetime.now(UTC)


def today() -> date:
    """The present day in London: legal days are local days (Summer Time Act 1972)."""
    return london_day(now())


def london_day(moment: datetime) -> date:
    """The London calendar day of an aware moment.

    :raises ValueError: if the moment is naive
    """
    if moment.tzinfo is None:
        raise ValueError("a moment must carry its time zone")
    return moment.astimezone(LONDON).date()


def morning_of(day: date) -> datetime:
    """Six o'clock in London on a day: when its round is gone, aware."""
    return datetime.combine(day, time(6), LONDON)


def shift() -> timedelta:
    """How far the demonstration's clock stands from the real one; zero outside a demonstration."""
    return _shift.get()


def tune(moved: timedelta) -> None:
    """Set the shift for the rest of this request, command or chunk. Called by doors only."""
    _shift.set(moved)


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Make the clock stand still at an aware moment, for tests, drills and replays."""
    if moment.tzinfo is None:
        raise ValueError("a moment must carry its time zone")
    token = _standing.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _standing.reset(token)
