"""How dates, numbers and money are written for a person (LOOK 8). Pure: no clock, no Django.

Moments are shown in London time whatever zone they were stored in. Week days stand beside every deadline.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
# Why an allegation or matter ended, as a person reads it; a reason without a line here is read as it was typed.
REASONS = {
    "BELOW_THRESHOLD": "the speed is below where this force enforces",
    "CALIBRATION_OUT": "the device had no certificate in date that day",
    "SECONDARY_CHECK_FAIL": "the second check does not agree with the speed",
    "VSL_CHANGE_WINDOW": "the variable limit had just changed",
    "MULTI_VEHICLE": "more than one vehicle is in the image",
    "SIGNAGE_TRO": "the signs or the order for the road were not right",
    "NIP_LATE_SOURCE": "it was received too late for a notice in time",
    "NIP_LATE_UNIT": "no notice could be served in time any more",
    "TIME_BARRED_6M": "the time to charge has passed",
    "PUBLIC_INTEREST": "it is not in the public interest to go on",
}
# What the movers of the daily round did, as words after its number: for one, and for more.
_CAME_OF = {
    "traffic.record_defaults": ("default was alleged", "defaults were alleged"),
    "traffic.end_late_notices": ("notice ended as too late", "notices ended as too late"),
    "traffic.end_time_barred": ("charge was barred by time", "charges were barred by time"),
    "collisions.pass_time_limit": ("collision passed its time limit", "collisions passed their time limit"),
    "held.remove": ("held row was removed", "held rows were removed"),
    "open matters without owner or next action": (
        "open matter without owner or next action",
        "open matters without owner or next action",
    ),
    "rows that point to nothing": ("row that points to nothing", "rows that point to nothing"),
}
NEAR_MONTHS = 3  # a table leaves the year out for the present year and the next three months


def london(moment: datetime) -> datetime:
    """The same moment on a London clock; a naive moment is taken to be London already."""
    return moment.astimezone(LONDON) if moment.tzinfo else moment.replace(tzinfo=LONDON)


def as_day(value: date | datetime) -> date:
    """The London calendar day of a day or a moment."""
    return london(value).date() if isinstance(value, datetime) else value


def day(value: date | datetime | None, *, year: bool = True) -> str:
    """``Monday 21 December 2026``; without the year for a chain of near dates."""
    if value is None:
        return "no date"
    on = as_day(value)
    return f"{on:%A} {on.day} {on:%B}" + (f" {on.year}" if year else "")


def plain_day(value: date | datetime | None) -> str:
    """``21 December 2026``: for dates that are not deadlines."""
    if value is None:
        return "no date"
    on = as_day(value)
    return f"{on.day} {on:%B} {on.year}"


def short_day(value: date | datetime | None, *, today: date | None = None) -> str:
    """``Mon 21 Dec`` for tables; the year is added unless it is this one or within three months of ``today``."""
    if value is None:
        return "no date"
    on = as_day(value)
    written = f"{on:%a} {on.day} {on:%b}"
    return written if today is None or is_near(on, today) else f"{written} {on.year}"


def is_near(on: date, today: date) -> bool:
    """Whether a day's year goes without saying: it is this one, or the day lies within the next three months."""
    months = (on.year - today.year) * 12 + on.month - today.month
    return on.year == today.year or 0 <= months <= NEAR_MONTHS


def clock_time(value: datetime | None) -> str:
    """``09:58``: a London time of day on the 24 hour clock."""
    return f"{london(value):%H:%M}" if value else "no time"


def moment(value: datetime | None) -> str:
    """``21 December 2026, 09:58``: a moment in prose."""
    return f"{plain_day(value)}, {clock_time(value)}" if value else "no time"


def thousands(value: int | float) -> str:
    """``1,204``."""
    return f"{value:,}"


def mph(value: int | float | None) -> str:
    """``47 mph``."""
    return "no reading" if value is None else f"{value:g} mph"


def pounds(pence: int) -> str:
    """``£100`` or ``£1,000.50`` from exact pence."""
    whole, rest = divmod(abs(pence), 100)
    return f"{'-' if pence < 0 else ''}£{whole:,}" + (f".{rest:02d}" if rest else "")


def days_left(count: int | None) -> str:
    """``5 days``, ``1 day``, ``today``, ``1 day over``; the count is negative once the last day has passed."""
    if count is None:
        return ""
    if count == 0:
        return "today"
    written = f"{abs(count):,} day" + ("" if abs(count) == 1 else "s")
    return f"{written} over" if count < 0 else written


def counted(count: int, one: str, many: str = "") -> str:
    """``1 matter``, ``1,204 matters``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(values: Iterable[object], last: str = "and") -> str:
    """``a, b and c``."""
    said = [str(value) for value in values]
    return f"{', '.join(said[:-1])} {last} {said[-1]}" if len(said) > 1 else "".join(said)


def came_of(counts: dict[str, Any]) -> str:
    """What came of a part of a run, each with its number: ``25 accepted, 1 held``; empty where nothing came of it."""
    numbers = {name: number for name, number in counts.items() if isinstance(number, int) and number}
    names = {name: name.rpartition(".")[2].replace("_", " ") for name in numbers}
    return ", ".join(counted(numbers[name], *_CAME_OF.get(name, (names[name],) * 2)) for name in numbers)


def offered(detail: str) -> str:
    """What an option offers, spelt out: ``£100 and 3 points`` for the short form 100/3; a course as it is."""
    penalty, slash, points = detail.partition("/")
    if not (slash and penalty.isdecimal() and points.isdecimal()):
        return detail
    return f"£{int(penalty):,} and {counted(int(points), 'point')}" if int(points) else f"£{int(penalty):,}"


def bytes_of(size: int) -> str:
    """``812 bytes``, ``14 kB``, ``1.4 MB``: decimal units, as file managers show them."""
    if size < 1_000:
        return counted(size, "byte")
    return f"{size / 1_000:.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"


def lasted(seconds: float) -> str:
    """``1.9 seconds``, ``4 min 10 s``, ``2 h 5 min``."""
    if seconds < 60:
        return f"{seconds:.1f} seconds"
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def about(seconds: float) -> str:
    """A time still to come, no more exact than it is known: ``About 40 seconds``, ``About 3 minutes``."""
    if seconds < 10:
        return "A few seconds"
    if seconds < 60:
        return f"About {5 * round(seconds / 5)} seconds"
    minutes = round(seconds / 60)
    return (
        f"About {counted(minutes, 'minute')}"
        if minutes < 60
        else f"About {counted(round(minutes / 60), 'hour')}"
    )


def reason(code: str) -> str:
    """``NIP_LATE_UNIT`` in words: ``no notice could be served in time any more``."""
    return REASONS.get(code.upper(), code.replace("_", " ").lower() if code.isupper() else code)


def facts_in_words(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts kept in a journal entry, as its sentence says them: days, reasons, pages, large numbers in words."""
    said = {name: _fact_in_words(value) for name, value in facts.items()}
    return said | {"page": str(facts["page"]).replace("_", " ")} if "page" in facts else said


def _fact_in_words(value: Any) -> Any:
    if isinstance(value, int) and value >= 1_000:
        return f"{value:,}"
    if not isinstance(value, str):
        return value
    if len(value) != len("2026-12-21") or value[4] != "-":
        return REASONS.get(value, value)
    try:
        return day(date.fromisoformat(value))
    except ValueError:
        return value
