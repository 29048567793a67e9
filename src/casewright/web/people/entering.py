"""What every way of signing in ends with: a fresh session, its strength noted, the journal, and where one was going."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from casewright.foundation import clock
from casewright.foundation.people import accounts
from casewright.foundation.people.models import User
from casewright.web.doors import safe_next
from casewright.web.people.machines import browser_of, machine_of, mark_seen, seen_before
from casewright.web.way_back import PASSWORD_ONLY, must_add_a_second_proof, proved_now

BACKEND = "casewright.foundation.people.backends.StillHere"


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
    if how == PASSWORD_ONLY and must_add_a_second_proof(request):
        answer = safe_next(request, reverse("account"))
    mark_seen(request, answer, person.id)
    return answer
