"""A whole installation of its own for crash tests: database, web, workers and DVLA as processes that are killed."""

from __future__ import annotations

import contextlib
import http.client
import http.cookiejar
import json
import os
import random
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from tests.ports import held_port

from casewright.commands.machine.postgres import Cluster

HERE = Path(__file__).parent
PATIENCE = 300  # seconds for one answer or one start, on a busy machine; only what is broken takes so long
START = "import sys; from casewright.commands.main import main; sys.argv[0] = 'casewright'; main()"


class Rig:
    """Starts, kills and starts again; everything lives below one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.dice = folder, random.Random(folder.name)
        self.cluster = Cluster(folder / "pg", throwaway=True)
        self.running: dict[str, subprocess.Popen[Any]] = {}
        self.held = contextlib.ExitStack()
        self.ports = {name: self.held.enter_context(held_port()) for name in ("web", "dvla")}
        self.opener = urllib.request.build_opener()
        self.lost = ""

    def begin(self) -> None:
        """Database, tables, an invented unit without work, DVLA, two workers and the web."""
        self.cluster.start()
        self.start("dvla", "simulator", "dvla", "--port", str(self.ports["dvla"]))
        self.start_worker(1)
        self.start_worker(2)
        self.start_web()

    def prepare(self) -> None:
        """A database with tables and an invented unit in it, shut down in order."""
        self.cluster.start()
        try:
            self._keep_moments()
            self.command("database", "prepare")
            self.drive("unit")
        finally:
            self.stop()

    def _keep_moments(self) -> None:
        """Have the server keep when each transaction ended (journalled.py tells rows and entries by it)."""
        with psycopg.connect(self.cluster.url("casewright"), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET track_commit_timestamp = on")
        self.kill_database()

    def environment(self) -> dict[str, str]:
        """What every process of the rig is told."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("CASEWRIGHT_", "DJANGO_"))}
        return {
            **kept, "DATABASE_URL": self.cluster.url("cw_app"),
            "CASEWRIGHT_OWNER_DATABASE_URL": self.cluster.url("cw_owner"), "CASEWRIGHT_DEMO": "1",
            "CASEWRIGHT_SECRET_KEY": "k" * 50, "CASEWRIGHT_FILES": str(self.folder / "files"),
            "CASEWRIGHT_DVLA_URL": f"http://127.0.0.1:{self.ports['dvla']}", "CASEWRIGHT_LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "casewright.config.settings",
        }  # fmt: skip

    def start(self, name: str, *arguments: str) -> None:
        """Start a process of the product in its own group."""
        log = (self.folder / f"{name}.log").open("ab")
        self.running[name] = subprocess.Popen(
            [sys.executable, "-c", START, *arguments], env=self.environment(), stdout=log, stderr=log,
            stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip

    def start_worker(self, number: int) -> None:
        """Start a worker."""
        self.start(f"worker-{number}", "worker")

    def start_web(self) -> None:
        """Start the web and wait until it answers."""
        self.start("web", "web", "--port", str(self.ports["web"]), "--workers", "1")
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.running["web"].poll() is None:
            with (
                contextlib.suppress(OSError),
                socket.create_connection(("127.0.0.1", self.ports["web"]), PATIENCE),
            ):
                return
            time.sleep(0.02)
        raise AssertionError("the web did not start: " + (self.folder / "web.log").read_text()[-2000:])

    def kill(self, name: str) -> None:
        """kill -9 of a process and its children."""
        process = self.running.pop(name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if name == "web":
            self._until_nobody_listens(self.ports["web"])

    def _until_nobody_listens(self, port: int) -> None:
        """The server's children die a moment after it: only then is the address free."""
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), PATIENCE).close()
            except ConnectionRefusedError:
                return
            except OSError:
                continue

    def kill_database(self) -> None:
        """kill -9 of the database server, then start it again as its supervisor does."""
        assert self.cluster.child is not None
        self.cluster.child.kill()
        self.cluster.child.wait()
        self.cluster.start()

    def command(self, *arguments: str) -> str:
        """Run a command to its end."""
        done = subprocess.run([sys.executable, "-c", START, *arguments], env=self.environment(), capture_output=True,
                              text=True, timeout=PATIENCE)  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def drive(self, what: str, *arguments: str) -> str:
        """Ask driver.py, a process of its own beside the rig's database, to do one thing."""
        if "driver" not in self.running:
            self.running["driver"] = subprocess.Popen(
                [sys.executable, "-m", "tests.crash.driver"], cwd=HERE.parents[1], env=self.environment(), text=True,
                start_new_session=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=(self.folder / "driver.log").open("ab"),
            )  # fmt: skip
        driver = self.running["driver"]
        driver.stdin.write(json.dumps([what, *arguments]) + "\n")
        driver.stdin.flush()
        answer = json.loads(driver.stdout.readline())
        assert "said" in answer, f"{what}: {answer['failed']}"
        said: str = answer["said"]
        return said

    def sign_in(self) -> None:
        """A browser's cookies, by a one-time link."""
        token = self.drive("link")
        jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        self.opener.open(f"http://127.0.0.1:{self.ports['web']}/sign-in/{token}", timeout=PATIENCE).read()

    def upload(self, name: str, content: bytes) -> bool:
        """Give a file in the browser's way; False if the web was killed under it."""
        address = f"http://127.0.0.1:{self.ports['web']}/intake"
        try:
            page = self.opener.open(address, timeout=PATIENCE).read().decode()
            found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
            force = re.search(r'name="force"[^>]*value="(\d+)"|<option value="(\d+)"', page)
            assert found, page[:500]
            fields = {"csrfmiddlewaretoken": found[1]}
            if force:
                fields["force"] = force[1] or force[2]
            body, kind = multipart(fields, name, content)
            request = urllib.request.Request(
                address, data=body, headers={"Content-Type": kind, "Referer": address}
            )
            self.opener.open(request, timeout=PATIENCE).read()
        except (OSError, http.client.HTTPException, ValueError) as lost:  # HTTPException: half an answer came
            if isinstance(lost, urllib.error.HTTPError) and lost.code not in (500, 502, 503):
                raise
            self.lost = str(lost)
            return False
        return True

    def stop(self) -> None:
        """Stop everything."""
        for name in list(self.running):
            self.kill(name)
        self.cluster.stop()

    def end(self) -> None:
        """Stop everything for good."""
        self.stop()
        self.held.close()


