"""One count of a rule: a length, the code it is counted by, where it starts, and how it is said."""

import tomllib
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from casewright.law import counting, wording
from casewright.law.authority import read
from casewright.law.calendars import Calendar
from casewright.law.findings import Strip, When
from casewright.law.refusals import InvalidFacts


class Length(NamedTuple):
    """One count of a rule as its data states it.

    `role`: "act" decides the act-by date, "outer" the outer limit, "step" is shown, "opens" is the first day.
    """

    key: str
    label: str
    start: str
    code: str
    number: int
    kind: str
    base: str
    role: str
    when: tuple[tuple[str, Any], ...]
    say: str
    event: str
    setting: str
    unless: str
    longer: str
    less: str
    plus: str


DEFAULT_KINDS = {
    "C5": "business", "C5-back": "business", "C6-business": "business", "C7": "custody", "C8": "business",
    "C11": "victims", "C11-back": "victims", "C12": "foi",
}  # fmt: skip

SHAPES: Mapping[str, tuple[Callable[..., Any], str, str]] = {
    "C1": (counting.c1_days_after, "day", "days"),
    "C1-back": (counting.c1_days_before, "day", "days"),
    "C2": (counting.c2_days_beginning_with, "day", "days"),
    "C3": (counting.c3_months_after, "month", "months"),
    "C4": (counting.c4_months_beginning_with, "month", "months"),
    "C4-years": (counting.c4_years_beginning_with, "year", "months"),
    "C5": (counting.c5_business_days_after, "business day", "open_days"),
    "C5-back": (counting.c5_business_days_before, "business day", "open_days"),
    "C6": (counting.c6_clear_days_before, "clear day", "days"),
    "C6-forward": (counting.c6_clear_days_after, "clear day", "days"),
    "C6-business": (counting.c6_clear_business_days_before, "clear business day", "open_days"),
    "C7": (counting.c7_custody_limit, "day", "days"),
    "C8": (counting.c8_second_business_day, "business day", "open_days"),
    "C9": (counting.c9_hours_after, "hour", "hours"),
    "C10": (counting.c10_hours_leaving_out, "hour", "hours"),
    "C11": (counting.c11_working_days_after, "working day", "open_days"),
    "C11-back": (counting.c11_working_days_before, "working day", "open_days"),
    "C12": (counting.c12_foi_days_after, "working day", "open_days"),
    "C14": (counting.c14_years_after, "year", "months"),
    "C14-end": (counting.end_of_year, "year", "months"),
    "C15": (counting.c15_attains_age, "year", "months"),
    "C15-late": (counting.c15_attains_age_late, "year", "months"),
}


def length(row: Mapping[str, Any], rule: Mapping[str, Any], place: int) -> Length:
    """Read one count from the rule's data, filling in what is plain from the code."""
    code, key = row["code"], row.get("key", "act_by")
    base = row.get("base", "C1") if code in ("C13", "C17") else code
    kind = row.get("kind", DEFAULT_KINDS.get(base, ""))
    role = row.get("role", "act" if place == 0 else "step")
    when = tuple(row.get("when", {}).items())
    setting = f"{rule['id']}.{row.get('setting', 'number')}" if rule["consequence"] == "policy" else ""
    label = row.get("label", "Last day")
    return Length(
        key, label, row["from"], code, row["number"], kind, base, role, when, row.get("say", ""),
        row.get("event", rule.get("event", "It began")), setting, row.get("unless", ""), row.get("longer", ""),
        row.get("less", ""), row.get("plus", ""),
    )  # fmt: skip


def holds(part: Length, facts: Mapping[str, Any]) -> bool:
    """Whether this count applies to these facts."""
    if part.start not in facts or part.unless in facts:
        return False
    return all(facts.get(name) == value for name, value in part.when)


def size(part: Length, facts: Mapping[str, Any], policy: Mapping[str, Any]) -> int:
    """The length in units: the law's, changed by a fact where the law says so, or the unit's own target."""
    number = part.number
    if part.setting and part.setting in policy:
        number = policy[part.setting]
        if type(number) is not int or number < 0:
            raise InvalidFacts(part.setting, number, "a whole number of units, set by the unit")
    if part.longer in facts:
        number = max(number, facts[part.longer])
    if part.less in facts:
        number = max(0, number - facts[part.less])
    return number


def counted(part: Length, start: When, number: int, plus: int, calendar: Calendar) -> tuple[When, When]:
    """The last day (or instant) of the count, and the raw end before any roll. `plus`: days not counted."""
    count, days = SHAPES[part.base][0], part.kind if part.code != "C13" else ""
    if part.base == "C7":
        raw = counting.c1_days_after(start, number)
        return counting.c7_custody_limit(start, number, calendar.days(part.kind)), raw
    raw = count(start, number, calendar.days(days)) if days else count(start, number)
    raw += plus * counting.DAY
    if part.code == "C13":
        return counting.c13_roll_forward(raw, calendar.days(part.kind)), raw
    return raw, raw


