"""The worker: works chunks of runs, asks DVLA, and does the daily round. Any number may run at once.

It holds no state: a chunk's lock lives in the transaction that works it, so a worker can be killed at any moment.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Annotated

import typer

app = typer.Typer(add_completion=False)
LOOK_AGAIN = 1.0  # seconds between looks when nothing woke us
ROUND_EVERY = 20.0  # seconds between looks at whether the day's round is due
SEAL_EVERY = 600.0  # seconds between seals over the log


@app.command()
def worker(once: Annotated[bool, typer.Option(help="work what waits now, then end")] = False) -> None:
    """Work what waits until told to stop."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda _s, _f: stop.set())
    _work(stop, once)


def _work(stop: threading.Event, once: bool) -> None:
    next_round = next_seal = 0.0
    while not stop.is_set():
        busy = _one_turn()
        if time.monotonic() >= next_seal or once:
            _seal()
            next_seal = time.monotonic() + SEAL_EVERY
        if time.monotonic() >= next_round or once:
            busy = _round() or busy
            next_round = time.monotonic() + ROUND_EVERY
        if not busy:
            if once:
                return
            _wait(stop)


def _one_turn() -> bool:
    """One chunk, or one batch to DVLA; True if anything was done. A lost database is waited for, not died of."""
    from django.db import InterfaceError, OperationalError, close_old_connections, connection

    from casewright.commands.work import HANDLERS
    from casewright.foundation.people.actions import tune_clock
    from casewright.foundation.runs import actions as runs
    from casewright.interfaces.dvla import outbound

    try:
        tune_clock()
        return runs.work_one(HANDLERS) or bool(outbound.send_due())
    except (OperationalError, InterfaceError) as lost:
        print(
            f"worker {os.getpid()}: the database is away ({type(lost).__name__}); trying again",
            file=sys.stderr,
        )
        connection.close()
        close_old_connections()
        time.sleep(LOOK_AGAIN)
        return False


def _round() -> bool:
    """Tidy up, and go the daily round if it is due; True if it went. What cannot be tidied keeps it from nothing."""
    from django.db import InterfaceError, OperationalError, connection

    from casewright.flows import daily_round
    from casewright.foundation.documents import arriving, leaving, quarantine
    from casewright.foundation.people.actions import sweep

    for tidy in (sweep, quarantine.sweep, arriving.sweep, leaving.take_away):
        _tidied(tidy)
    try:
        return daily_round.go_round_if_due()
    except (OperationalError, InterfaceError):
        connection.close()
        return False


def _tidied(tidy: Callable[[], object]) -> None:
    """Tidy up; a disk that is full or read-only is told of and tried again, not died of."""
    from django.db import Error, InterfaceError, OperationalError, connection

    try:
        tidy()
    except (OperationalError, InterfaceError):
        connection.close()
    except (OSError, Error) as fault:  # its name alone: what it says may hold a value of a row
        what = f"{tidy.__module__}.{tidy.__name__} could not be done ({type(fault).__name__})"
        print(f"worker {os.getpid()}: {what}; trying again", file=sys.stderr)


def _seal() -> None:
    """Seal what ended transactions wrote to the log, and export the seals; another worker may have done it."""
    from django.conf import settings
    from django.db import InterfaceError, OperationalError, connection

    from casewright.foundation import clock
    from casewright.foundation.journal import seals, verifying

    try:
        if seals.seal_all(at=clock.now()):
            verifying.export(settings.CASEWRIGHT_SEALS)
    except (OperationalError, InterfaceError):
        connection.close()
    except OSError as full:  # the work goes on; what was not exported is exported with the next seal
        print(f"worker {os.getpid()}: the seals were not exported ({full}); trying again", file=sys.stderr)


def _wait(stop: threading.Event) -> None:
    """Wait for a NOTIFY or a second, whichever comes first."""
    from django.db import connection

    from casewright.foundation.runs.actions import WAKE

    try:
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {WAKE}")
        if connection.connection is not None:
            for _ in connection.connection.notifies(timeout=LOOK_AGAIN, stop_after=1):
                return
    except Exception:  # waiting must never end the worker; the next turn finds out what is wrong
        connection.close()
        stop.wait(LOOK_AGAIN)
