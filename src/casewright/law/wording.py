"""Dates, times and counts in words, as the pages and letters say them: Saturday 12 December 2026, 14:30."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@lru_cache(maxsize=16384)
def full(on: date) -> str:
    """Saturday 12 December 2026."""
    return f"{WEEKDAYS[on.weekday()]} {on.day} {MONTHS[on.month - 1]} {on.year}"


@lru_cache(maxsize=16384)
def near(on: date, year: int) -> str:
    """Saturday 12 December, with the year only if it is not the year already spoken of."""
    return full(on) if on.year != year else f"{WEEKDAYS[on.weekday()]} {on.day} {MONTHS[on.month - 1]}"


def close(on: date, spoken: date) -> str:
    """Tuesday 22, when the month was just spoken of; else as `near`."""
    if (on.year, on.month) == (spoken.year, spoken.month):
        return f"{WEEKDAYS[on.weekday()]} {on.day}"
    return near(on, spoken.year)


def moment(at: datetime) -> str:
    """14:30 on Friday 9 January 2026 (London; GMT or BST is named where the clocks make it matter)."""
    local = at.astimezone(LONDON)
    return f"{local:%H:%M} {local.tzname()} on {full(local.date())}"


def until(at: datetime) -> str:
    """An instant that ends a period: the stroke of midnight is the end of the day before."""
    local = at.astimezone(LONDON)
    if local.hour == local.minute == 0:
        return f"the end of {full(local.date() - timedelta(days=1))}"
    return moment(at)


def london_day(at: datetime) -> date:
    """The London date of an instant."""
    return at.astimezone(LONDON).date()


def plus_hours(at: datetime, hours: float) -> datetime:
    """`hours` of elapsed time later, in London time (an hour is an hour across a clock change)."""
    return (at.astimezone(UTC) + timedelta(hours=hours)).astimezone(LONDON)


def listed(words: Sequence[str], last: str = "and") -> str:
    """one, two and three."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def count(number: int, thing: str) -> str:
    """14 days; one month; 3 business days."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def holiday(name: str) -> str:
    """A holiday in a sentence: the Spring bank holiday, but Good Friday; a substitute day by its holiday."""
    plain = name.removesuffix(", substitute")
    return f"the {plain}" if "holiday" in plain.lower() else plain


def closed(reasons: Iterable[str]) -> str:
    """Why days are left out, in words: "on Christmas Day or Boxing Day", "at a weekend"."""
    names = list(dict.fromkeys(holiday(name) for name in reasons))
    holidays = [name for name in names if name not in WEEKDAYS]
    weekend = [name for name in names if name in WEEKDAYS]
    parts = [f"on {listed(holidays, 'or')}"] if holidays else []
    if len(weekend) == 2:
        parts.append("at a weekend")
    elif weekend:
        parts.append(f"on a {weekend[0]}")
    return listed(parts, "or")
