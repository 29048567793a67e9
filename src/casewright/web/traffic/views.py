"""Doors to the decisions on one traffic matter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from casewright.areas.traffic.actions import deciding, keepers
from casewright.foundation import clock
from casewright.foundation.lifecycle import NotAllowed
from casewright.web import attempts
from casewright.web.doors import Problem, door, show
from casewright.web.matters.record import record_page
from casewright.web.traffic.forms import Cancel, DecideDefault, NameKeeper


@door("traffic.accept_keeper")
def name_keeper(request: Any, matter_id: int) -> HttpResponse:
    """Name the keeper by hand, after enquiries."""

    def act(typed: dict[str, Any]) -> None:
        keepers.name_keeper(
            matter_id=matter_id,
            name=typed["name"],
            address=typed["address"].splitlines(),
            evidence=typed["evidence"],
            by=request.user,
            at=clock.now(),
        )

    return asked(
        request,
        matter_id,
        NameKeeper,
        act,
        title="Name the keeper",
        button="Name the keeper",
        refused="No keeper is named",
    )


@door("traffic.decide_default")
def decide_default(request: Any, matter_id: int) -> HttpResponse:
    """Decide whether the failure to say who drove is charged."""

    def act(typed: dict[str, Any]) -> None:
        if not typed["prosecute"]:
            raise NotAllowed("Choose whether to charge or to take no further action.")
        deciding.decide_default(
            matter_id=matter_id,
            prosecute=typed["prosecute"] == "yes",
            reasons=typed["reasons"],
            by=request.user,
            at=clock.now(),
            today=clock.today(),
        )

    return asked(
        request,
        matter_id,
        DecideDefault,
        act,
        title="Decide the default",
        button="Record the decision",
        refused="Your decision is not recorded yet",
    )


@door("traffic.cancel")
def cancel(request: Any, matter_id: int) -> HttpResponse:
    """End a matter for a stated reason."""

    def act(typed: dict[str, Any]) -> None:
        deciding.cancel(
            matter_id=matter_id,
            reason=typed["reason"],
            words=typed["words"],
            by=request.user,
            at=clock.now(),
            today=clock.today(),
        )

    return asked(
        request,
        matter_id,
        Cancel,
        act,
        title="Cancel this matter",
        button="Cancel this matter",
        refused="The matter is not cancelled",
        tone="warning",
    )


def asked(
    request: Any,
    matter_id: int,
    form_class: Any,
    act: Callable[[dict[str, Any]], None],
    *,
    title: str,
    button: str,
    refused: str,
    tone: str = "",
    then: str = "matter",
    stands: tuple[tuple[str, str], ...] = (),
) -> HttpResponse:
    """Show what is asked beside the matter's clocks; do it and go on to ``then``, or say why not.

    What was typed is kept in a refusal.

    :param stands: what is there now and would be changed, as label and words
    """
    page = record_page(request.user, matter_id, today=clock.today())
    if page is None:
        raise Http404
    form, problem = form_class(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                act(form.cleaned_data)
            return redirect(then) if then == "my_day" else redirect(then, matter_id=matter_id)
        except NotAllowed as refusal:
            problem = Problem(refused, attempts.kept(request, refusal))
    return show(
        request,
        "traffic/asked.html",
        area="worklist",
        marking="OFFICIAL-SENSITIVE",
        page=page,
        form=form,
        problem=problem,
        title=title,
        button=button,
        tone=tone,
        stands=stands,
        status=422 if problem or form.errors else 200,
    )
