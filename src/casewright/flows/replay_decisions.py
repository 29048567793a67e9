"""Replaying decisions: today's code over the stored facts and values, or under a changed setting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from casewright.areas.decisions.models import Decision
from casewright.law import traffic as traffic_law

DATES = ("device_certified_from", "device_certified_until")


@dataclass(frozen=True, slots=True)
class Difference:
    """One decision that would come out otherwise, and what speaks for it now."""

    decision_id: int
    matter_id: int
    was: str
    now: str
    was_reasons: str
    now_reasons: str


def replay(decisions: Iterable[Decision], *, under: Mapping[str, Any] | None = None) -> list[Difference]:
    """Decide stored camera decisions again and list those that come out otherwise.

    :param under: settings to try instead of those kept with each decision, such as {"speed.start.30": 36}
    """
    return [found for d in decisions if d.kind == "detection" and (found := _differs(d, under or {}))]


def _differs(decision: Decision, under: Mapping[str, Any]) -> Difference | None:
    again = traffic_law.decide(
        facts_of(decision.facts),
        on=date.fromisoformat(decision.finding["on"]),
        policy={**decision.finding["values"], **under},
    )
    if again.taken == decision.taken and again.reason_code == decision.finding["reason_code"]:
        return None
    return Difference(
        decision.id,
        decision.matter_id,
        decision.taken_title,
        again.taken_title,
        decision.why,
        " ".join(again.reasons),
    )


def facts_of(stored: Mapping[str, Any]) -> dict[str, Any]:
    """The facts as `law` takes them, from their stored form."""
    facts = dict(stored)
    facts["offence_at"] = datetime.fromisoformat(facts["offence_at"])
    for name in DATES:
        if facts.get(name):
            facts[name] = date.fromisoformat(facts[name])
    return facts