def multipart(fields: dict[str, str], name: str, content: bytes) -> tuple[bytes, str]:
    """A form with one file, as a browser sends it."""
    edge, disposition = secrets.token_hex(12), "Content-Disposition: form-data"
    parts = [f'--{edge}\r\n{disposition}; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()]
    parts.append(
        f'--{edge}\r\n{disposition}; name="file"; filename="{name}"\r\nContent-Type: text/csv\r\n\r\n'
    )
    body = "".join(parts).encode() + content + f"\r\n--{edge}--\r\n".encode()
    return body, f"multipart/form-data; boundary={edge}"


def _prepare(made: Rig) -> None:
    """Its database: a copy of one that is prepared once in a run, where the server's files lie in the rig's folder."""
    if made.cluster.home != made.cluster.folder:
        made.prepare()
        return
    ready = made.folder.parent / "prepared"
    if not ready.exists():
        first = Rig(ready.with_name("being prepared"))
        first.folder.mkdir()
        try:
            first.prepare()
        finally:
            first.end()
        first.folder.rename(ready)
    shutil.copytree(ready / "pg", made.cluster.folder, ignore=shutil.ignore_patterns("socket"))


@contextlib.contextmanager
def rig(folder: Path) -> Iterator[Rig]:
    """A rig for one test."""
    made = Rig(folder)
    try:
        _prepare(made)
        made.begin()
        yield made
    finally:
        made.end()
