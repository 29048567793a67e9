"""Detention without charge, the first court, and hours that leave days out.

Police and Criminal Evidence Act 1984 ss.41 to 46; Criminal Procedure Rules r.7.6, r.14.17.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from casewright.law import counting, wording
from casewright.law.calendars import Calendar
from casewright.law.findings import Finding, Step, Strip, Told, When, citing
from casewright.law.limits.answers import COMPUTED, answer
from casewright.law.limits.catalogue import Rule
from casewright.law.refusals import InvalidFacts


def find_detention(
    rule: Rule, facts: Mapping[str, Any], calendar: Calendar, policy: Mapping[str, Any]
) -> Finding:
    """When detention without charge ends: elapsed hours from the relevant time, time not counted added."""
    del calendar, policy
    start, paused = facts["relevant_at"], facts.get("minutes_not_counted", 0)
    ends = counting.c9_hours_after(wording.plus_hours(start, paused / 60), rule.data["hours"])
    texts = [f"The relevant time was {wording.moment(start)}."]
    if paused:
        texts.append(f"{wording.count(paused, 'minute')} are not counted.")
    hours = wording.count(rule.data["hours"], "hour")
    texts.append(f"The law gives {hours} of real time, so it ends at {wording.moment(ends)}.")
    return _answer(rule, facts, ends, texts, Step("ends_at", "Ends at", ends), start, "hours")


def _answer(
    rule: Rule, facts: Mapping[str, Any], when: When | None, texts: list[str], step: Step | None, start: When,
    unit: str, kind: str = "every", uncertain: str | None = None,
) -> Finding:  # fmt: skip
    counted = citing(texts, rule.cited)
    strip = None
    if when is not None:
        strip = Strip(rule.data.get("trigger", "Start"), _day(start), _day(when), unit, kind)
    told = Told(tuple(texts), (step,) if step else (), counted, strip)
    applies = when is not None
    return answer(rule, facts, when, when, applies=applies, uncertain=uncertain, tell=lambda: told)


def _day(when: When) -> date:
    return wording.london_day(when) if isinstance(when, datetime) else when


def find_next_court(
    rule: Rule, facts: Mapping[str, Any], calendar: Calendar, policy: Mapping[str, Any]
) -> Finding:
    """The first sitting: from the court's own list, or else the next day a custody court may sit."""
    del policy
    charged, sittings = facts["charged_on"], facts.get("sittings")
    begins = charged + counting.DAY if rule.data["from_next_day"] else charged
    texts = [f"The charge was on {wording.full(charged)}."]
    if sittings is not None:
        found = counting.c16_next_sitting(begins, sittings)
        texts.append(_sits(found, charged))
        uncertain = ""
    elif rule.data.get("needs_list"):
        found, uncertain = None, rule.uncertain
        texts.append("The day depends on the court's sittings, which are not given.")
    else:
        found, uncertain = calendar.days("custody_court").on_or_after(begins), rule.uncertain
        left_out = "Sundays, Christmas Day and Good Friday are left out"
        texts.append(f"{left_out}, so the next day a court may sit is {wording.near(found, charged.year)}.")
    step = Step("before_court_by", "Before the court by", found) if found else None
    return _answer(rule, facts, found, texts, step, charged, "open_days", "custody_court", uncertain)


def _sits(found: date | None, charged: date) -> str:
    if found is None:
        return "The court's list has no later sitting: the court must be told."
    return f"The court next sits on {wording.near(found, charged.year)}."


def find_cutoff(
    rule: Rule, facts: Mapping[str, Any], calendar: Calendar, policy: Mapping[str, Any]
) -> Finding:
    """The day a notified prisoner is produced: the same day if notified in time, else the next court day."""
    del policy
    at = facts["notified_at"].astimezone(wording.LONDON)
    courts, day = calendar.days("custody_court"), at.date()
    key = "business_day" if calendar.days("business").is_open(day) else "other_day"
    in_time = courts.is_open(day) and at.time() <= time.fromisoformat(rule.data[key])
    produced = day if in_time else courts.after(day, 1)
    why = f"The time for that day is {rule.data[key]}"
    then = (
        "the same day, if practicable"
        if in_time
        else f"the next court day, {wording.near(produced, day.year)}"
    )
    texts = [f"The court was notified at {wording.moment(at)}.", f"{why}, so production is {then}."]
    step = Step("produced_on", "Produced on", produced)
    return _answer(rule, facts, produced, texts, step, day, "open_days", "custody_court")


def find_from_next_day(
    rule: Rule, facts: Mapping[str, Any], calendar: Calendar, policy: Mapping[str, Any]
) -> Finding:
    """Hours counted from the start of the day after the event, days left out."""
    del policy
    appeared = facts["appeared_on"]
    start = datetime.combine(appeared + counting.DAY, time(), wording.LONDON)
    ends = counting.c10_hours_leaving_out(start, rule.data["hours"], calendar.days(rule.data["kind"]))
    hours = wording.count(rule.data["hours"], "hour")
    texts = [f"The first appearance was on {wording.full(appeared)}."]
    runs = f"The law gives {hours} from the start of the day after, weekends and bank holidays left out"
    texts.append(f"{runs}, so it ends at {wording.until(ends)}.")
    return _answer(
        rule, facts, ends, texts, Step("decide_by", "Decide by", ends), appeared, "hours", rule.data["kind"]
    )


def find_custody_again(
    rule: Rule, facts: Mapping[str, Any], calendar: Calendar, policy: Mapping[str, Any]
) -> Finding:
    """A custody time limit across bail: days used are deducted and the present remand is day 1 of the rest.

    The first day of the first remand is not counted; that exclusion is given once (SI 1987/299 reg.2(4)).
    """
    del policy
    again, used = facts["remanded_again_on"], days_used(facts["custody"], facts["remanded_again_on"])
    left = max(0, facts["limit_days"] - used)
    raw = again + timedelta(days=left - 1)
    expires = calendar.days("custody").on_or_before(raw)
    texts = [
        f"{wording.count(used, 'day')} had been used before the present remand on {wording.full(again)}."
    ]
    texts.append(f"{wording.count(left, 'day')} of {facts['limit_days']} are left, with that day as day 1.")
    texts.append(_rolled(raw, expires, calendar, again.year))
    uncertain = f"{rule.uncertain} {COMPUTED}".strip() if calendar.is_computed(expires) else rule.uncertain
    step = Step("expires_on", "Expires at the end of", expires)
    return _answer(rule, facts, expires, texts, step, again, "days", "custody", uncertain)


def days_used(custody: tuple[tuple[date, date], ...], again: date) -> int:
    """Days of earlier custody: the first day of the first period is left out, each day of release counts."""
    total, after = -1, date.min
    for start, end in custody:
        if start <= after or end >= again:
            raise InvalidFacts(
                "custody", f"{start} to {end}", "periods that do not meet, all before the present remand"
            )
        total, after = total + (end - start).days + 1, end
    return max(0, total)


def _rolled(raw: date, expires: date, calendar: Calendar, year: int) -> str:
    if raw == expires:
        return f"The limit expires at the end of {wording.near(expires, year)}."
    why = wording.closed([calendar.days("custody").why_closed(raw)])
    runs = f"That runs to {wording.near(raw, year)}"
    return f"{runs}; it cannot expire {why}, so it is brought back to {wording.near(expires, year)}."
