"""The whole demonstration as a person meets it: started, started twice, killed, started again, ended."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.ports import held_port

from casewright.commands.machine import identity, keeper

SLOWEST = 300.0  # seconds; a start on a busy machine


def _of_a_person() -> dict[str, str]:
    """An environment as a person's: nothing of this test run's in it."""
    ours = ("CASEWRIGHT_", "DATABASE_URL", "DJANGO_", "PYTEST_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


class Running:
    """One ``casewright up`` in a folder whose path has spaces."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.started: list[subprocess.Popen[str]] = []

    def up(self) -> subprocess.Popen[str]:
        """Start it, from an environment as a person's: nothing of this test run's in it."""
        self.started.append(
            subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "casewright",
                    "up",
                    "--port",
                    str(self.port),
                    "--data",
                    str(self.folder),
                ],
                env=_of_a_person(),
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                cwd="/",
            )
        )
        return self.started[-1]

    def ask(self, *command: str) -> str:
        """What a short command beside it says, told of the folder and of nothing else."""
        environment = {**_of_a_person(), "CASEWRIGHT_DATA": str(self.folder)}
        done = subprocess.run(
            [sys.executable, "-m", "casewright", *command],
            env=environment,
            capture_output=True,
            text=True,
            cwd="/",
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def said(self) -> dict[str, str]:
        """What it says of itself once it is ready."""
        until = time.monotonic() + SLOWEST
        while time.monotonic() < until:
            if self.started[-1].poll() is not None:
                raise AssertionError(self.started[-1].communicate()[0])
            with contextlib.suppress(OSError, ValueError):
                said = dict(json.loads((self.folder / "running.json").read_text()))
                if said["pid"] == self.started[-1].pid:
                    return said
            time.sleep(0.1)
        raise AssertionError("it did not become ready")

    def processes(self) -> list[int]:
        """All processes that belong to it, the database's among them."""
        return [*keeper.marked(str(self.folder)), *identity.working_in(self.folder / "pg" / "data")]

    def wait_until_nothing_is_left(self) -> None:
        """Its processes end by themselves, however it ended; one may first wait in vain for the database."""
        until = time.monotonic() + SLOWEST
        while self.processes() and time.monotonic() < until:
            time.sleep(0.1)
        assert self.processes() == []


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    with held_port(and_beside=True) as port:
        made = Running((tmp_path / "a folder with spaces").resolve(), port)
        yield made
        for each in made.started:
            if each.poll() is None:
                each.send_signal(signal.SIGINT)
                each.wait(SLOWEST)
        made.wait_until_nothing_is_left()


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=SLOWEST).close()
    except urllib.error.HTTPError as answer:
        return answer.code < 500
    except (OSError, http.client.HTTPException):  # the second: what answered ended in the middle of a word
        return False
    return True


def _soon(address: str) -> bool:
    until = time.monotonic() + SLOWEST
    while not (answered := _answers(address)) and time.monotonic() < until:
        time.sleep(0.1)
    return answered


def test_it_starts_survives_every_kill_and_leaves_nothing_behind(running: Running) -> None:
    first = running.up()
    said = running.said()
    assert _answers(said["address"])

    second = running.up()
    words, _ = second.communicate(timeout=SLOWEST)
    assert second.returncode == 0
    assert f"running already at {said['address']}" in words
    links = running.ask("demo", "links").splitlines()
    assert links
    assert all(said["address"] in line for line in links)

    # made anew while its workers live: none of them takes a past day's print run for work of today
    assert "12 people" in running.ask("demo", "reset")
    assert "NOT AS WRITTEN" not in running.ask("journal", "verify"), "seals of the log that was emptied"

    # each in turn: web and its workers, the workers, the simulator, the database
    for pid in running.processes():
        if pid != first.pid and identity.alive(pid):
            with contextlib.suppress(
                ProcessLookupError
            ):  # it went with one of its own that was killed before
                os.kill(pid, signal.SIGKILL)
            time.sleep(0.2)
    assert _soon(said["address"]), "a killed process was not started again"

    first.kill()
    first.wait()
    running.wait_until_nothing_is_left()

    third = running.up()
    assert _answers(running.said()["address"])
    third.send_signal(signal.SIGINT)
    words, _ = third.communicate(timeout=SLOWEST)
    assert third.returncode == 0, words
    running.wait_until_nothing_is_left()
