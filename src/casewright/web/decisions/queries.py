"""A decision run again, beside what was decided then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from casewright import law
from casewright.areas.decisions.models import Decision
from casewright.flows.replay_decisions import facts_of, replay
from casewright.foundation.matters.rights import visible_to
from casewright.law import traffic
from casewright.web import clocks

PAGE = 50
MOST_TRIED = 500
FIGURES = {
    "start": "Enforced from",
    "course_to": "Course up to",
    "court_from": "Court from",
    "secondary_percent": "Second check within, per cent",
    "variable_limit_seconds": "Limit just changed, seconds",
}


@dataclass(frozen=True, slots=True)
class Spoke:
    """One rule as it spoke then or speaks now; ``differs`` where outcome or sentence changed."""

    rule: str
    sentence: str
    authority: str
    confidence: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Value:
    """One figure the decision used, by name, then and as replayed."""

    name: str
    words: str
    then: Any
    now: Any

    @property
    def differs(self) -> bool:
        """Whether another figure was put in its place."""
        return bool(self.then != self.now)


@dataclass(frozen=True, slots=True)
class Replayed:
    """A decision then and now."""

    decision: Decision
    now_taken: str
    now_reasons: tuple[str, ...]
    same: bool
    then_spoke: list[Spoke]
    now_spoke: list[Spoke]
    values: list[Value]
    then_version: str
    now_version: str
    trouble: str


def decision_of(actor: Any, decision_id: int) -> Decision | None:
    """A decision that law itself took, on a matter this person may see."""
    return (
        Decision.objects.select_related("matter", "by", "told")
        .filter(id=decision_id, kind="detection", matter__in=visible_to(actor))
        .first()
    )


def latest_decisions(actor: Any) -> list[Decision]:
    """The newest decisions that can be replayed."""
    return list(
        Decision.objects.select_related("matter", "by", "told")
        .filter(kind="detection", matter__in=visible_to(actor))
        .order_by("-id")[:PAGE]
    )


@dataclass(frozen=True, slots=True)
class Trial:
    """Many decisions run again under one changed figure: how many, and those that come out otherwise."""

    limit: int
    start: int
    tried: int
    differing: list[tuple[Decision, str, str]]


def tried(actor: Any, *, limit: int, start: int) -> Trial:
    """The newest decisions at one speed limit, run again as if enforced from another speed; nothing is changed."""
    found = (
        Decision.objects.select_related("matter", "told")
        .filter(kind="detection", facts__limit_mph=limit, matter__in=visible_to(actor))
        .order_by("-id")[:MOST_TRIED]
    )
    decisions = {each.id: each for each in found}
    others = replay(decisions.values(), under={f"speed.start.{limit}": start})
    return Trial(
        limit,
        start,
        len(decisions),
        [(decisions[each.decision_id], each.now, each.now_reasons) for each in others],
    )


def replayed(decision: Decision, changed: dict[str, Any]) -> Replayed:
    """Today's code over the stored facts and values, with ``changed`` values in place of the stored ones."""
    then = decision.finding
    values = {**then["values"], **changed}
    try:
        again = traffic.decide(
            facts_of(decision.facts), on=date.fromisoformat(then["on"]), policy=values
        ).as_json()
        trouble = ""
    except (law.InvalidFacts, law.NoLawInForce) as refusal:
        again, trouble = then, str(refusal)
    differs = _differing(then["rules"], again["rules"])
    return Replayed(
        decision=decision,
        now_taken=again["taken_title"],
        now_reasons=tuple(again["reasons"]),
        same=again["taken"] == then["taken"] and not differs,
        then_spoke=_spoke(then["rules"], differs),
        now_spoke=_spoke(again["rules"], differs),
        values=[Value(name, _words(name), value, values[name]) for name, value in then["values"].items()],
        then_version=then["law_version"],
        now_version=law.VERSION,
        trouble=trouble,
    )


def _differing(then: list[dict[str, Any]], now: list[dict[str, Any]]) -> frozenset[str]:
    said = {rule["rule"]: (rule["outcome"], rule["sentence"]) for rule in then}
    return frozenset(
        rule["rule"] for rule in now if said.get(rule["rule"]) != (rule["outcome"], rule["sentence"])
    )


def _spoke(rules: list[dict[str, Any]], differs: frozenset[str]) -> list[Spoke]:
    return [
        Spoke(
            rule["rule"],
            rule["sentence"],
            str(rule["authority"]),
            clocks.confidence(rule["confidence"]),
            rule["rule"] in differs,
        )
        for rule in rules
    ]


def _words(name: str) -> str:
    """``speed.start.30`` as a person reads it: ``Enforced from, in a 30``."""
    _, figure, *limit = name.split(".")
    return FIGURES.get(figure, figure.replace("_", " ").capitalize()) + (
        f", in a {limit[0]}" if limit else ""
    )
