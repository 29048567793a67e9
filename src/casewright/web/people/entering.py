"""What every way of signing in ends with: a fresh session, its strength noted, the journal, and where one was going."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from casewright.foundation import clock
from casewright.foundation.people import accounts
from casewright.foundation.people.models import User
from casewright.web.doors import safe_next
from casewright.web.people.machines import browser_of, machine_of, mark_seen, seen_before
from casewright.web.way_back import must_add_a_second_proof, proved_now

BACKEND = "casewright.foundation.people.backends.StillHere"


def halfway(request: HttpRequest, person: User, *, how: str, going: str) -> HttpResponse:
    """In at once, or asked for the second proof where there is one; only then does a session of theirs begin.

    :param how: the first proof, which alone is no second one
    """
    if not person.factors.exists():
        return enter(request, person, how=how, going=going)
    request.session.flush()
    request.session["halfway"] = {
        "user": person.id,
        "at": clock.real().isoformat(),
        "going": going,
        "how": how,
    }
    return redirect("second_proof")


def enter(request: HttpRequest, person: User, *, how: str, going: str = "") -> HttpResponse:
    """Sign a person in under a new session key, whatever key the browser brought, and go where they were going."""
    known = seen_before(request, person.id) or how == "one-time link"
    request.session.flush()
    session: Any = request.session
    session.came_from = (machine_of(request), browser_of(request))
    login(request, person, backend=BACKEND)
    session["strength"] = how
    proved_now(request)
    accounts.came_in(person, how=how, known=known, at=clock.now())
    answer = safe_next(request, going)
    if must_add_a_second_proof(request):
        answer = safe_next(request, reverse("account"))
    mark_seen(request, answer, person.id)
    return answer
