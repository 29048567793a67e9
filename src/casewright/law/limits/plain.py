"""Rules that are a length and a start: the catalogue's data says everything, this code only counts and tells."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any, NamedTuple

from casewright.law import wording
from casewright.law.calendars import Calendar
from casewright.law.findings import Counted, Finding, Step, Told, When
from casewright.law.limits import lengths
from casewright.law.limits.answers import COMPUTED, answer, year_of
from casewright.law.limits.catalogue import Rule
from casewright.law.limits.lengths import Length

NEVER_MOVES = ("C1", "C2", "C3", "C4", "C14")


class Ran(NamedTuple):
    """One count as it ran on these facts."""

    part: Length
    start: When
    number: int
    last: When
    raw: When


@cache
def parts(rule: Rule) -> tuple[Length, ...]:
    """The counts of a rule, in order."""
    return tuple(
        lengths.length(row, rule.data, place) for place, row in enumerate(rule.data.get("count", ()))
    )


def find(rule: Rule, facts: Mapping[str, Any], calendar: Calendar, policy: Mapping[str, Any]) -> Finding:
    """Run each count of the rule that applies; the act-by date is the earliest (or latest) that decides."""
    known, ran = dict(facts), []
    for part in parts(rule):
        if lengths.holds(part, known):
            number, plus = lengths.size(part, known, policy), known.get(part.plus, 0)
            last, raw = lengths.counted(part, known[part.start], number, plus, calendar)
            ran.append(Ran(part, known[part.start], number, last, raw))
            known[part.key] = last
    return conclude(rule, facts, calendar, ran)


def conclude(rule: Rule, facts: Mapping[str, Any], calendar: Calendar, ran: list[Ran]) -> Finding:
    """The finding from the counts that ran."""
    deciding = [one for one in ran if one.part.role == "act"]
    if not deciding:
        said = (rule.data.get("no_day", rule.length),)
        return answer(rule, facts, None, None, applies=False, tell=lambda: Told(said, ()))
    choose = max if rule.data.get("take") == "latest" else min
    ruling = choose(deciding, key=_last)
    outer = max([ruling, *(one for one in ran if one.part.role == "outer")], key=_last).last
    uncertain = rule.uncertain
    if year_of(outer) > calendar.published_until and any(one.part.kind for one in ran):
        uncertain = f"{uncertain} {COMPUTED}".strip()
    return answer(
        rule, facts, ruling.last, outer, uncertain=uncertain, tell=lambda: tell(rule, calendar, ran, ruling)
    )


def _last(ran: Ran) -> When:
    """What counts are compared by: days as days, instants in UTC (a London hour can occur twice)."""
    return ran.last.astimezone(UTC) if isinstance(ran.last, datetime) else ran.last


def tell(rule: Rule, calendar: Calendar, ran: list[Ran], ruling: Ran) -> Told:
    """The sentences, the chain and the drawing of a plain rule."""
    working = _opening(rule, calendar, ruling)
    for one in ran:
        if one is not ruling:
            working.append(_other(rule, one, ruling))
    steps = tuple(Step(one.part.key, one.part.label, one.last, one.part.role == "act") for one in ran)
    counted = partial(_counted, rule, tuple(working), ruling)
    event = rule.data.get("trigger", "Start")
    drawn = lengths.strip(ruling.part, ruling.start, ruling.last, ruling.raw, event)
    return Told(tuple(working), steps, counted, drawn)


def _opening(rule: Rule, calendar: Calendar, ruling: Ran) -> list[str]:
    giver = rule.data.get("giver", GIVERS[rule.consequence])
    part, start = ruling.part, ruling.start
    texts = [f"{part.event} {_when(start)}."]
    texts.append(lengths.sentence(part, start, ruling.last, ruling.raw, ruling.number, giver, calendar))
    if part.code in NEVER_MOVES and rule.consequence == "bar":
        texts.append(lengths.unmoved(ruling.last, calendar))
    return [text for text in texts if text]


GIVERS = {
    "bar": "The law gives",
    "court_rule": "The rules give",
    "extendable": "The rules give",
    "policy": "The target is",
}


def _when(when: When) -> str:
    if isinstance(when, datetime):
        return f"at {wording.moment(when)}"
    return f"on {wording.full(when)}"


def _other(rule: Rule, one: Ran, ruling: Ran) -> str:
    end = lengths.said(one.last, ruling.start.year)
    if one.part.say:
        return one.part.say.format(on=end)
    if one.part.role == "act":
        decides = "latest" if rule.data.get("take") == "latest" else "earliest"
        return f"{one.part.label}: {end}; the {decides} decides."
    return f"{one.part.label}: {end}."


def _counted(rule: Rule, texts: tuple[str, ...], ruling: Ran) -> tuple[Counted, ...]:
    """Each sentence with its authority: the rule's own for the event, the counting code's for the count."""
    why = lengths.why_counted(ruling.part.base)
    return tuple(Counted(text, rule.cited if place == 0 else why) for place, text in enumerate(texts))
