"""A PostgreSQL server of our own for a demonstration or a test run, started and stopped by this process.

One owner at a time holds the folder's lock. The server listens on a socket in a private folder only, every
role has a random password, and it shuts down by itself when its owner dies. Nothing here is used in
production.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg
from psycopg import sql

from casewright.commands.machine import identity, programs
from casewright.commands.machine.programs import NoDatabase

ROLES = ("casewright", "cw_owner", "cw_app")  # superuser; owns the tables; what web and workers connect as
LONGEST_SOCKET = 107 - len("/.s.PGSQL.5432")  # bytes, of sockaddr_un
STEADY = ("jit=off", "max_wal_size=2GB", "random_page_cost=1.1", "log_timezone=UTC")
# Of the machine's memory: an intake in 1 GB of buffers was 5 % quicker than in 256 MB (measured).
BUFFERS = 1 / 8
MOST_BUFFERS, LEAST_BUFFERS = 1024, 128  # MB
# No autovacuum: a table analysed at that moment is a transaction that runs, so nothing behind it can be sealed yet.
# A commit still reaches the operating system before it is acknowledged, so that a kill loses nothing in tests either.
THROWAWAY = (
    "fsync=off",
    "full_page_writes=off",
    "max_connections=60",
    "shared_buffers=256MB",
    "autovacuum=off",
)
PATIENCE = 60.0  # seconds to become ready; recovery after a crash is the long case


class AlreadyRunning(Exception):
    """Another process holds this folder's server."""


