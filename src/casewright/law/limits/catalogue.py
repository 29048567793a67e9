"""The catalogue of time limits: every rule as dated data, with its facts, authority, confidence and examples."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from difflib import get_close_matches
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, NamedTuple

from casewright.law.authority import Authority, cite, read
from casewright.law.refusals import NoLawInForce, UnknownRule
from casewright.law.wording import full

DAY = timedelta(days=1)
CONSEQUENCES = ("bar", "court_rule", "extendable", "policy")


class Fact(NamedTuple):
    """One fact a rule needs. Types: date, instant (aware), choice, flag, number, dates, periods, text."""

    name: str
    type: str
    required: bool
    description: str
    default: Any = None
    choices: tuple[str, ...] = ()
    default_from: str = ""


class Example(NamedTuple):
    """A worked example: facts and the answer, with where it comes from ("pub" published, "der" derived)."""

    facts: Mapping[str, Any]
    act_by: str | None
    outer_limit: str | None
    steps: Mapping[str, str]
    source: str
    why: str = ""
    policy: Mapping[str, Any] = {}


@dataclass(frozen=True, eq=False)
class Rule:
    """One time limit as it stands from `effective_from` until `effective_until` (exclusive; None: open)."""

    id: str
    name: str
    binds: str
    facts: tuple[Fact, ...]
    length: str
    code: str
    moves: str
    consequence: str
    if_missed: str
    authority: tuple[Authority, ...]
    confidence: str
    effective_from: date
    effective_until: date | None
    examples: tuple[Example, ...]
    law_of: str
    works: str
    flag: str = ""
    starts: str = ""
    uncertain: str = ""
    changes: tuple[str, ...] = ()
    one_of: tuple[tuple[str, ...], ...] = ()
    section: str = ""
    data: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @cached_property
    def cited(self) -> str:
        """Every authority in short form, as one line."""
        return "; ".join(str(authority) for authority in self.authority)

    @cached_property
    def facts_by_name(self) -> Mapping[str, Fact]:
        """Its facts by name."""
        return {fact.name: fact for fact in self.facts}

    @cached_property
    def defaults(self) -> Mapping[str, Any]:
        """What is taken where a fact is not given."""
        return {fact.name: fact.default for fact in self.facts if fact.default is not None}

    @cached_property
    def without_default(self) -> tuple[Fact, ...]:
        """The facts that must be given, or are taken from another."""
        return tuple(fact for fact in self.facts if fact.required or fact.default_from)

    @cached_property
    def dated_facts(self) -> tuple[Fact, ...]:
        """The facts that are a day or an instant, the one whose law applies first."""
        dated = [fact for fact in self.facts if fact.type in ("date", "instant")]
        return tuple(sorted(dated, key=lambda fact: fact.name != self.law_of))

    @property
    def setting(self) -> str:
        """The name of the unit's own setting that replaces this rule's length, if it is a policy target."""
        return f"{self.id}.number" if self.consequence == "policy" and self.data.get("count") else ""

    def as_json(self) -> dict[str, Any]:
        """The rule as plain JSON values, so that a stranger can call it."""
        plain = {k: getattr(self, k) for k in PLAIN}
        until = self.effective_until
        return plain | {
            "facts": [fact._asdict() | {"choices": list(fact.choices)} for fact in self.facts],
            "one_of": [list(group) for group in self.one_of],
            "authority": [authority.as_json() for authority in self.authority],
            "effective_from": self.effective_from.isoformat(),
            "effective_until": until.isoformat() if until else None,
            "changes": list(self.changes),
            "examples": [example._asdict() for example in self.examples],
        }


PLAIN = (
    "id", "name", "binds", "starts", "length", "code", "moves", "consequence", "flag", "if_missed", "confidence",
    "uncertain", "law_of", "section", "setting",
)  # fmt: skip


@cache
def version() -> str:
    """The version of the law data; kept with every finding."""
    stated: str = tomllib.loads(read("law.toml"))["version"]
    return stated


@cache
def checked() -> date:
    """The day on which the catalogue was last checked as a whole against its sources."""
    stated: date = tomllib.loads(read("law.toml"))["checked"]
    return stated


@cache
def covered_from() -> date:
    """The first day for which this library states law; older law is not stated, whatever the provision's age."""
    stated: date = tomllib.loads(read("law.toml"))["covered_from"]
    return stated


