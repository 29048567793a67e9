"""What every door of the web does, so that no view repeats it: the clock, the right, the transaction, the refusal."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import wraps
from typing import Any, NamedTuple

from django.db import IntegrityError, connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.defaults import page_not_found

from casewright import law
from casewright.foundation import clock, patience
from casewright.foundation.journal.looks import being_consulted
from casewright.foundation.journal.whence import come_from, stand_in_for
from casewright.foundation.lifecycle import NO_RIGHT, NOT_THERE, NotAllowed
from casewright.foundation.matters.models import Matter
from casewright.foundation.people import presses, tries
from casewright.foundation.people.actions import tune_clock
from casewright.foundation.people.models import User
from casewright.foundation.people.right_words import words_of_right
from casewright.web import attempts, way_back
from casewright.web.matters.forms import Why
from casewright.web.reasons import reason_of
from casewright.web.shell import shell, tell

SENSITIVE = "OFFICIAL-SENSITIVE"
View = Callable[..., HttpResponse]
REFUSALS = (NotAllowed, law.InvalidFacts, law.NoLawInForce)


class Request(HttpRequest):
    """A request of someone signed in, as views see it."""

    user: User  # type: ignore[assignment]


class Problem(NamedTuple):
    """A refusal on a page: what was not done, and the sentence with what to do."""

    title: str
    said: str


def door(
    permission: str = "", *, atomic: bool = True, recent: bool = False, own: bool = False, most: int = 0
) -> Callable[[View], View]:
    """A page for someone signed in who holds ``permission``, by role or for another (then what is done is marked so).

    A request is one transaction, unless the view makes its own (``atomic=False``): then each of those stands at
    once. A refusal becomes a page with its sentence, and nothing of the act remains. What was typed into a form whose
    session had ended is kept.

    :param recent: the act is grave (erasure, bulk export, publishing rules, rights): who it is must have been proved
        within the last minutes, else it is asked again first and what was typed is kept (ASVS 5.0 7.5.3)
    :param own: a page of one's own account, open before a required second proof has been added
    :param most: how often one person may ask for it in a quarter of an hour; 0 for as often as they like. For what a
        program could use to carry the records off: searches, copies, exports (ASVS 5.0 2.4.1)
    """

    def opened(view: View) -> View:
        @wraps(view)
        def enter(request: Any, **given: Any) -> HttpResponse:
            _begin()
            barred = _barred(request, permission, recent=recent, own=own)
            if (
                barred is None
                and most
                and tries.used_up(request.user.id, request.resolver_match.url_name, most)
            ):
                attempts.refused(request, attempts.TOO_OFTEN)
                barred = refused(request, TOO_OFTEN, title="That is too often", status=429)
            if barred is not None:
                return barred
            stand_in_for(_for_whom(request.user, permission, given.get("matter_id")))
            answer = _there(view, request, given, atomic)
            way_back.forget_once_sent(request, answer)
            return answer

        return enter if atomic else transaction.non_atomic_requests(enter)

    return opened


def _there(view: View, request: Any, given: dict[str, Any], atomic: bool) -> HttpResponse:
    """What the view answers; that something is not there for this person is written down and said.

    Said with an answer, not an exception, which would take back with the request's transaction what was written.
    """
    try:
        return _entered(view, request, given, atomic)
    except Http404 as missing:
        attempts.refused(request, NOT_THERE)
        return page_not_found(request, missing)


def _barred(request: Any, permission: str, *, recent: bool, own: bool) -> HttpResponse | None:
    """What stands before the page: signing in, a second proof, the right, proving again; None where nothing does."""
    if not request.user.is_authenticated:
        return redirect(way_back.to_sign_in(request))
    if not _asks_by_itself(request):
        request.session.touch()
    if _holds_nul(request):
        return refused(request, NUL_SENT, status=400)
    if not own and way_back.must_add_a_second_proof(request):
        return redirect(reverse("account"))
    if permission and permission not in request.user.permissions:
        attempts.refused(request, NO_RIGHT)
        return refused(request, _no_right(permission), title="This page is not for your role", status=403)
    if recent and not way_back.proved_recently(request):
        return redirect(way_back.to_prove(request))
    return None


def _for_whom(user: User, permission: str, matter_id: int | None) -> int | None:
    """Whose deputy this person is in what comes next: by the right, or by the owner of the matter; else None."""
    lent = user.held.for_others.get(permission)
    if lent or matter_id is None or not user.held.givers_of_matters:
        return lent
    owned = Matter.objects.filter(id=matter_id, owner_id__in=user.held.givers_of_matters)
    return owned.values_list("owner_id", flat=True).first()


def _asks_by_itself(request: HttpRequest) -> bool:
    """Whether an open page asks, not its person: progress looked up every few seconds keeps no idle session alive."""
    return request.method == "GET" and "HX-Request" in request.headers


def _begin() -> None:
    """Set the clock, and name this request for whatever it writes to the journal; nobody stands in for anyone yet."""
    tune_clock()
    come_from("web", secrets.token_hex(8))
    stand_in_for(None)


FOUND = 302  # the answer of every act that was done
NOT_UNIQUE = "23505"  # the database's code for what may be there only once
CAME_FIRST = (
    "Somebody did the same at this moment and came first, so this did nothing. Look at what is there now."
)
PRESSED_TWICE = "The same was sent twice; it was done once."
TOO_OFTEN = (
    "You asked for this more often in a quarter of an hour than a person does. Go on in a few minutes; "
    "if your work needs it, ask your system administrator. That you were stopped is logged."
)
NUL_SENT = "A sign that no text has (NUL) was sent, so nothing was done. Type the words again."


def _holds_nul(request: Any) -> bool:
    """Whether an address or form holds a NUL, which no text has and the database cannot keep."""
    given = (request.GET, request.POST)
    return any(
        "\x00" in text for fields in given for name in fields for text in (name, *fields.getlist(name))
    )


def open_door(view: View, *, atomic: bool = True) -> View:
    """A page for anyone, signed in or not: the clock is set, nothing is asked."""

    @wraps(view)
    def enter(request: Any, **given: Any) -> HttpResponse:
        _begin()
        if _holds_nul(request):
            return refused(request, NUL_SENT, status=400)
        return _entered(view, request, given, atomic)

    return enter


def _entered(view: View, request: Any, given: dict[str, Any], atomic: bool) -> HttpResponse:
    try:
        if request.method != "POST" or not atomic:
            return view(request, **given)
        with transaction.atomic():
            _wait_for_nobody_long()
            return _once(view, request, given)
    except REFUSALS as refusal:
        return refused(request, attempts.sentence(request, refusal))
    except IntegrityError as clash:
        if getattr(clash.__cause__, "sqlstate", "") != NOT_UNIQUE:
            raise
        return refused(request, CAME_FIRST)


def _wait_for_nobody_long() -> None:
    """What another transaction holds is waited for a few seconds, in this transaction; then the page says so."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{patience.LOCK}s'")


