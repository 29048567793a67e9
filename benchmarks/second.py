"""Further worker processes, waiting and warm: as many as `up` runs, less this one."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from multiprocessing.connection import Connection


@contextmanager
def workers(moment: datetime) -> Iterator[list[Connection]]:
    """The other workers of a machine that `up` has started."""
    from casewright.commands.up import WORKERS

    with ExitStack() as stack:
        yield [stack.enter_context(worker(moment)) for _ in range(WORKERS - 1)]


@contextmanager
def worker(moment: datetime) -> Iterator[Connection]:
    """A process that works the chunks of each run id sent to it, its clock standing at a moment, and answers."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there, moment), daemon=True)
    process.start()
    assert here.recv() == "ready"
    try:
        yield here
    finally:
        here.send(None)
        process.join(10)


def _serve(asked: Connection, moment: datetime) -> None:
    import django

    django.setup()

    from benchmarks.measured import work
    from casewright.foundation import clock
    from casewright.foundation.runs.models import Run

    Run.objects.exists()  # the connection is made before anything is timed
    asked.send("ready")
    with clock.standing_at(moment):
        while (run_id := asked.recv()) is not None:
            work(run_id)
            asked.send("done")