def _tables() -> Iterable[tuple[str, Mapping[str, Any]]]:
    folder = files("casewright.law").joinpath("data").joinpath("limits")
    for table in sorted(folder.iterdir(), key=lambda item: item.name):
        loaded = tomllib.loads(table.read_text(encoding="utf-8"))
        yield from ((loaded["section"], row) for row in loaded["rule"])


@cache
def versions() -> Mapping[str, tuple[Rule, ...]]:
    """Every version of every rule, newest first."""
    found: dict[str, list[Rule]] = {}
    for section, row in _tables():
        found.setdefault(row["id"], []).append(_rule(section, row))
    newest = {i: sorted(r, key=lambda rule: rule.effective_from, reverse=True) for i, r in found.items()}
    return {rule_id: tuple(rules) for rule_id, rules in newest.items()}


def _rule(section: str, row: Mapping[str, Any]) -> Rule:
    facts = tuple(_fact(fact) for fact in row.get("facts", ()))
    examples = tuple(_example(example) for example in row.get("examples", ()))
    return Rule(
        id=row["id"], name=row["name"], binds=row["binds"], facts=facts, length=row["length"], code=row["code"],
        moves=row.get("moves", ""), consequence=row["consequence"], if_missed=row["if_missed"],
        authority=tuple(cite(text) for text in row["authority"]), confidence=row["confidence"],
        effective_from=row.get("effective_from", covered_from()), effective_until=row.get("effective_until"),
        examples=examples, law_of=row.get("law_of", facts[0].name if facts else ""),
        works=row.get("works", "plain"), flag=row.get("flag", ""), starts=row.get("starts", ""),
        uncertain=row.get("uncertain", ""), changes=tuple(row.get("changes", ())),
        one_of=tuple(tuple(group) for group in row.get("one_of", ())), section=section, data=row,
    )  # fmt: skip


def _fact(row: Mapping[str, Any]) -> Fact:
    required = row.get("required", "default" not in row and "default_from" not in row)
    form = row.get("type", "choice" if "choices" in row else "date")
    default, choices = row.get("default"), tuple(row.get("choices", ()))
    return Fact(row["name"], form, required, row["is"], default, choices, row.get("default_from", ""))


def _example(row: Mapping[str, Any]) -> Example:
    steps = {key: str(value) for key, value in row.get("steps", {}).items()}
    act_by = str(row["act_by"]) if "act_by" in row else None
    return Example(
        row["facts"],
        act_by,
        str(row["outer"]) if "outer" in row else act_by,
        steps,
        row["source"],
        row.get("why", ""),
        row.get("policy", {}),
    )


def rules(on: date | None = None) -> list[Rule]:
    """Every rule in its newest version, or in the version stated for `on`, in the order of the catalogue."""
    if on is None:
        return [newest[0] for newest in versions().values()]
    return [rule for each in versions().values() for rule in each if _holds(rule, on)]


def _holds(rule: Rule, on: date) -> bool:
    return rule.effective_from <= on and (rule.effective_until is None or on < rule.effective_until)


def newest(rule_id: str) -> Rule:
    """The newest version of a rule. UnknownRule if there is none of that id."""
    known = versions().get(rule_id)
    if known is None:
        raise _unknown(rule_id)
    return known[0]


def _unknown(rule_id: str) -> UnknownRule:
    return UnknownRule(str(rule_id), next(iter(get_close_matches(str(rule_id), versions(), 1)), ""))


def in_force(rule_id: str, on: date) -> Rule:
    """The version of a rule stated for `on`. UnknownRule, or NoLawInForce; never the last one known."""
    known = versions().get(rule_id)
    if known is None:
        raise _unknown(rule_id)
    for rule in known:
        if _holds(rule, on):
            return rule
    raise NoLawInForce(rule_id, on, " and ".join(_stated(rule) for rule in reversed(known)))


def _stated(rule: Rule) -> str:
    until = f" to {full(rule.effective_until - DAY)}" if rule.effective_until else ""
    return f"it is stated from {full(rule.effective_from)}{until}"
