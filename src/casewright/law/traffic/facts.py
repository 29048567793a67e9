"""The facts of a camera detection, checked before anything is decided on them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from casewright.law.refusals import InvalidFacts
from casewright.law.wording import LONDON


@dataclass(frozen=True, slots=True)
class DetectionFacts:
    """One detection as the law needs it. Speeds in mph; `offence_at` aware; `_until` is exclusive.

    None means not known or not made. A guard that is not known is said so; it is never taken as passed.
    """

    offence_at: datetime
    recorded_mph: int
    limit_mph: int
    device_certified_from: date | None
    device_certified_until: date | None
    vehicle_class: str = "car"
    road_kind: str = "built-up"
    device_kind: str = "camera"
    secondary_mph: int | None = None
    limit_changed_seconds_ago: int | None = None
    variable_limit: bool = False
    order_in_force: bool | None = None
    vehicles_in_frame: int | None = None
    plate_legible: bool | None = None
    same_journey: bool = False
    warned_at_time: bool = False

    @property
    def offence_on(self) -> date:
        """The London day of the offence."""
        return self.offence_at.astimezone(LONDON).date()


NAMES = tuple(field.name for field in fields(DetectionFacts))
NEEDED = ("offence_at", "recorded_mph", "limit_mph")
NUMBERS = ("recorded_mph", "limit_mph", "secondary_mph", "limit_changed_seconds_ago", "vehicles_in_frame")


def read_detection(given: Any, fastest: int) -> DetectionFacts:
    """Check the facts of a detection, given as DetectionFacts or a mapping. InvalidFacts names what is wrong."""
    facts = given if isinstance(given, DetectionFacts) else _from_mapping(given)
    moment = facts.offence_at
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        raise InvalidFacts("offence_at", moment, "a date and time with its offset")
    for name in NUMBERS:
        _whole(name, getattr(facts, name))
    if not 0 < facts.recorded_mph <= fastest:
        raise InvalidFacts("recorded_mph", facts.recorded_mph, f"a speed from 1 to {fastest} mph")
    return facts


def _from_mapping(given: Any) -> DetectionFacts:
    if not isinstance(given, Mapping):
        raise InvalidFacts("facts", given, "DetectionFacts or a mapping of its names")
    for name in given:
        if name not in NAMES:
            raise InvalidFacts(str(name), given[name], "only the facts of a detection")
    for name in NEEDED:
        if given.get(name) is None:
            raise InvalidFacts(name, None, "a fact every detection has")
    certified = {"device_certified_from": None, "device_certified_until": None}
    return DetectionFacts(**{**certified, **given})


def _whole(name: str, value: Any) -> None:
    if value is not None and (type(value) is not int or value < 0):
        raise InvalidFacts(name, value, "a whole number, not below nought")


MOMENTS, DAYS = ("offence_at",), ("device_certified_from", "device_certified_until")


def facts_from_text(stored: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a detection from plain JSON values: moments and days from their text."""
    facts = dict(stored)
    for name in (*MOMENTS, *DAYS):
        if isinstance(facts.get(name), str):
            facts[name] = _from_text(name, facts[name])
    return facts


def _from_text(name: str, text: str) -> date:
    try:
        return datetime.fromisoformat(text) if name in MOMENTS else date.fromisoformat(text)
    except ValueError:
        raise InvalidFacts(name, text, "a date such as 2026-06-01, or a moment with its offset") from None
