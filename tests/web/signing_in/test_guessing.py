"""Guessing gains nobody anything."""

from __future__ import annotations

import re
import threading

import pyotp
import pytest
from django.db import connection
from django.test import Client
from tests.web.signing_in.hands import sign_in, with_an_app

from casewright.foundation.journal.models import Entry
from casewright.foundation.people.models import User
from casewright.foundation.people.tries import MOST, tried

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_fifty_guesses_at_the_same_moment_are_counted_as_fifty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        connection.pool, "timeout", 300.0
    )  # seconds: fifty share eight connections on any machine
    over: list[int] = []

    def guess() -> None:
        try:
            over.append(tried("someone@northmere.example", "192.0.2.1"))
        finally:
            connection.close()

    threads = [threading.Thread(target=guess) for _ in range(50)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert over.count(0) == MOST
    assert sorted(over)[MOST:] == list(range(1, 41))


def test_a_locked_way_in_stays_shut_to_the_right_password_and_opens_after_a_quarter_of_an_hour(
    client: Client, ruth: User
) -> None:
    for _ in range(MOST):
        assert not tried(ruth.email, "127.0.0.1")
    assert "Too many tries" in sign_in(client, ruth).content.decode()
    assert "Too many tries" in sign_in(client, ruth).content.decode()
    assert Entry.objects.filter(verb="people.lock_out").count() == 1
    assert ruth.security_notices.filter(said__contains="locked").count() == 1
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_signintry SET since = since - interval '15 minutes'")
    assert sign_in(client, ruth).status_code == 302


def test_an_unknown_address_and_a_wrong_password_are_told_apart_by_nobody(client: Client, ruth: User) -> None:
    wrong = client.post("/sign-in", {"email": ruth.email, "password": "wrong"})
    nobody = client.post("/sign-in", {"email": "nobody@northmere.example", "password": "wrong"})
    plain = [re.sub(r'value="[^"]*"', "", each.content.decode()) for each in (wrong, nobody)]
    assert plain[0] == plain[1]


def test_codes_are_guessed_no_longer_than_passwords(client: Client, ruth: User) -> None:
    secret = with_an_app(ruth)
    sign_in(client, ruth)
    said = [client.post("/sign-in/second", {"code": "000000"}).content.decode() for _ in range(MOST + 1)]
    assert "not right" in said[0]
    assert "Too many tries" in said[MOST]
    right = client.post("/sign-in/second", {"code": pyotp.TOTP(secret).now()})
    assert "Too many tries" in right.content.decode()
