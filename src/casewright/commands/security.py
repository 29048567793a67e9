"""Ask whether any part has a known weakness, list every part (SBOM), seal secrets anew after the key was changed."""

from __future__ import annotations

import json
from typing import Annotated

import typer

app = typer.Typer(add_completion=False, no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="answer in JSON")]


@app.callback()
def security() -> None:
    """Keep the installation's own safety: its parts and its keys."""


@app.command()
def reseal(as_json: Json = False) -> None:
    """Seal every authenticator app's secret with the key of today, so that the key before can be taken away."""
    from django.db import transaction

    from casewright.foundation.people.factors import seal_anew

    with transaction.atomic():
        done, lost = seal_anew()
    if as_json:
        typer.echo(json.dumps({"sealed": done, "not_opened": lost}))
        return
    typer.echo(f"{done:,} sealed with the key of today.")
    if lost:
        typer.echo(f"{lost:,} could be opened by no key here; their people add the app again (people link).")
