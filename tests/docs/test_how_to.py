"""What the pages on adding a limit, a letter and a page tell somebody new is enough: done word for word, it works.

Each block of theirs names its file: it is a `new` one, goes `onto` the end of one, or `into` one after the line that it
begins with. All are applied to a copy of the checkout; what they told to test is run there.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
HOW_TO = CHECKOUT / "docs" / "how-to"
PAGES = [HOW_TO / f"add-a-{name}.md" for name in ("time-limit", "letter", "page")]
BLOCK = re.compile(r"^( *)```\w+ (new|onto|into) (\S+)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
STEP = re.compile(r"^\d+\. ", re.MULTILINE)
TAKEN = ("src", "tests", "docs", "development", "pyproject.toml", "run.py", "README.md", "CHANGELOG.md")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_it_is_at_most_eight_steps(page: Path) -> None:
    steps = STEP.findall(page.read_text(encoding="utf-8"))
    assert [step.strip(". ") for step in steps] == [str(n + 1) for n in range(len(steps))]
    assert 1 < len(steps) <= 8


def test_done_word_for_word_the_limit_answers_the_letter_goes_out_and_the_page_opens(tmp_path: Path) -> None:
    for name in TAKEN:
        take = shutil.copytree if (CHECKOUT / name).is_dir() else shutil.copy
        take(CHECKOUT / name, tmp_path / name)
    touched = [
        applied(tmp_path, *block)
        for page in PAGES
        for block in BLOCK.findall(page.read_text(encoding="utf-8"))
    ]
    ours = [str(path) for path in touched if path.suffix == ".py"]
    ruff = [sys.executable, "-m", "ruff"]
    for told in (
        [*ruff, "check", "--quiet", "--fix", *ours],
        [*ruff, "format", "--quiet", *ours],
        [*ruff, "check", "--quiet", "src", "tests"],
        casewright("law", "docs", "docs/reference/law.md"),
        casewright("law", "docs", "--coverage", "docs/reference/law-coverage.md"),
        [sys.executable, "-m", "pytest", "-q", "tests/law/test_catalogue.py", "tests/law/test_library.py",
         "tests/scenarios/test_reminders.py", "tests/foundation/test_journal.py", "tests/web/test_sites.py"],
    ):  # fmt: skip
        run(told, tmp_path)
    answer = run(
        casewright("law", "deadline", "letter-reply-10", "--fact", "received_on=2026-01-05"), tmp_path
    )
    assert "Answer by: 2026-01-19" in answer
    assert "reminder         version 1" in run(casewright("letters", "list"), tmp_path)
    assert "1 pages" in run(
        casewright("letters", "preview", "reminder", "--output", "var/letter.pdf"), tmp_path
    )


def applied(checkout: Path, indent: str, how: str, name: str, text: str) -> Path:
    """Do what one block says; its file."""
    path = checkout / name
    said = "".join(line.removeprefix(indent) for line in text.splitlines(keepends=True))
    stood = "" if how == "new" else path.read_text(encoding="utf-8")
    if how == "new":
        assert not path.exists(), f"{name} is there already"
    elif how == "into":
        begins = said.splitlines(keepends=True)[0]
        assert stood.count(begins) == 1, f"{begins.strip()!r} stands {stood.count(begins)} times in {name}"
        said = stood.replace(begins, said)
    else:
        said = stood + said
    path.write_text(said, encoding="utf-8")
    return path


def casewright(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "casewright", *arguments]


def run(told: list[str], checkout: Path) -> str:
    inside = {"PYTHONPATH": f"{checkout / 'src'}{os.pathsep}{checkout}", "PYTEST_ADDOPTS": ""}
    own = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(told, cwd=checkout, env=own | inside, capture_output=True, text=True)
    assert done.returncode == 0, f"{' '.join(told)}: {done.stdout[-3000:]}{done.stderr[-2000:]}"
    return done.stdout
