"""Deciding an allegation: every rule of the sheet speaks, the law and policy leave options, policy takes one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from casewright.law import charging, offences
from casewright.law.calendars import ENGLAND_AND_WALES, Calendar
from casewright.law.limits import deadline
from casewright.law.offences import Offence
from casewright.law.refusals import InvalidFacts
from casewright.law.traffic import detections, guards, values
from casewright.law.traffic import rules as _every_rule  # noqa: F401 - makes every rule of the sheet known
from casewright.law.traffic.allegation import AllegationFacts, read_allegation
from casewright.law.traffic.case import Case, rules
from casewright.law.traffic.concluding import conclude
from casewright.law.traffic.disposals import Outcome, Spoken
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
    accused = charging.Accused(case.company, case.age)
    routes = charging.routes(case.offence, accused, prosecutor="police", on=on)
    if case.facts.route:
        charging.ask_route(routes, case.facts.route, accused)
    spoken = []
    for rule in rules():
        if rule.effective_from is not None and case.facts.offence_on < rule.effective_from:
            continue
        verdict = rule.says(case)
        if verdict is not None:
            said = Spoken(
                rule.id, verdict.outcome, verdict.sentence, rule.authority, rule.confidence, verdict.code
            )
            spoken.append((said, verdict))
    return conclude(case, spoken, routes)


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
    act_by, outer = _bar(offence, facts, on, calendar)
    return Case(facts, offence, on, policy, calendar, accused.age, *speed, act_by, outer)


def _speed(facts: AllegationFacts, offence: Offence, policy: Mapping[str, Any]) -> _Speed:
    if offence.family not in SPEEDING:
        return _Speed()
    if facts.recorded_mph is None or facts.limit_mph is None:
        raise InvalidFacts("recorded_mph", None, f"the speed for {offence.code}, {offence.title.lower()}")
    fastest = values.guard("fastest", policy)
    if facts.recorded_mph > fastest:
        raise InvalidFacts("recorded_mph", facts.recorded_mph, f"a speed from 1 to {fastest} mph")
    own = LIMIT_OF_CODE.match(offence.wording)
    if own and int(own[1]) != facts.limit_mph:
        raise InvalidFacts(
            "limit_mph", facts.limit_mph, f"{own[1]}, the limit of offence_code {offence.code}"
        )
    readings: Any = facts  # the guards of a detection look at names that these facts have too
    limit, by_class = guards.class_of_vehicle(readings)
    if facts.recorded_mph <= limit:
        raise InvalidFacts("recorded_mph", facts.recorded_mph, f"a speed above the limit_mph of {limit}")
    row = values.threshold(limit, on=facts.offence_on, policy=policy)
    national = values.threshold(limit, on=facts.offence_on, policy={})
    return _Speed(limit, row, national, detections.band(facts.recorded_mph, row), by_class)


def _bar(
    offence: Offence, facts: AllegationFacts, on: date, calendar: Calendar
) -> tuple[date | None, date | None]:
    """The last day to charge without more, and the last on any reading or with a certificate of evidence."""
    rule, day = offence.limit_rule, {"offence_on": facts.offence_on}
    if rule == "either-way-no-limit":
        return None, None
    if rule == "s172-charge-by":  # the offence is dated the day after the 28 days
        day = {"period_ended_on": facts.offence_on - timedelta(days=1)}
    found = deadline(rule, day, on=facts.offence_on, calendars=calendar)
    act_by, outer = _day(found.act_by), _day(found.outer_limit)
    if rule in {"summary-6m", "s172-charge-by"}:
        return act_by, outer
    if facts.sufficient_evidence_on is None:
        return act_by, _day(found.step("cap").on) if on > act_by else outer
    known: dict[str, Any] = {**day, "evidence_on": facts.sufficient_evidence_on}
    if rule == "rtoa-s6":
        known["schedule_checked"] = True
    last = _day(deadline(rule, known, on=facts.offence_on, calendars=calendar).outer_limit)
    return min(act_by, last), last


def _day(found: Any) -> date:
    day: date = found
    return day
