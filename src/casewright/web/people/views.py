"""Doors for people: sign in, sign out, one's own settings, who may do what, the demonstration's clock."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from casewright.flows.move_clock import move_clock
from casewright.foundation import clock
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.people.actions import use_sign_in_link
from casewright.foundation.people.models import User
from casewright.web import words
from casewright.web.doors import Problem, door, open_door, safe_next, show
from casewright.web.people import queries, tries
from casewright.web.people.forms import MoveClock, SignIn
from casewright.web.shell import tell

BACKEND = "django.contrib.auth.backends.ModelBackend"
WRONG = Problem(
    "You are not signed in",
    "That address and password do not belong together. Try again, or ask the system administrator.",
)
OFTEN = Problem(
    "You are not signed in",
    "Too many tries. Wait a quarter of an hour, then try again; the system administrator can help sooner.",
)

ENDED = Problem(
    "Your session had ended",
    "What you pressed was not done. Sign in; you come back to where you were, and can press it again.",
)


@sensitive_post_parameters("password")
@never_cache
@open_door
def sign_in(request: HttpRequest) -> HttpResponse:
    """Work address and password; the demonstration's people come in by their links instead."""
    asked = request.GET.get("next", "")
    if request.method != "POST":
        ended = ENDED if "ended" in request.GET else None
        return show(request, "people/sign_in.html", form=SignIn(), going=asked, problem=ended)
    form, problem = SignIn(request.POST), None
    if form.is_valid():
        found, problem = _known(request, **form.cleaned_data)
        if found:
            login(request, found, backend=BACKEND)
            return safe_next(request, request.POST.get("next", ""))
    return show(
        request,
        "people/sign_in.html",
        form=form,
        problem=problem,
        going=request.POST.get("next", ""),
        status=422,
    )


def _known(request: HttpRequest, *, email: str, password: str) -> tuple[Any, Problem | None]:
    machine = tries.machine_of(request)
    if tries.too_many(email, machine):
        return None, OFTEN
    found = authenticate(request, username=email, password=password)
    if found is None:
        tries.failed(email, machine)
        return None, WRONG
    tries.succeeded(email, machine)
    return found, None


@never_cache
@open_door
def sign_in_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Spend a one-time link of the demonstration; followed again by whoever is inside already, it leads home."""
    try:
        link = use_sign_in_link(token=token, at=clock.now())
    except NotAllowed:
        if request.user.is_authenticated:
            return redirect("home")
        raise
    login(request, link.user, backend=BACKEND)
    return redirect(link.lands_on or "home")


@require_POST
@open_door
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("sign_in")


@require_POST
@door()
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
    return show(request, "people/people.html", colleagues=queries.colleagues(), rights=queries.rights())


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


# What each mover of the daily round did, as words after its number: for one, and for more.
_FELL_DUE = {
    "traffic.record_defaults": ("default was alleged", "defaults were alleged"),
    "traffic.end_late_notices": ("notice ended as too late", "notices ended as too late"),
    "traffic.end_time_barred": ("charge was barred by time", "charges were barred by time"),
    "collisions.pass_time_limit": ("collision passed its time limit", "collisions passed their time limit"),
}


def _moved(days: int, acted: dict[str, int]) -> str:
    """What moving the clock did, in a sentence."""
    done = ", ".join(
        words.counted(number, *_FELL_DUE.get(name, (name.partition(".")[2].replace("_", " "),) * 2))
        for name, number in acted.items()
        if number
    )
    said = f"The clock has moved by {words.counted(days, 'day')}; each day in between was lived through."
    return f"{said} What fell due: {done or 'nothing'}."
