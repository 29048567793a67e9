"""Doors to decisions."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse

from casewright.web.decisions import queries
from casewright.web.decisions.forms import Threshold
from casewright.web.doors import door, show
from casewright.web.numbers import whole_number
from casewright.web.shown import matters_in


@door("decision.replay")
def decisions(request: Any) -> HttpResponse:
    """The newest decisions; all of one speed limit can be run again under another threshold."""
    form = Threshold(request.GET or None, initial={"limit": "30", "start": 36})
    trial = queries.tried(request.user, **form.cleaned_data) if request.GET and form.is_valid() else None
    latest = queries.latest_decisions(request.user)
    differing = [one for one, *_ in trial.differing[: queries.PAGE]] if trial else []
    return show(
        request,
        "decisions/decisions.html",
        area="worklist",
        marking="OFFICIAL-SENSITIVE",
        form=form,
        trial=trial,
        may_monitor="decision.monitor" in request.user.permissions,
        decisions=latest,
        shown=matters_in(latest, differing),
        status=422 if form.errors else 200,
    )


@door("decision.replay")
def replay(request: Any, decision_id: int) -> HttpResponse:
    """Run one decision again, with the values kept or with others; nothing is changed by it."""
    decision = queries.decision_of(request.user, decision_id)
    if decision is None:
        raise Http404
    found = queries.replayed(decision, _changed(request, decision.finding["values"]))
    return show(request, "decisions/replay.html", area="worklist", marking="OFFICIAL-SENSITIVE", page=found)


def _changed(request: Any, values: dict[str, Any]) -> dict[str, Any]:
    """The figures typed in place of those kept; anything that is not a whole number is left as it was kept."""
    typed = {name: request.GET.get(name, "").strip() for name in values}
    numbers = {name: whole_number(text) for name, text in typed.items()}
    return {name: n for name, n in numbers.items() if n is not None and n != values[name]}
