"""A task finished by hand, and with it the next act of its matter: what was done is no longer to come."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from casewright.areas.tasks import actions as tasks
from casewright.areas.tasks.models import Task
from casewright.areas.traffic.actions.moving import set_next_days


def finish_task(*, task_id: int, outcome: str, words: str, by: Any, at: datetime) -> Task:
    """Finish a task with its outcome and a sentence about it; the matter goes on to what comes next.

    :raises NotAllowed: as `tasks.actions.finish`
    """
    done = tasks.finish(task_id=task_id, outcome=outcome, words=words, by=by, at=at)
    set_next_days([done.matter_id])
    return done
