"""Doors for people: the first page, one's own settings, who may do what, the demonstration's clock."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from casewright.flows.move_clock import move_clock
from casewright.foundation import clock
from casewright.foundation.people.models import User
from casewright.web import words
from casewright.web.doors import door, safe_next, show
from casewright.web.people import queries
from casewright.web.people.forms import MoveClock
from casewright.web.shell import tell


@require_POST
@door(own=True)
def preferences(request: Any) -> HttpResponse:
    """Keep one's own choice of light or dark, and whether single keys do things."""
    theme = request.POST.get("theme", "")
    User.objects.filter(id=request.user.id).update(theme=theme if theme in ("light", "dark") else "")
    request.session["keys_on"] = "keys_on" in request.POST
    return safe_next(request, request.POST.get("back_to", ""))


@door()
def home(request: Any) -> HttpResponse:
    """The first page of each role."""
    first = (
        ("try_it", bool(request.user.is_demo and "senior_processing_officer" in request.user.role_names)),
        ("my_day", "matter.read" in request.user.permissions or "officer_in_case" in request.user.role_names),
        ("health", "health.read" in request.user.permissions),
    )
    return redirect(next((name for name, true in first if true), "rules"))


@door()
def people(request: Any) -> HttpResponse:
    """Who works here, in what roles, and what each role may do."""
    return show(
        request,
        "people/people.html",
        area="people",
        colleagues=queries.colleagues(),
        rights=queries.rights(),
        waits=queries.waiting(request.user),
        officers=queries.officers(),
    )


@door("demo.move_clock")
def clock_page(request: Any) -> HttpResponse:
    """Show the demonstration's clock, and move it."""
    form = MoveClock(request.POST or None, initial={"days": 28})
    if request.method == "POST" and form.is_valid():
        acted = move_clock(days=form.cleaned_data["days"], by=request.user, at=clock.now())
        tell(request, _moved(form.cleaned_data["days"], acted))
        return redirect(reverse("clock"))
    return show(
        request, "people/clock.html", form=form, moved=clock.shift().days, status=422 if form.errors else 200
    )


def _moved(days: int, acted: dict[str, int]) -> str:
    """What moving the clock did, in a sentence."""
    said = f"The clock has moved by {words.counted(days, 'day')}; each day in between was lived through."
    return f"{said} What fell due: {words.came_of(acted) or 'nothing'}."