class Cluster:
    """One PostgreSQL server in one folder."""

    def __init__(self, folder: Path, *, throwaway: bool = False) -> None:
        """Name the server's folder; ``throwaway`` gives up safety against a power cut for speed (tests)."""
        self.folder = folder.resolve()
        self.throwaway = throwaway
        self.child: subprocess.Popen[bytes] | None = None
        self._lock: IO[str] | None = None
        self.run_as = identity.choose()
        self.home = self.run_as.home(self.folder)
        self.data = self.home / "data"
        self.socket = _socket_folder(self.home)
        self.programs = programs.NONE

    def start(self) -> None:
        """Make the cluster if there is none, start the server and see to the roles.

        :raises AlreadyRunning: if another process is its owner
        :raises NoDatabase: if there are no programs for it, or it does not become ready
        """
        self._take_lock()
        self.programs = programs.choose(programs.find(), self.data)
        if self.home != self.folder and not (self.folder / "passwords.json").exists():
            shutil.rmtree(self.home, ignore_errors=True)  # of a folder of this name that was deleted
        self.run_as.prepare(self.home, self.socket)
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        _clear_leftovers(self.data)
        self._launch()
        self._ensure_roles()

    def alive(self) -> bool:
        """Whether our server still runs."""
        return self.child is not None and self.child.poll() is None

    def stop(self) -> None:
        """Shut the server down in order (no new connections, open ones ended), and give the lock back."""
        if self.child is not None and self.child.poll() is None:
            self.child.send_signal(signal.SIGINT)
            try:
                self.child.wait(20)
            except subprocess.TimeoutExpired:
                self.child.kill()
                self.child.wait()
        self.child = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def url(self, role: str, database: str = "casewright") -> str:
        """The address for a role: a socket, with its password."""
        place = quote(str(self.socket), safe="")
        return f"postgresql://{role}:{self._passwords()[role]}@/{database}?host={place}"

    def _take_lock(self) -> None:
        if self._lock is not None:
            return
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = (self.folder / "lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            raise AlreadyRunning(f"the database in {self.folder} is in use by another process") from None
        self._lock = lock

    def _passwords(self) -> dict[str, str]:
        """The roles' passwords, made at random the first time and kept for the owner's eyes only."""
        path = self.folder / "passwords.json"
        if not path.exists():
            made = json.dumps({role: secrets.token_urlsafe(24) for role in ROLES})
            _write_private(path, made)
        kept: dict[str, str] = json.loads(path.read_text())
        return kept

    def _initialise(self) -> None:
        """Make an empty cluster beside its place and move it there whole, so that none is ever half made."""
        new = self.home / "data.new"
        shutil.rmtree(new, ignore_errors=True)
        password = self.home / "initial-password"
        _write_private(password, self._passwords()["casewright"])
        self.run_as.own(password)
        command: list[str | Path] = [
            self._program("initdb"),
            "-D",
            new,
            "-U",
            "casewright",
            "--auth=scram-sha-256",
        ]
        command += [f"--pwfile={password}", "-E", "UTF8", "--locale=C.UTF-8"]
        command += ["-N"] if self.throwaway else ["--data-checksums"]
        done = subprocess.run(command, capture_output=True, text=True, preexec_fn=self.run_as.become, cwd="/")
        password.unlink()
        if done.returncode:
            raise NoDatabase(
                f"PostgreSQL could not make its files in {self.home}: {done.stderr.strip()[-400:]}"
            )
        new.rename(self.data)

    def _program(self, name: str) -> Path:
        return self.run_as.reachable(self.programs) / name

    def _launch(self) -> None:
        """Start ``postgres`` itself, not through pg_ctl, so that it is our child and is reaped."""
        command: list[str | Path] = [self._program("postgres"), "-D", self.data, "-c", "listen_addresses="]
        command += ["-c", f"unix_socket_directories={self.socket}", "-c", "unix_socket_permissions=0700"]
        for setting in (*STEADY, _buffers(), *(THROWAWAY if self.throwaway else ())):
            command += ["-c", setting]
        with (self.folder / "postgres.log").open("ab") as log:
            self.child = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=self.run_as.become,
                cwd="/",
            )
        self._wait_until_ready(self.child)

    def _wait_until_ready(self, child: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if child.poll() is not None:
                break
            lines = _lines(self.data / "postmaster.pid")
            if len(lines) >= 8 and lines[0] == str(child.pid) and lines[7].strip() == "ready":
                return
            time.sleep(0.01)
        child.kill()
        child.wait()
        raise NoDatabase(
            f"PostgreSQL did not become ready; its own words are in {self.folder / 'postgres.log'}"
        )

    def _ensure_roles(self) -> None:
        """The owner role, the application role and the database, where any of them is missing."""
        passwords = self._passwords()
        with psycopg.connect(self.url("casewright", "postgres"), autocommit=True) as connection:
            have = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
            for role, rights in (("cw_owner", "CREATEDB"), ("cw_app", "NOCREATEDB")):
                if role not in have:
                    words = sql.SQL("CREATE ROLE {} LOGIN {} PASSWORD {}")
                    connection.execute(words.format(sql.Identifier(role), sql.SQL(rights), passwords[role]))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'casewright'").fetchone():
                connection.execute("CREATE DATABASE casewright OWNER cw_owner")


def _socket_folder(home: Path) -> Path:
    """The server's own folder, or a short private one where the path is too long for a socket."""
    near = home / "socket"
    if len(os.fsencode(near)) <= LONGEST_SOCKET:
        return near
    mark = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"casewright-{os.getuid()}-{mark}"


def _write_private(path: Path, words: str) -> None:
    """Write a file for its owner's eyes only, whole or not at all."""
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(words)
    new.rename(path)


def _buffers() -> str:
    """How much memory the server keeps tables in."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    return f"shared_buffers={min(MOST_BUFFERS, max(LEAST_BUFFERS, int(memory * BUFFERS)))}MB"


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text().splitlines()
    except OSError:
        return []


def _clear_leftovers(data: Path) -> None:
    """After a crash: wait for the old server's processes to be gone, then take its stale pid file away.

    We hold the lock, so no one owns them. A pid file is removed only when no process works in the data folder
    and its pid is not alive; otherwise PostgreSQL's own protection against two servers on one folder stands.
    """
    until = time.monotonic() + 15
    while (left := identity.working_in(data)) and time.monotonic() < until:
        time.sleep(0.05)
    for pid in left:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGQUIT)  # immediate shutdown; recovery follows from the write-ahead log
    while identity.working_in(data) and time.monotonic() < until + 5:
        time.sleep(0.05)
    lines = _lines(data / "postmaster.pid")
    if lines and not identity.working_in(data) and not identity.alive(int(lines[0])):
        (data / "postmaster.pid").unlink()