def strip(part: Length, start: When, last: When, raw: When, event: str) -> Strip:
    """What to draw for this count."""
    unit = SHAPES[part.base][2]
    first, end = _day(start), _day(last)
    kind = part.kind or "business"
    rolled = _day(raw) if raw != last else None
    return Strip(event, first, end, unit, kind, 1 if part.base in ("C2", "C4", "C4-years") else 0, rolled)


def _day(when: When) -> date:
    return wording.london_day(when) if isinstance(when, datetime) else when


@cache
def codes() -> Mapping[str, Mapping[str, str]]:
    """Every counting code with its rule in one line and its authority."""
    loaded: Mapping[str, Mapping[str, str]] = tomllib.loads(read("counting.toml"))
    return loaded


CODES = {"C4-years": "C4", "C14-end": "C14", "C15-late": "C15"}


def why_counted(code: str) -> str:
    """The authority for counting by this code."""
    return codes()[CODES.get(code, code)]["authority"]


def rule_of(code: str) -> str:
    """The counting rule in one line."""
    return codes()[CODES.get(code, code)]["rule"]


def said(when: When, year: int) -> str:
    """A day or an instant in words, with the year only where it changes."""
    return wording.until(when) if isinstance(when, datetime) else wording.near(when, year)


def sentence(
    part: Length, start: When, last: When, raw: When, number: int, giver: str, calendar: Calendar
) -> str:
    """How this count runs, in one sentence fit for the telephone."""
    words = wording.count(number, SHAPES[part.base][1])
    end = said(raw, start.year)
    if number == 0:
        return "It is that day itself."
    text = PHRASES[part.base].format(
        giver=giver, length=words, end=end, why=_short_month(start, raw, part.base)
    )
    if raw == last:
        return text
    reason = wording.closed([calendar.days(part.kind or "custody").why_closed(_day(raw))])
    moved = "It cannot end" if part.code == "C13" else "It cannot expire"
    return f"{text} {moved} {reason}, so it {ROLLS[part.code]} {said(last, start.year)}."


ROLLS = {"C13": "moves forward to", "C7": "is brought back to"}
AFTER = "{giver} {length}, not counting that day, so the last day is {end}."
OPEN = (
    "{giver} {length}, not counting that day and leaving out weekends and holidays, so the last day is {end}."
)
BACK = "It must be done no later than {length} before, so the last day is {end}."
PHRASES = {
    "C1": AFTER,
    "C1-back": BACK,
    "C2": "{giver} {length} beginning with that day, so the last day is {end}.",
    "C3": "{giver} {length}, ending on {why}, so the last day is {end}.",
    "C4": "{giver} {length} beginning with that day, so the last day is {end}, {why}.",
    "C4-years": "{giver} {length} beginning with that day, so the last day is {end}, {why}.",
    "C5": OPEN,
    "C5-back": BACK,
    "C6": "At least {length} must lie between, neither end counted, so the last day is {end}.",
    "C6-forward": "Not more than {length} may lie between, neither end counted, so the last day is {end}.",
    "C6-business": "At least {length} must lie between, neither end counted, so the last day is {end}.",
    "C7": "{giver} {length}, not counting the first day, which run to {end}.",
    "C8": "{giver} {length}, not counting that day, so it is presumed done on {end}.",
    "C9": "{giver} {length} of real time, so it ends at {end}.",
    "C10": "{giver} {length}, leaving out the days the law leaves out, so it ends at {end}.",
    "C11": OPEN,
    "C11-back": BACK,
    "C12": "{giver} {length}, leaving out weekends and bank holidays anywhere in the United Kingdom, "
    "so the last day is {end}.",
    "C14": "{giver} {length}, ending on {why}, so the last day is {end}.",
    "C14-end": "The rest of that year is added, to {end}.",
    "C15": "The age is reached at the first moment of {end}.",
    "C15-late": "The age is reached at the first moment of {end}.",
}


def _short_month(start: When, end: When, base: str) -> str:
    if base in ("C4", "C4-years"):
        exists = start.day <= monthrange(end.year, end.month)[1]
        return "the day before the same date" if exists else "the last day of a month that has no such date"
    if base not in ("C3", "C14") or start.day == end.day:
        return "the same day of the month"
    return f"the last day of {wording.MONTHS[end.month - 1]}, which has no {start.day}"


def unmoved(last: date, calendar: Calendar) -> str:
    """A remark where the last day is a weekend or holiday and the law does not move it."""
    if not calendar.first <= last.year <= calendar.last:
        return ""
    reason = calendar.days("business").why_closed(last)
    if not reason:
        return ""
    named = f"a {reason}" if reason in wording.WEEKDAYS else wording.holiday(reason)
    return f"That is {named}, and nothing moves it."
