"""When it happened: the London day and time of a row, or why they cannot be right. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from casewright.areas.traffic.detections import Register
from casewright.foundation.clock import LONDON
from casewright.interfaces.cameras.rows import unreadable

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_BRITISH = re.compile(r"(\d{2})/(\d{2})/(\d{4})")
YEAR = timedelta(days=366)
_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d):([0-5]\d)")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def moment_of(given: Mapping[str, str], register: Register) -> datetime:
    """The moment of the offence, in UTC, from a row's London day and time.

    :raises Unreadable: if there is no such day or hour, it came twice, or it lies in the future or too far back
    """
    naive = datetime.combine(day_of(given["date"]), _clock_of(given["time"]))
    moment = _in_london(naive, given)
    if moment > register.received_at:
        raise unreadable(
            "date",
            f"{given['date']} {given['time']}",
            "A detection cannot be later than its upload.",
            "Ask the site: its clock may be wrong.",
            "future",
        )
    if register.received_at - moment > YEAR:
        raise unreadable(
            "date",
            given["date"],
            "The detection is more than a year old.",
            "Ask the site: its clock may be wrong. Six months have passed in any case.",
            "ancient",
        )
    return moment


def _clock_of(text: str) -> time:
    if _TIME.fullmatch(text):
        return time.fromisoformat(text)
    raise unreadable("time", text, "This is not a time as 14:07:31.", "Type the time on the image.", "time")


@lru_cache(maxsize=1024)
def day_of(text: str) -> date:
    """The day a row names: few in a file, so each is read once.

    :raises Unreadable: if it is not a date, or there is no such day
    """
    iso, british = _ISO.fullmatch(text), _BRITISH.fullmatch(text)
    if iso:
        year, month, day = (int(part) for part in iso.groups())
    elif british:
        day, month, year = (int(part) for part in british.groups())
    else:
        raise unreadable(
            "date",
            text,
            "This is not a date as 2026-11-22 or 22/11/2026.",
            "Type the day on the image's data block.",
            "date",
        )
    try:
        return date(year, month, day)
    except ValueError:
        raise unreadable(
            "date", text, _no_such_day(year, month), "Type the day on the image's data block.", "date"
        ) from None


def _no_such_day(year: int, month: int) -> str:
    if not 1 <= month <= 12:
        return f"There is no month {month}."
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day if year else 31
    return f"{_MONTHS[month - 1]} {year} has {last} days."


def _in_london(naive: datetime, given: Mapping[str, str]) -> datetime:
    plain = _plain_hour(naive.date(), naive.hour)
    if plain is not None and given["utc_offset"] in ("", plain[1]):
        return (naive - plain[0]).replace(tzinfo=UTC)
    return _in_an_odd_hour(naive, given)


@lru_cache(maxsize=32_768)
def _plain_hour(day: date, hour: int) -> tuple[timedelta, str] | None:
    """London's distance from UTC in an hour, also as text; None where the clocks change in it.

    They change on the hour, so what holds at its first and last minute holds between (a test walks every hour).
    """
    ends = [datetime.combine(day, time(hour, minute), LONDON) for minute in (0, 59)]
    found = {each.replace(fold=fold).utcoffset() for each in ends for fold in (0, 1)}
    offset = found.pop()
    if found or offset is None:
        return None
    return offset, f"{ends[0]:%z}"[:3] + ":" + f"{ends[0]:%z}"[3:]


def _in_an_odd_hour(naive: datetime, given: Mapping[str, str]) -> datetime:
    """A row in an hour in which the clocks change, or that says how far from UTC it was: every case looked at."""
    early, late = (naive.replace(tzinfo=LONDON, fold=f) for f in (0, 1))
    if early.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != naive:
        raise unreadable(
            "time",
            given["time"],
            "The clocks went forward: this hour did not happen in London.",
            "Ask the site: its clock may not have been put forward.",
            "hour_missing",
        )
    stated = given["utc_offset"].replace(":", "")
    if early.utcoffset() == late.utcoffset() and stated in ("", early.strftime("%z")):
        return early.astimezone(UTC)
    if early.utcoffset() == late.utcoffset():
        there = early.isoformat()[-6:]
        raise unreadable(
            "utc_offset",
            given["utc_offset"],
            f"London was at {there} then, not {given['utc_offset']}: the row contradicts itself.",
            "Ask the site which of the two is right; leave the offset empty if the time is London's.",
            "offset_wrong",
        )
    for candidate in (early, late):
        if candidate.strftime("%z") == stated:
            return candidate.astimezone(UTC)
    raise unreadable(
        "utc_offset",
        given["utc_offset"],
        "The clocks went back: this hour happened twice.",
        "Type +01:00 for the first, summer time, or +00:00 for the second.",
        "hour_twice",
    )


def said(day: date) -> str:
    """A day in words: 22 November 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
