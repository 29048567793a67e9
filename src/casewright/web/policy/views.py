"""Doors to the unit's own figures: see them, propose one, see what it would move, approve it or turn it down."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from casewright import law
from casewright.foundation import clock
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.policy import actions
from casewright.foundation.policy import queries as policy
from casewright.foundation.policy.models import Setting
from casewright.foundation.policy.own import OWN, Own
from casewright.foundation.reference.models import Force
from casewright.law.settings import Setting as Known
from casewright.web import attempts
from casewright.web.decisions.queries import tried as decisions_tried
from casewright.web.doors import Problem, door, show
from casewright.web.policy import queries
from casewright.web.policy.forms import ProposeFigure
from casewright.web.policy.impact import impact
from casewright.web.shell import tell
from casewright.web.shown import matters_in

APPROVED = "Approved. On its day the open deadlines it moves are counted again."


def _forces(actor: Any) -> list[tuple[int, str]]:
    return list(Force.objects.filter(id__in=actor.force_ids).order_by("name").values_list("id", "name"))


@door("law.read")
def figures(request: Any) -> HttpResponse:
    """Every figure the unit may set for itself, and what waits for a second person."""
    forces = _forces(request.user)
    force_id = next(
        (each for each, _ in forces if str(each) == request.GET.get("force")),
        forces[0][0] if forces else None,
    )
    return show(
        request, "policy/figures.html", area="rules", forces=forces, force_id=force_id,
        groups=queries.figures(force_id=force_id, on=clock.today()), waits=[_waits(row) for row in queries.proposals()],
    )  # fmt: skip


def _waits(row: Setting) -> tuple[Setting, str, str]:
    known = queries.known_of(row.key)
    return (
        row,
        queries.words_of(known) if known else row.key,
        queries.said(known, row.value) if known else str(row.value),
    )


@door("law.read")
def figure(request: Any, key: str) -> HttpResponse:
    """One figure: its values over time, what a new one would move, and proposing it."""
    known = queries.known_of(key)
    if known is None:
        raise Http404
    forces, problem, moves = _forces(request.user), None, None
    form = ProposeFigure(known, forces, request.POST or None, today=clock.today())
    if request.method == "POST" and form.is_valid():
        try:
            if "try" not in request.POST or key in OWN:
                return _proposed(request, known, form.cleaned_data)
            moves = _tried(request.user, known, form.cleaned_data)
        except (NotAllowed, law.InvalidFacts) as refusal:
            problem = Problem("Nothing is proposed yet", attempts.kept(request, refusal))
    return show(
        request, "policy/figure.html", area="rules", known=known, words=queries.words_of(known), form=form,
        problem=problem, moves=moves, counted=key not in OWN, over_time=_told(known, forces),
        may="policy.propose" in request.user.permissions, shown=_shown(moves),
        now=_in_force(known, forces), said=queries.said(known, known.default), left=queries.left_to_unit(known),
        status=422 if problem or form.errors else 200,
    )  # fmt: skip


def _shown(moves: dict[str, Any] | None) -> dict[str, Any]:
    return matters_in(moves["deadlines"].first) if moves else {}


def _told(known: Known | Own, forces: list[tuple[int, str]]) -> list[tuple[Setting, str]]:
    rows = {row.id: row for force_id, _ in forces for row in queries.over_time(known.key, force_id=force_id)}
    return [
        (row, queries.said(known, row.value))
        for row in sorted(rows.values(), key=lambda r: r.effective_from, reverse=True)
    ]


def _in_force(known: Known | Own, forces: list[tuple[int, str]]) -> str:
    """The value in force today, for each force where they differ."""
    today = clock.today()
    found = {
        name: queries.said(known, policy.in_force(force_id=force_id, on=today).get(known.key, known.default))
        for force_id, name in forces
    }
    if len(set(found.values())) == 1:
        return next(iter(found.values()))
    return ", ".join(f"{value} in {name}" for name, value in found.items())


def _proposed(request: Any, known: Known | Own, typed: dict[str, Any]) -> HttpResponse:
    with transaction.atomic():
        row = actions.propose(key=known.key, **typed, by=request.user, at=clock.now())
    tell(request, "Proposed. It takes effect once another person has approved it, from its day on.")
    return redirect("figure_proposal", setting_id=row.id)


def _tried(actor: Any, known: Known | Own, typed: dict[str, Any]) -> dict[str, Any]:
    """What the new value would move; the value is checked as if proposed."""
    value, day, force_id = typed["value"], typed["effective_from"], typed["force_id"]
    actions.check(known.key, value, force_id=force_id, on=day)
    return _moves(actor, known.key, value, day, force_id)


def _moves(actor: Any, key: str, value: Any, day: Any, force_id: int | None) -> dict[str, Any]:
    """Open deadlines that would move; for the first enforced speed, also the newest decisions that would differ."""
    found: dict[str, Any] = {"deadlines": impact(actor, on=day, tried={key: value}, force_id=force_id)}
    area, _, rest = key.partition(".start.")
    if area == "speed" and rest.isdecimal():
        found["decisions"] = decisions_tried(actor, limit=int(rest), start=value)
    return found


@door("law.read")
def figure_proposal(request: Any, setting_id: int) -> HttpResponse:
    """One proposal with what it would move; the second person approves it or turns it down."""
    row = get_object_or_404(
        Setting.objects.select_related("proposed_by", "approved_by", "force"), id=setting_id
    )
    known, problem = queries.known_of(row.key), None
    if known is None:
        raise Http404
    if request.method == "POST":
        try:
            return _decided(request, row)
        except (NotAllowed, law.InvalidFacts) as refusal:
            problem = Problem("Nothing was changed", attempts.sentence(request, refusal))
    waits = row.approved_at is None
    moves = _would_move(request.user, row) if waits and row.key not in OWN else None
    return show(
        request, "policy/proposal.html", area="rules", row=row, known=known, words=queries.words_of(known),
        said=queries.said(known, row.value), problem=problem, waits=waits,
        moves=moves, shown=_shown(moves),
        decides="policy.approve" in request.user.permissions and row.proposed_by_id != request.user.id,
        asker=request.user.id,
        status=409 if problem else 200,
    )  # fmt: skip


def _would_move(actor: Any, row: Setting) -> dict[str, Any]:
    return _moves(actor, row.key, row.value, row.effective_from, row.force_id)


def _decided(request: Any, row: Setting) -> HttpResponse:
    if request.POST.get("answer") == "withdraw":
        with transaction.atomic():
            actions.withdraw(setting_id=row.id, by=request.user, at=clock.now())
        tell(request, "Your proposal is withdrawn; nothing changes.")
        return redirect("figure", key=row.key)
    approves = request.POST.get("answer") == "approve"
    act = actions.approve if approves else actions.turn_down
    with transaction.atomic():
        act(setting_id=row.id, by=request.user, at=clock.now())
    tell(
        request,
        ("Approved. It holds from its day." if row.key in OWN else APPROVED)
        if approves
        else "Turned down; nothing changes.",
    )
    return redirect("figure", key=row.key)
