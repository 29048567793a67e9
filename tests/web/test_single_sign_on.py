"""Single sign-on against a provider that is a process of its own: who comes in, and which lies stay outside."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyotp
import pytest
from django.test import Client
from tests import given
from tests.oidc_provider import CLIENT, SECRET

from casewright.config.environment import ConfigurationError, SignOn, read
from casewright.foundation import clock
from casewright.foundation.journal.models import Entry
from casewright.foundation.people import factors
from casewright.foundation.people.models import SignOnSubject, User

pytestmark = pytest.mark.django_db
CHECKOUT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds, on a busy machine; each answer comes at once
ANSEL = {
    "sub": "a-1",
    "email": "new.officer@northmere.example",
    "email_verified": True,
    "name": "PC New",
    "force": "91",
}


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The provider's address."""
    command = [sys.executable, "-m", "tests.oidc_provider", "0"]
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        try:
            yield f"http://127.0.0.1:{running.stdout.readline().strip()}"
        finally:
            running.terminate()


@pytest.fixture
def says(provider: str, settings: Any) -> Callable[..., None]:
    """Set single sign-on up, and say whom the provider vouches for next."""
    given.a_unit()
    settings.CASEWRIGHT_SIGN_ON = SignOn(provider, CLIENT, SECRET, "Northmere Police", "force")

    def say(lie: str = "", **claims: Any) -> None:
        body = json.dumps({"claims": ANSEL | claims, "lie": lie}).encode()
        urllib.request.urlopen(f"{provider}/say", body, timeout=PATIENCE).close()

    return say


