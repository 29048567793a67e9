"""Deciding an allegation: every rule of the sheet speaks, the law and policy leave options, policy takes one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any, NamedTuple

from casewright.law import charging, offences
from casewright.law.calendars import ENGLAND_AND_WALES, Calendar
from casewright.law.limits import deadline
from casewright.law.offences import Offence
from casewright.law.refusals import InvalidFacts
from casewright.law.traffic import allegation, detections, guards, values
from casewright.law.traffic import rules as _every_rule  # noqa: F401 - makes every rule of the sheet known
from casewright.law.traffic.allegation import AllegationFacts, read_allegation
from casewright.law.traffic.case import Case, figures, worth_asking
from casewright.law.traffic.concluding import conclude
from casewright.law.traffic.disposals import Outcome, Spoken
from casewright.law.traffic.framing import Frames, frames
from casewright.law.traffic.rules.offers import course_of
from casewright.law.traffic.rules.time import course_by, offer_by
from casewright.law.traffic.values import Threshold
from casewright.law.wording import full

SPEEDING = frozenset({"speed", "speed-variable", "speed-class"})
LIMIT_OF_CODE = re.compile(r"Exceeding a (\d\d) mph")
YOUNGEST_LICENCE = 16


def decide(
    facts: Any, *, on: date, policy: Mapping[str, Any] | None = None, calendars: Calendar | None = None
) -> Outcome:
    """Decide an allegation on the day `on`. The `values` of an earlier decision, as policy, replay it.

    :raises InvalidFacts: for facts that are missing, impossible or contradict each other (both are named), and for
        a route somebody means to take that is not lawful
    """
    if not isinstance(on, date) or isinstance(on, datetime):
        raise InvalidFacts("on", on, "the day of the decision (a date)")
    case = _case(read_allegation(facts), on, policy or {}, calendars or ENGLAND_AND_WALES)
    age = (
        case.age if case.age is None else min(case.age, charging.ADULT)
    )  # the routes of all adults are the same
    whose = (case.offence.code, case.company, age, min(on, charging.FROM))
    if case.facts.route:
        routes = _routes(*whose)
        charging.ask_route(tuple(routes.values()), case.facts.route, charging.Accused(case.company, case.age))
    spoken = []
    for rule in worth_asking(case.offence.code, allegation.given(facts)):
        if rule.effective_from is not None and case.facts.offence_on < rule.effective_from:
            continue
        verdict = rule.says(case)
        if verdict is not None:
            said = Spoken(
                rule.id, verdict.outcome, verdict.sentence, rule.authority, rule.confidence, verdict.code
            )
            spoken.append((said, verdict))
    fixed = case.facts.fixed_penalty_given or case.facts.offered == "fixed_penalty"
    return conclude(case, spoken, _frames(*whose, case.course, fixed, bool(case.setting("rectification"))))


@lru_cache(maxsize=16384)
def _frames(
    code: str, company: bool, age: int | None, on: date, course: str, fixed: bool, repairs: bool
) -> Frames:
    return frames(offences.known(code), _routes(code, company, age, on), course, fixed=fixed, repairs=repairs)


@lru_cache(maxsize=4096)
def _routes(code: str, company: bool, age: int | None, on: date) -> Mapping[str, charging.Route]:
    """The routes of the police by key: the law of routes is one since it is stated, so one day stands for all."""
    accused = charging.Accused(company, age)
    found = charging.routes(offences.known(code), accused, prosecutor="police", on=on)
    return {route.key: route for route in found}


class _Speed(NamedTuple):
    limit: int | None = None
    row: Threshold | None = None
    national: Threshold | None = None
    band: str = ""
    by_class: Spoken | None = None


def _case(facts: AllegationFacts, on: date, policy: Mapping[str, Any], calendar: Calendar) -> Case:
    if facts.offence_on > on:
        raise InvalidFacts(
            "offence_on", full(facts.offence_on), f"a day no later than {full(on)}, the day of the decision"
        )
    offence = offences.offence(facts.offence_code, on=facts.offence_on)
    for code in facts.same_occasion:
        offences.known(code)
    accused = charging.read_accused(
        on=on, company=facts.accused == "company", born_on=facts.born_on, age=facts.age
    )
    if facts.licence == "full" and accused.age is not None and accused.age < YOUNGEST_LICENCE:
        raise InvalidFacts("licence", "full", f"no full licence at the age of {accused.age}")
    speed = _speed(facts, offence, policy)
    act_by, outer = _bar(offence.limit_rule, facts.offence_on, facts.sufficient_evidence_on, calendar)
    if outer is None and act_by is not None:
        outer = _cap(offence.limit_rule, facts.offence_on, calendar) if on > act_by else act_by
    own = figures(policy)
    course = course_of(offence, facts, speeding=speed.row is not None)
    last = course_by(facts.offence_on, policy.get("ndors-complete.number"))
    return Case(
        facts, offence, on, policy, own, calendar, accused.age, *speed, act_by, outer, course, last,
        offer_by(on, own["traffic.offer_days"]),
    )  # fmt: skip


def _speed(facts: AllegationFacts, offence: Offence, policy: Mapping[str, Any]) -> _Speed:
    if offence.family not in SPEEDING:
        return _Speed()
    if facts.recorded_mph is None or facts.limit_mph is None:
        raise InvalidFacts("recorded_mph", None, f"the speed for {offence.code}, {offence.title.lower()}")
    fastest = values.guard("fastest", policy)
    if facts.recorded_mph > fastest:
        raise InvalidFacts("recorded_mph", facts.recorded_mph, f"a speed from 1 to {fastest} mph")
    own = _limit_of(offence.wording)
    if own and own != facts.limit_mph:
        raise InvalidFacts("limit_mph", facts.limit_mph, f"{own}, the limit of offence_code {offence.code}")
    readings: Any = facts  # the guards of a detection look at names that these facts have too
    limit, by_class = guards.class_of_vehicle(readings)
    if facts.recorded_mph <= limit:
        raise InvalidFacts("recorded_mph", facts.recorded_mph, f"a speed above the limit_mph of {limit}")
    row = values.threshold(limit, on=facts.offence_on, policy=policy)
    national = values.threshold(limit, on=facts.offence_on, policy={}) if policy else row
    return _Speed(limit, row, national, detections.band(facts.recorded_mph, row), by_class)


@cache
def _limit_of(wording: str) -> int | None:
    """The speed limit that the wording of a code names, if it names one."""
    found = LIMIT_OF_CODE.match(wording)
    return found and int(found[1])


@lru_cache(maxsize=16384)
def _bar(
    rule: str, offence_on: date, evidence_on: date | None, calendar: Calendar
) -> tuple[date | None, date | None]:
    """The last day to charge without more, and the last on any reading or with a certificate of evidence.

    The second is None where it depends on evidence whose day is not given.
    """
    day = {"offence_on": offence_on}
    if rule == "either-way-no-limit":
        return None, None
    if rule == "s172-charge-by":  # the offence is dated the day after the 28 days
        day = {"period_ended_on": offence_on - timedelta(days=1)}
    found = deadline(rule, day, on=offence_on, calendars=calendar)
    act_by = _day(found.act_by)
    if rule in {"summary-6m", "s172-charge-by"}:
        return act_by, _day(found.outer_limit)
    if evidence_on is None:
        return act_by, None
    known: dict[str, Any] = {**day, "evidence_on": evidence_on}
    if rule == "rtoa-s6":
        known["schedule_checked"] = True
    last = _day(deadline(rule, known, on=offence_on, calendars=calendar).outer_limit)
    return min(act_by, last), last


def _cap(rule: str, offence_on: date, calendar: Calendar) -> date:
    """The day after which no evidence helps: three years from the offence."""
    return _day(deadline(rule, {"offence_on": offence_on}, on=offence_on, calendars=calendar).step("cap").on)


def _day(found: Any) -> date:
    day: date = found
    return day
