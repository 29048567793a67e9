"""Start the whole demonstration: database, invented unit, simulators, web, workers. Ctrl-C ends it."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from casewright.commands.machine import keeper, place, postgres
from casewright.commands.machine.keeper import Kept
from casewright.commands.machine.place import MARK, Place
from casewright.commands.machine.programs import NoDatabase

app = typer.Typer(add_completion=False)
FIRST_PORT = 8000
# One more than the cores: a worker waits for the disk at each commit, and for DVLA at each answer.
WORKERS = min((os.cpu_count() or 1) + 1, 5)
PATIENCE = 60.0  # seconds for the first page


class End(threading.Event):
    """Set when everything is to end; ``ready`` once everything runs."""

    ready = False


class Failed(Exception):
    """A step did not succeed; the message says which and where its own words are."""


@app.command()
def up(
    port: Annotated[
        int, typer.Option(help="the port for the pages; the next free one is taken")
    ] = FIRST_PORT,
    data: Annotated[Path | None, typer.Option(help="the folder that keeps the demonstration")] = None,
) -> None:
    """Start the demonstration, or say where it runs already."""
    found = Place(data) if data else place.here() or Place(Path.cwd() / "casewright-data")
    while (held := found.lock()) is None:
        if _pointed_to_the_running_one(found):
            return
    stop = _listen_for_the_end()
    with held, contextlib.ExitStack() as stack:
        try:
            _run(found, port, stop, stack)
        except KeyboardInterrupt:
            _say("\nStopped before it was ready.")
        except (Failed, NoDatabase, postgres.AlreadyRunning) as problem:
            typer.echo(f"Casewright could not start: {problem}.", err=True)
            raise typer.Exit(1) from None


def _run(found: Place, port: int, stop: End, stack: contextlib.ExitStack) -> None:
    """Every step in order, then keep it all running until told to stop."""
    found.fall_silent()  # what a killed run said of itself is no longer so
    left = keeper.end_leftovers(str(found.folder))
    if left:
        _say(f"  ended {left} processes left by a run that was killed")
    stack.callback(found.fall_silent)
    if "DATABASE_URL" not in os.environ:
        stack.callback(found.cluster.stop)
        with _step("database") as words:
            place.start_patiently(found.cluster, 20)
            words.append(f"PostgreSQL {found.cluster.programs.major}" if found.cluster.programs else "")
    environment = {**os.environ, **found.environment(), MARK: str(found.folder)}
    with _step("tables") as words:
        words.append(_call(environment, found, "database", "prepare"))
    kept: list[Kept] = []
    stack.callback(keeper.end_all, kept)
    address = _start_doors(found, environment, kept, port)
    if _has("worker"):
        for number in range(1, WORKERS + 1):
            kept.append(_kept(f"worker-{number}", ["worker"], environment, found))
            kept[-1].start()
        _say(f"  {'workers':<20} {WORKERS} processes")
    told = {
        key: environment[key] for key in (*found.environment(), "CASEWRIGHT_DVLA_URL") if key in environment
    }
    found.say(address=address, pid=os.getpid(), environment=told)
    _welcome(found, environment, address)
    stop.ready = True
    _keep(found, kept, stop)


def _keep(found: Place, kept: list[Kept], stop: End) -> None:
    """Look after the server and the processes until told to stop."""
    own_server = "DATABASE_URL" not in os.environ
    while not stop.wait(0.25):
        if own_server and not found.cluster.alive():
            _say("  the database stopped; starting it again")
            found.cluster.start()
        for each in kept:
            if each.look_after():
                _say(f"  {each.name} stopped; starting it again (its own words: {each.log})")
    _say("\nStopping …")


def _start_doors(found: Place, environment: dict[str, str], kept: list[Kept], port: int) -> str:
    """Start the simulator and the pages, and see to the unit while they come up; the pages' address."""
    simulator, pages = _free_port(port + 100), _free_port(port)
    if _has("simulator"):
        environment["CASEWRIGHT_DVLA_URL"] = f"http://127.0.0.1:{simulator}"
        kept.append(
            _kept("simulator-dvla", ["simulator", "dvla", "--port", str(simulator)], environment, found)
        )
    kept.append(_kept("web", ["web", "--port", str(pages)], environment, found))
    for each in kept:
        each.start()
    if _has("demo"):
        with _step("demonstration unit") as words:
            words.append(_call(environment, found, "demo", "ensure"))
    if _has("simulator"):
        with _step("DVLA simulator") as words:
            _until(lambda: _listening(simulator), kept[0], "the DVLA simulator")
            words.append(f"port {simulator}")
    with _step("web") as words:
        _until(lambda: _answers(f"http://127.0.0.1:{pages}/"), kept[-1], "the first page")
        words.append(f"http://localhost:{pages}/" + ("" if pages == port else f" (port {port} was taken)"))
    return f"http://localhost:{pages}/"


