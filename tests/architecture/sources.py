"""The project's own files, as the architecture tests read them."""

from __future__ import annotations

import ast
import functools
import subprocess
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGE = CHECKOUT / "src" / "casewright"


@functools.cache
def ours() -> tuple[Path, ...]:
    """Every file git knows or would take: what is ignored is not ours."""
    said = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
    )
    if said.returncode == 0:
        names = [CHECKOUT / name for name in said.stdout.split("\0") if name]
    else:  # an unpacked copy without its history
        names = [each for each in CHECKOUT.rglob("*") if "var" not in each.relative_to(CHECKOUT).parts]
    return tuple(sorted(each for each in names if each.is_file()))


def modules(*folders: str) -> list[Path]:
    """Our Python modules in these folders of the package, or in all of it."""
    roots = [PACKAGE / each for each in folders] or [PACKAGE]
    return [
        each for each in ours() if each.suffix == ".py" and any(each.is_relative_to(root) for root in roots)
    ]


@functools.cache
def tree(path: Path) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name(path: Path) -> str:
    """A path as it is said in a message: from the checkout's root."""
    return str(path.relative_to(CHECKOUT))
