"""Making, working, pausing and stopping long work.

A chunk is claimed with SKIP LOCKED and its lock is held by the very transaction that does its work: a killed worker
loses the lock and the work together, so a chunk is done once or not at all and nothing needs to be cleaned up.
"""

from __future__ import annotations

import gc
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, transaction

from casewright.foundation import clock
from casewright.foundation.journal.record import Line, record
from casewright.foundation.journal.whence import come_from
from casewright.foundation.lifecycle import NotAllowed, NotYours
from casewright.foundation.runs.models import Chunk, Run

MOST_ATTEMPTS = 3
log = logging.getLogger(__name__)
WAKE = "casewright_work"

Handler = Callable[[Run, Chunk], dict[str, Any]]


class Part(NamedTuple):
    """One part to be: the number of its items, what it needs to know, and whose matters it works.

    A part of a file or print run names no force: its file or print run has one.
    """

    items: int
    payload: dict[str, Any]
    force_id: int | None = None


def start(
    *,
    kind: str,
    title: str,
    payloads: Iterable[tuple[int, dict[str, Any]] | Part],
    by: Any,
    at: datetime,
    params: dict[str, Any] | None = None,
) -> Run:
    """Write a run and its chunks; workers wake when this transaction commits.

    :param payloads: for each chunk the number of its items and what it needs to know, see `Part`
    """
    parts = [Part(*each) for each in payloads]
    run = Run.objects.create(
        kind=kind,
        title=title,
        params=params or {},
        started_by=by,
        started_at=at,
        total=sum(part.items for part in parts),
    )
    Chunk.objects.bulk_create(
        [
            Chunk(run=run, number=i, items=part.items, payload=part.payload, force_id=part.force_id)
            for i, part in enumerate(parts, 1)
        ],
        batch_size=500,
    )
    if not parts:
        Run.objects.filter(id=run.id).update(state="done", finished_at=at)
    wake()
    return run


def wake() -> None:
    """Tell waiting workers, on commit, that there is something to do. Losing this costs one second, not work."""
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {WAKE}")


def work_one(handlers: dict[str, Handler], *, only_run: int | None = None) -> bool:
    """Claim and work one waiting chunk in one transaction; False if there was none.

    A chunk that fails is tried three times and then shown as failed on the run's page, never dropped.
    """
    claimed: Chunk | None = None
    try:
        with transaction.atomic():
            claimed = _claim(list(handlers), only_run)
            if claimed is None:
                return False
            _work(claimed, handlers[claimed.run.kind])
    except Exception as fault:
        if claimed is None:
            raise
        _failed(claimed, fault)
        return True
    _finish_run(claimed.run_id)
    return True


def _claim(kinds: list[str], only_run: int | None) -> Chunk | None:
    waiting = (
        Chunk.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("run")
        .filter(state="waiting", run__state="going", run__kind__in=kinds)
    )
    if only_run is not None:
        waiting = waiting.filter(run_id=only_run)
    return waiting.order_by("run_id", "number").first()


def _work(chunk: Chunk, handler: Handler) -> None:
    began = time.perf_counter()
    come_from("worker", f"run {chunk.run_id} part {chunk.number}")
    with _collector_resting():
        chunk.counts = handler(chunk.run, chunk)
    chunk.state, chunk.done_at = "done", clock.now()
    chunk.took_ms = int((time.perf_counter() - began) * 1000)
    # what a handler noted beside what it was told is kept with it
    chunk.save(update_fields=["counts", "payload", "state", "done_at", "took_ms"])


@contextmanager
def _collector_resting() -> Iterator[None]:
    """No search for cycles while a chunk is worked: its rows live to its end, so each pass over them finds nothing.

    Measured: a fifth of the time of an intake. Collecting goes on when the chunk is done.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _failed(chunk: Chunk, fault: Exception) -> None:
    attempts = chunk.attempts + 1
    state = "failed" if attempts >= MOST_ATTEMPTS else "waiting"
    # the first line only: a database's further lines hold the values of rows
    said = f"{type(fault).__name__}: {str(fault).partition(chr(10))[0]}"[:300]
    Chunk.objects.filter(id=chunk.id, state="waiting").update(attempts=attempts, state=state, error=said)
    log.warning(
        "part %s of run %s failed, attempt %s: %s", chunk.number, chunk.run_id, attempts, type(fault).__name__
    )
    if state == "failed":
        _finish_run(chunk.run_id)


def _finish_run(run_id: int) -> None:
    """Close a run whose last chunk is settled: one conditional UPDATE, whoever comes last."""
    open_chunks = Chunk.objects.filter(run_id=run_id, state="waiting")
    failed = Chunk.objects.filter(run_id=run_id, state="failed").exists()
    if not open_chunks.exists():
        Run.objects.filter(id=run_id, state="going").update(
            state="failed" if failed else "done", finished_at=clock.now()
        )


def pause(*, run_id: int, by: Any, at: datetime) -> None:
    """Stop handing out chunks; a chunk being worked is finished."""
    _control(run_id, "paused", {"going"}, by, at)


def resume(*, run_id: int, by: Any, at: datetime) -> None:
    """Go on with a paused run, or try the failed chunks of a failed one again."""
    _control(run_id, "going", {"paused", "failed"}, by, at)
    Chunk.objects.filter(run_id=run_id, state="failed").update(state="waiting", attempts=0)
    wake()


def stop(*, run_id: int, by: Any, at: datetime) -> None:
    """End a run for good: what is done stays done, what waits is not begun."""
    _control(run_id, "stopped", {"going", "paused", "failed"}, by, at)


def _control(run_id: int, state: str, start_states: set[str], by: Any, at: datetime) -> None:
    if by is not None and "run.control" not in by.permissions:
        raise NotYours("Your roles do not let you steer a run; the senior processing officer can.")
    finished = at if state == "stopped" else None
    if not Run.objects.filter(id=run_id, state__in=start_states).update(state=state, finished_at=finished):
        raise NotAllowed("This run has ended or stands otherwise by now; look at its page again.")
    record([Line(f"runs.{state}", subject_kind="run", subject_id=run_id)], by=by and by.id, at=at)
