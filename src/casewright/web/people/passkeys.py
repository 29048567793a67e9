"""Doors for passkeys: two short conversations in JSON, one to add a passkey, one to sign in with it."""

from __future__ import annotations

import json
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

from casewright.foundation import clock
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.people import factors
from casewright.web import attempts
from casewright.web.doors import door, open_door, safe_next
from casewright.web.people.entering import enter
from casewright.web.shell import tell
from casewright.web.way_back import proved_now

log = structlog.get_logger()
LARGEST = 20_000  # bytes of a browser's answer
# Kept apart: a challenge to sign in is anyone's for the asking, one to make a passkey is given after proving again.
TO_SHOW, TO_MAKE = "challenge", "challenge_to_make"
NOT_PROVED = "This passkey proved nobody who works here. Try again, or sign in with your password."


@require_POST
@never_cache
@open_door
def ask_passkey(request: HttpRequest) -> HttpResponse:
    """A fresh challenge for any passkey this browser has for us."""
    options, challenge = factors.ask_passkey(host=_host(request))
    return _challenged(request, options, challenge, TO_SHOW)


@require_POST
@never_cache
@open_door
def passkey_shown(request: Any) -> HttpResponse:
    """The browser's answer: its person signs in, or proves again who they are."""
    person = factors.person_of_passkey(
        shown=_answer(request),
        challenge=_challenge(request, TO_SHOW),
        host=_host(request),
        origin=_origin(request),
    )
    if person is None:
        log.warning(
            "a passkey proved nobody"
        )  # a line, not an entry: anyone may send this as often as they like
        return JsonResponse({"said": NOT_PROVED}, status=422)
    if request.user.is_authenticated and request.user.pk == person.pk:
        proved_now(request)
        return JsonResponse({"go": safe_next(request, request.GET.get("next", "")).headers["Location"]})
    answer = enter(request, person, how="passkey", going=request.GET.get("next", ""))
    done = JsonResponse({"go": answer.headers["Location"]})
    done.cookies = answer.cookies
    return done


@require_POST
@never_cache
@door(own=True, recent=True)
def begin_passkey(request: Any) -> HttpResponse:
    """A fresh challenge for making a passkey of one's own."""
    options, challenge = factors.begin_passkey(request.user, host=_host(request))
    return _challenged(request, options, challenge, TO_MAKE)


@require_POST
@never_cache
@door(own=True)
def passkey_made(request: Any) -> HttpResponse:
    """The browser's answer: the passkey is added to one's own account."""
    given = _answer(request)
    try:
        factors.add_passkey(
            made=given,
            challenge=_challenge(request, TO_MAKE),
            host=_host(request),
            origin=_origin(request),
            name=str(given.get("name", "")),
            by=request.user,
            at=clock.now(),
        )
    except NotAllowed as refusal:
        return JsonResponse({"said": attempts.sentence(request, refusal)}, status=422)
    request.session["strength"] = "passkey"
    tell(request, "The passkey is on your account.")
    return JsonResponse({"go": reverse("account")})


def _challenged(request: HttpRequest, options: str, challenge: bytes, purpose: str) -> HttpResponse:
    request.session[purpose] = bytes_to_base64url(challenge)
    return HttpResponse(options, content_type="application/json")


def _challenge(request: HttpRequest, purpose: str) -> bytes:
    """The challenge this browser was given for this purpose, which works once."""
    return base64url_to_bytes(request.session.pop(purpose, "") or "AA")


def _answer(request: HttpRequest) -> dict[str, Any]:
    if request.content_type != "application/json":
        return {}
    try:
        said = json.loads(request.body[:LARGEST])
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _host(request: HttpRequest) -> str:
    return request.get_host().partition(":")[0]


def _origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
