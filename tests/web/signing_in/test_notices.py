"""What people are told, and what stands in the journal."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pyotp
import pytest
from django.core import mail
from django.test import Client
from tests.web.signing_in.hands import aged, sign_in, with_an_app

from casewright.foundation.journal.models import Entry
from casewright.foundation.people import factors, sessions
from casewright.foundation.people.models import SecurityNotice, Session, User
from casewright.web.people.machines import browser_of

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_security_events_are_mailed_to_the_person_and_say_no_secret(client: Client, ruth: User) -> None:
    with_an_app(ruth)
    assert [each.to for each in mail.outbox] == [[ruth.email]]
    assert "authenticator app was added" in mail.outbox[0].body
    assert SecurityNotice.objects.get().sent_at


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_mail_server_that_is_away_loses_no_notice_and_stops_nobody(ruth: User, settings: Any) -> None:
    from casewright.foundation.people.notices import send_waiting

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with_an_app(ruth)
    assert SecurityNotice.objects.get().sent_at is None
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_waiting() == 1
    assert send_waiting() == 0
    assert len(mail.outbox) == 1


def test_a_sign_in_from_a_new_browser_is_told_and_from_the_same_one_not(client: Client, ruth: User) -> None:
    sign_in(client, ruth)
    client.post("/sign-out")
    sign_in(client, ruth)
    assert ruth.security_notices.filter(said__contains="not used before").count() == 1
    sign_in(Client(), ruth)
    assert ruth.security_notices.filter(said__contains="not used before").count() == 2


def test_signing_in_and_out_and_failing_stand_in_the_journal_without_names(
    client: Client, ruth: User
) -> None:
    client.post("/sign-in", {"email": ruth.email, "password": "wrong"})
    sign_in(client, ruth)
    client.post("/sign-out")
    rows = list(Entry.objects.filter(verb__startswith="people.").order_by("id"))
    assert [row.verb for row in rows[-3:]] == ["people.fail_sign_in", "people.sign_in", "people.sign_out"]
    assert ruth.email not in str([vars(row) for row in rows])


def test_signing_out_tells_the_browser_to_forget(client: Client, ruth: User) -> None:
    sign_in(client, ruth)
    answer = client.post("/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not Session.objects.filter(user=ruth).exists()


def test_what_is_swept_is_what_was_over(client: Client, ruth: User, production: Any) -> None:
    sign_in(client, ruth)
    assert sessions.sweep() == 0
    aged(ruth, last_seen_at=timedelta(days=1, minutes=31))
    assert sessions.sweep() == 1


def test_a_browser_is_named_in_a_few_words(rf: Any) -> None:
    said = "Mozilla/5.0 (iPhone; CPU) Version/18 Safari/604.1"
    assert browser_of(rf.get("/", headers={"User-Agent": said})) == "Safari on iPhone"
    assert browser_of(rf.get("/", headers={"User-Agent": "<script>"})) == "A browser"


def test_an_app_goes_on_through_a_change_of_the_key_once_it_is_sealed_anew(
    client: Client, ruth: User, settings: Any
) -> None:
    secret, old = with_an_app(ruth), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, [old]
    assert factors.seal_anew() == (1, 0)
    settings.SECRET_KEY_FALLBACKS = []
    sign_in(client, ruth)
    assert client.post("/sign-in/second", {"code": pyotp.TOTP(secret).now()}).status_code == 302
    settings.SECRET_KEY = "m" * 50
    assert factors.seal_anew() == (0, 1)