def sign_on(client: Client, *, going: str = "") -> Any:
    """The whole way: to the provider over HTTP, and back with what it said."""
    away = client.get("/sign-in/force", {"next": going})
    assert away.status_code == 302, away.content
    asked = urllib.request.build_opener(NoRedirect).open(away.headers["Location"], timeout=PATIENCE)
    back = urlsplit(asked.headers["Location"])
    return client.get(f"{back.path}?{back.query}")


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Hand a redirect back as it is."""

    def http_error_302(self, _req: Any, fp: Any, *_: Any) -> Any:
        """The answer itself."""
        return fp


def test_an_unknown_officer_comes_in_as_officer_in_the_case_and_sees_nothing_yet(
    client: Client, says: Callable[..., None]
) -> None:
    says()
    assert sign_on(client, going="/my-day").headers["Location"] == "/my-day"
    officer = User.objects.get(email=ANSEL["email"])
    assert officer.role_names == {"officer_in_case"}
    assert [force.code for force in officer.forces.all()] == ["91"]
    assert client.get("/my-day").status_code == 200
    assert client.get("/worklist").status_code in (200, 403)
    sign_on(Client())
    assert User.objects.filter(email=ANSEL["email"]).count() == 1


@pytest.mark.parametrize(
    ("claims", "strong"),
    [
        ({}, False), ({"amr": ["pwd"]}, False), ({"acr": "urn:one"}, False),
        ({"amr": ["pwd", "mfa"]}, True), ({"acr": "urn:two"}, True),
    ],
)  # fmt: skip
def test_a_provider_that_does_not_say_it_asked_two_proofs_counts_as_one(
    client: Client, says: Callable[..., None], settings: Any, claims: dict[str, Any], strong: bool
) -> None:
    settings.CASEWRIGHT_SECOND_FACTOR = True
    settings.CASEWRIGHT_SIGN_ON = replace(settings.CASEWRIGHT_SIGN_ON, second_proof=("mfa", "urn:two"))
    says(**claims)
    came = sign_on(client, going="/my-day")
    assert came.headers["Location"] == ("/my-day" if strong else "/account")
    assert client.get("/my-day").status_code == (200 if strong else 302)


def test_who_has_a_second_proof_here_is_asked_for_it_after_one_proof_at_the_provider(
    client: Client, says: Callable[..., None]
) -> None:
    ruth = given.person("Ruth Alder")
    secret = factors.new_app_secret()
    factors.add_app(secret=secret, code=pyotp.TOTP(secret).now(), by=ruth, at=clock.now())
    says(email=ruth.email, sub="r-1")
    assert sign_on(client, going="/health").headers["Location"] == "/sign-in/second"
    assert client.get("/health").status_code == 302
    (code,) = factors.new_recovery_codes(by=ruth, at=clock.now())[:1]
    assert client.post("/sign-in/second", {"code": code}).headers["Location"] == "/health"
    assert client.session["strength"] == "single sign-on and recovery code"
    says(email=ruth.email, sub="r-1", amr=["mfa"])
    assert sign_on(Client(), going="/health").headers["Location"] == "/health"


def test_what_coming_in_writes_to_the_journal(client: Client, says: Callable[..., None]) -> None:
    """The rows of sign_on and signed_on in docs/reference/acts.csv: nothing going, the sign-in coming back."""
    says()
    assert client.get("/sign-in/force").status_code == 302
    assert Entry.objects.count() == 0
    sign_on(client)
    first = sorted(Entry.objects.values_list("verb", "operation"))
    assert first == [("people.sign_in", "alteration"), ("people.welcome", "alteration")]
    sign_on(Client())
    assert Entry.objects.filter(verb="people.sign_in").count() == 2
    assert Entry.objects.count() == 3


def test_a_known_colleague_is_found_by_the_verified_address_once_and_then_by_subject(
    client: Client, says: Callable[..., None]
) -> None:
    ruth = given.person("Ruth Alder")
    says(email=ruth.email.upper(), sub="r-1")
    sign_on(client)
    assert SignOnSubject.objects.get().user == ruth
    says(email="another.address@northmere.example", sub="r-1")
    second = Client()
    assert sign_on(second).status_code == 302
    assert second.get("/health").status_code == 200
    assert not User.objects.filter(email="another.address@northmere.example").exists()


def test_an_address_given_to_somebody_else_does_not_open_the_old_account(
    client: Client, says: Callable[..., None]
) -> None:
    ruth = given.person("Ruth Alder")
    says(email=ruth.email, sub="r-1")
    sign_on(client)
    says(email=ruth.email, sub="r-2")
    assert sign_on(Client()).status_code == 409


@pytest.mark.parametrize("claims", [{"email_verified": False}, {"email_verified": "true"}, {"email": ""}])
def test_an_address_nobody_verified_opens_nothing(
    client: Client, says: Callable[..., None], claims: dict[str, Any]
) -> None:
    says(**claims)
    assert sign_on(client).status_code == 409
    assert client.get("/my-day").status_code == 302
    assert not SignOnSubject.objects.exists()


@pytest.mark.parametrize("subject", ["", "s" * 256, "s\x00", 7, ["a-1"], None])
def test_what_is_no_subject_is_refused_in_a_sentence(
    client: Client, says: Callable[..., None], subject: Any
) -> None:
    says(sub=subject)
    answer = sign_on(client)
    assert (answer.status_code, "did not vouch for you" in answer.content.decode()) == (403, True)
    assert not User.objects.filter(email=ANSEL["email"]).exists()


def test_the_longest_subject_there_may_be_comes_in(client: Client, says: Callable[..., None]) -> None:
    says(sub="s" * 255)
    assert sign_on(client).status_code == 302
    assert SignOnSubject.objects.get().subject == "s" * 255


@pytest.mark.parametrize(
    "email", [f"{'a' * 250}@northmere.example", "a\x00@northmere.example", "nobody", ["a"]]
)
def test_what_is_no_address_is_refused_in_a_sentence(
    client: Client, says: Callable[..., None], email: Any
) -> None:
    says(email=email)
    answer = sign_on(client)
    assert (answer.status_code, "no verified work address" in answer.content.decode()) == (409, True)
    assert not SignOnSubject.objects.exists()


@pytest.mark.parametrize(
    ("name", "kept"), [("PC \x00New", "PC New"), (" ", "new.officer"), ("N" * 200, "N" * 120)]
)
def test_a_name_that_cannot_be_kept_as_it_is_keeps_nobody_out(
    client: Client, says: Callable[..., None], name: str, kept: str
) -> None:
    says(name=name)
    assert sign_on(client).status_code == 302
    assert User.objects.get(email=ANSEL["email"]).name == kept


def test_another_providers_subject_of_the_same_name_keeps_nobody_out(
    client: Client, says: Callable[..., None]
) -> None:
    SignOnSubject.objects.create(
        user=given.person("Ruth Alder"), issuer="https://before.example", subject=ANSEL["sub"]
    )
    says()
    assert sign_on(client).status_code == 302
    assert client.session["_auth_user_id"] == str(User.objects.get(email=ANSEL["email"]).id)


@pytest.mark.parametrize("lie", ["issuer", "audience", "nonce", "expired", "key", "unsigned", "state"])
def test_a_token_that_lies_signs_nobody_in(client: Client, says: Callable[..., None], lie: str) -> None:
    says(lie)
    answer = sign_on(client)
    assert answer.status_code == 403
    assert "did not vouch for you" in answer.content.decode()
    assert client.get("/my-day").status_code == 302


def test_an_answer_that_another_browser_asked_for_is_refused(says: Callable[..., None]) -> None:
    says()
    mine, thief = Client(), Client()
    away = mine.get("/sign-in/force")
    asked = urllib.request.build_opener(NoRedirect).open(away.headers["Location"], timeout=PATIENCE)
    back = urlsplit(asked.headers["Location"])
    assert thief.get(f"{back.path}?{back.query}").status_code == 403
    assert mine.get(f"{back.path}?{back.query}").status_code == 302
    assert mine.get(f"{back.path}?{back.query}").status_code == 403  # a code and its state work once


def test_a_leaver_does_not_come_back_by_single_sign_on(client: Client, says: Callable[..., None]) -> None:
    says()
    sign_on(client)
    User.objects.filter(email=ANSEL["email"]).update(is_active=False)
    assert client.get("/my-day").status_code == 302
    assert sign_on(Client()).status_code == 409


def test_a_provider_that_is_away_is_said_in_a_sentence(client: Client, settings: Any) -> None:
    settings.CASEWRIGHT_SIGN_ON = SignOn("http://127.0.0.1:9", CLIENT, SECRET, "Northmere Police", "force")
    answer = client.get("/sign-in/force")
    assert answer.status_code == 503
    assert "does not answer" in answer.content.decode()


def test_single_sign_on_is_set_as_a_whole_and_over_https() -> None:
    some = {"CASEWRIGHT_OIDC_ISSUER": "http://sso.example", "CASEWRIGHT_DEMO": "1"}
    with pytest.raises(ConfigurationError) as refused:
        read(some)
    for said in ("CLIENT_ID is not set", "CLIENT_SECRET is not set", "must begin with https"):
        assert said in str(refused.value)


def test_the_secret_is_not_shown_with_the_rest() -> None:
    assert SECRET not in repr(SignOn("https://sso.example", CLIENT, SECRET, "x", "force"))
