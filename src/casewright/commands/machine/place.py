"""The folder in which a demonstration keeps everything: database, files, secret key, logs.

While ``up`` runs it holds the folder's lock and says in ``running.json`` where it can be reached; any other
command in the same checkout then uses the same database. When nothing runs, a command starts the database for
itself.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from casewright.commands.machine.postgres import AlreadyRunning, Cluster

CHECKOUT = Path(__file__).resolve().parents[4]
MARK = (
    "CASEWRIGHT_UP"  # carried by every process that ``up`` starts, so that leftovers of a crash can be told
)


class Place:
    """One demonstration's folder."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; it is made when something is first kept in it."""
        self.folder = folder.resolve()
        self.logs = self.folder / "logs"
        self.files = self.folder / "files"
        self.cluster = Cluster(self.folder / "pg")

    def make(self) -> None:
        """Make the folders, for their owner's eyes only."""
        for each in (self.folder, self.logs, self.files):
            each.mkdir(parents=True, exist_ok=True, mode=0o700)

    def lock(self) -> IO[str] | None:
        """Become the one ``up`` of this folder, or nothing if there is one, or a command looks for one just now."""
        return self._locked(fcntl.LOCK_EX)

    def _locked(self, how: int) -> IO[str] | None:
        self.make()
        held = (self.folder / "lock").open("w")
        try:
            fcntl.flock(held, how | fcntl.LOCK_NB)
        except BlockingIOError:
            held.close()
            return None
        return held

    def busy(self) -> bool:
        """Whether an ``up`` holds this folder now; any number of commands may look at the same moment."""
        held = self._locked(fcntl.LOCK_SH)
        if held is not None:
            held.close()
        return held is None

    def running(self) -> dict[str, Any]:
        """What the running ``up`` said of itself; empty when none has said anything yet."""
        try:
            said: dict[str, Any] = json.loads((self.folder / "running.json").read_text())
        except (OSError, ValueError):
            return {}
        return said

    def say(self, **words: Any) -> None:
        """Tell other commands how to reach this demonstration."""
        path = self.folder / "running.json"
        new = path.with_suffix(".new")
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(words, file)
        new.rename(path)

    def fall_silent(self) -> None:
        """Nothing runs here any more."""
        (self.folder / "running.json").unlink(missing_ok=True)

    def environment(self) -> dict[str, str]:
        """What every process of this demonstration needs to be told."""
        return {
            "DATABASE_URL": os.environ.get("DATABASE_URL") or self.cluster.url("cw_app"),
            "CASEWRIGHT_OWNER_DATABASE_URL": os.environ.get("CASEWRIGHT_OWNER_DATABASE_URL")
            or os.environ.get("DATABASE_URL")
            or self.cluster.url("cw_owner"),
            "CASEWRIGHT_SECRET_KEY": self._secret_key(),
            "CASEWRIGHT_DEMO": "1",
            "CASEWRIGHT_FILES": str(self.files),
            "CASEWRIGHT_MAIL": str(self.folder / "mail"),
            "CASEWRIGHT_DATA": str(self.folder),
        }

    def _secret_key(self) -> str:
        """This demonstration's own key, made at random the first time."""
        path = self.folder / "secret-key"
        if not path.exists():
            with open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(48))
        return path.read_text()

    @contextmanager
    def database(self, patience: float = 20.0) -> Iterator[dict[str, str]]:
        """The environment with a database behind it: the one that runs, or one started meanwhile.

        :raises AlreadyRunning: if another command has held the database for longer than ``patience`` seconds
        """
        told = self._join_or_start(patience)
        try:
            yield told
        finally:
            self.cluster.stop()

    def _join_or_start(self, patience: float) -> dict[str, str]:
        until = time.monotonic() + patience
        while True:
            if self.busy() and (said := self.running()):
                return dict(said["environment"])
            try:
                self.cluster.start()
                return self.environment()
            except AlreadyRunning:  # a short command's, or that of an ``up`` that is not ready yet
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)


def here() -> Place | None:
    """This command's demonstration: ``CASEWRIGHT_DATA``, or the checkout's own; none in production."""
    said = os.environ.get("CASEWRIGHT_DATA", "")
    if said:
        return Place(Path(said))
    return Place(CHECKOUT / "var" / "data") if (CHECKOUT / "run.py").exists() else None


def start_patiently(cluster: Cluster, patience: float) -> None:
    """Start a server whose folder a short command may hold at this moment.

    :raises AlreadyRunning: if it is held for longer than ``patience`` seconds
    """
    until = time.monotonic() + patience
    while True:
        try:
            cluster.start()
            return
        except AlreadyRunning:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
