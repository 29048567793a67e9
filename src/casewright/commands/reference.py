"""National code lists, read from a folder of published files."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.callback()
def reference() -> None:
    """National reference data."""


@app.command()
def load(
    folder: Annotated[Path | None, typer.Argument(help="the folder; else CASEWRIGHT_REFERENCE_DATA")] = None,
) -> None:
    """Load the code lists that the product uses so far (STATS19); loading again changes nothing."""
    from django.conf import settings
    from django.db import transaction

    from casewright.foundation.reference.actions import load_codes

    root = folder or settings.CASEWRIGHT_REFERENCE_DATA
    path = root / "stats19" / "code-list-2024.csv" if root else None
    if path is None or not path.is_file():
        typer.echo("There is no stats19/code-list-2024.csv in that folder; nothing was loaded.", err=True)
        raise typer.Exit(2)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [
            (f"stats19.{r['table']}.{r['field_name']}", r["code_format"], r["label"])
            for r in csv.DictReader(file)
            if r["code_format"] and r["label"]
        ]
    with transaction.atomic():
        fresh = load_codes(rows, source="DfT road safety open data guide 2024")
    typer.echo(f"{len(rows):,} codes read, {fresh:,} new.")
