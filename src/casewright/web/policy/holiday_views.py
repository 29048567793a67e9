"""Doors to bank holidays: those known, those proclaimed since, proposing one, and deciding a proposal."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from casewright import law
from casewright.flows import recount_deadlines
from casewright.foundation import clock
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.reference import holidays
from casewright.foundation.reference.models import BankHoliday
from casewright.foundation.reference.queries import calendar_with
from casewright.web import attempts
from casewright.web.doors import Problem, door, show
from casewright.web.policy import queries
from casewright.web.policy.forms import PARTS, ProposeHoliday
from casewright.web.policy.impact import impact
from casewright.web.shell import tell
from casewright.web.shown import matters_in


@door("law.read")
def bank_holidays(request: Any) -> HttpResponse:
    """The bank holidays every count knows, those proclaimed since, and proposing one."""
    form, problem = ProposeHoliday(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            return _proposed(request, form.cleaned_data)
        except (NotAllowed, law.InvalidFacts) as refusal:
            problem = Problem("Nothing is proposed yet", attempts.kept(request, refusal))
    return show(
        request, "policy/bank_holidays.html", area="rules", form=form, problem=problem,
        known=queries.packaged_holidays(clock.today()), since=queries.proposed_holidays(),
        may="policy.propose" in request.user.permissions, status=422 if problem or form.errors else 200,
    )  # fmt: skip


def _proposed(request: Any, typed: dict[str, Any]) -> HttpResponse:
    said = typed | {"withdraws": bool(typed["withdraws"])}
    with transaction.atomic():
        row = holidays.propose(**said, by=request.user, at=clock.now())
    tell(request, "Proposed. Nothing counts it until another person has approved it.")
    return redirect("bank_holiday", holiday_id=row.id)


@door("law.read")
def bank_holiday(request: Any, holiday_id: int) -> HttpResponse:
    """One proposal with the open deadlines it would move; the second person approves it or turns it down."""
    row = get_object_or_404(BankHoliday.objects.select_related("proposed_by", "approved_by"), id=holiday_id)
    problem = None
    if request.method == "POST":
        try:
            return _decided(request, row)
        except NotAllowed as refusal:
            problem = Problem("Nothing was changed", attempts.sentence(request, refusal))
    waits = row.approved_at is None and row.on > clock.today()
    moves = impact(request.user, on=clock.today(), days=calendar_with(row)) if waits else None
    return show(
        request, "policy/bank_holiday.html", area="rules", row=row, problem=problem, waits=waits,
        where=", ".join(words for part, words in PARTS.items() if part in row.where.split()),
        moves=moves, shown=matters_in(moves.first) if moves else {},
        decides="policy.approve" in request.user.permissions and row.proposed_by_id != request.user.id,
        asker=request.user.id,
        status=409 if problem else 200,
    )  # fmt: skip


def _decided(request: Any, row: BankHoliday) -> HttpResponse:
    """Approved, the run that counts the open deadlines again begins; its page shows it."""
    with transaction.atomic():
        if request.POST.get("answer") == "withdraw":
            holidays.withdraw(holiday_id=row.id, by=request.user, at=clock.now())
            tell(request, "Your proposal is withdrawn; nothing changes.")
            return redirect("bank_holidays")
        if request.POST.get("answer") != "approve":
            holidays.turn_down(holiday_id=row.id, by=request.user, at=clock.now())
            tell(request, "Turned down; nothing changes.")
            return redirect("bank_holidays")
        run = recount_deadlines.approve_holiday(holiday_id=row.id, by=request.user, at=clock.now())
    tell(
        request,
        "Approved: every count from now on knows the day. The open deadlines it moves are being counted again.",
    )
    return (
        redirect("run", run_id=run.id)
        if "run.read" in request.user.permissions
        else redirect("bank_holidays")
    )
