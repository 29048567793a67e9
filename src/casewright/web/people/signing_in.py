"""Doors for signing in: password, second proof, one-time links, proving again who it is, signing out."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.contrib.auth import authenticate, logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from casewright.foundation import clock
from casewright.foundation.journal.record import Line, record
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.people import accounts, factors, tries
from casewright.foundation.people.actions import use_sign_in_link
from casewright.foundation.people.models import User
from casewright.web.doors import Problem, door, open_door, safe_next, show
from casewright.web.people import single_sign_on
from casewright.web.people.entering import enter, halfway
from casewright.web.people.forms import Code, NewPassword, Password, SignIn
from casewright.web.people.machines import machine_of
from casewright.web.shell import tell
from casewright.web.way_back import PASSWORD_ONLY, proved_now

counted_door = partial(open_door, atomic=False)  # tries are counted outside any transaction
NOT_IN = "You are not signed in"
WRONG = Problem(
    NOT_IN, "That address and password do not belong together. Try again, or ask the system administrator."
)
WRONG_CODE = Problem(
    NOT_IN, "That code is not right, or was used already. Wait for the next one and type it."
)
OFTEN = Problem(
    NOT_IN,
    "Too many tries. Wait a quarter of an hour, then try again; the system administrator can help sooner.",
)
ENDED = Problem(
    "Your session had ended",
    "What you pressed was not done. Sign in; you come back to where you were, and can press it again.",
)
KEPT = Problem(
    "Your session had ended",
    "What you pressed was not done, and what you typed is kept. Sign in; you come back to it, and can press it again.",
)
HALFWAY = timedelta(minutes=10)


@sensitive_post_parameters("password")
@never_cache
@transaction.non_atomic_requests
@counted_door
def sign_in(request: HttpRequest) -> HttpResponse:
    """Work address and password; the demonstration's people come in by their links instead."""
    going = request.POST.get("next", "") or request.GET.get("next", "")
    if request.method != "POST":
        ended = {"kept": KEPT, "yes": ENDED}.get(request.GET.get("ended", ""))
        return _sign_in_page(request, SignIn(), going, ended)
    form = SignIn(request.POST)
    if not form.is_valid():
        return _sign_in_page(request, form, going, None, status=422)
    found, problem = _known(request, **form.cleaned_data)
    if found is None:
        return _sign_in_page(request, form, going, problem, status=422)
    with transaction.atomic():
        return halfway(request, found, how=PASSWORD_ONLY, going=going)


def _sign_in_page(
    request: HttpRequest, form: SignIn, going: str, problem: Problem | None, status: int = 200
) -> HttpResponse:
    said: dict[str, Any] = {"sign_on": single_sign_on.offered(), "problem": problem}
    said["is_set"] = request.GET.get("set") == "yes"
    return show(request, "people/sign_in.html", form=form, going=going, status=status, **said)


def _known(request: HttpRequest, *, email: str, password: str) -> tuple[Any, Problem | None]:
    machine = machine_of(request)
    over = tries.tried(email, machine)
    found = None if over else authenticate(request, username=email, password=password)
    if found is not None:
        tries.succeeded(email, machine)
        return found, None
    if over <= 1:  # beyond the first refusal for being too many, nothing new is to be told
        person = User.objects.filter(email__iexact=email).first()
        with transaction.atomic():
            accounts.failed(person, locked=bool(over), at=clock.now())
    return None, OFTEN if over else WRONG


