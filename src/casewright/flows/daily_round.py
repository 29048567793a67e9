"""The daily round: what the passing of a day brings about, done once a London day, whatever the number of workers.

Each clock whose last day has passed is handed to its mover, in sets; then it is proved that every open matter still has
an owner or a queue and a next action. What held rows said goes after their last day, one file after the other. Driving
the round day by day is how the demonstration's clock moves.
"""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection, transaction

from casewright.areas.collisions import actions as collisions
from casewright.areas.deadlines import queries as deadlines
from casewright.areas.deadlines.models import Deadline
from casewright.areas.traffic.actions import moving, passing
from casewright.flows import let_go, recount_deadlines, remove_held_rows
from casewright.foundation import clock
from casewright.foundation.matters import pointers
from casewright.foundation.matters.models import Matter
from casewright.foundation.people.actions import tune_clock
from casewright.foundation.runs.models import Chunk, Run
from casewright.law.wording import full

log = logging.getLogger(__name__)
SET = 500
KIND = "daily_round"
Mover = Callable[[Sequence[Deadline], date, datetime], None]


class Acted(NamedTuple):
    """A clock that was handed to its mover, and of which force its matter is."""

    deadline_id: int
    mover: str
    force_id: int


MOVERS: dict[str, Mover] = {
    "traffic.record_defaults": lambda d, day, at: passing.record_defaults(d, today=day, at=at),
    "traffic.end_late_notices": lambda d, day, at: passing.end_late_notices(d, today=day, at=at),
    "traffic.end_time_barred": lambda d, day, at: passing.end_time_barred(d, today=day, at=at),
    "collisions.pass_time_limit": lambda d, day, at: collisions.pass_time_limit(d, today=day, at=at),
}


def go_round_if_due() -> bool:
    """Do the round of each day up to today that has not been gone; True if there was one, or anything was removed.

    An advisory lock lets one worker go at a time; the rest find the day done. What held rows said goes after it, one
    file to a transaction: what a kill left undone the next call does, also of a day whose round is done.
    """
    tune_clock()
    days = _days_due(clock.today())
    for day in days:
        with transaction.atomic():
            if not _first_here(day):
                return False
            go_round(day, at=clock.now())
    return bool(remove_held_rows.remove_due(clock.today(), at=clock.now()) or days)


def live_through(day: date, *, at: datetime) -> dict[str, int]:
    """The round of one day and what goes on it, for a clock that is moved; returns how much of each was done."""
    return {**go_round(day, at=at), "held.remove": remove_held_rows.remove_due(day, at=at)}


def go_round(day: date, *, at: datetime) -> dict[str, int]:
    """The round of one day in the caller's transaction; returns how many clocks each mover acted on.

    :param day: London day that has begun: clocks with their last day before it have passed
    """
    recount_deadlines.start_if_moved(day, at=at)
    acted: dict[str, int] = dict.fromkeys(MOVERS, 0)
    done: list[Acted] = []
    # Defaults first: a reply missed and a time limit passed on the same matter are both recorded, in that order.
    for name, mover in MOVERS.items():
        while True:
            passed = list(deadlines.passed(today=day, movers=[name])[:SET])
            if not passed:
                break
            forces = dict(Matter.objects.filter(deadlines__in=passed).values_list("id", "force_id"))
            done += [Acted(each.id, name, forces[each.matter_id]) for each in passed]
            mover(passed, day, at)
            acted[name] += len(passed)
    moving.step_on(day)
    let_go.hand_back_of_absent(day, at=at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT journal_add_months(%s, 3)", [day.replace(day=1)])
    _keep_run(day, at, done)
    return acted


def unmoored() -> int:
    """How many open matters have no owner or queue, or no next action: always 0, or somebody is told."""
    return _loose().total()


def _loose() -> Counter[int]:
    loose = Matter.objects.filter(closed_at__isnull=True)
    without = loose.filter(next_act=""), loose.filter(owner__isnull=True, queue="")
    return Counter(force for rows in without for force in rows.values_list("force_id", flat=True))


def _days_due(today: date) -> list[date]:
    last = (
        Run.objects.filter(kind=KIND).order_by("-params__day").values_list("params__day", flat=True).first()
    )
    first = date.fromisoformat(last) + timedelta(days=1) if last else today
    return [first + timedelta(days=n) for n in range((today - first).days + 1)]


def days_after(before: date, until: date) -> list[date]:
    """The days after one day up to and including another."""
    return [before + timedelta(days=n) for n in range(1, (until - before).days + 1)]


def _first_here(day: date) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('casewright daily round'))")
        mine: bool = cursor.fetchone()[0]
    return mine and not Run.objects.filter(kind=KIND, params__day=day.isoformat()).exists()


def _keep_run(day: date, at: datetime, done: list[Acted]) -> None:
    """The round as a run: first the part of the machine itself, then one for each force of which anything was done.

    So nobody is told how much another force has.
    """
    loose, lost = _loose(), pointers.dangling()
    if loose or lost:
        log.error(
            "the daily round found %s open matters left lying and rows pointing to nothing: %s",
            loose.total(), lost,
        )  # fmt: skip
    acts: dict[int, list[Acted]] = defaultdict(list)
    for each in done:
        acts[each.force_id].append(each)
    parts = [_part(None, [], **{"rows that point to nothing": sum(lost.values())})]
    for force_id in sorted({*acts, *loose}):
        left = {"open matters without owner or next action": loose[force_id]}
        parts.append(_part(force_id, acts[force_id], **left))
    run = Run.objects.create(
        kind=KIND,
        title=f"Round of {full(day)}",
        state="done",
        total=sum(part.items for part in parts),
        params={"day": day.isoformat()},
        started_at=at,
        finished_at=at,
    )
    for number, part in enumerate(parts, 1):
        part.run, part.number, part.done_at = run, number, at
    Chunk.objects.bulk_create(parts)


def _part(force_id: int | None, acts: list[Acted], **proofs: int) -> Chunk:
    """What was done of one force, with its proofs: what must always be nothing, logged if it ever is not."""
    payload: dict[str, list[Any]] = {
        "deadlines": [each.deadline_id for each in acts],
        "told": [each.mover for each in acts],
    }
    counts = {**Counter(payload["told"]), **proofs}
    return Chunk(force_id=force_id, state="done", items=len(acts), payload=payload, counts=counts)
