"""Time limits: `deadline` answers any rule of the catalogue with its date, its authority and its working."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from casewright.law.calendars import ENGLAND_AND_WALES, Calendar
from casewright.law.findings import Finding
from casewright.law.limits import (
    detention,
    driving_record,
    information,
    keeper,
    knowledge,
    notice,
    plain,
    service,
    single_justice,
)
from casewright.law.limits.catalogue import Rule, in_force, newest, versions
from casewright.law.limits.facts import READERS, check_life, read_facts
from casewright.law.refusals import InvalidFacts, NoHolidays
from casewright.law.wording import london_day

Works = Callable[[Rule, Mapping[str, Any], Calendar, Mapping[str, Any]], Finding]

WORKS: Mapping[str, Works] = {
    "plain": plain.find,
    "service": service.find,
    "notice": notice.find,
    "section_172": keeper.find_answer,
    "section_172_charge": keeper.find_charge,
    "service_by": service.find_by,
    "knowledge": knowledge.find,
    "single_justice": single_justice.find,
    "look_back": driving_record.find_look_back,
    "ban_removal": driving_record.find_ban_removal,
    "detention": detention.find_detention,
    "next_court": detention.find_next_court,
    "court_cutoff": detention.find_cutoff,
    "hours_from_next_day": detention.find_from_next_day,
    "custody_again": detention.find_custody_again,
    "foi": information.find,
}

NO_POLICY: Mapping[str, Any] = {}
ENDS_WITHIN = "a length that ends within the calendar"


def law_day(rule_id: str, facts: Mapping[str, Any]) -> date:
    """The day whose law a rule takes by its own terms: the day of its trigger among the facts given.

    For doors where nobody states `on`. A rule that looks back over years, or has no trigger day (its `law_of`
    is empty), takes its newest version: the law as it stands.
    """
    known = versions().get(rule_id)
    if known is None:
        return newest(rule_id).effective_from
    for rule in known:
        for fact in rule.dated_facts if rule.law_of else ():
            if facts.get(fact.name) is not None:
                when: date | datetime = READERS[fact.type](fact, facts[fact.name])
                return london_day(when) if isinstance(when, datetime) else when
    return known[0].effective_from


def deadline(
    rule_id: str,
    facts: Any,
    *,
    on: date,
    policy: Mapping[str, Any] | None = None,
    calendars: Calendar | None = None,
) -> Finding:
    """By when, under one rule, on these facts, by the law stated for the day `on`.

    `facts`: a mapping of fact names to values, or a dataclass; `law.rule(rule_id).facts` lists them. Days are
    London days; an aware datetime is read as its London day; a naive one is refused. `on` is the day whose law
    applies (for most rules the day of the trigger, `Rule.law_of`). `policy` holds the unit's own settings by
    name ("dg6-green.number"). Raises InvalidFacts, NoHolidays or NoLawInForce; nothing is guessed.
    """
    if not isinstance(on, date) or isinstance(on, datetime):
        raise InvalidFacts("on", on, "the day whose law applies (a date, such as 2026-12-12)")
    rule = in_force(rule_id, on)
    calendar = ENGLAND_AND_WALES if calendars is None else calendars
    read = read_facts(rule, facts)
    if "born_on" in read:
        check_life(read, on)
    try:
        return WORKS[rule.works](rule, read, calendar, policy or NO_POLICY)
    except NoHolidays as beyond:
        raise beyond.counted_from(*_latest(rule, read)) from None
    except (OverflowError, ValueError) as problem:
        if isinstance(problem, InvalidFacts):
            raise
        raise InvalidFacts(*_longest(rule, read, policy or NO_POLICY), ENDS_WITHIN) from None


def _latest(rule: Rule, facts: Mapping[str, Any]) -> tuple[str, date]:
    """The latest fact that is a day: what a count beyond the loaded years was counted from."""
    days = [
        (london_day(value) if isinstance(value, datetime) else value, fact.name)
        for fact in rule.dated_facts
        if (value := facts.get(fact.name)) is not None
    ]
    on, name = max(days)  # a rule that counts days has one: held by a test of the catalogue
    return name, on


def _longest(rule: Rule, facts: Mapping[str, Any], policy: Mapping[str, Any]) -> tuple[str, Any]:
    """The largest number among the facts and the rule's own settings: what a count beyond the calendar is due to."""
    numbers = {name: value for name, value in facts.items() if type(value) is int}
    numbers |= {key: value for key, value in policy.items() if key.startswith(f"{rule.id}.")}
    return max(numbers.items(), key=itemgetter(1), default=("facts", dict(facts)))
