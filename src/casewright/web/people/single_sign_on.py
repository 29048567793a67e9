"""Doors for the force's single sign-on: OpenID Connect with PKCE, state and nonce (Authlib does the work)."""

from __future__ import annotations

from functools import cache, partial
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import DjangoOAuth2App, OAuth
from authlib.integrations.requests_client import OAuth2Session
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from joserfc.errors import JoseError

from casewright.foundation import clock, outbound
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.people.models import SignOnSubject, User
from casewright.foundation.people.staff import Claimed, welcome_officers
from casewright.foundation.reference.models import Force
from casewright.web.doors import open_door, refused
from casewright.web.people.entering import enter, halfway
from casewright.web.way_back import SIGN_ON_ONLY

STRONG = "single sign-on with a second proof"
LONGEST_SUBJECT = 255
TIMEOUT = 10  # seconds for each answer of the provider
FAILED = (
    "Single sign-on did not vouch for you, so you are not signed in. Begin again from the sign-in page; "
    "if it goes on, the system administrator can see why."
)
UNVERIFIED = "Single sign-on gave no verified work address, so nobody knows whose account this is."
going_door = partial(open_door, atomic=False)  # the provider is asked outside any transaction


def offered() -> str:
    """What the link to it says; empty where it is not set."""
    return settings.CASEWRIGHT_SIGN_ON.name if settings.CASEWRIGHT_SIGN_ON else ""


class _Session(outbound.OnlyConfigured, OAuth2Session):  # type: ignore[misc]
    """The provider's own description of itself cannot send us anywhere the environment does not name."""


class _App(DjangoOAuth2App):  # type: ignore[misc]
    client_cls = _Session


class _Registry(OAuth):  # type: ignore[misc]
    oauth2_client_cls = _App


@cache
def _client(issuer: str, client_id: str, client_secret: str) -> Any:
    return _Registry().register(
        "force",
        client_id=client_id,
        client_secret=client_secret,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid email profile",
            "code_challenge_method": "S256",
            "default_timeout": TIMEOUT,
        },
    )


def _set_up() -> Any:
    """Single sign-on as the environment sets it."""
    found = settings.CASEWRIGHT_SIGN_ON
    if found is None:
        raise NotAllowed("Single sign-on is not set up here. Sign in with your password or passkey.")
    return found


def _provider() -> Any:
    sign_on = _set_up()
    return _client(sign_on.issuer, sign_on.client_id, sign_on.client_secret)


@never_cache
@transaction.non_atomic_requests
@going_door
def sign_on(request: HttpRequest) -> HttpResponse:
    """Go to the force's provider, with a fresh state, nonce and PKCE challenge kept in this browser's session."""
    try:
        answer: HttpResponse = _provider().authorize_redirect(
            request, request.build_absolute_uri(reverse("signed_on"))
        )
    except (AuthlibBaseError, outbound.Unanswered):
        return refused(
            request, "The force's single sign-on does not answer. Try again in a few minutes.", status=503
        )
    request.session["sign_on_next"] = request.GET.get("next", "")
    return answer


@never_cache
@transaction.non_atomic_requests
@going_door
def signed_on(request: HttpRequest) -> HttpResponse:
    """Come back from the provider: its code is exchanged, its token proved, and its person comes in."""
    going = request.session.get("sign_on_next", "")
    try:
        token = _provider().authorize_access_token(request)
    except (AuthlibBaseError, JoseError, outbound.Unanswered, ValueError, KeyError):
        return refused(request, FAILED, title="You are not signed in", status=403)
    said = token.get("userinfo") or {}
    if said.get("iss", "").rstrip("/") != _set_up().issuer.rstrip("/") or not _is_subject(said.get("sub")):
        return refused(request, FAILED, title="You are not signed in", status=403)
    with transaction.atomic():
        person = _person_of(said)
        if not person.works_here:
            raise NotAllowed("Your access to Casewright has ended. The system administrator can say more.")
        if _proved_twice(said):
            return enter(request, person, how=STRONG, going=going)
        return halfway(request, person, how=SIGN_ON_ONLY, going=going)


def _is_subject(said: Any) -> bool:
    """Whether this is a subject as OpenID Connect Core 1.0 section 2 has it: text of at most 255 characters."""
    return isinstance(said, str) and 0 < len(said) <= LONGEST_SUBJECT and "\x00" not in said


def _address(said: dict[str, Any]) -> str:
    """The verified work address, as accounts have it.

    :raises NotAllowed: if there is none, or what was given is no address
    """
    email = str(said.get("email", "")).strip().lower()
    try:
        User._meta.get_field("email").run_validators(email)
    except ValidationError:
        email = ""
    if not email or said.get("email_verified") is not True:
        raise NotAllowed(UNVERIFIED)
    return email


def _proved_twice(said: dict[str, Any]) -> bool:
    """Whether the provider says it asked two proofs: its ``acr`` or one of its ``amr`` is one the unit named.

    A provider that says nothing of it counts as one proof, the weaker reading (RFC 8176; ASVS 5.0 6.8.4).
    """
    methods = said.get("amr")
    told = {str(each) for each in (methods if isinstance(methods, list) else [methods])} | {
        str(said.get("acr"))
    }
    return bool(told & set(_set_up().second_proof))


def _person_of(said: dict[str, Any]) -> User:
    """Whom the provider means: by its own subject; else by the verified address; else a new officer in the case."""
    known = (
        SignOnSubject.objects.filter(issuer=said["iss"], subject=said["sub"]).select_related("user").first()
    )
    if known:
        return known.user
    email = _address(said)
    person = User.objects.filter(email__iexact=email).first()
    if person is None:
        welcome_officers([_claimed(said, email)], at=clock.now())
        return User.objects.get(email=email)
    if person.subjects.filter(issuer=said["iss"]).exists():
        raise NotAllowed(UNVERIFIED)  # the address was given to another subject of the same provider
    SignOnSubject.objects.create(user=person, issuer=said["iss"], subject=said["sub"])
    return person


def _claimed(said: dict[str, Any], email: str) -> Claimed:
    code = str(said.get(_set_up().force_claim, ""))
    force = Force.objects.filter(code=code).first() if code else None
    name = str(said.get("name") or "").replace("\x00", "").strip() or email.partition("@")[0]
    return Claimed(said["iss"], said["sub"], email, name, force.id if force else None)
