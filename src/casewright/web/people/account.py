"""Doors for one's own account: password, second proofs, sessions, who deputises, and what one was told of it."""

from __future__ import annotations

from typing import Any

import segno
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from casewright.foundation import clock
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.people import accounts, deputies, factors
from casewright.web import attempts, words
from casewright.web.doors import door, show
from casewright.web.people import queries
from casewright.web.people.forms import Code, Deputy, NewPassword
from casewright.web.shell import tell
from casewright.web.way_back import must_add_a_second_proof, proved_now


@never_cache
@door(own=True)
def account(request: Any) -> HttpResponse:
    """One's own account."""
    page = queries.own_account(request.user, this_session=request.session.session_key or "")
    wanting = must_add_a_second_proof(request)
    return show(request, "people/account.html", account=page, wanting=wanting)


@sensitive_post_parameters("password", "password_again")
@never_cache
@door(own=True, recent=True)
def change_password(request: Any) -> HttpResponse:
    """A new password; every other session of this person ends."""
    form = NewPassword(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        key = request.session.session_key or ""
        accounts.set_password(
            person=request.user, password=form.cleaned_data["password"], but=key, at=clock.now()
        )
        strength = request.session.get("strength")
        update_session_auth_hash(request, request.user)
        request.session["strength"] = strength
        proved_now(request)
        return _told(request, "Your password is changed, and your other sessions have ended.")
    return show(request, "people/change_password.html", form=form, status=422 if form.errors else 200)


@sensitive_post_parameters("code")
@never_cache
@door(own=True, recent=True)
def add_app(request: Any) -> HttpResponse:
    """Add an authenticator app: a picture to point it at, then a code that shows it worked."""
    secret = request.session.setdefault("app_secret", factors.new_app_secret())
    form = Code(request.POST or None)
    form.fields["code"].help_text = "The six figures the app shows now."
    if request.method == "POST" and form.is_valid():
        try:
            factors.add_app(secret=secret, code=form.cleaned_data["code"], by=request.user, at=clock.now())
        except NotAllowed as refusal:
            form.add_error("code", attempts.sentence(request, refusal))
        else:
            del request.session["app_secret"]
            request.session["strength"] = "password and authenticator app"
            return _told(request, "The authenticator app is on your account. Make recovery codes next.")
    picture = segno.make(factors.app_address(request.user, secret)).svg_data_uri(
        scale=4, border=4, light="#fff"
    )
    said: dict[str, Any] = {"form": form, "picture": picture, "secret": words_of(secret)}
    return show(request, "people/add_app.html", status=422 if form.errors else 200, **said)


def words_of(secret: str) -> str:
    """A secret in groups of four, to be typed where no picture can be read."""
    return " ".join(secret[n : n + 4] for n in range(0, len(secret), 4))


@never_cache
@require_POST
@door(own=True, recent=True)
def recovery_codes(request: Any) -> HttpResponse:
    """Ten fresh recovery codes, shown this once."""
    codes = factors.new_recovery_codes(by=request.user, at=clock.now())
    return show(request, "people/recovery_codes.html", codes=codes)


@require_POST
@door(own=True, recent=True)
def remove_factor(request: Any, factor_id: int) -> HttpResponse:
    """Take a second proof off one's own account."""
    factors.remove_factor(factor_id=factor_id, by=request.user, at=clock.now())
    return _told(request, "It is off your account.")


@require_POST
@door(own=True)
def end_sessions(request: Any) -> HttpResponse:
    """End one of one's other sessions, or all of them."""
    chosen = request.POST.get("chosen", "")
    mine = queries.session_keys(request.user)
    keys = None if chosen == "all" else [key for name, key in mine.items() if name == chosen]
    ended = accounts.end_sessions(
        keys=keys, but=request.session.session_key or "", by=request.user, at=clock.now()
    )
    return _told(request, f"{words.counted(ended, 'session')} ended; the next press there asks to sign in.")


@door("people.delegate")
def deputise(request: Any) -> HttpResponse:
    """Lend rights of one's own, or the matters one owns, to a colleague until a day."""
    form = Deputy(request.POST or None, giver=request.user, today=clock.today())
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            deputies.delegate(
                to=said["to"],
                permissions=said["permissions"],
                own_matters=said["own_matters"],
                starts_on=said["starts_on"],
                ends_on=said["ends_on"],
                reason=said["reason"],
                by=request.user,
                at=clock.now(),
            )
        except NotAllowed as refusal:
            form.add_error(None, attempts.sentence(request, refusal))
        else:
            return _told(request, f"{said['to'].name} is your deputy until {words.day(said['ends_on'])}.")
    return show(request, "people/deputise.html", form=form, status=422 if form.errors else 200)


@require_POST
@door(own=True)
def end_delegation(request: Any, delegation_id: int) -> HttpResponse:
    """End a delegation of one's own before its day."""
    deputies.end_delegation(delegation_id=delegation_id, by=request.user, at=clock.now())
    return _told(request, "The delegation has ended.")


def _told(request: Any, sentence: str) -> HttpResponse:
    tell(request, sentence)
    return redirect("account")
