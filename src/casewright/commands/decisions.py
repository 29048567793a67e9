"""Replaying decisions from the command line."""

from __future__ import annotations

import json
from typing import Annotated

import typer

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.callback()
def decisions() -> None:
    """Decisions as they were taken, and as they would be."""


@app.command()
def replay(
    under: Annotated[
        list[str] | None, typer.Option(help="a setting to try, such as speed.start.30=36")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="one JSON object a difference, then the count")
    ] = False,
) -> None:
    """Run today's code over every stored camera decision and list the differences; exit 1 if there are any
    without --under."""
    from casewright.areas.decisions.models import Decision
    from casewright.flows import replay_decisions as flow

    tried = dict(_setting(text) for text in under or [])
    stored = Decision.objects.select_related("told").filter(kind="detection").order_by("id")
    differences = flow.replay(stored.iterator(chunk_size=2000), under=tried)
    for each in differences:
        told = {
            "decision": each.decision_id,
            "matter": each.matter_id,
            "was": each.was,
            "now": each.now,
            "reasons": each.now_reasons,
        }
        typer.echo(
            json.dumps(told)
            if as_json
            else f"  decision {each.decision_id}: was “{each.was}”, now “{each.now}”. {each.now_reasons}"
        )
    typer.echo(
        json.dumps({"replayed": stored.count(), "differences": len(differences)})
        if as_json
        else f"{stored.count():,} decisions replayed, {len(differences):,} differences."
    )
    if differences and not tried:
        raise typer.Exit(1)


def _setting(text: str) -> tuple[str, int]:
    name, _, value = text.partition("=")
    if not value.isdigit():
        typer.echo(f"A setting is written name=number; {text!r} is not.", err=True)
        raise typer.Exit(2)
    return name, int(value)
