"""The README's first command from a clean copy: empty home, empty caches, a path with spaces, root and not, PG or not.

Drills: each makes an environment of its own, so they need the network and a minute each.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
NOBODY = 65534
FIRST, SECOND = 120.0, 5.0  # seconds to the first page: with nothing there, and the second time
READY = re.compile(r"ready at http://localhost:\d+/ after ([\d.]+) s")

pytestmark = pytest.mark.drill


@pytest.fixture
def copy() -> Iterator[Path]:
    """A clean copy of what git would hand out, in a folder whose name has spaces, readable for everyone."""
    place = Path(tempfile.mkdtemp(prefix="casewright clean "))
    clone = place / "a clone"
    subprocess.run(["git", "clone", "--quiet", str(CHECKOUT), str(clone)], check=True)
    (place / "home").mkdir()
    yield clone
    shutil.rmtree(place, ignore_errors=True)


def _become_nobody() -> None:
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)


def _python(ordinary: bool) -> str:
    """The Python that runs the tests, without its environment; for nobody, the machine's own, which he may reach."""
    ours: str = getattr(sys, "_base_executable", sys.executable)
    return "/usr/bin/python3" if ordinary and Path("/usr/bin/python3").exists() else ours


def _seconds_to_the_first_page(clone: Path, *, ordinary: bool, **told: str) -> float:
    """Start it, wait for its word that it is ready, end it by Ctrl-C; nothing of it may be left."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(clone.parent / "home"), **told}
    started = subprocess.Popen(
        [_python(ordinary), str(clone / "run.py"), "up", "--port", "18600"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=_become_nobody if ordinary else None,
        cwd="/",
    )
    assert started.stdout is not None
    words = ""
    until = time.monotonic() + 2 * FIRST
    while not (found := READY.search(words)) and time.monotonic() < until:
        line = started.stdout.readline()
        assert line, words
        words += line
    time.sleep(1)
    started.send_signal(signal.SIGINT)
    started.communicate(timeout=40)
    assert started.returncode == 0
    assert found, words
    return float(found.group(1))


@pytest.mark.parametrize("ordinary", [False, True], ids=["as whoever runs the tests", "as nobody"])
@pytest.mark.parametrize("postgres", ["machine", "wheel"])
def test_a_clean_copy_comes_up_in_time_and_again_in_seconds(
    copy: Path, postgres: str, ordinary: bool
) -> None:
    if ordinary and os.geteuid() == 0:
        copy.parent.chmod(0o755)
        subprocess.run(["chown", "-R", str(NOBODY), str(copy.parent)], check=True)
    become = ordinary and os.geteuid() == 0
    first = _seconds_to_the_first_page(copy, ordinary=become, CASEWRIGHT_POSTGRES=postgres)
    second = _seconds_to_the_first_page(copy, ordinary=become, CASEWRIGHT_POSTGRES=postgres)
    print(f"first {first:.1f} s, second {second:.1f} s")
    assert first < FIRST
    assert second < SECOND


def test_where_namespaces_are_barred_root_still_gets_a_database(copy: Path) -> None:
    first = _seconds_to_the_first_page(copy, ordinary=False, CASEWRIGHT_POSTGRES_AS="account")
    assert first < FIRST
