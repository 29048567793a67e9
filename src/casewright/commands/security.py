"""Ask whether any part of the product has a known weakness, and list every part (SBOM)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from casewright.commands import known_weaknesses
from casewright.commands.bill_of_parts import CHECKOUT, PYTHON_LOCK, NoLocks, bill
from casewright.foundation import clock

app = typer.Typer(add_completion=False, no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="answer in JSON")]
Folder = Annotated[Path, typer.Option(help="a checkout of this version, with its lock files")]
WAIT = 180  # seconds for the whole list
UNREACHED = (
    "No list of known weaknesses could be asked, so nothing is known either way. "
    "Run this where pip-audit (pip install pip-audit, or uv) can reach one, or bring one in: --list FILE."
)
FRESH = timedelta(
    days=7
)  # SECURITY.md: a critical part is mended within seven days, so an older list says too little
A_DAY = timedelta(days=1)  # a list of the day after tomorrow is not to be believed: some clock is wrong


@app.callback()
def security() -> None:
    """Look after the parts the product is made of."""


@app.command()
def sbom(folder: Folder = CHECKOUT) -> None:
    """Print every part as a CycloneDX 1.6 bill of materials, made from the lock files."""
    try:
        typer.echo(json.dumps(bill(folder, at=clock.real()), indent=1))
    except NoLocks as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(2) from None


@app.command()
def audit(
    folder: Folder = CHECKOUT,
    known: Annotated[
        list[Path] | None,
        typer.Option(
            "--list", help="a list brought in: a zip or folder of OSV records, one for each ecosystem"
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Ask whether any locked part has a known weakness, of pip-audit or of a list; exit code 0 only if none has."""
    if known:
        _ask_list(folder, known, as_json=as_json)
    else:
        _ask_outside(folder, as_json=as_json)


def _ask_list(folder: Path, known: list[Path], *, as_json: bool) -> None:
    """Python's and the pages' parts against a list; what the list does not cover, or is too old for, is not well."""
    try:
        parts, found = bill(folder, at=clock.real())["components"], known_weaknesses.read(*known)
    except (NoLocks, known_weaknesses.NoList) as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(2) from None
    weak = known_weaknesses.weak_parts(parts, found)
    now = clock.real()
    old = not now - FRESH <= found.last_word <= now + A_DAY
    left = [e for e in parts if known_weaknesses.ecosystem_of(e) not in found.ecosystems]
    if as_json:
        weaknesses = [asdict(each) for each in weak]
        said = {"parts": len(parts), "weak": weaknesses, "not_covered": len(left), "too_old": old}
        typer.echo(json.dumps({"asked": True, "last_word": found.last_word.isoformat(), **said}))
    else:
        _say_list(len(parts) - len(left), weak, found.last_word if old else None, len(left))
    raise typer.Exit(1 if weak or old or left else 0)


def _say_list(asked: int, weak: list[known_weaknesses.Weak], old: datetime | None, left: int) -> None:
    typer.echo(f"{asked:,} parts asked about; {len(weak):,} known weaknesses reach them.")
    for each in weak:
        typer.echo(
            f"  {each.part}: {each.weakness}, mended in {', '.join(each.mended_in) or 'no version yet'}"
        )
    if left:
        typer.echo(f"The list says nothing of {left:,} further parts: bring the list of their ecosystem too.")
    if old:
        typer.echo(
            f"The list's last word is of {old:%Y-%m-%d}, not of the last {FRESH.days} days: newer weaknesses are not in"
            " it, or a clock is wrong. Bring a fresh one."
        )


def _ask_outside(folder: Path, *, as_json: bool) -> None:
    lock = folder / PYTHON_LOCK
    if not lock.is_file():
        typer.echo(f"There is no {lock}: name a checkout of this version with --folder.", err=True)
        raise typer.Exit(2)
    told = _ask(lock)
    if told is None:
        typer.echo(json.dumps({"asked": False}) if as_json else UNREACHED, err=not as_json)
        raise typer.Exit(1)
    parts: list[dict[str, Any]] = told["dependencies"]
    weak = [each for each in parts if each.get("vulns")]
    unknown = [each["name"] for each in parts if "skip_reason" in each]
    if as_json:
        typer.echo(json.dumps({"asked": True, "parts": len(parts), "weak": weak, "not_known": unknown}))
    else:
        _say(len(parts), weak, unknown)
    raise typer.Exit(1 if weak or unknown else 0)


def _say(parts: int, weak: list[dict[str, Any]], unknown: list[str]) -> None:
    typer.echo(f"{parts:,} parts asked about; {len(weak):,} with a known weakness.")
    for each in weak:
        for one in each["vulns"]:
            mended = ", ".join(one.get("fix_versions") or []) or "no version yet"
            typer.echo(f"  {each['name']} {each['version']}: {one['id']}, mended in {mended}")
    if unknown:
        typer.echo(f"Nothing could be said of: {', '.join(unknown)}.")


def _ask(lock: Path) -> dict[str, Any] | None:
    """What pip-audit says of a lock file; None if it is not here or reached no list."""
    program = _program()
    if program is None:
        return None
    asked = [
        *program,
        "--require-hashes",
        "--disable-pip",
        "-r",
        str(lock),
        "-f",
        "json",
        "--progress-spinner",
        "off",
    ]
    try:
        said = subprocess.run(asked, capture_output=True, text=True, timeout=WAIT)
        found: Any = json.loads(said.stdout)
    except (OSError, subprocess.TimeoutExpired, ValueError):
        return None
    parts = found.get("dependencies") if isinstance(found, dict) else None
    # Where no list can be reached it passes over each part by itself, and ends well all the same.
    asked_about = isinstance(parts, list) and any("skip_reason" not in each for each in parts)
    return found if asked_about else None


def _program() -> list[str] | None:
    """How to call pip-audit here: as itself, or by uv, which fetches it for the call."""
    search = os.pathsep.join([os.environ.get("PATH", os.defpath), str(CHECKOUT / "var" / "tools" / "bin")])
    if shutil.which("pip-audit", path=search):
        return ["pip-audit"]
    uv = shutil.which("uv", path=search)
    return [uv, "tool", "run", "pip-audit"] if uv else None