@sensitive_post_parameters("code")
@never_cache
@transaction.non_atomic_requests
@counted_door
def second_proof(request: HttpRequest) -> HttpResponse:
    """The code of an authenticator app, or a recovery code."""
    person, said_before = _who_is_halfway(request)
    if person is None:
        return redirect("sign_in")
    form, problem = Code(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        second, problem = _proved(request, person, form.cleaned_data["code"])
        if second:
            with transaction.atomic():
                how = f"{said_before['how']} and {second}"
                return enter(request, person, how=how, going=said_before["going"])
    refused = bool(form.errors or problem)
    said: dict[str, Any] = {"form": form, "problem": problem}
    return show(request, "people/second_proof.html", status=422 if refused else 200, **said)


def _who_is_halfway(request: HttpRequest) -> tuple[User | None, dict[str, str]]:
    said = request.session.get("halfway")
    if not said or clock.real() - datetime.fromisoformat(said["at"]) > HALFWAY:
        return None, {}
    person = User.objects.filter(id=said["user"]).first()
    return (person if person and person.works_here else None), said


def _proved(request: HttpRequest, person: User, code: str) -> tuple[str, Problem | None]:
    """By what a code proves this person, or why it does not; tries are counted like those of passwords."""
    who, machine = f"second proof of {person.id}", machine_of(request)
    over = tries.tried(who, machine)
    if not over:
        with transaction.atomic():
            if factors.app_code_is_right(person, code):
                tries.succeeded(who, machine)
                return "authenticator app", None
            if factors.use_recovery_code(person, code, at=clock.now()):
                tries.succeeded(who, machine)
                return "recovery code", None
    if over <= 1:
        with transaction.atomic():
            accounts.failed(person, locked=bool(over), at=clock.now())
    return "", OFTEN if over else WRONG_CODE


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
    going = reverse(link.lands_on) if link.lands_on else ""
    return enter(request, link.user, how="one-time link", going=going)


@sensitive_post_parameters("password", "password_again")
@never_cache
@open_door
def enrol(request: HttpRequest, token: str) -> HttpResponse:
    """Set a first or a new password by a one-time link; then sign in with it."""
    person = accounts.person_of_link(token)
    form = NewPassword(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        accounts.enrol(token=token, password=form.cleaned_data["password"], at=clock.now())
        return redirect(f"{reverse('sign_in')}?{urlencode({'next': reverse('account'), 'set': 'yes'})}")
    status = 422 if form.errors else 200
    return show(request, "people/enrol.html", form=form, person=person, status=status)


@sensitive_post_parameters("password", "code")
@never_cache
@transaction.non_atomic_requests
@door(own=True, atomic=False)
def prove_again(request: Any) -> HttpResponse:
    """Ask again who it is, before something grave; in the demonstration, without passwords, a press is enough."""
    going = request.POST.get("next", "") or request.GET.get("next", "")
    pressed = request.user.is_demo and not request.user.has_usable_password()
    form, problem = Password(request.POST or None), None
    if request.method == "POST" and (pressed or form.is_valid()):
        problem = None if pressed else _not_proved(request, form.cleaned_data["password"])
        if problem is None:
            proved_now(request)
            return safe_next(request, going)
    said: dict[str, Any] = {"form": form, "going": going, "pressed": pressed, "problem": problem}
    refused = bool(problem or (form.errors and not pressed))
    said["by_passkey"] = request.user.factors.filter(kind="passkey").exists()
    return show(request, "people/prove_again.html", status=422 if refused else 200, **said)


def _not_proved(request: Any, password: str) -> Problem | None:
    """Why a password (or an app's code, for those who have no password) does not prove it; None if it does."""
    who, machine = f"again {request.user.id}", machine_of(request)
    over = tries.tried(who, machine)
    right = not over and (
        request.user.check_password(password)
        if request.user.has_usable_password()
        else factors.app_code_is_right(request.user, password)
    )
    if right:
        tries.succeeded(who, machine)
        return None
    with transaction.atomic():
        accounts.failed(request.user, locked=over == 1, at=clock.now())
    return Problem("It was not proved", OFTEN.said if over else "That is not right. Type it again.")


@require_POST
@open_door
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, and tell the browser to forget what it kept of these pages (ASVS 5.0 14.3.1)."""
    if request.user.is_authenticated:
        user_id = request.user.pk
        record(
            [Line("people.sign_out", subject_kind="person", subject_id=user_id)], by=user_id, at=clock.now()
        )
    logout(request)
    answer = redirect("sign_in")
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def told(request: Any, sentence: str, name: str = "account") -> HttpResponse:
    """Say what was done and go back to one's account."""
    tell(request, sentence)
    return redirect(name)
