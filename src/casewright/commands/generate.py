"""Make believable files of invented things, for trials and benchmarks."""

from __future__ import annotations

import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.callback()
def generate() -> None:
    """Make a file of invented things."""


@app.command()
def detections(
    count: Annotated[int, typer.Option(help="how many rows, 1 to 1,000,000")] = 800,
    faults: Annotated[int, typer.Option(help="how many faults to plant")] = 0,
    output: Annotated[
        Path | None, typer.Option(help="the file to write; standard output if left out")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON object a line (no faults)")] = False,
    seed: Annotated[int, typer.Option(help="the same seed makes the same rows on the same day")] = 1,
) -> None:
    """Camera detections of the last three days at the demonstration's sites."""
    from django.db.utils import ProgrammingError

    from casewright.foundation import clock
    from casewright.foundation.people.actions import tune_clock
    from casewright.interfaces.cameras import generator

    with suppress(ProgrammingError):  # before the first demonstration there is no clock of one, only today's
        tune_clock()
    if not 1 <= count <= 1_000_000 or not 0 <= faults <= max(0, count - 10):
        typer.echo("Ask for 1 to 1,000,000 rows, and at most as many faults as rows less ten.", err=True)
        raise typer.Exit(2)
    rows = list(generator.rows(count, last_day=clock.today() - timedelta(days=1), seed=seed))
    if as_json:
        content = b"".join(generator.as_json_lines(rows))
    else:
        tomorrow = clock.today() + timedelta(days=1)
        content = generator.header() + b"".join(
            generator.with_faults(rows, faults, seed=seed, tomorrow=tomorrow)
        )
    if output:
        output.write_bytes(content)
        typer.echo(f"{count:,} rows written to {output}, {faults} faults among them.")
    else:
        sys.stdout.buffer.write(content)
