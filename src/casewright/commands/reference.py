"""National code lists, read from a folder of published files."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, TextIO

import typer

from casewright.law.national_offences import read_national

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.callback()
def reference() -> None:
    """National reference data."""


@app.command()
def load(
    folder: Annotated[Path | None, typer.Argument(help="the folder; else CASEWRIGHT_REFERENCE_DATA")] = None,
) -> None:
    """Load the code lists that the product uses so far (STATS19, offences); loading again changes nothing."""
    from django.conf import settings
    from django.db import transaction

    from casewright.foundation.reference.actions import load_codes

    root = folder or settings.CASEWRIGHT_REFERENCE_DATA
    found = [
        (name, path, read, source) for name, read, source in LISTS if root and (path := root / name).is_file()
    ]
    if not found:
        names = " and no ".join(name for name, _, _ in LISTS)
        typer.echo(f"There is no {names} in that folder; nothing was loaded.", err=True)
        raise typer.Exit(2)
    for name, path, read, source in found:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(read(file))
        with transaction.atomic():
            fresh = load_codes(rows, source=source)
        typer.echo(f"{name}: {len(rows):,} codes read, {fresh:,} new.")


Rows = Iterator[tuple[str, str, str]]


def _collisions(file: TextIO) -> Rows:
    for row in csv.DictReader(file):
        if row["code_format"] and row["label"]:
            yield f"stats19.{row['table']}.{row['field_name']}", row["code_format"], row["label"]


def _offences(file: TextIO) -> Rows:
    """The national list of offence codes: it states no dates, so none are kept."""
    for each in read_national(file):
        yield "offence", each.code, each.title[:LONGEST]


LONGEST = 300
LISTS: tuple[tuple[str, Callable[[TextIO], Rows], str], ...] = (
    ("stats19/code-list-2024.csv", _collisions, "DfT road safety open data guide 2024"),
    (
        "offences/offence-codes.csv",
        _offences,
        "CJS offence list, else PNC list, published by the Ministry of Justice",
    ),
)
