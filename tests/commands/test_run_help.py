"""`run.py COMMAND --help` says what the command does, and neither makes nor begins anything."""

from __future__ import annotations

import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from casewright.commands.up import app

CHECKOUT = Path(__file__).resolve().parents[2]
OWN = ("up", "test", "check", "bench", "drill", "shots", "docs", "wheel")


@pytest.mark.parametrize("asking", ["--help", "-h"])
@pytest.mark.parametrize("command", OWN)
def test_asked_for_help_a_command_gives_it_and_begins_nothing(
    command: str, asking: str, tmp_path: Path
) -> None:
    shutil.copy(CHECKOUT / "run.py", tmp_path)
    arguments = [sys.executable, "run.py", command, asking]
    said = subprocess.run(arguments, cwd=tmp_path, capture_output=True, text=True, timeout=10)
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.startswith(f"python3 run.py {command}")
    assert [each.name for each in tmp_path.iterdir()] == ["run.py"]


def test_every_command_of_its_own_has_help_and_every_option_is_in_it() -> None:
    script = runpy.run_path(str(CHECKOUT / "run.py"))
    named = [
        line.split()[2] for line in script["__doc__"].splitlines() if line.startswith("    python3 run.py ")
    ]
    assert [name for name in named if name.islower()] == list(OWN) == list(script["MORE"])
    options = {each.opts[0] for each in typer.main.get_command(app).params}
    assert options <= set(script["MORE"]["up"].split())
    asked = (CHECKOUT / "benchmarks" / "__main__.py").read_text(encoding="utf-8")
    assert asked.count("add_argument(") == script["MORE"]["bench"].count("--") == 2
