"""Giving and ending tasks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from casewright.areas.tasks.models import Task, TaskType
from casewright.foundation.journal.record import Line, record
from casewright.foundation.lifecycle import NOT_THERE, NotAllowed, NotYours
from casewright.foundation.matters.rights import must_hold, visible_to


def give(
    *, type_code: str, matter_ids: Iterable[int], detail: str, today: date, by: Any, at: datetime
) -> int:
    """Give one task of a type on each matter, due after the type's own number of days: constant statements."""
    kind = TaskType.objects.get(code=type_code)
    due = today + timedelta(days=kind.days)
    made = Task.objects.bulk_create(
        [
            Task(
                type=kind,
                matter_id=m,
                subject_kind="matter",
                detail=detail,
                queue=kind.queue,
                due_on=due,
                given_at=at,
            )
            for m in matter_ids
        ]
    )
    record(
        [
            Line(
                "tasks.give", t.matter_id, "task", t.id, {"task": kind.title, "due": due.isoformat()}, detail
            )
            for t in made
        ],
        by=by and by.id,
        at=at,
    )
    return len(made)


def end(*, matter_ids: Iterable[int], type_code: str, outcome: str, at: datetime) -> int:
    """End the open tasks of a type on matters; the act that ends them journals it."""
    return Task.objects.filter(matter_id__in=list(matter_ids), type_id=type_code, state="open").update(
        state="done", outcome=outcome, ended_at=at
    )


def drop(*, matter_id: int, type_code: str, about: str, at: datetime) -> int:
    """Drop the open tasks of a type whose detail begins with ``about``: what they asked for is not to be done any more.

    The act that drops them journals it.
    """
    asked = Task.objects.filter(
        matter_id=matter_id, type_id=type_code, state="open", detail__startswith=about
    )
    return asked.update(state="dropped", outcome="replaced", ended_at=at)


BY_HAND = frozenset(
    {"carry_out_disposal"}
)  # finished by a person's word; the others end with the act they ask for


def finish(*, task_id: int, outcome: str, words: str, by: Any, at: datetime) -> Task:
    """Finish a task by hand, with its outcome and a sentence about it.

    :raises NotAllowed: without the right, for a task of a matter not seen, one ended already, or an unknown outcome
    """
    must_hold(by, "task.finish")
    task = Task.objects.select_related("type").filter(id=task_id, matter__in=visible_to(by)).first()
    if task is None or task.type_id not in BY_HAND:
        raise NotYours("There is no such task for you.", NOT_THERE)
    if outcome not in task.type.outcomes or not words.strip():
        raise NotAllowed("Choose the outcome and say in a sentence what was done, and where it can be found.")
    if not Task.objects.filter(id=task_id, state="open").update(state="done", outcome=outcome, ended_at=at):
        raise NotAllowed("This task has ended already; look at the matter again.")
    told = {"task": task.type.title, "outcome": outcome}
    record([Line("tasks.finish", task.matter_id, "task", task.id, told, words.strip())], by=by.id, at=at)
    return task
