"""Keep processes running: start them, start again what dies, end them all and leave nothing behind."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from casewright.commands.machine import identity
from casewright.commands.machine.place import MARK

PAUSES = (0.1, 0.5, 1.0, 2.0, 5.0)  # seconds before each further start of a process that keeps dying
STEADY_AFTER = 30.0  # seconds alive after which a death counts as the first again
GRACE = 8.0  # seconds between asking to end and ending


@dataclass
class Kept:
    """One process that should always run, with everything it starts in a group of its own."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    child: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = 0
    due: float = field(default=0.0)

    def start(self) -> None:
        """Start it now; when this process dies, however suddenly, it is asked to end."""
        with self.log.open("ab") as log:
            self.child = subprocess.Popen(
                [sys.executable, "-m", "casewright", *self.arguments],
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=_own_group,
                cwd="/",
            )
        self.started = time.monotonic()

    def look_after(self) -> bool:
        """Start it again if it has died, after a pause that grows; whether a death was seen."""
        now = time.monotonic()
        if self.child is not None and self.child.poll() is not None:
            # What it started must not outlive it and hold its port.
            signal_group(self.child.pid, signal.SIGKILL)
            self.deaths = 1 if now - self.started > STEADY_AFTER else self.deaths + 1
            self.due = now + PAUSES[min(self.deaths, len(PAUSES)) - 1]
            self.child = None
            return True
        if self.child is None and now >= self.due:
            self.start()
        return False


def end_all(kept: Iterable[Kept]) -> None:
    """Ask every group to end, wait, then end it; returns when none is left."""
    children = [each.child for each in kept if each.child is not None]
    for child in children:
        signal_group(child.pid, signal.SIGTERM)
    until = time.monotonic() + GRACE
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(max(0.1, until - time.monotonic()))
        signal_group(child.pid, signal.SIGKILL)
        child.wait()


def end_leftovers(mark: str) -> int:
    """End what an ``up`` of this folder left behind when it was killed; how many processes there were.

    Called under the folder's lock, so no living ``up`` owns them.
    """
    left = marked(mark)
    for how, patience in ((signal.SIGTERM, 3.0), (signal.SIGKILL, 3.0)):
        for pid in marked(mark):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, how)
        until = time.monotonic() + patience
        while marked(mark) and time.monotonic() < until:
            time.sleep(0.05)
    return len(left)


def signal_group(leader: int, how: signal.Signals) -> None:
    """Send a signal to a process and everything in its group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, how)


def _own_group() -> None:
    identity.LIBC.prctl(identity.PR_SET_PDEATHSIG, signal.SIGTERM)
    os.setsid()


def marked(mark: str) -> list[int]:
    """The living processes that carry this mark in their environment, except this one."""
    wanted = f"{MARK}={mark}".encode()
    found = []
    for each in Path("/proc").iterdir():
        if each.name.isdecimal() and int(each.name) != os.getpid():
            with contextlib.suppress(OSError):
                if wanted in (each / "environ").read_bytes().split(b"\0") and identity.alive(int(each.name)):
                    found.append(int(each.name))
    return found
