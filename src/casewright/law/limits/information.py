"""Freedom of information: twenty working days, with pauses for a fee and a fresh start on clarification.

Freedom of Information Act 2000 ss.1(3), 9, 10. Bank holidays in any part of the United Kingdom are left out.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from casewright.law import counting, wording
from casewright.law.calendars import Calendar, Days
from casewright.law.findings import Finding, Step, Strip, Told, citing
from casewright.law.limits.answers import COMPUTED, answer
from casewright.law.limits.catalogue import Rule
from casewright.law.refusals import InvalidFacts


def find(rule: Rule, facts: Mapping[str, Any], calendar: Calendar, policy: Mapping[str, Any]) -> Finding:
    """The last day to answer; as outer limit the fresh clock after clarification, or the public interest test."""
    del policy
    days, received = calendar.days("foi"), facts["received_on"]
    paused = _paused(facts, days)
    first = counting.c12_foi_days_after(received, rule.data["days"] + paused, days)
    outer = _outer(rule, facts, days, first)
    if outer < first:
        raise InvalidFacts(
            "clarified_on", facts["clarified_on"], f"a day no earlier than {received.isoformat()}"
        )
    uncertain = f"{rule.uncertain} {COMPUTED}".strip() if calendar.is_computed(outer) else rule.uncertain
    return answer(
        rule, facts, first, outer, uncertain=uncertain, tell=lambda: tell(rule, facts, paused, first, outer)
    )


def _paused(facts: Mapping[str, Any], days: Days) -> int:
    """Working days between the fees notice and the payment, both left out."""
    given, paid = facts.get("fees_notice_on"), facts.get("fees_paid_on")
    if given is None and paid is None:
        return 0
    if given is None or paid is None or paid < given or given < facts["received_on"]:
        raise InvalidFacts(
            "fees_paid_on", paid, "a fees notice after receipt and its payment, both given, in order"
        )
    return days.between(given - counting.DAY, paid)


def _outer(rule: Rule, facts: Mapping[str, Any], days: Days, first: date) -> date:
    if "clarified_on" in facts:
        return counting.c12_foi_days_after(facts["clarified_on"], rule.data["days"], days)
    if facts["public_interest"]:
        return counting.c12_foi_days_after(facts["received_on"], rule.data["extended"], days)
    return first


def tell(rule: Rule, facts: Mapping[str, Any], paused: int, first: date, outer: date) -> Told:
    """The sentences, both clocks where there are two, and the drawing."""
    received, number = facts["received_on"], rule.data["days"]
    texts = [f"The request was received on {wording.full(received)}."]
    if paused:
        texts.append(
            f"{wording.count(paused, 'working day')} from the fees notice to the payment are left out."
        )
    length = wording.count(number, "working day")
    left_out = "leaving out weekends and bank holidays anywhere in the United Kingdom"
    texts.append(f"The law gives {length}, {left_out}, so answer by {wording.near(first, received.year)}.")
    steps = [Step("answer_by", "Answer by", first)]
    if outer != first:
        texts.append(_why_later(facts, outer, received.year))
        steps.append(Step("outer_limit", "Outer limit", outer, False))
    counted = citing(texts, rule.cited)
    return Told(tuple(texts), tuple(steps), counted, Strip("Received", received, first, "open_days", "foi"))


def _why_later(facts: Mapping[str, Any], outer: date, year: int) -> str:
    if "clarified_on" in facts:
        begins = f"Clarification came on {wording.near(facts['clarified_on'], year)} and the days run afresh"
        return f"{begins}, to {wording.near(outer, year)}."
    return f"A reasonable extension for the public interest test is usually to {wording.near(outer, year)}."
