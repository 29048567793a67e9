"""The console script: one sentence for a refusal, the right exit code, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from casewright.commands import main


def _casewright(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "casewright", *arguments],
        env=os.environ | environment,
        capture_output=True,
        text=True,
    )


def test_help_lists_every_command_with_a_sentence() -> None:
    said = _casewright("--help")
    assert said.returncode == 0
    for name in main.names():
        line = next(line for line in said.stdout.splitlines() if line.strip().startswith(f"{name} "))
        assert len(line.split()) > 2, name


def test_an_unknown_command_is_wrong_usage() -> None:
    said = _casewright("nonsense")
    assert said.returncode == 2
    assert "no command 'nonsense'" in said.stderr


def test_wrong_options_are_wrong_usage_without_a_traceback() -> None:
    said = _casewright("up", "--port", "many")
    assert said.returncode == 2
    assert "Traceback" not in said.stderr


def test_a_production_start_without_its_settings_is_refused_in_one_sentence() -> None:
    said = _casewright("dj", "check", CASEWRIGHT_DEMO="0", CASEWRIGHT_SECRET_KEY="short")
    assert said.returncode == 1
    assert "CASEWRIGHT_SECRET_KEY" in said.stderr
    assert "Traceback" not in said.stderr
    assert len(said.stderr.strip().splitlines()) == 1


def test_a_database_that_does_not_answer_is_said_plainly(tmp_path: Path) -> None:
    said = _casewright("dj", "showmigrations", DATABASE_URL=f"postgresql://u:p@/n?host={tmp_path}")
    assert said.returncode == 1
    assert "database does not answer" in said.stderr
    assert "Traceback" not in said.stderr


def before_any_demonstration(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command as a newcomer calls it who has not started anything yet: a folder of its own, an empty database."""
    ours = ("CASEWRIGHT_", "DATABASE_URL", "DJANGO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(
        [sys.executable, "-m", "casewright", *arguments],
        env=kept | {"CASEWRIGHT_DATA": str(folder / "new")},
        capture_output=True,
        text=True,
    )


def test_a_file_to_try_with_is_made_before_any_demonstration(tmp_path: Path) -> None:
    path = tmp_path / "detections.csv"
    said = before_any_demonstration(
        tmp_path, "generate", "detections", "--count", "20", "--output", str(path)
    )
    assert (said.returncode, said.stderr) == (0, "")
    assert len(path.read_text().splitlines()) == 21


def test_a_database_without_tables_is_said_with_what_to_do(tmp_path: Path) -> None:
    said = before_any_demonstration(tmp_path, "decisions", "replay", "--all")
    assert said.returncode == 1
    assert said.stderr.strip() == main.NO_TABLES


@pytest.mark.parametrize(("kind", "code"), [("NotAllowed", 1), ("InvalidFacts", 2), ("ValueError", 1)])
def test_every_kind_of_refusal_has_its_exit_code(kind: str, code: int) -> None:
    problem = type(kind, (Exception,), {})("it stands at closed\nand more")
    words, found = main._said_plainly(problem)
    assert found == code
    assert "t stands at closed" in words
    assert "and more" not in words
