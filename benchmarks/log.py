"""What the log costs: intake beside the same without journal and history, a page beside the same without its look.

Only here can they be left out: the product has no switch for it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any
from unittest.mock import patch

from django.db import connection, transaction
from django.test import Client

from benchmarks import measured
from benchmarks.figures import Figure, in_turns
from casewright.config.settings import AUTHENTICATION_BACKENDS
from casewright.flows import take_in_detections
from casewright.foundation import clock
from casewright.foundation.journal.record import record
from casewright.foundation.matters.models import Matter
from casewright.foundation.reference.models import Force

MOST_MORE = 0.15  # of the time of intake, for journal and history
MOST_MS = 1.0  # at p95 of a page, for the look
WATCHED = ("matters_matter", "parties_party", "parties_vehicle", "matters_note")
FIRST_SEED = 500  # no row of any other figure's files


def intake(force: Force, *, rows: int, rounds: int) -> Figure:
    """Rows a second in one process, with the log and without it."""
    files = [measured.detections(rows, FIRST_SEED + n) for n in range(2 * rounds)]

    def without(number: int) -> int:
        with no_log():
            return _take_in(files[rounds + number], force)

    return in_turns(
        "intake with the log, of without it", "rows/s", lambda n: _take_in(files[n], force), without,
        wanted=1 / (1 + MOST_MORE), rounds=rounds,
    )  # fmt: skip


def _take_in(content: bytes, force: Force) -> int:
    with transaction.atomic():
        file = take_in_detections.receive_file(
            content=[content], name="bench.csv", force_id=force.id, by=None, at=clock.now()
        )
    measured.work(file.run_id)
    return int(file.rows)


def _nothing(lines: Any, *, by: Any, at: Any, for_: Any = None) -> None:  # noqa: ARG001 - stands for `record`
    for _ in lines:
        pass


@contextmanager
def no_log() -> Iterator[None]:
    """Within, no act is journalled, wherever `record` was imported, and no former version is kept."""
    kept = record.__code__
    record.__code__ = _nothing.__code__
    _triggers("DISABLE")
    try:
        yield
    finally:
        record.__code__ = kept
        _triggers("ENABLE")


def _triggers(what: str) -> None:
    with connection.cursor() as cursor:
        for table in WATCHED:
            cursor.execute(f"ALTER TABLE {table} {what} TRIGGER keep_former_update")
            cursor.execute(f"ALTER TABLE {table} {what} TRIGGER keep_former_delete")


def page(force: Force, *, requests: int) -> Figure:
    """The matter page at p95, in microseconds: without the look and one millisecond more, beside with it."""
    measured.take_in(measured.detections(200, 77), force, [])
    matter = Matter.objects.earliest("id")
    client, took = Client(), {True: [0.0], False: [0.0]}
    client.force_login(measured._ruth(), backend=AUTHENTICATION_BACKENDS[0])
    for number in range(2 * requests):
        logged = number % 4 in (0, 3)  # in turns, the first to go changing
        with nullcontext() if logged else patch("casewright.web.doors.being_consulted", not_looked):
            started = time.perf_counter()
            assert client.get(f"/matters/{matter.id}").status_code == 200
            took[logged].append(time.perf_counter() - started)
    with_it, without = (sorted(took[each])[int(0.95 * len(took[each]))] * 1e6 for each in (True, False))
    return Figure("page without its look, and 1 ms", "us at p95", without + MOST_MS * 1e3, with_it, 1.0)


def not_looked(**_: Any) -> AbstractContextManager[None]:
    """Nothing is logged."""
    return nullcontext()
