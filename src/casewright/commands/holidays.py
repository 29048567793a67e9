"""Bank holidays proclaimed since the law data was packaged: list, propose, approve, and who must act."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from casewright import law

app = typer.Typer(add_completion=False, no_args_is_help=True)
By = Annotated[str, typer.Option("--by", help="the work address of the person who does it")]


@app.callback()
def holidays() -> None:
    """One person proposes a proclaimed bank holiday, another approves it; open deadlines are counted again."""


@app.command("list")
def list_() -> None:
    """The holidays proposed and approved, by day."""
    from casewright.foundation.reference.models import BankHoliday

    for row in BankHoliday.objects.order_by("on").select_related("proposed_by", "approved_by"):
        stands = f"approved by {row.approved_by}" if row.approved_at else f"proposed by {row.proposed_by}"
        verb = "withdrawn" if row.withdraws else "proclaimed"
        typer.echo(f"{row.id:>4}  {row.on}  {row.name}, {verb} for {row.where}; {stands}; {row.source}")


@app.command()
def propose(
    on: str, name: str, by: By, source: Annotated[str, typer.Option(help="the proclamation it rests on")]
) -> None:
    """Propose a bank holiday on a day to come; `casewright law impact --proclaim DAY=NAME` shows what it moves."""
    from django.db import transaction

    from casewright.foundation import clock
    from casewright.foundation.reference import holidays as actions

    with transaction.atomic():
        row = actions.propose(on=_day(on), name=name, source=source, by=_person(by, "policy.propose"), at=clock.now())
    typer.echo(
        f"Proposed as {row.id}. Another person approves it: casewright holidays approve {row.id} --by …"
    )


@app.command()
def approve(number: int, by: By) -> None:
    """Approve a proposed holiday: the run that counts open deadlines again begins."""
    from django.db import transaction

    from casewright.flows import recount_deadlines
    from casewright.foundation import clock
    from casewright.foundation.lifecycle import NotAllowed
    from casewright.foundation.reference.models import BankHoliday

    if not BankHoliday.objects.filter(id=number).exists():
        raise NotAllowed(f"No holiday has the number {number}; casewright holidays list shows them.")
    with transaction.atomic():
        run = recount_deadlines.approve_holiday(holiday_id=number, by=_person(by, "policy.approve"), at=clock.now())
    typer.echo(f"Approved. Run {run.id} counts {run.total:,} open deadlines again.")


@app.command("who-must-act")
def who_must_act(run_id: int) -> None:
    """The clocks that a run replaced, the first day first, with whoever must act on them."""
    from casewright.flows import recount_deadlines
    from casewright.foundation.lifecycle import NotAllowed
    from casewright.foundation.runs.models import Run

    run = Run.objects.filter(id=run_id, kind=recount_deadlines.RUN_KIND).first()
    if run is None:
        raise NotAllowed(f"Run {run_id} did not count deadlines again.")
    for each in recount_deadlines.who_must_act(run):
        matter = each.matter
        who = matter.owner.name if matter.owner else f"queue {matter.queue}"
        typer.echo(f"{matter.next_act_by}  {matter.reference}  {matter.next_act}  ({each.rule_id}; {who})")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise law.InvalidFacts("on", text, "a date such as 2026-12-01") from None


def _person(email: str, permission: str) -> Any:
    """The person who acts; one who holds the right only as a deputy acts marked as for its holder, as on the pages."""
    from casewright.foundation.journal.whence import stand_in_for
    from casewright.foundation.lifecycle import NotAllowed
    from casewright.foundation.people.models import User

    found = User.objects.filter(email__iexact=email).first()
    if found is None or not found.works_here:
        raise NotAllowed(f"Nobody here has the work address {email!r}.")
    stand_in_for(found.held.for_others.get(permission))
    return found
