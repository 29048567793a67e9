"""Doors to Try it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from casewright.flows import take_in_detections
from casewright.foundation import clock
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.people.actions import make_sign_in_link
from casewright.foundation.people.models import User
from casewright.web.demo import queries
from casewright.web.demo.trial import trial_file
from casewright.web.doors import door, show
from casewright.web.shown import matters_in


@door("intake.upload")
def try_it(request: Any) -> HttpResponse:
    """Six steps on the live product, about five minutes."""
    _only_in_a_demonstration()
    people = (
        User.objects.filter(is_demo=True, is_active=True)
        .exclude(id=request.user.id)
        .prefetch_related("roles")
        .order_by("name")
    )
    steps = queries.steps(request.user, today=clock.today())
    return show(
        request, "demo/try_it.html", area="try_it", steps=steps, shown=matters_in(steps), people=people
    )


@require_POST
@door("intake.upload")
def drop_in(request: Any) -> HttpResponse:
    """Take in the supplied file of 800 detections."""
    _only_in_a_demonstration()
    if not request.user.force_ids:
        raise NotAllowed(
            "You serve no force, so there is none to take the file in for. Ask the administrator."
        )
    force_id = min(request.user.force_ids)
    given = take_in_detections.receive_file(
        content=[trial_file(clock.today())],
        name=queries.FILE,
        force_id=force_id,
        by=request.user,
        at=clock.now(),
    )
    return redirect("intake_file", file_id=given.id)


@door("intake.upload")
def trial(request: Any) -> HttpResponse:  # noqa: ARG001
    """The supplied file itself, to look at or to give by hand."""
    _only_in_a_demonstration()
    found = HttpResponse(trial_file(clock.today()), content_type="text/csv; charset=utf-8")
    found["Content-Disposition"] = f'attachment; filename="{queries.FILE}"'
    return found


@require_POST
@door()
def be_someone(request: Any, user_id: int) -> HttpResponse:
    """Go on as another invented person: a fresh one-time link, spent at once."""
    _only_in_a_demonstration()
    wanted = User.objects.filter(id=user_id, is_demo=True, is_active=True).first()
    if wanted is None or not request.user.is_demo:
        raise Http404
    token = make_sign_in_link(user=wanted, lands_on="", at=clock.now())
    return redirect("sign_in_by_link", token=token)


def _only_in_a_demonstration() -> None:
    if not settings.CASEWRIGHT_DEMO:
        raise Http404
