"""One row of a detections file, field by field, into a detection or the fault that keeps it from being one. Pure."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from casewright.areas.traffic.detections import Detection, Register
from casewright.foundation.clock import LONDON
from casewright.foundation.messages.actions import Fault, Unreadable
from casewright.interfaces.cameras.contract import COLUMNS, LONGEST_LINE, NAMES, NEEDED
from casewright.law.identifiers import NotAMark, registration_mark
from casewright.law.offences import all_offences
from casewright.law.traffic import vehicle_classes

LIMITS = (20, 30, 40, 50, 60, 70)
SPEEDS = range(1, 251)
CLASSES = frozenset(vehicle_classes())
_LENGTHS = {c.name: c.longest for c in COLUMNS}
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_BRITISH = re.compile(r"(\d{2})/(\d{2})/(\d{4})")
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


def unreadable(
    field: str, value: str, reason: str, remedy: str, cause: str, refused: bool = False
) -> Unreadable:
    """The exception that carries one fault out of the reading of one row."""
    return Unreadable(Fault(field, value, reason, remedy, cause, refused))


def split_csv(line: str, header: Sequence[str]) -> dict[str, str]:
    """The fields of one line by column name.

    :raises Unreadable: if the line is too long, has an open quotation mark or a different number of fields
    """
    if len(line) > LONGEST_LINE:
        raise unreadable(
            "row",
            line[:60],
            f"The row has {len(line):,} characters; the most is {LONGEST_LINE:,}.",
            "Ask the site to send this row again.",
            "too_long",
            refused=True,
        )
    try:
        fields = next(csv.reader([line], strict=True))
    except (csv.Error, StopIteration):
        raise unreadable(
            "row",
            line[:60],
            "A quotation mark is opened and not closed.",
            "Ask the site to send this row again.",
            "truncated",
            refused=True,
        ) from None
    if len(fields) != len(header):
        raise unreadable(
            "row",
            line[:60],
            f"The row has {len(fields)} fields; the heading has {len(header)}.",
            "The file may have been cut off here: ask the site to send this row again.",
            "truncated",
            refused=True,
        )
    return dict(zip(header, fields, strict=True))


def split_json(line: str) -> dict[str, str]:
    """The fields of one JSON object, as text.

    :raises Unreadable: if it is not one flat object
    """
    try:
        given = json.loads(line, parse_constant=str)
    except (ValueError, RecursionError):
        raise unreadable(
            "row",
            line[:60],
            "This is not a whole JSON object.",
            "The file may have been cut off here: ask the site to send this row again.",
            "truncated",
            refused=True,
        ) from None
    if not isinstance(given, dict) or any(isinstance(v, (dict, list)) for v in given.values()):
        raise unreadable(
            "row",
            line[:60],
            "Each row must be one flat JSON object.",
            "Ask the site to send it so.",
            "not_flat",
            refused=True,
        )
    return {str(k): _text(v) for k, v in given.items()}


def _text(value: Any) -> str:
    return "" if value is None else ("yes" if value is True else "no" if value is False else str(value))


def read(number: int, values: Mapping[str, str], register: Register) -> Detection:
    """Check a row field by field and make the detection.

    :raises Unreadable: with the field, its value, why it cannot be right and what mends it
    """
    given = {name: values.get(name, "").strip() for name in NAMES}
    _check_lengths(given)
    site = _site(given, register)
    moment = _moment(given, register)
    _certified(given, moment, register)
    limit, speed, secondary = _speeds(given, site[2])
    return Detection(
        row=number,
        offence_at=moment,
        registration_mark=_mark(given["mark"]),
        device_code=given["device"],
        sequence=given["sequence"],
        site_code=given["site"],
        location=site[0],
        road_kind=site[1],
        limit_mph=limit,
        recorded_mph=speed,
        secondary_mph=secondary,
        vehicle_class=_vehicle_class(given["vehicle_class"]),
        offence_codes=_offences(given["offences"], site[3], speed),
        image_reference=given["image"],
        warned_at_time=given["warned"] == "yes",
        source=_source(given["source"]),
        limit_changed_seconds_ago=_whole("limit_set_seconds", given, range(1_000_000)),
    )


def _check_lengths(given: Mapping[str, str]) -> None:
    for name, value in given.items():
        if not value:
            if name in NEEDED:
                raise unreadable(
                    name,
                    "",
                    f"The {name} is empty.",
                    f"Look at the image and type the {name}.",
                    f"{name}_empty",
                )
        elif len(value) > _LENGTHS[name]:
            raise unreadable(
                name,
                value[:60],
                f"The {name} has {len(value)} characters; the most is {_LENGTHS[name]}.",
                f"Look at the image and type the {name}.",
                f"{name}_long",
            )
        elif not value.isprintable() or (value[0] in "=+@<" and name != "utc_offset") or "<" in value:
            raise unreadable(
                name,
                value[:60],
                f"The {name} holds characters that no {name} has.",
                f"Look at the image and type the {name}.",
                f"{name}_characters",
            )


def _site(given: Mapping[str, str], register: Register) -> tuple[str, str, int, str]:
    found = register.sites.get(given["site"])
    if found is None:
        raise unreadable(
            "site",
            given["site"],
            "No site of this code is registered.",
            "Register the site, then replay every row of it.",
            "site_unknown",
        )
    return found


def _day(given: Mapping[str, str]) -> date:
    text = given["date"]
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


def _moment(given: Mapping[str, str], register: Register) -> datetime:
    day, clock = _day(given), _TIME.fullmatch(given["time"])
    if clock is None:
        raise unreadable(
            "time", given["time"], "This is not a time as 14:07:31.", "Type the time on the image.", "time"
        )
    naive = datetime.combine(day, time.fromisoformat(clock.group()))
    moment = _in_london(naive, given)
    if moment > register.received_at:
        raise unreadable(
            "date",
            f"{given['date']} {given['time']}",
            "A detection cannot be later than its upload.",
            "Ask the site: its clock may be wrong.",
            "future",
        )
    if register.received_at - moment > timedelta(days=366):
        raise unreadable(
            "date",
            given["date"],
            "The detection is more than a year old.",
            "Ask the site: its clock may be wrong. Six months have passed in any case.",
            "ancient",
        )
    return moment


def _in_london(naive: datetime, given: Mapping[str, str]) -> datetime:
    early, late = (naive.replace(tzinfo=LONDON, fold=f) for f in (0, 1))
    if early.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != naive:
        raise unreadable(
            "time",
            given["time"],
            "The clocks went forward: this hour did not happen in London.",
            "Ask the site: its clock may not have been put forward.",
            "hour_missing",
        )
    if early.utcoffset() == late.utcoffset():
        return early.astimezone(UTC)
    for candidate in (early, late):
        if candidate.strftime("%z") == given["utc_offset"].replace(":", ""):
            return candidate.astimezone(UTC)
    raise unreadable(
        "utc_offset",
        given["utc_offset"],
        "The clocks went back: this hour happened twice.",
        "Type +01:00 for the first, summer time, or +00:00 for the second.",
        "hour_twice",
    )


def _certified(given: Mapping[str, str], moment: datetime, register: Register) -> None:
    periods = register.devices.get(given["device"])
    if periods is None:
        raise unreadable(
            "device",
            given["device"],
            "No device of this code is registered.",
            "Register the device and its certificate, then replay every row of it.",
            "device_unknown",
        )
    day = moment.astimezone(LONDON).date()
    if not any(starts <= day < ends for starts, ends in periods):
        ended = max((ends for _, ends in periods if ends <= day), default=None)
        why = (
            f"Its certificate ended on {_said(ended - timedelta(days=1))}"
            if ended
            else "It has no certificate"
        )
        raise unreadable(
            "device",
            given["device"],
            f"{why}; the offence was on {_said(day)}.",
            "Load the certificate for that day, then replay every row of this device.",
            "certificate",
        )


def _said(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _whole(name: str, given: Mapping[str, str], allowed: range) -> int | None:
    text = given[name]
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or int(text) not in allowed:
        raise unreadable(
            name,
            text,
            f"This is not a whole number from {allowed[0]} to {allowed[-1]}.",
            "Type the number on the image's data block.",
            name,
        )
    return int(text)


def _speeds(given: Mapping[str, str], site_limit: int) -> tuple[int | None, int | None, int | None]:
    speed, secondary = _whole("speed", given, SPEEDS), _whole("secondary_speed", given, SPEEDS)
    limit = _whole("limit", given, range(1, 200))
    if speed is None:
        if not given["offences"]:
            raise unreadable(
                "speed",
                "",
                "No speed was read and no other offence is named.",
                "Look at the image and type the speed.",
                "speed_empty",
            )
        return None, None, None
    if limit is None:
        limit = site_limit
    if limit not in LIMITS:
        raise unreadable(
            "limit",
            given["limit"],
            "There is no such speed limit.",
            "Choose 20, 30, 40, 50, 60 or 70, as on the road.",
            "limit",
        )
    if speed <= limit:
        raise unreadable(
            "speed",
            str(speed),
            f"A speed of {speed} does not exceed the limit of {limit}.",
            "Look at the image: speed or limit has been misread.",
            "not_over",
        )
    return limit, speed, secondary


def _mark(text: str) -> str:
    try:
        return registration_mark(text).normal
    except NotAMark as problem:
        raise unreadable(
            "mark", text, problem.reason, "Look at the image and type the mark.", "mark"
        ) from None


def _vehicle_class(text: str) -> str:
    if text and text not in CLASSES:
        raise unreadable(
            "vehicle_class",
            text,
            "There is no such class of vehicle.",
            f"Choose one of: {', '.join(sorted(CLASSES))}.",
            "vehicle_class",
        )
    return text or "car"


def _offences(text: str, site_offence: str, speed: int | None) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(text.upper().split()))
    unknown = next((c for c in codes if c not in all_offences()), None)
    if unknown:
        raise unreadable(
            "offences",
            unknown,
            "No offence of this code is held.",
            "Type a code of the offence table, such as RR84221.",
            "offence",
        )
    if speed is not None and site_offence not in codes:
        codes = (site_offence, *codes)
    return codes


def _source(text: str) -> str:
    if text not in ("", "camera", "stop"):
        raise unreadable("source", text, "A source is camera or stop.", "Type camera or stop.", "source")
    return text or "camera"
