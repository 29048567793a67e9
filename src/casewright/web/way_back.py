"""The way back for someone whose session had ended, or who must prove again who they are: with what they had typed.

Nothing typed is ever sent by itself: the same page is shown again with the same words in its form, to the same person.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from casewright.foundation import clock
from casewright.foundation.people import kept

PASSWORD_ONLY = "password"  # noqa: S105 - how somebody signed in, not a password
SIGN_ON_ONLY = "single sign-on"
ONE_PROOF = {PASSWORD_ONLY, SIGN_ON_ONLY}
NEVER_KEPT = {"csrfmiddlewaretoken", "password", "password_again", "code", "next"}


# Names of buttons and of boxes ticked: nothing anybody typed, so it is not given back as words.
PRESSED = frozenset({"act", "answer", "chosen", "keep", "look", "try"})


class Typed(NamedTuple):
    """Words given back: those the form on the page took, and those no form took, as name and value."""

    taken: bool
    left: tuple[tuple[str, str], ...]


def to_sign_in(request: Any) -> str:
    """The sign-in page, and from it back to the page or the form."""
    if request.method in ("GET", "HEAD"):
        return _address("sign_in", next=request.get_full_path())
    key = kept.keep(_typed(request), user_id=request.session.whose) if _whose(request) else ""
    asked = {"next": _with_key(_stood_on(request), key), "ended": "kept" if key else "yes"}
    return _address("sign_in", **asked)


def to_prove(request: Any) -> str:
    """The page that asks again who it is, and from it back to the page or the form."""
    if request.method in ("GET", "HEAD"):
        return _address("prove_again", next=request.get_full_path())
    key = kept.keep(_typed(request), user_id=request.user.id)
    return _address("prove_again", next=_with_key(_stood_on(request), key))


def to_stale_form(request: Any) -> str:
    """The page a form stood on, with what was typed, for a form that was open before this person signed in again."""
    key = kept.keep(_typed(request), user_id=request.user.id)
    return _with_key(_stood_on(request), key)


def proved_now(request: Any) -> None:
    """Note that this person proved who they are at this moment."""
    request.session["proved_at"] = clock.real().isoformat()


def proved_recently(request: Any) -> bool:
    """Whether this person proved who they are within the last minutes."""
    said = request.session.get("proved_at", "")
    return bool(said) and clock.real() - datetime.fromisoformat(said) < settings.CASEWRIGHT_PROVED_FOR


def must_add_a_second_proof(request: Any) -> bool:
    """Whether this person came in with one proof alone where a second is asked of everybody."""
    return bool(settings.CASEWRIGHT_SECOND_FACTOR) and request.session.get("strength") in ONE_PROOF


def give_back(request: Any, context: Mapping[str, Any]) -> Typed | None:
    """Put the words kept under the address's key into the forms of the page; None where there are none."""
    key = request.GET.get("kept", "")
    if not key or not request.user.is_authenticated or request.method != "GET":
        return None
    words = kept.words_of(key, user_id=request.user.id)
    if not words:
        return None
    took: set[str] = set()
    for form in context.values():
        if isinstance(form, BaseForm) and not form.is_bound:
            took |= _filled(form, words)
    left = tuple(
        (name, said)
        for name, all_said in words.items()
        if name not in took | PRESSED
        for said in all_said
        if said
    )
    return Typed(bool(took), left)


def forget_once_sent(request: HttpRequest, answer: HttpResponse) -> None:
    """Words given back are forgotten when their form has been sent and taken."""
    if request.method == "POST" and "kept" in request.GET and answer.status_code == 302:
        kept.drop(request.GET["kept"], user_id=int(request.user.pk or 0))


def _filled(form: BaseForm, words: Mapping[str, list[str]]) -> set[str]:
    took = {bound.html_name for bound in form if bound.html_name in words}
    for bound in form:
        if bound.html_name in took:
            said = words[bound.html_name]
            many = getattr(bound.field.widget, "allow_multiple_selected", False)
            form.initial[bound.name] = said if many else said[-1]
    return took


def _whose(request: Any) -> bool:
    return getattr(request.session, "whose", None) is not None


def _typed(request: HttpRequest) -> kept.Fields:
    fields = {name: [str(said) for said in request.POST.getlist(name)] for name in request.POST}
    return {name: said for name, said in fields.items() if name not in NEVER_KEPT}


def _stood_on(request: HttpRequest) -> str:
    """The page the form stood on, as a path of ours; the first page where the browser does not say."""
    stood_on = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(stood_on, allowed_hosts={request.get_host()}):
        return reverse("home")
    parts = urlsplit(stood_on)
    return urlunsplit(("", "", parts.path or "/", parts.query, ""))


def _with_key(path: str, key: str) -> str:
    parts = urlsplit(path)
    asked = [(name, said) for name, said in parse_qsl(parts.query) if name != "kept"]
    asked += [("kept", key)] if key else []
    return urlunsplit(("", "", parts.path, urlencode(asked), ""))


def _address(name: str, **asked: str) -> str:
    return f"{reverse(name)}?{urlencode(asked)}"
