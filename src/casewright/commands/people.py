"""Add people from the server's command line, send them a link, end a leaver's access; the first people of a unit."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from casewright.foundation.people.models import User

app = typer.Typer(add_completion=False, no_args_is_help=True)
VETTED_FOR = timedelta(days=365)
Json = Annotated[bool, typer.Option("--json", help="answer in JSON")]


@app.callback()
def people() -> None:
    """Keep people from the server's command line, where no page can be opened yet."""


@app.command()
def add(
    email: Annotated[str, typer.Argument(help="the work address")],
    name: Annotated[str, typer.Option(help="the name, as colleagues know it")],
    role: Annotated[list[str], typer.Option(help="a role to begin with; more than one may be given")],
    force: Annotated[list[str] | None, typer.Option(help="code of a force whose matters they see")] = None,
    vetting: Annotated[str, typer.Option(help="level: recruitment, ctc or sc")] = "recruitment",
    password_from_input: Annotated[
        bool, typer.Option("--password", help="read a password from standard input instead of making a link")
    ] = False,
    address: Annotated[str, typer.Option(help="where the pages are, to print a whole link")] = "",
    as_json: Json = False,
) -> None:
    """Add a person with roles, and print a one-time link with which they set their password.

    This is how a new installation gets its first people; later ones are added in the product, by two people. A
    password is never an argument: it is read from standard input.
    """
    from django.db import transaction

    from casewright.foundation import clock
    from casewright.foundation.people import role_changes, staff

    with transaction.atomic():
        at = clock.now()
        person = staff.add_person(email=email, name=name, by=None, at=at)
        person.forces.set(_forces(force or []))
        until = clock.today() + VETTED_FOR
        staff.record_vetting(person=person, level=vetting, until=until, by=None, at=at)
        for each in role:
            role_changes.first_role(person=person, role=each, at=at)
        link = "" if password_from_input else _link(person, address)
        if password_from_input:
            _set_password(person)
    said = f"{person.email} is added." + (f" One-time link, for three days:\n{link}" if link else "")
    typer.echo(json.dumps({"id": person.id, "link": link}) if as_json else said)


@app.command()
def link(
    email: Annotated[str, typer.Argument(help="the work address")],
    address: Annotated[str, typer.Option(help="where the pages are, to print a whole link")] = "",
    forget_proofs: Annotated[
        bool, typer.Option(help="also remove second proofs and recovery codes: the telephone is lost")
    ] = False,
) -> None:
    """Print a one-time link with which a person sets a new password; links before it stop working."""
    from django.db import transaction

    with transaction.atomic():
        person = _known(email)
        if forget_proofs:
            _forget_proofs(person)
        typer.echo(_link(person, address))


@app.command()
def leave(email: Annotated[str, typer.Argument(help="the work address")]) -> None:
    """End a leaver's access: every session stops at its next request, and their matters go back to the queues."""
    from django.db import transaction

    from casewright.flows.let_go import let_go
    from casewright.foundation import clock

    with transaction.atomic():
        freed = let_go(person=_known(email), by=None, at=clock.now())
    typer.echo(f"The access of {email} has ended; matters given back to the queues: {freed}.")


def _known(email: str) -> User:
    from casewright.foundation.lifecycle import NotAllowed
    from casewright.foundation.people.models import User

    person = User.objects.filter(email__iexact=email).first()
    if person is None:
        raise NotAllowed(f"Nobody has the work address {email}.")
    return person


def _forces(codes: list[str]) -> list[int]:
    from casewright.foundation.lifecycle import NotAllowed
    from casewright.foundation.reference.models import Force

    known = dict(Force.objects.filter(code__in=codes).values_list("code", "id"))
    if missing := [code for code in codes if code not in known]:
        raise NotAllowed(f"No force has the code {missing[0]}.")
    return list(known.values())


def _link(person: User, address: str) -> str:
    from django.urls import reverse

    from casewright.foundation import clock
    from casewright.foundation.people.accounts import make_enrolment

    token = make_enrolment(person=person, by=None, at=clock.now())
    return address.rstrip("/") + reverse("enrol", args=[token])


def _set_password(person: User) -> None:
    from casewright.foundation import clock
    from casewright.foundation.lifecycle import NotAllowed
    from casewright.foundation.people.accounts import faults_of, set_password

    if sys.stdin.isatty():
        typer.echo("Password: ", nl=False, err=True)
    password = sys.stdin.readline().rstrip("\n")
    if faults := faults_of(password, person):
        raise NotAllowed("The password was not taken, and nobody was added: " + " ".join(faults))
    set_password(person=person, password=password, but="", at=clock.now())


def _forget_proofs(person: User) -> None:
    from casewright.foundation import clock
    from casewright.foundation.people.factors import forget_all

    forget_all(person, at=clock.now())


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
