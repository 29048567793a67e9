"""The requirement to say who was driving: 28 days beginning with service, then six months to charge its breach.

Road Traffic Act 1988 s.172(2) to (7A); Magistrates' Courts Act 1980 s.127.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from casewright.law import counting, wording
from casewright.law.calendars import Calendar
from casewright.law.findings import Finding, Step, Strip, Told, citing
from casewright.law.limits import lengths, service
from casewright.law.limits.answers import COMPUTED, answer
from casewright.law.limits.catalogue import Rule, in_force

STARTS = {"posted_on": "post", "produced_on": "computer"}


class Required(NamedTuple):
    """A written requirement: how it was served, when it is presumed served, and the last day to answer."""

    via: service.Way | None
    sent: service.Served | None
    served: date
    last: date
    number: int


def sending(rule: Rule, facts: Mapping[str, Any], calendar: Calendar) -> Required:
    """From posting, production or service to the day of service, however it was given."""
    via, sent = None, None
    for fact, sent_by in {**STARTS, **rule.data.get("ways", {})}.items():
        if fact in facts:
            via = service.by(sent_by, max(facts[fact], rule.effective_from))
            sent = service.serve(via, facts[fact], calendar)
    served = sent.served if sent else facts["served_on"]
    return Required(via, sent, served, served, 0)


def required(rule: Rule, facts: Mapping[str, Any], calendar: Calendar) -> Required:
    """From posting, production or service to the last day of the period of the requirement."""
    need, number = sending(rule, facts, calendar), rule.data["days"]
    return need._replace(last=counting.c2_days_beginning_with(need.served, number), number=number)


def find_answer(
    rule: Rule, facts: Mapping[str, Any], calendar: Calendar, policy: Mapping[str, Any]
) -> Finding:
    """The last day to say who was driving."""
    del policy
    need = required(rule, facts, calendar)
    uncertain = rule.uncertain
    if need.sent and calendar.is_computed(need.served):
        uncertain = f"{uncertain} {COMPUTED}".strip()
    return answer(
        rule, facts, need.last, need.last, uncertain=uncertain, tell=lambda: tell_answer(rule, need, calendar)
    )


def served_in_words(
    need: Required, calendar: Calendar, thing: str = "The requirement"
) -> tuple[list[str], list[Step]]:
    """How the requirement (or notice) came to be served."""
    if not (need.via and need.sent):
        return [f"{thing} was served on {wording.full(need.served)}."], []
    told = service.tell(need.via, need.sent.acted, need.sent, need.served, calendar)
    opening = told.working[0].replace(need.via.done, need.via.done.replace("The letter", thing))
    return [opening, *told.working[1:]], list(told.steps)


def tell_answer(rule: Rule, need: Required, calendar: Calendar) -> Told:
    """The sentences, the chain and the drawing of the 28 days."""
    texts, steps = served_in_words(need, calendar)
    last = wording.near(need.last, need.served.year)
    days = wording.count(need.number, "day")
    texts.append(f"The law gives {days} beginning with the day of service, so the last day is {last}.")
    counted = citing(texts, f"{rule.cited}; {lengths.why_counted('C2')}")
    remark = lengths.unmoved(need.last, calendar)
    steps.append(Step("answer_by", "Last day to answer", need.last))
    strip = Strip("Served", need.served, need.last, "days", "every", 1)
    return Told(tuple([*texts, remark] if remark else texts), tuple(steps), counted, strip)


def find_charge(
    rule: Rule, facts: Mapping[str, Any], calendar: Calendar, policy: Mapping[str, Any]
) -> Finding:
    """The last day to charge the failure to answer: six months, from the last day of the period or the day after.

    No authority settles which is the day of the offence, so the earlier binds and the later is the outer limit.
    """
    del policy
    ended, need = facts.get("period_ended_on"), None
    if ended is None:
        need = required(in_force(rule.data["period_rule"], _starts_on(facts)), facts, calendar)
        ended = need.last
    act_by = counting.c3_months_after(ended, rule.data["months"])
    outer = counting.c3_months_after(ended + counting.DAY, rule.data["months"])
    return answer(
        rule, facts, act_by, outer, tell=lambda: tell_charge(rule, ended, need, act_by, outer, calendar)
    )


def _starts_on(facts: Mapping[str, Any]) -> date:
    found: date = next(facts[name] for name in ("served_on", *STARTS) if name in facts)
    return found


def tell_charge(
    rule: Rule, ended: date, need: Required | None, act_by: date, outer: date, calendar: Calendar
) -> Told:
    """The sentences, the chain and the drawing of the six months."""
    texts, steps = served_in_words(need, calendar) if need else ([], [])
    months = wording.count(rule.data["months"], "month")
    year = ended.year
    texts.append(f"The {_days(rule, ended)} days to answer ended on {wording.full(ended)}.")
    texts.append(f"The law gives {months} to charge, so act by {wording.near(act_by, year)}.")
    later = f"Counted from the day after, the outer limit is {wording.near(outer, year)}"
    texts.append(f"{later}; no authority settles which day is the offence, so use the earlier.")
    steps += [
        Step("period_ended", "Last day to answer", ended, False),
        Step("charge_by", "Charge by", act_by),
    ]
    steps.append(Step("outer_limit", "Outer limit", outer, False))
    counted = citing(texts, f"{rule.cited}; {lengths.why_counted('C3')}")
    strip = Strip("Period ended", ended, act_by, "months", "every")
    return Told(tuple(texts), tuple(steps), counted, strip)


def _days(rule: Rule, on: date) -> int:
    days: int = in_force(rule.data["period_rule"], on).data["days"]
    return days
