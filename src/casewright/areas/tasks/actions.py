"""Giving and ending tasks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from casewright.areas.tasks.models import Task, TaskType
from casewright.foundation.journal.record import Line, record


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
