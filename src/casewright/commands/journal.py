"""The log and its seals: seal, export the seals, verify."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(add_completion=False, no_args_is_help=True)
Folder = Annotated[Path | None, typer.Option("--seals", help="folder of exported seals")]
Json = Annotated[bool, typer.Option("--json", help="answer in JSON")]


@app.callback()
def journal() -> None:
    """Prove that the log is as it was written (DPA 2018 s.62)."""


@app.command()
def seal(seals: Folder = None, as_json: Json = False) -> None:
    """Seal what ended transactions wrote, and export the new seals; the worker does both every ten minutes."""
    from casewright.foundation import clock
    from casewright.foundation.journal import seals as sealing
    from casewright.foundation.journal import verifying

    made = sealing.seal_all(at=clock.now())
    exported = verifying.export(seals or _folder())
    answer = {"sealed": made, "exported": exported, "folder": str(seals or _folder())}
    typer.echo(
        json.dumps(answer) if as_json else f"{made} seals made, {exported} exported to {answer['folder']}."
    )


@app.command()
def verify(seals: Folder = None, as_json: Json = False) -> None:
    """Compare every row of the log with its seal, and the seals with those exported; exit code 1 at a fault."""
    from casewright.foundation.journal import verifying

    started, folder = time.perf_counter(), seals or _folder()
    found = verifying.verify(verifying.read_exported(folder))
    seconds = round(time.perf_counter() - started, 2)
    if as_json:
        typer.echo(json.dumps(asdict(found) | {"seconds": seconds}))
    else:
        typer.echo(
            f"{found.rows:,} rows under {found.seals:,} seals compared in {seconds} s; {found.exported:,} seals were "
            f"exported; {found.unsealed:,} rows are not sealed yet."
        )
        typer.echo(f"NOT AS WRITTEN: {found.fault}." if found.fault else "The log is as it was written.")
    raise typer.Exit(1 if found.fault else 0)


def _folder() -> Path:
    """Where seals are exported: CASEWRIGHT_SEALS, else beside the kept files."""
    from django.conf import settings

    return Path(settings.CASEWRIGHT_SEALS)
