"""A form without the mark of this session (CSRF): open in another tab while signing in again, or sent from elsewhere.

Only what this very host's page sent is given back to the person signed in, to be looked over and sent again by hand;
what came from another site, or from who knows where, is refused and nothing of it is kept.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string

from casewright.foundation.people.actions import tune_clock
from casewright.web import way_back


def say_it_is_stale(request: Any, reason: str = "") -> HttpResponse:
    """Lead back to the form with the words in it, or say in a sentence why nothing was done."""
    del reason  # it would tell a stranger which check failed
    if request.user.is_authenticated and _from_our_own_page(request):
        tune_clock()
        return redirect(way_back.to_stale_form(request))
    return HttpResponse(render_to_string("403_csrf.html"), status=403)


def _from_our_own_page(request: Any) -> bool:
    """Whether the browser says that the form stood on a page of this host; it cannot be made to say so from another."""
    ours = f"{request.scheme}://{request.get_host()}"
    origin = request.headers.get("Origin")
    said = origin if origin is not None else request.headers.get("Referer", "")
    return bool(said == ours or (origin is None and said.startswith(f"{ours}/")))