def _once(view: View, request: Any, given: dict[str, Any]) -> HttpResponse:
    """Do what was pressed; the same press sent again leads where the first one led, and does nothing."""
    if not (request.user.is_authenticated and request.POST.get("csrfmiddlewaretoken")) or request.FILES:
        return view(request, **given)
    mark = presses.mark_of(request.user.id, request.get_full_path(), dict(request.POST.lists()))
    where = presses.led_to(mark)
    if where is not None:
        tell(request, PRESSED_TWICE)
        return HttpResponseRedirect(where)
    answer = view(request, **given)
    presses.answered(mark, where=answer.get("Location", "") if answer.status_code == FOUND else "")
    return answer


def refused(request: Any, said: str, *, title: str = "That was not done", status: int = 409) -> HttpResponse:
    """A page with one sentence: why not, and what to do next."""
    back = request.headers.get("Referer", "")
    known = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    said_page: dict[str, Any] = {
        "problem": Problem(title, said),
        "back_to": back if known else reverse("home"),
    }
    return show(request, "layouts/refused.html", status=status, **said_page)


def show(
    request: Any,
    template: str,
    *,
    area: str = "",
    marking: str = "OFFICIAL",
    status: int = 200,
    shown: dict[str, Any] | None = None,
    sought: str = "",
    reason: str = "",
    **values: Any,
) -> HttpResponse:
    """Render a page in its shell; ``problem`` is None unless the view has one to say.

    Whatever is marked OFFICIAL-SENSITIVE is about people, and so is any page that shows a matter: that it was shown
    is logged here, so that no view can forget it (DPA 2018 s.62).

    :param shown: ids of what a list shows, for the log; ``sought``: the folded words of a search
    :param reason: why it is shown, where the page knows; for a matter it is told from the work at hand, else asked
        first. A list is its own task; an act whose form is shown again has its reason in the act
    """
    logged: AbstractContextManager[None] = nullcontext()
    if (marking == SENSITIVE or (shown or {}).get("matters")) and request.user.is_authenticated:
        matter = _matter_of(values)
        reason = reason or (reason_of(request, matter) if matter else "")
        acted = request.method == "POST" and ("form" in values or values.get("problem"))
        if not reason and matter and not acted:
            return ask_why(request, matter)
        logged = _being_looked_at(request, values, shown, sought, reason)
    with logged:
        context = {
            "problem": None,
            "today": clock.today(),
            "shell": shell(request, marking=marking, area=area),
            **values,
        }
        context["given_back"] = way_back.give_back(request, context)
        return render(request, template, context, status=status)


def _being_looked_at(
    request: Any, values: dict[str, Any], shown: dict[str, Any] | None, sought: str, reason: str
) -> AbstractContextManager[None]:
    place = dict(request.resolver_match.kwargs)
    matter_id, matter = place.pop("matter_id", None), _matter_of(values)
    return being_consulted(
        by=request.user.id,
        page=request.resolver_match.url_name,
        at=clock.now(),
        matter_id=matter_id or getattr(matter, "id", None) or values.get("about"),
        reason=reason or ("act" if matter else request.resolver_match.url_name),
        shown=shown if shown is not None else {name: str(value) for name, value in place.items()},
        words=sought,
    )


def _matter_of(values: dict[str, Any]) -> Matter | None:
    """The one matter that a page is about: its own, or that of its letter or decision."""
    page = values.get("page")
    for one in (page, getattr(page, "letter", None), getattr(page, "decision", None)):
        if isinstance(found := getattr(one, "matter", None), Matter):
            return found
    return None


def ask_why(request: Any, matter: Matter) -> HttpResponse:
    """Ask for the reason instead of showing a page or file of a matter outside one's own work; then go on to it."""
    return show(request, "matters/why.html", area="worklist", matter=matter, form=Why())


def safe_next(request: HttpRequest, asked: str, default: str = "home") -> HttpResponseRedirect:
    """Go where the person was going, if that is one of our own addresses."""
    ours = bool(asked) and url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()})
    return HttpResponseRedirect(asked if ours else default if default.startswith("/") else reverse(default))


def _no_right(permission: str) -> str:
    right = words_of_right(permission)
    return f"Your roles do not give its right: {right}. The people page shows whose do; ask one of them."
