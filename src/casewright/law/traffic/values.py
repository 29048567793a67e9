"""Speed values as dated data: enforcement thresholds, class limits, and the figures of the guards."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from casewright.law.authority import Authority, cite, read
from casewright.law.refusals import InvalidFacts, NoLawInForce
from casewright.law.wording import full, listed

ROAD_KINDS = ("built-up", "single", "dual", "motorway")


class Threshold(NamedTuple):
    """Speeds in mph for one limit: the device's tolerance, where enforcement, offers and court begin."""

    limit: int
    tolerance: int
    start: int
    course_to: int
    court_from: int


class Source(NamedTuple):
    """What a guard rests on."""

    authority: Authority
    confidence: str
    rule: str


@cache
def _loaded() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = tomllib.loads(read("speed.toml"))
    return loaded


@cache
def _thresholds() -> Mapping[int, Threshold]:
    return {row["limit"]: Threshold(**row) for row in _loaded()["threshold"]}


def national() -> tuple[Threshold, ...]:
    """The national thresholds, one row for each limit."""
    return tuple(_thresholds().values())


GUARDS = {
    "secondary_percent": ("Secondary check within this share of the reading", "per cent", "G3"),
    "variable_limit_seconds": (
        "A variable limit changed within this window is not relied on",
        "second",
        "G4",
    ),
    "fastest": ("A reading above this is refused as impossible", "mph", "G2"),
}


@cache
def source(key: str) -> Source:
    """The authority, confidence and rule-sheet number of a guard (G1 to G8, NIP, choice, discretion)."""
    row = _loaded()["sources"][key]
    return Source(cite(row["authority"]), row["confidence"], row["rule"])


def threshold(limit: int, *, on: date, policy: Mapping[str, Any]) -> Threshold:
    """The thresholds for a speed limit on a day, with the force's own figures where it has set them.

    Raises InvalidFacts for a limit without a row, NoLawInForce before the guidance took effect.
    """
    began = _loaded()["guidance"]["effective_from"]
    if on < began:
        raise NoLawInForce("speed thresholds", on, f"they are stated from {full(began)}")
    row = _thresholds().get(limit)
    if row is None:
        raise InvalidFacts(
            "limit_mph", limit, f"one of {listed([str(each) for each in _thresholds()], 'or')}"
        )
    own = {name: policy[key] for name in SETTINGS if (key := f"speed.{name}.{limit}") in policy}
    return _ordered(row._replace(**own)) if own else row


SETTINGS = ("start", "course_to", "court_from")


def _ordered(row: Threshold) -> Threshold:
    if not row.limit < row.start <= row.course_to + 1 <= row.court_from:
        raise InvalidFacts(f"speed.start.{row.limit}", row.start, "thresholds that rise from limit to court")
    return row


def guard(name: str, policy: Mapping[str, Any]) -> int:
    """A figure of the guards (secondary_percent, variable_limit_seconds, fastest), or the unit's own."""
    value: int = policy.get(f"speed.{name}", _loaded()["guards"][name])
    return value


@cache
def vehicle_classes() -> Mapping[str, str]:
    """Every class of vehicle by key, in words."""
    return {row["key"]: row["name"] for row in _loaded()["class"]}


def class_limit(vehicle_class: str, road_kind: str, *, on: date) -> int | None:
    """The highest lawful speed in mph of a class on a kind of road (RTRA 1984 s.86, Sch.6).

    None on a built-up road, where the limit is the road's own for every class.
    """
    if vehicle_class not in vehicle_classes():
        raise InvalidFacts("vehicle_class", vehicle_class, f"one of {listed(list(vehicle_classes()), 'or')}")
    if road_kind not in ROAD_KINDS:
        raise InvalidFacts("road_kind", road_kind, f"one of {listed(ROAD_KINDS, 'or')}")
    for row in _loaded()["class"]:
        if row["key"] == vehicle_class and _holds(row, on):
            limit: int | None = row["limits"].get(road_kind)
            return limit
    raise NoLawInForce(f"class limit of {vehicle_class}", on, "no period of it covers that day")


def _holds(row: Mapping[str, Any], on: date) -> bool:
    return bool(
        row.get("effective_from", on) <= on and ("effective_until" not in row or on < row["effective_until"])
    )


@cache
def _penalties() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = tomllib.loads(read("penalties.toml"))
    return loaded


def figures(name: str) -> Any:
    """Dated figures of money and points by name, from the packaged table."""
    return _penalties()[name]


def guidance_began() -> date:
    """The first day of the enforcement guidance the thresholds come from."""
    began: date = _loaded()["guidance"]["effective_from"]
    return began


def class_rows() -> list[Mapping[str, Any]]:
    """The limits of every class of vehicle with their periods, as the table has them."""
    return list(_loaded()["class"])