def _kept(name: str, arguments: list[str], environment: Mapping[str, str], found: Place) -> Kept:
    return Kept(name, arguments, dict(environment), found.logs / f"{name}.log")


def _welcome(found: Place, environment: Mapping[str, str], address: str) -> None:
    """The last words of a start: how long it took, and the one-time links."""
    since = float(os.environ.get("CASEWRIGHT_STARTED_AT", "0"))
    _say(f"\nCasewright is ready at {address}" + (f" after {time.time() - since:.1f} s" if since else ""))
    if _has("demo"):
        _say(_call(environment, found, "demo", "links", "--address", address))
    _say("Ctrl-C ends it; the data stay. Everything in it is invented.")


def _pointed_to_the_running_one(found: Place) -> bool:
    """Another ``up`` holds the folder: wait until it is ready, then say where it is; False if none holds it after all.

    :raises typer.Exit: if it is not ready after three minutes
    """
    until = time.monotonic() + 180
    while not (said := found.running()) and found.busy():
        if time.monotonic() > until:
            typer.echo(
                "Casewright is being started here by another command, which is not ready yet.", err=True
            )
            raise typer.Exit(1)
        time.sleep(0.3)
    if not found.busy():
        return False  # it has ended, or a command only looked whether one runs
    _say(f"Casewright is running already at {said['address']}")
    if _has("demo"):
        environment = {**os.environ, **said["environment"]}
        _say(_call(environment, found, "demo", "links", "--address", said["address"]))
    return True


def _call(environment: Mapping[str, str], found: Place, *arguments: str) -> str:
    """Run one of our own commands to its end; what it said.

    :raises Failed: with its last words, if it did not succeed
    """
    log = found.logs / f"{arguments[0]}.log"
    with log.open("ab") as errors:
        done = subprocess.run(
            [sys.executable, "-m", "casewright", *arguments],
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            cwd="/",
        )
    if done.returncode:
        last = (log.read_text(errors="replace").strip().splitlines() or ["nothing was said"])[-1]
        raise Failed(f"“{' '.join(arguments[:2])}” failed: {last.rstrip('.')} (all of it: {log})")
    return done.stdout.strip("\n")


@contextlib.contextmanager
def _step(name: str) -> Iterator[list[str]]:
    """Print a step with its time when it is done."""
    words: list[str] = []
    started = time.perf_counter()
    yield words
    _say(f"  {name:<20} {time.perf_counter() - started:5.1f} s  {' '.join(words)}".rstrip())


def _say(words: str) -> None:
    typer.echo(words)
    sys.stdout.flush()


def _until(ready: Callable[[], bool], waited_for: Kept, name: str) -> None:
    """Wait until something is ready.

    :raises Failed: if its process ends first or it takes too long
    """
    until = time.monotonic() + PATIENCE
    while not ready():
        if waited_for.child is None or waited_for.child.poll() is not None or time.monotonic() > until:
            raise Failed(f"{name} did not come; its own words are in {waited_for.log}")
        time.sleep(0.05)


def _has(command: str) -> bool:
    return find_spec(f"casewright.commands.{command}") is not None


def _free_port(first: int) -> int:
    """The first port from here upwards that nothing listens on."""
    for port in range(first, first + 90):
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                tried.bind(("127.0.0.1", port))
                return port
    raise Failed(f"no port from {first} to {first + 89} is free")


def _listening(port: int) -> bool:
    with socket.socket() as tried:
        tried.settimeout(1)
        return tried.connect_ex(("127.0.0.1", port)) == 0


def _answers(address: str) -> bool:
    """Whether a page comes; a refusal to someone not signed in is a page too, a fault is not."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        direct.open(address, timeout=10).close()
    except urllib.error.HTTPError as answer:
        return answer.code < 500
    except (OSError, http.client.HTTPException):  # the second: what answered ended in the middle of a word
        return False
    return True


def _listen_for_the_end() -> End:
    """What Ctrl-C, a closed terminal and a polite kill set; before all is ready they break the start off.

    A second Ctrl-C changes nothing: what runs is already being ended.
    """
    stop = End()

    def heard(_number: int, _frame: FrameType | None) -> None:
        first = not stop.is_set()
        stop.set()
        if first and not stop.ready:
            raise KeyboardInterrupt

    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, heard)
    return stop
