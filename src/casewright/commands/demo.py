"""The demonstration: make it, renew it, print its sign-in links. Refused in production."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(add_completion=False, no_args_is_help=True)
FIRST = "senior_processing_officer"
ELSE = "http://localhost:8000/"  # where `up` puts the pages if that port is free


@app.callback()
def demo() -> None:
    """The demonstration unit."""
    from django.conf import settings

    if not settings.CASEWRIGHT_DEMO:
        typer.echo("This is not a demonstration; nothing was changed.", err=True)
        raise typer.Exit(1)


@app.command()
def ensure() -> None:
    """Make the demonstration unit where there is none; say if it has grown old."""
    from casewright.commands.demonstration import age
    from casewright.foundation.people.models import User

    if not User.objects.filter(is_demo=True).exists():
        typer.echo(age.make())
        return
    typer.echo(age.in_words())


@app.command()
def reset() -> None:
    """Empty the demonstration and make it anew, relative to today, the clock set right again."""
    from django.conf import settings

    from casewright.commands.demonstration import age
    from casewright.foundation.documents import leaving

    typer.echo(age.make_anew())
    age.put_seals_aside(settings.CASEWRIGHT_SEALS)
    leaving.take_away_unnamed()


@app.command()
def links(
    address: Annotated[str, typer.Option(help="where the pages are; if not given, where they run now")] = "",
) -> None:
    """Print fresh one-time sign-in links, one per role."""
    from django.db import transaction

    from casewright.foundation import clock
    from casewright.foundation.people import roles
    from casewright.foundation.people.actions import make_sign_in_link, tune_clock
    from casewright.foundation.people.models import User

    tune_clock()
    address = address or _where_it_runs()
    held = {
        role: u for u in User.objects.filter(is_demo=True).prefetch_related("roles") for role in u.role_names
    }
    with transaction.atomic():
        for role in sorted(held, key=lambda r: (r != FIRST, list(roles.ROLES).index(r))):
            token = make_sign_in_link(
                user=held[role], lands_on="try_it" if role == FIRST else "home", at=clock.now()
            )
            start = "begin here: " if role == FIRST else ""
            typer.echo(f"  {roles.ROLES[role]:<32} {start}{address.rstrip('/')}/sign-in/{token}")


def _where_it_runs() -> str:
    """The address of the pages that run here; where none run, the usual one, and a sentence that says so."""
    from casewright.commands.machine import place

    found = place.here()
    if found is not None and found.busy() and (said := found.running()):
        return str(said["address"])
    where = f" in {found.folder}" if found else ""
    typer.echo(
        f"Nothing runs{where} now: the links work once “up” runs there on its usual port. "
        "If it keeps its data elsewhere, set CASEWRIGHT_DATA to that folder.",
        err=True,
    )
    return ELSE
