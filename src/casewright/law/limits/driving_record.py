"""Looking back over a driving record: what still counts, and when a ban may be asked to end.

Road Traffic Offenders Act 1988 ss.29, 34(3), 42.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from casewright.law import counting, wording
from casewright.law.calendars import Calendar
from casewright.law.findings import Finding, Step, Strip, Told, citing
from casewright.law.limits import lengths
from casewright.law.limits.answers import answer
from casewright.law.limits.catalogue import Rule
from casewright.law.refusals import InvalidFacts


def find_look_back(
    rule: Rule, facts: Mapping[str, Any], calendar: Calendar, policy: Mapping[str, Any]
) -> Finding:
    """The last day on which a new offence counts with the earlier one; `applies` says whether this one does.

    Where the exact anniversary is outside (RTOA 1988 s.34(3)) it is the outer limit, for a person to judge.
    """
    del calendar, policy
    earlier, later = facts[rule.data["earlier"]], facts.get(rule.data["later"])
    if later is not None and later < earlier:
        raise InvalidFacts(rule.data["later"], later, f"a day no earlier than {earlier.isoformat()}")
    outer = counting.c14_years_after(earlier, rule.data["years"])
    act_by = outer if rule.data["exact"] == "inside" else outer - counting.DAY
    counts = later is None or later <= act_by
    return answer(
        rule, facts, act_by, outer, applies=counts, tell=lambda: tell_look_back(rule, earlier, later, act_by)
    )


def tell_look_back(rule: Rule, earlier: date, later: date | None, act_by: date) -> Told:
    """Whether a new offence counts, in words."""
    years = wording.count(rule.data["years"], "year")
    last = wording.near(act_by, earlier.year)
    texts = [f"{rule.data['earlier_words']} on {wording.full(earlier)}."]
    texts.append(f"It counts with a new offence up to {last}: the period is {years}.")
    if later is not None:
        verdict = "so it counts" if later <= act_by else "so it does not count"
        new = rule.data["later_words"]
        texts.append(f"{new[0].upper()}{new[1:]} was on {wording.near(later, earlier.year)}, {verdict}.")
    counted = citing(texts, f"{rule.cited}; {lengths.why_counted('C14')}")
    steps = (Step("counts_until", "Counts until", act_by),)
    return Told(tuple(texts), steps, counted, Strip(rule.data["trigger"], earlier, act_by, "months", "every"))


def find_ban_removal(
    rule: Rule, facts: Mapping[str, Any], calendar: Calendar, policy: Mapping[str, Any]
) -> Finding:
    """The first day on which removal of a disqualification may be asked for (RTOA 1988 s.42)."""
    del calendar, policy
    if "ban_months" not in facts:
        raise InvalidFacts("ban_months", None, "the length of the ban in months")
    months = _wait(rule.data, facts["ban_months"])
    start = facts["banned_on"]
    asked = counting.c3_months_after(start, months)
    return answer(rule, facts, asked, asked, tell=lambda: tell_ban(rule, start, facts["ban_months"], asked))


def _wait(data: Mapping[str, Any], ban: int) -> int:
    if ban < data["short_under_months"]:
        return int(data["short_after_months"])
    return ban // 2 if ban <= data["half_to_months"] else int(data["long_after_months"])


def tell_ban(rule: Rule, start: date, ban: int, asked: date) -> Told:
    """When removal may be asked for, in words."""
    texts = (
        f"The disqualification was ordered on {wording.full(start)} for {wording.count(ban, 'month')}.",
        f"Its removal may be asked for from {wording.near(asked, start.year)}.",
    )
    counted = citing(texts, rule.cited)
    strip = Strip("Ordered", start, asked, "months", "every")
    return Told(texts, (Step("apply_from", "Apply from", asked),), counted, strip)
