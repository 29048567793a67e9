"""A session is its person’s own, listed and ended; a leaver’s ends at once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from django.test import Client
from tests import given
from tests.web.signing_in.hands import SECRET, sign_in, with_an_app

from casewright.foundation.people.models import User

pytestmark = pytest.mark.django_db


def test_a_session_key_brought_along_is_never_the_one_signed_in_with(client: Client, ruth: User) -> None:
    client.get("/sign-in")
    planted = client.session
    planted["planted"] = "by a thief"
    planted.save()
    client.cookies["casewright_session"] = planted.session_key
    sign_in(client, ruth)
    assert client.session.session_key != planted.session_key
    assert "planted" not in client.session
    thief = Client()
    thief.cookies["casewright_session"] = planted.session_key
    assert thief.get("/my-day").status_code == 302


def test_the_key_changes_again_with_the_second_proof(client: Client, ruth: User) -> None:
    secret = with_an_app(ruth)
    sign_in(client, ruth)
    halfway = client.cookies["casewright_session"].value
    assert client.get("/my-day").headers["Location"].startswith("/sign-in")
    client.post("/sign-in/second", {"code": pyotp.TOTP(secret).now()})
    assert client.cookies["casewright_session"].value != halfway
    assert client.get("/my-day").status_code == 200


def test_a_form_to_sign_in_sent_from_elsewhere_is_refused(ruth: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    for path in ("/sign-in", "/sign-in/passkey", "/sign-in/again", "/account/password", "/people/add"):
        assert strict.post(path, {"email": ruth.email, "password": SECRET}).status_code == 403, path


def test_cookies_are_kept_from_scripts_and_other_sites(client: Client, ruth: User, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    sign_in(client, ruth)
    for name in ("casewright_session", "casewright_seen"):
        cookie = client.cookies[name]
        assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax"), name
        assert cookie["path"] == "/"
        assert not cookie["domain"]


def test_ones_sessions_are_listed_and_another_can_be_ended(client: Client, ruth: User) -> None:
    sign_in(client, ruth)
    other = Client(headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"})
    sign_in(other, ruth)
    page = client.get("/account").content.decode()
    assert "Firefox on Windows" in page
    assert "this one" in page
    chosen = re.search(r'name="chosen" value="([0-9a-f]{16})"', page)
    assert chosen
    assert client.post("/account/sessions/end", {"chosen": chosen[1]}).status_code == 302
    assert other.get("/my-day").status_code == 302
    assert client.get("/my-day").status_code == 200


def test_nobody_ends_anothers_session(client: Client, ruth: User) -> None:
    sign_in(client, ruth)
    mina = Client()
    mina.force_login(given.person("Mina Thorley"))
    from casewright.web.people.queries import session_keys

    for chosen in (*session_keys(ruth), "all", client.session.session_key or ""):
        mina.post("/account/sessions/end", {"chosen": chosen})
    assert client.get("/my-day").status_code == 200


def test_a_leaver_is_out_at_the_next_request_of_every_session(client: Client, ruth: User) -> None:
    second = Client()
    for each in (client, second):
        sign_in(each, ruth)
        assert each.get("/my-day").status_code == 200
    theo = Client()
    theo.force_login(given.person("Theo Marsh"))
    theo.post("/sign-in/again")
    assert theo.post(f"/people/{ruth.id}/leave").status_code == 302
    for each in (client, second):
        assert each.get("/my-day").status_code == 302
    assert "do not belong together" in sign_in(client, ruth).content.decode()


@pytest.mark.parametrize(("days", "inside"), [(-1, True), (0, True), (1, False)])
def test_the_last_day_is_a_working_day_and_the_day_after_nothing_opens(
    client: Client, ruth: User, days: int, inside: bool
) -> None:
    sign_in(client, ruth)
    User.objects.filter(id=ruth.id).update(last_day=given.MONDAY)
    with given.on(given.MONDAY + timedelta(days=days)):
        assert (client.get("/my-day").status_code == 200) is inside


def test_a_new_password_ends_the_other_sessions_and_is_told(client: Client, ruth: User) -> None:
    other = Client()
    sign_in(client, ruth)
    sign_in(other, ruth)
    new = "fourteen grey herons"
    assert client.post("/account/password", {"password": new, "password_again": new}).status_code == 302
    assert client.get("/my-day").status_code == 200
    assert other.get("/my-day").status_code == 302
    assert ruth.security_notices.filter(said__contains="password of your account was changed").exists()


def test_every_page_of_somebody_signed_in_has_its_sign_out(client: Client, ruth: User) -> None:
    sign_in(client, ruth)
    for path in ("/my-day", "/worklist", "/account", "/people", "/law", "/audit", "/figures"):
        assert 'action="/sign-out"' in client.get(path, follow=True).content.decode(), path
