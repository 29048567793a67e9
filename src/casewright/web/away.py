"""When the database does not answer: a page that needs nothing of it says so, and what became of what was pressed.

Django asks `broken` for the page of whatever no door caught. A fault of ours stays a fault (500); a database that is
away is not one: it is 503, and the same press sent again is done once (foundation/people/presses.py).
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.views import defaults

from casewright.foundation import patience
from casewright.web.way_back import NEVER_KEPT

View = Callable[[Any], HttpResponse]

AGAIN_IN = 60  # seconds
# Another transaction held it too long; it took too long and was cancelled; two waited for each other, so one was ended.
BUSY = {"55P03", "57014", "40P01"}
# PostgreSQL's codes for a server that is going, starting or full; class 08 is a broken connection, none is no answer.
GOING = {"57P01", "57P02", "57P03", "53300"}
# Where Django was when nobody can tell from here whether the database had already kept what was done.
KEEPING = {"_commit", "run_and_clear_commit_hooks", "process_response"}
SIGN = "csrfmiddlewaretoken"

AWAY = "Casewright cannot reach its database just now. "
OCCUPIED = "Casewright's database is busy with other work and did not come to this in time. "
AGAIN = "Load this page again in a minute."
UNDONE = "What you pressed was not done; go back and press it again in a minute."
UNDONE_KEPT = (
    "What you pressed was not done and is kept here, with what you typed; send it again in a minute."
)
UNCERTAIN = (
    "Whether what you pressed was done cannot be told; go back in a minute and look before you press again."
)
LOOKED, NOT_DONE, NOT_DONE_KEPT, IN_DOUBT = (AWAY + each for each in (AGAIN, UNDONE, UNDONE_KEPT, UNCERTAIN))


def waits_as_a_page_does(get_response: View) -> View:
    """Nothing that is asked for while a page is made waits for the database longer than a page may."""

    def answer(request: Any) -> HttpResponse:
        with patience.of_a_page():
            return get_response(request)

    return answer


def broken(request: Any) -> HttpResponse:
    """The page of a fault that no door caught: 503 if the database is away, else 500."""
    fault = sys.exc_info()[1]
    return _away(request, fault) if is_away(fault) else defaults.server_error(request)


def not_understood(request: Any, exception: Exception) -> HttpResponse:
    """The page of a request that was not understood; 503 if only the session could not be kept, the database away."""
    return _away(request, exception) if is_away(exception) else defaults.bad_request(request, exception)


def is_away(fault: BaseException | None) -> bool:
    """Whether a fault, or what it arose from, is that the database cannot be reached or is too busy."""
    return any(_is_no_answer(each) for each in _arose_from(fault))


def _arose_from(fault: BaseException | None) -> Iterator[BaseException]:
    while fault is not None:
        yield fault
        fault = fault.__cause__ or fault.__context__


def _is_no_answer(fault: BaseException) -> bool:
    if not isinstance(fault, OperationalError | InterfaceError):
        return False
    code = _code(fault)
    return not code or code.startswith("08") or code in GOING | BUSY


def _code(fault: BaseException) -> str:
    """The database's own code for a fault; empty where it said nothing."""
    return getattr(fault.__cause__, "sqlstate", None) or ""


def _away(request: Any, fault: BaseException | None) -> HttpResponse:
    kept = _sendable(request) if request.method == "POST" and not _in_doubt(request, fault) else []
    words = {"said": _said(request, fault, bool(kept)), "kept": kept, "address": request.get_full_path()}
    looked = request.method in ("GET", "HEAD")
    page = render_to_string("503.html", {**words, "looked": looked})
    return HttpResponse(page, status=503, headers={"Retry-After": str(AGAIN_IN)})


def _said(request: Any, fault: BaseException | None, kept: bool) -> str:
    first = next((each for each in _arose_from(fault) if _is_no_answer(each)), None)
    why = OCCUPIED if first is not None and _code(first) in BUSY else AWAY
    if request.method in ("GET", "HEAD"):
        return why + AGAIN
    if _in_doubt(request, fault):
        return why + UNCERTAIN
    return why + (UNDONE_KEPT if kept else UNDONE)


def _in_doubt(request: Any, fault: BaseException | None) -> bool:
    """Whether it broke while what was done was being kept, or in a door that keeps its work in several steps."""
    match = request.resolver_match
    places = {
        frame.f_code.co_name
        for each in _arose_from(fault)
        for frame, _ in traceback.walk_tb(each.__traceback__)
    }
    in_steps = bool(match and getattr(match.func, "_non_atomic_requests", None))
    return in_steps or isinstance(fault, SessionInterrupted) or bool(places & KEEPING)


def _sendable(request: Any) -> list[tuple[str, str]]:
    """The fields of a form of our own page that may be sent again as they are; none if one is secret or a file."""
    secret = NEVER_KEPT - {SIGN, "next"}
    if not getattr(request, "csrf_processing_done", False) or request.FILES or secret & set(request.POST):
        return []
    return [(name, str(value)) for name, values in request.POST.lists() for value in values]
