"""Pytest's first plugin: a database of its own for each test run, before Django reads its settings.

Loaded by ``-p casewright.testplugin``. The server lives in memory where the machine has /dev/shm, gives up
all durability for speed, and is gone when the run ends. ``DATABASE_URL`` from outside is never used for
tests, and no test run of another checkout is in its way.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

PREFIX = "casewright-test-"
PAGES = "tests/browser/"
JUST_MADE = 60  # seconds
MEMORY = Path("/dev/shm")  # noqa: S108 - folders in it are made by mkdtemp


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--without-database`` for those who only test the law."""
    parser.addoption(
        "--without-database", action="store_true", help="start no PostgreSQL (tests of law only)"
    )


@pytest.hookimpl(tryfirst=True, wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Start the database and set the environment before pytest-django looks at the settings."""
    asked = early_config.known_args_namespace
    if getattr(asked, "numprocesses", None) and "PYTEST_XDIST_WORKER" not in os.environ:
        os.environ["PYTEST_PLUGINS"] = __name__  # each process that runs tests has a server of its own
        asked.without_database = True
    if not asked.without_database and not asked.help:
        _prepare_environment()
    else:
        _environment("postgresql://nobody@/none?host=/nowhere", Path(tempfile.gettempdir()))
    return (yield)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Tests go out singly and in order, but all of pages to one process: one demonstration is made, not one in each."""
    from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

    class PagesTogether(LoadScopeScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            return PAGES if nodeid.startswith(PAGES) else nodeid

    return PagesTogether(config, log)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests needed the national data files and did not find them: the only skip there is."""
    skipped = [
        each for each in terminalreporter.stats.get("skipped", []) if "reference_data" in each.keywords
    ]
    terminalreporter.write_line(
        f"reference_data: {len(skipped)} skipped for want of CASEWRIGHT_REFERENCE_DATA"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Name our two markers."""
    config.addinivalue_line("markers", "drill: takes longer; run by `run.py drill`, not by `run.py test`")
    config.addinivalue_line(
        "markers", "reference_data: needs the national data files in CASEWRIGHT_REFERENCE_DATA"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs the national data files where they are not."""
    folder = os.environ.get("CASEWRIGHT_REFERENCE_DATA", "")
    if folder and Path(folder).is_dir():
        return
    for item in items:
        if item.get_closest_marker("reference_data"):
            item.add_marker(pytest.mark.skip(reason="CASEWRIGHT_REFERENCE_DATA is not set"))


def _prepare_environment() -> None:
    from casewright.commands.machine.postgres import Cluster

    _sweep()
    place = MEMORY if os.access(MEMORY, os.W_OK) else Path(tempfile.gettempdir())
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
    cluster = Cluster(folder / "pg", throwaway=True)
    cluster.start()

    def clear() -> None:
        cluster.stop()
        shutil.rmtree(cluster.home, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(clear)
    _environment(cluster.url("cw_owner"), folder)
    os.environ["CASEWRIGHT_TEST_APP_URL"] = cluster.url("cw_app", "test_casewright")


def _environment(database_url: str, folder: Path) -> None:
    """What a test run's settings are read from; tests act as the tables' owner, who may make a database."""
    for name in [name for name in os.environ if name.startswith("CASEWRIGHT_") and name not in _KEPT]:
        del os.environ[name]
    os.environ |= {
        "DATABASE_URL": database_url,
        "CASEWRIGHT_SECRET_KEY": secrets.token_urlsafe(48),
        "CASEWRIGHT_DEMO": "1",
        "CASEWRIGHT_HOSTS": "localhost,127.0.0.1,testserver",
        "CASEWRIGHT_FILES": str(folder / "files"),
        "CASEWRIGHT_LOG_LEVEL": "WARNING",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # Playwright keeps an event loop in the thread the tests run in
    }


_KEPT = {"CASEWRIGHT_REFERENCE_DATA", "CASEWRIGHT_POSTGRES", "CASEWRIGHT_POSTGRES_AS", "CASEWRIGHT_CHROMIUM"}


def _sweep() -> None:
    """Remove what a killed test run left in memory: folders whose server no one holds any more.

    A lock is made a moment before it is held: one just made is that of a run which begins beside this one.
    """
    for place in (MEMORY, Path(tempfile.gettempdir())):
        for lock in place.glob(f"{PREFIX}*/pg/lock"):
            with contextlib.suppress(OSError), lock.open("r+") as file:
                if time.time() - lock.stat().st_mtime < JUST_MADE:
                    continue
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(lock.parent.parent, ignore_errors=True)
