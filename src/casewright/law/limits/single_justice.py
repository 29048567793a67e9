"""The single justice procedure: three clocks, and the case is not ready before the latest of them.

Criminal Procedure Rules r.24.9(4): the defendant has business days from service. Notices often print a later
date, and the court platform waits from posting. The defendant's date is the rule's.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from casewright.law import counting, wording
from casewright.law.calendars import Calendar
from casewright.law.findings import Finding, Step, Strip, Told, citing
from casewright.law.limits import keeper, lengths, plain
from casewright.law.limits.answers import COMPUTED, answer
from casewright.law.limits.catalogue import Rule, in_force
from casewright.law.limits.keeper import Required


class Clocks(NamedTuple):
    """The rule's date, the printed one, the platform's, and the latest of those that are known."""

    need: Required
    rule_date: date
    printed: date | None
    platform: date | None
    ready: date


def find(rule: Rule, facts: Mapping[str, Any], calendar: Calendar, policy: Mapping[str, Any]) -> Finding:
    """The defendant's last day, and as outer limit the day before which the case is not ready."""
    need = keeper.sending(rule, facts, calendar)
    posted = (need.sent.posted or need.sent.acted) if need.sent else None
    by_rule, platform = _by_rule(rule, need.served, calendar), None
    if posted:
        (waits,) = plain.parts(in_force(rule.data["platform_rule"], posted))
        platform = counting.c17_target(posted, lengths.size(waits, {}, policy))
    known = [day for day in (by_rule, facts.get("printed_on"), platform) if day]
    clocks = Clocks(need, by_rule, facts.get("printed_on"), platform, max(known))
    uncertain = f"{rule.uncertain} {COMPUTED}".strip() if calendar.is_computed(by_rule) else rule.uncertain
    return answer(
        rule, facts, by_rule, clocks.ready, uncertain=uncertain, tell=lambda: tell(rule, clocks, calendar)
    )


def _by_rule(rule: Rule, served: date, calendar: Calendar) -> date:
    if "days" in rule.data:
        return counting.c1_days_after(served, rule.data["days"])
    return counting.c5_business_days_after(served, rule.data["business_days"], calendar.days("business"))


def tell(rule: Rule, clocks: Clocks, calendar: Calendar) -> Told:
    """The sentences and the chain with all three clocks."""
    year = clocks.need.served.year
    texts, steps = keeper.served_in_words(clocks.need, calendar, "The notice")
    days, unit = rule.data.get("business_days"), "open_days"
    length = wording.count(days, "business day") if days else wording.count(rule.data["days"], "day")
    unit = "open_days" if days else "days"
    texts.append(
        f"The rules give {length} after service, so the defendant answers by {wording.near(clocks.rule_date, year)}."
    )
    steps.append(Step("respond_by", "Answer by", clocks.rule_date))
    if clocks.printed:
        texts.append(f"The notice prints {wording.near(clocks.printed, year)}.")
        steps.append(Step("printed", "Date printed", clocks.printed, False))
    if clocks.platform:
        texts.append(f"The court platform waits until {wording.near(clocks.platform, year)}.")
        steps.append(Step("platform_ready", "Platform ready", clocks.platform, False))
    else:
        texts.append("The day of posting is not known, so the court platform's own wait is not counted here.")
    texts.append(f"The case is not ready before {wording.near(clocks.ready, year)}.")
    steps.append(Step("ready_on", "Not ready before", clocks.ready, False))
    counted = citing(texts, rule.cited)
    strip = Strip("Served", clocks.need.served, clocks.rule_date, unit, "business")
    return Told(tuple(texts), tuple(steps), counted, strip)
