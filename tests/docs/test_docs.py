"""The documentation: it builds, every link leads somewhere, every page can be reached, every command runs."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from development import docs

from casewright.commands import main

CHECKOUT = Path(__file__).resolve().parents[2]
CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
OURS = re.compile(r"(?:python3 run\.py|(?<!from )\bcasewright) ([a-z][a-z-]*)")
OF_RUN_PY = {"test", "check", "bench", "drill", "shots", "docs", "wheel"}
PAGES = [CHECKOUT / "README.md", *docs.pages()]


def _commands(page: Path) -> list[list[str]]:
    blocks = CONSOLE.findall(page.read_text(encoding="utf-8"))
    return [shlex.split(line[2:]) for block in blocks for line in block.splitlines() if line.startswith("$ ")]


def _name(page: Path) -> str:
    return str(page.relative_to(CHECKOUT))


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment with the tables made and the invented unit in it, outside the tests' own database."""
    files = tmp_path_factory.mktemp("files")
    environment = dict(os.environ) | {"CASEWRIGHT_FILES": str(files)}
    for arguments in (["database", "prepare"], ["demo", "ensure"]):
        _run(arguments, environment, files)
    return environment


def _run(arguments: list[str], environment: dict[str, str], folder: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-m", "casewright", *arguments],
        env=environment,
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert said.returncode == 0, f"{' '.join(arguments)}: {said.stdout}{said.stderr}"


def test_it_builds_and_every_link_leads_somewhere(tmp_path: Path) -> None:
    assert docs.build(tmp_path) == len(docs.pages())
    assert 'href="tutorial/first-five-minutes.html"' in (tmp_path / "README.html").read_text(encoding="utf-8")


def test_every_page_can_be_reached_from_the_first() -> None:
    reached, waiting = set(), [docs.DOCS / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        links = docs.LINK.findall(page.read_text(encoding="utf-8"))
        waiting += [(page.parent / link).resolve() for link, _ in links if ":" not in link]
    assert set(docs.pages()) - reached == set()


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_command_named_exists(page: Path) -> None:
    named = set(OURS.findall(page.read_text(encoding="utf-8")))
    assert named <= {*main.names(), *OF_RUN_PY}


@pytest.mark.parametrize("page", [page for page in PAGES if _commands(page)], ids=_name)
def test_every_command_in_a_console_block_runs(page: Path, prepared: dict[str, str], tmp_path: Path) -> None:
    for command in _commands(page):
        assert command[:2] == ["python3", "run.py"], command
        _run(command[2:], prepared, tmp_path)


def test_there_is_a_command_in_a_console_block() -> None:
    assert any(_commands(page) for page in PAGES)
