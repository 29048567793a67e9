"""Limits that run from the prosecutor's knowledge: so many months from the evidence, never beyond a cap.

Road Traffic Offenders Act 1988 s.6 and its like. The earlier of the two ends decides. Where the offence is not
yet known to be one the extension applies to, six months from the offence is the day to act by.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from casewright.law import wording
from casewright.law.calendars import Calendar
from casewright.law.findings import Counted, Finding, Step, Strip, Told
from casewright.law.limits import lengths
from casewright.law.limits.answers import answer
from casewright.law.limits.catalogue import Rule
from casewright.law.refusals import InvalidFacts


class Ends(NamedTuple):
    """The ends of the two periods, and the plain six months from the offence."""

    offence: date
    evidence: date
    known: date
    cap: date
    plain: date
    last: date


def find(rule: Rule, facts: Mapping[str, Any], calendar: Calendar, policy: Mapping[str, Any]) -> Finding:
    """The last day to charge: the earlier of months from the evidence and years from the offence."""
    del policy
    ends = ended(rule, facts)
    checked = facts.get("schedule_checked", True)
    act_by = ends.last if checked else min(ends.plain, ends.last)
    uncertain = rule.uncertain if checked else f"{rule.uncertain} {rule.data['until_checked']}".strip()
    return answer(
        rule, facts, act_by, ends.last, uncertain=uncertain, tell=lambda: tell(rule, ends, act_by, calendar)
    )


def ended(rule: Rule, facts: Mapping[str, Any]) -> Ends:
    """Count both periods. Evidence cannot come before the offence."""
    data, offence, evidence = rule.data, facts["offence_on"], facts["evidence_on"]
    if evidence < offence:
        raise InvalidFacts(
            "evidence_on", evidence, f"a day no earlier than the offence, {offence.isoformat()}"
        )
    months, years = lengths.SHAPES[data["months_code"]][0], lengths.SHAPES[data["years_code"]][0]
    known, cap = months(evidence, data["months"]), years(offence, data["years"])
    return Ends(offence, evidence, known, cap, months(offence, data["months"]), min(known, cap))


def tell(rule: Rule, ends: Ends, act_by: date, calendar: Calendar) -> Told:
    """The sentences, the two ends and the drawing."""
    year, data = ends.offence.year, rule.data
    begins = "beginning with that day" if data["months_code"] == "C4" else "from that day"
    months, years = wording.count(data["months"], "month"), wording.count(data["years"], "year")
    texts = [f"The offence was on {wording.full(ends.offence)}."]
    texts.append(f"The evidence was known on {wording.near(ends.evidence, year)}.")
    texts.append(f"The law gives {months} {begins}, to {wording.near(ends.known, year)}.")
    cap = f"It is never more than {years} after the offence, {wording.near(ends.cap, year)}"
    texts.append(f"{cap}, so the last day is {wording.near(ends.last, year)}.")
    texts.append(lengths.unmoved(ends.last, calendar))
    if act_by < ends.last:
        texts.append(f"To be safe, act by {months} from the offence, {wording.near(act_by, year)}.")
        texts.append(lengths.unmoved(act_by, calendar))
    texts = [text for text in texts if text]
    steps = [
        Step("charge_by", "Charge by", act_by),
        Step("from_evidence", "From the evidence", ends.known, False),
    ]
    steps.append(Step("cap", "Never after", ends.cap, False))
    counted = tuple(
        Counted(text, f"{rule.cited}; {lengths.why_counted(data['months_code'])}") for text in texts
    )
    starts = ends.offence if act_by in (ends.plain, ends.cap) and act_by != ends.known else ends.evidence
    inclusive = 1 if data["months_code"] == "C4" else 0
    event = "Offence" if starts == ends.offence else "Evidence known"
    strip = Strip(event, starts, act_by, "months", "every", inclusive)
    return Told(tuple(texts), tuple(steps), counted, strip)
