"""A decision run again, beside what was decided then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from casewright import law
from casewright.areas.decisions.models import Decision
from casewright.flows.replay_decisions import replay
from casewright.foundation.matters.rights import visible_to
from casewright.law import explained, replaying
from casewright.law.explained import Explained
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
class Stands:
    """One option as it stood then and stands now, in words; ``differs`` where anything of it changed."""

    title: str
    then: str
    now: str
    why: str
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
    law_took: str
    then_spoke: list[Spoke]
    now_spoke: list[Spoke]
    options: list[Stands]
    values: list[Value]
    explained: tuple[Explained, ...]
    then_version: str
    now_version: str
    trouble: str


def decision_of(actor: Any, decision_id: int) -> Decision | None:
    """A decision on which law was asked, on a matter this person may see."""
    return (
        Decision.objects.select_related("matter", "by", "told")
        .filter(id=decision_id, kind__in=replaying.KINDS, matter__in=visible_to(actor))
        .first()
    )


def latest_decisions(actor: Any) -> list[Decision]:
    """The newest decisions that can be replayed."""
    return list(
        Decision.objects.select_related("matter", "by", "told")
        .filter(kind__in=replaying.KINDS, matter__in=visible_to(actor))
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
        .filter(kind__in=replaying.KINDS, facts__limit_mph=limit, matter__in=visible_to(actor))
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
    found = replaying.replay(decision.facts, then, changed)
    now = found.now if found else then
    differs = frozenset(each.rule for each in found.rules) if found else frozenset()
    return Replayed(
        decision=decision,
        now_taken=now["taken_title"],
        now_reasons=tuple(now["reasons"]),
        same=found is None,
        law_took=then["taken_title"],
        then_spoke=_spoke(then["rules"], differs),
        now_spoke=_spoke(now["rules"], differs),
        options=_stand(then["options"], now["options"]),
        values=[
            Value(name, _words(name), value, changed.get(name, value))
            for name, value in then["values"].items()
        ],
        explained=_explained(decision, found) if not changed else (),
        then_version=decision.law_version,
        now_version=law.VERSION,
        trouble=found.refusal if found else "",
    )


def _explained(decision: Decision, found: replaying.Changed | None) -> tuple[Explained, ...]:
    if found is None:
        return ()
    return explained.explain(
        found.grounds, kind=decision.kind, law_version=decision.law_version, under=explained.register()
    )


def _stand(then: list[dict[str, Any]], now: list[dict[str, Any]]) -> list[Stands]:
    was, is_now = ({each["key"]: each for each in side} for side in (then, now))
    keys = [*is_now, *(key for key in was if key not in is_now)]
    return [_stands(was.get(key), is_now.get(key)) for key in keys]


def _stands(then: dict[str, Any] | None, now: dict[str, Any] | None) -> Stands:
    shown = now or then or {}
    return Stands(
        shown["title"],
        replaying.standing(then),
        replaying.standing(now),
        " ".join(shown["reasons"]),
        then != now,
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
