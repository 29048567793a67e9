"""The facts of an allegation, from the driver's answer on, checked before anything is decided on them.

None or an empty word means not known or not so given. What contradicts itself is refused, naming both facts.
"""

# ruff: noqa: RUF009 - `fact` is a dataclass field that carries its words

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from typing import Any

from casewright.law.refusals import InvalidFacts
from casewright.law.traffic.values import ROAD_KINDS, vehicle_classes
from casewright.law.wording import full, listed


def fact(words: str, default: Any, group: str, *choices: str) -> Any:
    """One fact: what it is in words, its default, the group it is shown in, and the words it may take."""
    return field(default=default, metadata={"words": words, "group": group, "choices": choices})


WHAT, SPEED, NOTICE, WHO, ANSWER, COURSE, AFTER = (
    "The offence", "Speed and device", "Notice of intended prosecution", "The accused", "Answer to the requirement",
    "What may be offered", "After an offer or notice",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class AllegationFacts:
    """One allegation as the law needs it. Speeds in mph; days are London days; `_until` is exclusive."""

    offence_code: str = field(metadata={"words": "CJS offence code", "group": WHAT, "choices": ()})
    offence_on: date = field(metadata={"words": "Day of the offence", "group": WHAT, "choices": ()})
    detected_by: str = fact("How it was detected", "camera", WHAT, "camera", "officer", "video", "collision")
    code_checked: bool = fact("A person has checked that the code was in force that day", False, WHAT)
    same_occasion: tuple[str, ...] = fact("Other offence codes of the same occasion", (), WHAT)
    sufficient_evidence_on: date | None = fact("Day on which the evidence was sufficient", None, WHAT)
    collision: str = fact("Collision", "", WHAT, "", "none", "minor", "injury")
    aggravated: bool = fact("Aggravating features, children or a school zone", False, WHAT)
    repeated: bool = fact("The same kind of offence within the year before", False, WHAT)
    recorded_mph: int | None = fact("Recorded speed (mph)", None, SPEED)
    limit_mph: int | None = fact("Speed limit of the road (mph)", None, SPEED)
    road_kind: str = fact("Kind of road", "built-up", SPEED, *ROAD_KINDS)
    vehicle_class: str = fact("Class of vehicle", "car", SPEED, *vehicle_classes())
    device_certified_from: date | None = fact("Device certificate from", None, SPEED)
    device_certified_until: date | None = fact("Device certificate until (exclusive)", None, SPEED)
    secondary_mph: int | None = fact("Secondary check (mph)", None, SPEED)
    variable_limit: bool = fact("The limit is variable", False, SPEED)
    limit_changed_seconds_ago: int | None = fact("Seconds since a variable limit was set", None, SPEED)
    order_in_force: bool | None = fact("Traffic order and signs in force", None, SPEED)
    vehicles_in_frame: int | None = fact("Vehicles in frame", None, SPEED)
    plate_legible: bool | None = fact("The registration mark is legible", None, SPEED)
    vehicle_matches: bool | None = fact("Make and colour agree with the register", None, SPEED)
    exempt_purpose: bool = fact("Used for police, fire or ambulance purposes", False, SPEED)
    exemption_logged: bool = fact("The incident log shows that use", False, SPEED)
    exemption_countersigned: bool = fact("A supervisor has countersigned it", False, SPEED)
    clone: str = fact("Cloned mark", "", SPEED, "", "claimed", "satisfied")
    warned_at_time: bool = fact("The driver was warned at the time", False, NOTICE)
    notice_posted_on: date | None = fact("Day the first notice was posted", None, NOTICE)
    notice_served_on: date | None = fact("Day it is shown to have come", None, NOTICE)
    received_on: date | None = fact("Day the unit received the allegation", None, NOTICE)
    accident: bool = fact("An accident owing to the vehicle, of which the driver knew", False, NOTICE)
    fixed_penalty_given: bool = fact("A fixed penalty notice was given for the offence", False, NOTICE)
    address_not_found: bool = fact("No address could be found; the diligence is recorded", False, NOTICE)
    accused_contributed: bool = fact("The accused contributed to the failure", False, NOTICE)
    accused: str = fact("The accused is", "individual", WHO, "individual", "company")
    driver_identified: bool = fact("The driver is known", True, WHO)
    admits_use: bool = fact("A company admits that it used the vehicle", False, WHO)
    born_on: date | None = fact("Born on", None, WHO)
    age: int | None = fact("Age on the day of the decision", None, WHO)
    licence: str = fact("Driving licence", "", WHO, "", "full", "provisional", "foreign", "none")
    licence_suspended: bool = fact("Disqualified, or the licence is revoked", False, WHO)
    live_points: int | None = fact("Points for offences in the three years before", None, WHO)
    qualified_on: date | None = fact("Day the first driving test was passed", None, WHO)
    immunity: bool = fact("Diplomatic immunity", False, WHO)
    immunity_waived: bool = fact("The immunity was waived", False, WHO)
    deceased: bool = fact("The person has died", False, WHO)
    vulnerable: bool = fact("Vulnerable, or capacity in doubt", False, WHO)
    welsh: bool = fact("Welsh asked for, or an area of Wales", False, WHO)
    route: str = fact(
        "Route somebody means to take", "", WHO, "", "single_justice", "requisition", "charge", "summons"
    )
    answer: str = fact(
        "Answer", "", ANSWER, "", "none", "unsigned", "late", "cannot_know", "driver_named", "other_named"
    )
    requirement_served_on: date | None = fact("Day the requirement was served", None, ANSWER)
    returned_once: bool = fact("The unsigned answer was returned once", False, ANSWER)
    diligence: bool | None = fact("Reasonable diligence is shown", None, ANSWER)
    answered_reasonably: bool = fact("It was answered as soon as reasonably practicable", False, ANSWER)
    hops: int | None = fact("People named one after the other", None, ANSWER)
    nominee_cases: int | None = fact("Unrelated cases naming the same person or address", None, ANSWER)
    wants: str = fact("The driver wants", "", COURSE, "", "course", "offer", "court")
    earlier_course: str = fact(
        "Earlier course", "", COURSE, "", "NSAC", "NSAC20", "NMAC", "WDU", "SCD", "YBYL", "NRRAC"
    )
    earlier_course_offence_on: date | None = fact("Day of the offence of that course", None, COURSE)
    other_to_court: bool = fact("Another offence of the same occasion goes to court", False, COURSE)
    offered: str = fact(
        "Already given", "", AFTER, "", "fixed_penalty", "conditional_offer", "course", "single_justice"
    )
    offered_on: date | None = fact("Day it was given, or posted", None, AFTER)
    payment: str = fact("Payment", "", AFTER, "", "none", "full", "short", "wrong_identity")
    hearing_requested: bool = fact("A hearing was asked for in time", False, AFTER)
    clerk_notified: bool = fact("The fixed penalty clerk has given notice (s.76(4)(b))", False, AFTER)
    course_result: str = fact("Course", "", AFTER, "", "completed", "failed", "not_booked")
    plea: str = fact("Plea", "", AFTER, "", "none", "guilty", "guilty_hearing", "not_guilty")
    served_on: date | None = fact("Day the single justice notice was served", None, AFTER)
    printed_until: date | None = fact("Later last day printed on that notice", None, AFTER)
    set_aside: bool = fact("Conviction set aside or reopened", False, AFTER)
    cancel: bool = fact("To be cancelled after payment or points", False, AFTER)


FIELDS = {each.name: each for each in fields(AllegationFacts)}
NUMBERS = tuple(name for name, each in FIELDS.items() if str(each.type).startswith("int"))
DAYS = tuple(name for name, each in FIELDS.items() if str(each.type).startswith("date"))
TRUTHS = tuple(name for name, each in FIELDS.items() if str(each.type).startswith("bool"))
DEFAULTS = {name: each.default for name, each in FIELDS.items() if each.default is not MISSING}
WORDS = {name: each.metadata["choices"] for name, each in FIELDS.items() if each.metadata["choices"]}


def is_allegation(facts: Any) -> bool:
    """Whether facts are those of an allegation: they name an offence code."""
    return isinstance(facts, AllegationFacts) or (isinstance(facts, Mapping) and "offence_code" in facts)


def read_allegation(given: Any) -> AllegationFacts:
    """Check the facts of an allegation, given as AllegationFacts or a mapping of its names.

    Days may be dates or text such as "2026-06-01". Raises InvalidFacts naming what is wrong.
    """
    if isinstance(given, AllegationFacts):
        for name in FIELDS:
            CHECKS[name](name, getattr(given, name))
        facts = given
    else:
        facts = _with_defaults(_from_mapping(given))
    _agree(facts)
    return facts


def _with_defaults(checked: dict[str, Any]) -> AllegationFacts:
    """The facts from their checked values: written at once, for a frozen class sets 57 names one by one (measured)."""
    facts = AllegationFacts.__new__(AllegationFacts)
    vars(facts).update(DEFAULTS)
    vars(facts).update(checked)
    return facts


def given(facts: Any) -> frozenset[str]:
    """The names of the facts that are given."""
    if isinstance(facts, AllegationFacts):
        return frozenset(name for name, each in FIELDS.items() if getattr(facts, name) != each.default)
    return frozenset(facts)


def _from_mapping(given: Mapping[str, Any]) -> dict[str, Any]:
    for name in given:
        if name not in FIELDS:
            raise InvalidFacts(str(name), given[name], "only the facts of an allegation")
    for name in ("offence_code", "offence_on"):
        if not given.get(name):
            raise InvalidFacts(name, None, "a fact every allegation has")
    return {name: CHECKS[name](name, value) for name, value in given.items()}


# Each gives the value of a fact in its own type; what is not given (None) is left so.


def _code(_name: str, value: Any) -> Any:
    return value


def _word(name: str, value: Any) -> Any:
    if value not in WORDS[name]:
        raise InvalidFacts(name, value, f"one of {listed([c for c in WORDS[name] if c], 'or')}")
    return value


def _number(name: str, value: Any) -> Any:
    if value is None:
        return None
    if type(value) is not int or value < 0:
        raise InvalidFacts(name, value, "a whole number, not below nought")
    return value


def _truth(name: str, value: Any) -> Any:
    if value is None:
        return None
    if type(value) is not bool:
        raise InvalidFacts(name, value, "true or false")
    return value


def _day(name: str, value: Any) -> Any:
    if value is None:
        return None
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        day = None
    if type(day) is not date:
        raise InvalidFacts(name, value, "a date such as 2026-06-01")
    return day


def _codes(name: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(code, str) for code in value):
        raise InvalidFacts(name, value, "a list of offence codes")
    return tuple(value)


CHECKS: dict[str, Callable[[str, Any], Any]] = {
    **dict.fromkeys(NUMBERS, _number), **dict.fromkeys(TRUTHS, _truth), **dict.fromkeys(DAYS, _day),
    **dict.fromkeys(WORDS, _word), "offence_code": _code, "same_occasion": _codes,
}  # fmt: skip


def _agree(facts: AllegationFacts) -> None:
    """Refuse facts that cannot both be so, naming the two."""
    for name, clash, other, allowed in CLASHES:
        if clash(facts):
            raise InvalidFacts(
                name, getattr(facts, name), f"{allowed} {other}, given as {getattr(facts, other)}"
            )
    for name, than in ORDER:
        _no_earlier(facts, name, than)


Clash = Callable[[AllegationFacts], bool]
# The fact refused, when it is, and the fact it contradicts with what that allows.
CLASHES: tuple[tuple[str, Clash, str, str], ...] = (
    ("live_points", lambda f: f.licence == "none" and bool(f.live_points), "licence", "no points with the"),
    (
        "qualified_on",
        lambda f: f.qualified_on is not None and f.licence in {"none", "provisional"},
        "licence",
        "no day of a test passed with the",
    ),
    ("licence", lambda f: f.accused == "company" and bool(f.licence), "accused", "no licence for the"),
    ("live_points", lambda f: f.accused == "company" and bool(f.live_points), "accused", "no points for the"),
    (
        "qualified_on",
        lambda f: f.accused == "company" and f.qualified_on is not None,
        "accused",
        "no day of a test passed for the",
    ),
    (
        "earlier_course_offence_on",
        lambda f: f.earlier_course != "" and f.earlier_course_offence_on is None,
        "earlier_course",
        "the day of the offence of the",
    ),
    ("offered_on", lambda f: f.offered != "" and f.offered_on is None, "offered", "the day of what was"),
    (
        "limit_mph",
        lambda f: f.recorded_mph is not None and f.limit_mph is None,
        "recorded_mph",
        "the limit for the",
    ),
)
ORDER = (
    ("offence_on", "born_on"), ("qualified_on", "born_on"),
    *((name, "offence_on") for name in (
        "notice_posted_on", "notice_served_on", "received_on", "offered_on", "requirement_served_on",
    )),
    ("notice_served_on", "notice_posted_on"), ("served_on", "offered_on"),
)  # fmt: skip


def _no_earlier(facts: AllegationFacts, name: str, than: str) -> None:
    later, earlier = getattr(facts, name), getattr(facts, than)
    if later is not None and earlier is not None and later < earlier:
        raise InvalidFacts(name, full(later), f"a day no earlier than {than}, {full(earlier)}")
