"""One row of a detections file, field by field, into a detection or the fault that keeps it from being one. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from operator import gt

from casewright.areas.traffic.detections import Detection, Register
from casewright.interfaces.cameras.contract import COLUMNS, NAMES, NEEDED
from casewright.interfaces.cameras.moments import day_of, moment_of, said
from casewright.interfaces.cameras.rows import unreadable
from casewright.law import identifiers
from casewright.law.identifiers import NotAMark, NotValid, registration_mark
from casewright.law.offences import all_offences
from casewright.law.traffic import vehicle_classes

LIMITS = (20, 30, 40, 50, 60, 70)
SPEEDS = range(1, 251)
SECONDS = range(1_000_000)
CLASSES = frozenset(vehicle_classes())
_EMPTY = dict.fromkeys(NAMES, "")
_FREE = ("sequence", "image")  # the site's own words: a spreadsheet would reckon with one that begins with a minus
_LENGTHS = {c.name: c.longest for c in COLUMNS}

# How a column is called in a sentence, and what mends it where it cannot be read at all.
_WORDS = {
    "device": "device code",
    "sequence": "device's running number",
    "utc_offset": "distance from UTC",
    "mark": "registration mark",
    "site": "site code",
    "limit": "speed limit",
    "secondary_speed": "speed by the second check",
    "vehicle_class": "class of vehicle",
    "limit_set_seconds": "time since the limit was set, in seconds,",
    "image": "image's reference",
    "offences": "list of offence codes",
    "warned": "answer whether the driver was warned",
}
_CURES = {
    "sequence": "Type the running number on the image's data block.",
    "device": "Type the device code on the image's data block.",
    "site": "Type the site code on the image's data block.",
    "image": "Ask the site for the reference of the image, and type it.",
    "utc_offset": "Type +01:00 in summer time or +00:00 in winter.",
    "limit_set_seconds": "Ask the site for the seconds since the limit was set, and type them; empty if it is fixed.",
    "offences": "Type offence codes with a space between, such as RR84221.",
    "warned": "Type yes if an officer warned the driver at the time, else no.",
    "source": "Type camera or stop.",
}


def read(number: int, values: Mapping[str, str], register: Register) -> Detection:
    """Check a row field by field and make the detection.

    :raises Unreadable: with the field, its value, why it cannot be right and what mends it
    """
    given = _EMPTY | dict(zip(values, map(str.strip, values.values()), strict=True))
    if len(given) > len(_EMPTY):
        given = {name: given[name] for name in NAMES}
    _check_lengths(given)
    site = _site(given, register)
    moment, day = moment_of(given, register), day_of(given["date"])
    _certified(given, day, register)
    limit, speed, secondary = _speeds(
        given["speed"], given["secondary_speed"], given["limit"], bool(given["offences"]), site[2]
    )
    return Detection(
        row=number,
        offence_at=moment,
        offence_on=day,
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
        offence_codes=_offences(given["offences"], site[3], speed is not None),
        image_reference=given["image"],
        warned_at_time=given["warned"] == "yes",
        source=_source(given["source"]),
        limit_changed_seconds_ago=_whole("limit_set_seconds", given["limit_set_seconds"], SECONDS),
    )


def _check_lengths(given: Mapping[str, str]) -> None:
    if not _plainly_sound(given):
        _name_what_is_wrong(given)


def _plainly_sound(given: Mapping[str, str]) -> bool:
    """Whether nothing can be wrong with any value, seen at once: nearly every row. The rest are looked at closely."""
    text = "".join(given.values())
    too_long = any(map(gt, map(len, given.values()), _LENGTHS.values()))
    odd = "=" in text or "+" in text or "@" in text or "<" in text
    odd = odd or given["sequence"][:1] == "-" or given["image"][:1] == "-"
    return text.isprintable() and not (too_long or odd) and all(map(given.get, NEEDED))


def _name_what_is_wrong(given: Mapping[str, str]) -> None:
    for name, value in given.items():
        fault = _wrong_as_text(name, value)
        if fault:
            why, cause = fault
            said = _WORDS.get(name, name)
            cure = _CURES.get(name, f"Look at the image and type the {said}.")
            raise unreadable(name, value[:60], f"The {said} {why}", cure, f"{name}_{cause}")


def _wrong_as_text(name: str, value: str) -> tuple[str, str] | None:
    """What is wrong with a value before its meaning is asked, and the name of that cause."""
    if not value:
        return ("is empty.", "empty") if name in NEEDED else None
    if len(value) > _LENGTHS[name]:
        return f"has {len(value)} characters; the most is {_LENGTHS[name]}.", "long"
    formula = (value[0] in "=+@<" and name != "utc_offset") or (value[0] == "-" and name in _FREE)
    if not value.isprintable() or formula or "<" in value:
        return "holds characters that do not belong in it.", "characters"
    return None


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


def _certified(given: Mapping[str, str], day: date, register: Register) -> None:
    periods = register.devices.get(given["device"])
    if periods is None:
        raise unreadable(
            "device",
            given["device"],
            "No device of this code is registered.",
            "Register the device and its certificate, then replay every row of it.",
            "device_unknown",
        )
    if not any(starts <= day < ends for starts, ends in periods):
        ended = max((ends for _, ends in periods if ends <= day), default=None)
        why = (
            f"Its certificate ended on {said(ended - timedelta(days=1))}"
            if ended
            else "It has no certificate"
        )
        raise unreadable(
            "device",
            given["device"],
            f"{why}; the offence was on {said(day)}.",
            "Load the certificate for that day, then replay every row of this device.",
            "certificate",
        )


def _whole(name: str, text: str, allowed: range) -> int | None:
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


@lru_cache(maxsize=8192)
def _speeds(
    speed_said: str, secondary_said: str, limit_said: str, other_offences: bool, site_limit: int
) -> tuple[int | None, int | None, int | None]:
    """Limit, speed and second check: few in a file, so each is read once; what is refused, each time."""
    speed, secondary = _whole("speed", speed_said, SPEEDS), _whole("secondary_speed", secondary_said, SPEEDS)
    limit = _whole("limit", limit_said, range(1, 200))
    if speed is None:
        if not other_offences:
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
            limit_said,
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
    except NotAMark:
        raise unreadable(
            "mark", text, _mistake("vrm", text), "Look at the image and type the mark.", "mark"
        ) from None


def _mistake(kind: str, text: str) -> str:
    """Which character is not right, and the form that would fit, where one would; empty where the form is right."""
    try:
        identifiers.read(kind, text)
    except NotValid as problem:
        return problem.reason
    return ""


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


@lru_cache(maxsize=1024)
def _offences(text: str, site_offence: str, speeding: bool) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(text.upper().split()))
    unknown = next((c for c in codes if c not in all_offences()), None)
    if unknown:
        raise unreadable(
            "offences",
            unknown,
            _mistake("offence_code", unknown) or "No offence of this code is held.",
            "Type a code of the offence table, such as RR84221.",
            "offence",
        )
    if speeding and site_offence not in codes:
        codes = (site_offence, *codes)
    return codes


def _source(text: str) -> str:
    if text not in ("", "camera", "stop"):
        raise unreadable("source", text, "A source is camera or stop.", "Type camera or stop.", "source")
    return text or "camera"
