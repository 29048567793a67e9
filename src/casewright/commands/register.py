"""Fill the register from files: sites, devices and their certificates."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from casewright import law

app = typer.Typer(add_completion=False, no_args_is_help=True)
File = Annotated[Path, typer.Argument(help="CSV in UTF-8, its first line naming the columns")]
SITES = ("code", "location", "limit_mph", "road_kind", "offence_code")
DEVICES = ("code", "kind", "approval", "first", "last")


@app.callback()
def register() -> None:
    """The register that detections are read against; also on the page Sites and devices."""


@app.command()
def sites(file: File, force: Annotated[str, typer.Option(help="the force's code")] = "") -> None:
    """Register sites. Columns: code, location, limit_mph, road_kind, offence_code."""
    from casewright.areas.traffic.actions import registering
    from casewright.commands.intake import _force
    from casewright.foundation import clock

    force_id = _force(force)

    def act(row: dict[str, str]) -> None:
        said: dict[str, Any] = {**row, "limit_mph": _number(row["limit_mph"])}
        registering.register_site(**said, force_id=force_id, by=None, at=clock.now())

    _each(file, SITES, act)


@app.command()
def devices(file: File) -> None:
    """Register devices and certificates, one certificate a line. Columns: code, kind, approval, first, last (days)."""
    from casewright.areas.traffic.actions import registering
    from casewright.areas.traffic.models import Device
    from casewright.foundation import clock

    def act(row: dict[str, str]) -> None:
        device = Device.objects.filter(code=row["code"].strip().upper()).first()
        if device is None:
            made = {name: row[name] for name in ("code", "kind", "approval")}
            device = registering.register_device(**made, by=None, at=clock.now())
        days = {name: _day(row[name]) for name in ("first", "last")}
        if not device.certificates.filter(
            valid_from=days["first"]
        ).exists():  # a file given again adds nothing
            registering.add_certificate(device_id=device.id, **days, by=None, at=clock.now())

    _each(file, DEVICES, act)


def _each(file: Path, columns: tuple[str, ...], act: Callable[[dict[str, str]], None]) -> None:
    """Do each line by itself; those refused are said with their line and reason, and the exit code is then 1."""
    from django.db import transaction

    from casewright.foundation.lifecycle import NotAllowed

    done, refused = 0, 0
    for number, row in enumerate(_rows(file, columns), 2):
        try:
            with transaction.atomic():
                act(row)
            done += 1
        except (NotAllowed, law.InvalidFacts) as refusal:
            refused += 1
            typer.echo(f"line {number}, {row['code']}: {refusal}", err=True)
    typer.echo(f"{done} of {done + refused} lines done, {refused} refused.")
    if refused:
        raise typer.Exit(1)


def _rows(file: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            reader = csv.DictReader(opened, restval="")
            named = tuple(reader.fieldnames or ())
            rows = [{name: row[name] or "" for name in columns} for row in reader] if named == columns else []
    except (OSError, UnicodeDecodeError, csv.Error):
        raise law.InvalidFacts("file", str(file), "a CSV file in UTF-8") from None
    if named != columns:
        raise law.InvalidFacts("first line", ",".join(named)[:200], f"the columns {','.join(columns)}")
    return rows


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 4):
        raise law.InvalidFacts("limit_mph", text, "a speed limit in miles an hour, such as 30")
    return int(text)


def _day(text: str) -> Any:
    from datetime import date

    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise law.InvalidFacts("day", text, "a day such as 2027-03-31") from None
