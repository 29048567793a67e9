"""Take in a file from the command line, as the browser does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.callback()
def intake() -> None:
    """Give a file to the unit."""


@app.command()
def detections(
    file: Annotated[Path, typer.Argument(help="CSV or JSON, as docs/how-to/detections.md says")],
    force: Annotated[str, typer.Option(help="the force's code; may be left out where there is one")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="answer in JSON")] = False,
    rows: Annotated[bool, typer.Option(help="list every row held or refused")] = True,
) -> None:
    """Read a file of detections and say what became of every row; ends when all is read."""
    from django.db import transaction

    from casewright.flows import take_in_detections as flow
    from casewright.foundation import clock
    from casewright.foundation.lifecycle import NotAllowed
    from casewright.foundation.messages.actions import FileRefused
    from casewright.foundation.people.actions import tune_clock
    from casewright.foundation.runs import actions as runs

    tune_clock()
    if not file.is_file():
        typer.echo(f"There is no file {file}.", err=True)
        raise typer.Exit(2)
    try:
        with file.open("rb") as content, transaction.atomic():
            received = flow.receive_file(
                content=iter(lambda: content.read(1 << 20), b""),
                name=file.name,
                force_id=_force(force),
                by=None,
                at=clock.now(),
            )
    except (FileRefused, NotAllowed) as refused:
        flow.record_refused(why=str(refused), by=None, at=clock.now())
        typer.echo(f"{file.name} was not taken in. {refused}", err=True)
        raise typer.Exit(2) from None
    while runs.work_one({flow.RUN_KIND: flow.work_chunk}, only_run=received.run_id):
        pass
    _wait_for_others(received.run_id)
    _say(received.id, as_json, rows)


def _force(code: str) -> int:
    from casewright.foundation.reference.models import Force

    forces = list(Force.objects.filter(code=code) if code else Force.objects.all()[:2])
    if len(forces) != 1:
        typer.echo("Name the force with --force CODE.", err=True)
        raise typer.Exit(2)
    return forces[0].id


def _wait_for_others(run_id: int | None) -> None:
    """Workers may hold the last chunks: wait for them."""
    import time

    from casewright.foundation.runs.models import Run

    while Run.objects.filter(id=run_id or 0, state="going").exists():
        time.sleep(0.1)


def _say(file_id: int, as_json: bool, rows: bool) -> None:
    from casewright.foundation.messages import queries

    told = queries.account_of_file(file_id)
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    typer.echo(
        f"{told['reference']}: received {told['received']:,} = accepted {told['accepted']:,} + held "
        f"{told['held']:,} + refused {told['refused']:,} + duplicate {told['duplicate']:,}"
        + (f" + not yet read {told['not_yet_read']:,}" if told["not_yet_read"] else "")
    )
    if rows:
        for item in told["rows"]:
            typer.echo(
                f"  row {item['row']}: {item['outcome']}, {item['field']} {item['value']!r}: {item['reason']} "
                f"{item['remedy']}"
            )


@app.command()
def collisions(
    folder: Annotated[
        Path, typer.Argument(help="holds collisions.csv, vehicles.csv and casualties.csv (STATS19)")
    ],
    force: Annotated[str, typer.Option(help="the force's code; may be left out where there is one")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="answer in JSON")] = False,
) -> None:
    """Take in published collision reports and print, for each file, its rows and the rows in the database."""
    from casewright.flows.import_collisions import import_folder
    from casewright.foundation import clock
    from casewright.foundation.messages.actions import FileRefused
    from casewright.foundation.people.actions import tune_clock

    tune_clock()
    try:
        counts = import_folder(
            folder=folder, force_id=_force(force), today=clock.today(), by=None, at=clock.now()
        )
    except FileRefused as refused:
        typer.echo(str(refused), err=True)
        raise typer.Exit(2) from None
    if as_json:
        typer.echo(json.dumps(counts))
        return
    for name, told in counts.items():
        adds_up = told["in the file"] == told["written"] + told["known already"] + told["held"]
        typer.echo(
            f"{name + '.csv':<16} rows {told['in the file']:>7,} = written {told['written']:,} + known already "
            f"{told['known already']:,} + held {told['held']:,}, {'it adds up' if adds_up else 'IT DOES NOT ADD UP'}"
        )
    _say_database()


def _say_database() -> None:
    from casewright.areas.collisions.models import Casualty, Collision, CollisionVehicle

    for model in (Collision, CollisionVehicle, Casualty):
        typer.echo(
            f"{str(model._meta.verbose_name_plural).capitalize():<24} in the database {model.objects.count():>7,}"
        )
