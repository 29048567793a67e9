"""What a change would move among the open deadlines a person may see; nothing is changed by looking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from casewright import law
from casewright.areas.deadlines.models import Deadline
from casewright.flows import recount_deadlines
from casewright.foundation.matters.rights import visible_to
from casewright.law.wording import full

SHOWN = 25


@dataclass(frozen=True, slots=True)
class Moves:
    """One open deadline that would move."""

    matter_id: int
    reference: str
    rule_id: str
    rule: str
    why: str
    sooner: bool


@dataclass(frozen=True, slots=True)
class Impact:
    """How many would move of how many, on how many matters, how many sooner; and the first of them."""

    count: int
    of: int
    matters: int
    sooner: int
    first: list[Moves]


def impact(
    actor: Any,
    *,
    on: date,
    days: law.Calendar | None = None,
    tried: Mapping[str, Any] | None = None,
    force_id: int | None = None,
) -> Impact:
    """Count the open book again as it would be, for what this person may see.

    :param on: the day from which it would hold
    :param force_id: the one force whose settings would change, or None for all
    """
    mine = visible_to(actor).filter(closed_at=None)
    mine = mine.filter(force_id=force_id) if force_id else mine
    seen = set(mine.values_list("id", flat=True))
    found = [c for c in recount_deadlines.preview(days, tried=tried, on=on) if c.deadline.matter_id in seen]
    found.sort(key=lambda change: (not change.moved.earlier, change.deadline.act_by, change.deadline.id))
    return Impact(
        len(found),
        Deadline.objects.filter(state="running", matter__in=mine).count(),
        len({change.deadline.matter_id for change in found}),
        sum(change.moved.earlier for change in found),
        [_moves(change) for change in found[:SHOWN]],
    )


def _moves(change: recount_deadlines.Change) -> Moves:
    deadline = change.deadline
    return Moves(
        deadline.matter_id,
        deadline.matter.reference,
        deadline.rule_id,
        change.moved.old.name,
        _in_words(change),
        change.moved.earlier,
    )


def _in_words(change: recount_deadlines.Change) -> str:
    """The first of its days that moves, in words."""
    old, new = change.moved.old, change.moved.new
    if new is None or new.act_by is None or old.act_by is None:
        return "It could no longer be counted."
    steps = {step.key: step.on for step in new.steps}
    pairs: list[tuple[str, Any, Any]] = [(step.label, step.on, steps.get(step.key)) for step in old.steps]
    pairs += [("Act by", old.act_by, new.act_by), ("Outer limit", old.outer_limit, new.outer_limit)]
    label, was, now = next(pair for pair in pairs if pair[1] != pair[2])
    return f"{label}: {_day(was)}, then {_day(now)}"


def _day(day: Any) -> str:
    return full(day) if isinstance(day, date) else "no day"
