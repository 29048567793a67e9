"""A case as the rules see it, what a rule says, and the sheet of rules: one cited function for each."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Any, NamedTuple

from casewright.law.authority import Authority, cite, read
from casewright.law.calendars import Calendar
from casewright.law.offences import Offence, known
from casewright.law.traffic.allegation import AllegationFacts
from casewright.law.traffic.values import Threshold

PASSED, FAILED, NOT_KNOWN, APPLIED = "passed", "failed", "not_known", "applied"
FAILURE_TO_IDENTIFY = "section-172"
PROSECUTIONS = ("single_justice", "requisition")
OFFERS = ("course", "rectification", "conditional_offer")


class Case(NamedTuple):
    """Facts, offence, day, policy and what was worked out from them once.

    `course`: the kind of course this case would be offered, or nothing. `course_by`, `offer_by`: the last days of a
    course and of an offer made today.
    """

    facts: AllegationFacts
    offence: Offence
    on: date
    policy: Mapping[str, Any]
    figures: Mapping[str, int]
    calendar: Calendar
    age: int | None
    limit: int | None
    row: Threshold | None
    national: Threshold | None
    band: str
    by_class: Any
    act_by: date | None
    outer: date | None
    course: str
    course_by: date
    offer_by: date

    @property
    def speeding(self) -> bool:
        """Whether a speed decides it."""
        return self.row is not None

    @property
    def company(self) -> bool:
        """Whether the accused is a company."""
        return self.facts.accused == "company"

    @property
    def failure_to_identify(self) -> bool:
        """Whether it is the offence of RTA 1988 s.172(3)."""
        return self.offence.family == FAILURE_TO_IDENTIFY

    def setting(self, name: str) -> int:
        """A figure of the unit, or the default of the sheet."""
        return self.figures[f"traffic.{name}"]


class Verdict(NamedTuple):
    """What one rule says. `failed` with a code ends the case; `not_known` with a code holds it.

    `bars`: options the law forbids; `declines`: options policy does not take; `warns`: options a person must decide;
    `takes`: the one step that follows, whatever else might.
    """

    outcome: str
    sentence: str
    code: str = ""
    bars: tuple[str, ...] = ()
    declines: tuple[str, ...] = ()
    warns: tuple[str, ...] = ()
    takes: str = ""

    @property
    def bears(self) -> bool:
        """Whether it can change what becomes of the case, however much a matter of course its rule is."""
        acts = self.code or self.bars or self.declines or self.warns or self.takes
        return bool(acts) or self.outcome == FAILED


class Rule(NamedTuple):
    """One line of the rule sheet: its number, title, authority, confidence, and from when it is stated.

    `asks`: it can only speak if one of these facts is given (none: always). `family`: only of these offences.
    """

    id: str
    title: str
    authority: Authority
    confidence: str
    effective_from: date | None
    says: Says
    asks: frozenset[str]
    family: frozenset[str]

    def may_speak(self, offence: Offence, given: frozenset[str]) -> bool:
        """Whether it is worth asking, for this offence and these facts given."""
        return bool(not self.asks or self.asks & given) and (not self.family or offence.family in self.family)


Says = Callable[[Case], Verdict | None]
FUNCTIONS: dict[str, tuple[Says, frozenset[str], frozenset[str]]] = {}


def rule(number: str, *, asks: str = "", family: str = "") -> Callable[[Says], Says]:
    """Mark the function of one rule of the sheet; `asks` and `family` name, with blanks between, when to ask it."""

    def keep(says: Says) -> Says:
        FUNCTIONS[number] = (says, frozenset(asks.split()), frozenset(family.split()))
        return says

    return keep


@cache
def _sheet() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = tomllib.loads(read("rules.toml"))
    return loaded


@cache
def defaults() -> Mapping[str, int]:
    """The unit's own figures by name, with the value of the reference."""
    return {f"traffic.{name}": row["value"] for name, row in _sheet()["settings"].items()}


def figures(policy: Mapping[str, Any]) -> Mapping[str, int]:
    """Each figure as the unit has set it, or its default."""
    return {name: policy.get(name, value) for name, value in defaults().items()} if policy else defaults()


@cache
def settings() -> Mapping[str, Mapping[str, Any]]:
    """What each figure is: words, unit, value, authority."""
    found: Mapping[str, Mapping[str, Any]] = _sheet()["settings"]
    return found


@cache
def rules() -> tuple[Rule, ...]:
    """The sheet in its order of precedence."""
    return tuple(
        Rule(
            row["id"],
            row["title"],
            cite(row["authority"]),
            row["confidence"],
            row.get("from"),
            *FUNCTIONS[row["id"]],
        )
        for row in _sheet()["rule"]
    )


class Elsewhere(NamedTuple):
    """A line of the sheet that decides nothing about an allegation: why not, and who holds to it meanwhile."""

    id: str
    title: str
    authority: Authority
    confidence: str
    why: str
    held: str


@cache
def elsewhere() -> tuple[Elsewhere, ...]:
    """The lines of the sheet that belong to other parts of the unit's work (R70 to R74)."""
    return tuple(
        Elsewhere(**row | {"authority": cite(row["authority"])}) for row in _sheet()["elsewhere"]
    )


@lru_cache(maxsize=4096)
def worth_asking(code: str, given: frozenset[str]) -> tuple[Rule, ...]:
    """The rules that may speak of an offence code where these facts are given, in their order."""
    return tuple(rule for rule in rules() if rule.may_speak(known(code), given))
