"""Doors to holds and destruction."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from casewright.flows import destroy_matter
from casewright.foundation import clock
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.matters import holds
from casewright.web import attempts, words
from casewright.web.doors import door, show
from casewright.web.numbers import whole_number
from casewright.web.records import queries
from casewright.web.records.forms import Decline, LiftHold, PlaceHold, Propose
from casewright.web.shell import tell
from casewright.web.shown import matters_in
from casewright.web.traffic.views import asked
from casewright.web.words import counted


@door("records.hold")
def place_hold(request: Any, matter_id: int) -> HttpResponse:
    """Place a legal hold on a matter."""

    def act(typed: dict[str, Any]) -> None:
        holds.place(matter_id=matter_id, reason=typed["reason"], by=request.user, at=clock.now())

    return asked(
        request, matter_id, PlaceHold, act,
        title="Place a legal hold", button="Place the hold", refused="No hold is placed",
    )  # fmt: skip


@door("records.hold")
def lift_hold(request: Any, hold_id: int) -> HttpResponse:
    """Lift a legal hold."""
    found = queries.hold(request.user, hold_id)
    if found is None:
        raise Http404

    def act(typed: dict[str, Any]) -> None:
        holds.lift(hold_id=hold_id, reason=typed["reason"], by=request.user, at=clock.now())

    return asked(
        request, found.matter_id, LiftHold, act,
        title="Lift the legal hold", button="Lift the hold", refused="The hold stands",
        stands=(
            ("Held because", found.reason),
            ("Placed by", f"{found.placed_by.name}, {words.moment(found.placed_at)}"),
        ),
    )  # fmt: skip


@door("records.propose_destroy")
def propose_destroy(request: Any, matter_id: int) -> HttpResponse:
    """Propose that a closed matter be destroyed."""

    def act(typed: dict[str, Any]) -> None:
        destroy_matter.propose(matter_id=matter_id, reason=typed["reason"], by=request.user, at=clock.now())
        tell(request, "Your proposal waits for another person’s approval.")

    return asked(
        request, matter_id, Propose, act,
        title="Propose its destruction", button="Propose it", refused="Nothing is proposed", tone="warning",
    )  # fmt: skip


@door("records.read")
def destructions(request: Any) -> HttpResponse:
    """Proposals that wait, what is due to be proposed, and the certificates of what was destroyed."""
    before = request.GET.get("before", "")
    rows, more = queries.certificates(request.user, before=whole_number(before))
    waiting, due = queries.waiting(request.user), queries.due(request.user, today=clock.today())
    return show(
        request,
        "records/destructions.html",
        marking="OFFICIAL-SENSITIVE",
        waiting=waiting,
        due=due,
        may_propose="records.propose_destroy" in request.user.permissions,
        rows=rows,
        shown=matters_in(waiting, due.rows, rows),
        more=more,
        first=not before,
    )


@require_POST
@door("records.propose_destroy")
def propose_due(request: Any) -> HttpResponse:
    """Propose the listed matters whose last day of keeping has passed; another person approves each."""
    chosen = {n for n in map(whole_number, request.POST.getlist("chosen")) if n is not None}
    if not chosen:
        raise NotAllowed("No matter was sent with it. Open the list again and propose what it shows.")
    made = destroy_matter.propose_due(matter_ids=chosen, by=request.user, at=clock.now())
    attempts.left_out(request, chosen)
    left = len(chosen) - made
    said = [
        f"{counted(made, 'destruction')} proposed; each waits for another person’s approval." if made else ""
    ]
    said += [
        f"{counted(left, 'matter')} {'was' if left == 1 else 'were'} no longer due and left out."
        if left
        else ""
    ]
    tell(request, " ".join(filter(None, said)))
    return redirect("destructions")


@door("records.read")
def destruction(request: Any, destruction_id: int) -> HttpResponse:
    """One proposal to approve or decline, or the certificate of what was done."""
    found = queries.proposal(request.user, destruction_id)
    if found is None:
        raise Http404
    approves = "records.approve_destroy" in request.user.permissions
    done = found.row.approved_at is not None
    following = queries.next_waiting(request.user, after=destruction_id) if done and approves else None
    return show(
        request,
        "records/destruction.html",
        marking="OFFICIAL-SENSITIVE",
        page=found,
        about=found.row.matter_id,
        form=Decline(),
        may_approve=approves and not found.mine,
        following=following,
        shown=matters_in([following] if following else [], destruction_id=str(destruction_id)),
    )


@require_POST
@door("records.approve_destroy", recent=True)
def approve_destroy(request: Any, destruction_id: int) -> HttpResponse:
    """Approve a proposal by another person; the matter is destroyed in this transaction."""
    found = queries.proposal(request.user, destruction_id)
    if found is None:
        raise Http404
    destroy_matter.approve(destruction_id=destruction_id, by=request.user, at=clock.now())
    tell(request, f"{found.row.reference} is destroyed. This is its certificate.")
    return redirect("destruction", destruction_id=destruction_id)


@require_POST
@door("records.propose_destroy")
def withdraw_destroy(request: Any, destruction_id: int) -> HttpResponse:
    """Take one's own proposal back; the matter stays."""
    if queries.proposal(request.user, destruction_id) is None:
        raise Http404
    destroy_matter.withdraw(destruction_id=destruction_id, by=request.user, at=clock.now())
    tell(request, "Your proposal is withdrawn; the matter stays.")
    return redirect("destructions")


@require_POST
@door("records.approve_destroy")
def decline_destroy(request: Any, destruction_id: int) -> HttpResponse:
    """Decline a proposal, with the reason; the matter stays and can be proposed again."""
    if queries.proposal(request.user, destruction_id) is None:
        raise Http404
    reason = request.POST.get("reason", "")
    destroy_matter.decline(destruction_id=destruction_id, reason=reason, by=request.user, at=clock.now())
    tell(request, "The proposal is declined; the matter stays.")
    return redirect("destructions")
