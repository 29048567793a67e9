"""Doors to long work."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from casewright.foundation import clock
from casewright.foundation.runs import actions
from casewright.web.doors import door, show
from casewright.web.numbers import whole_number
from casewright.web.polled import moving_part
from casewright.web.runs import queries
from casewright.web.runs.unseen import visible

STEER = {"pause": actions.pause, "resume": actions.resume, "stop": actions.stop}


@door("run.read")
def runs(request: Any) -> HttpResponse:
    """All long work, newest first."""
    before = request.GET.get("before", "")
    found = queries.recent(request.user, before=whole_number(before))
    more = found[-1].id if len(found) == queries.PAGE else None
    return show(request, "runs/runs.html", area="runs", runs=found, more=more, first=not before)


@door("run.read")
def run(request: Any, run_id: int) -> HttpResponse:
    """One run; asked again by itself while it goes on, it answers with its moving part alone."""
    found = queries.one(request.user, run_id)
    if found is None:
        raise Http404
    if request.htmx:
        return moving_part(request, "runs/run_progress.html", live=found.live, run=found)
    return show(
        request,
        "runs/run.html",
        area="runs",
        run=found,
        chunks=queries.chunks(request.user, run_id),
        may_steer="run.control" in request.user.permissions,
    )


@require_POST
@door("run.control")
def steer(request: Any, run_id: int, how: str) -> HttpResponse:
    """Pause, let go on, or stop a run."""
    if not visible(request.user).filter(id=run_id).exists():
        raise Http404
    STEER[how](run_id=run_id, by=request.user, at=clock.now())
    return redirect("run", run_id=run_id)
