"""The addresses that watching machines ask, and the headers of every response."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper
from django.test import Client

from casewright.config.headers import CONTENT_POLICY


def test_a_process_is_live_without_its_database(client: Client) -> None:
    assert client.get("/-/live").status_code == 200


@pytest.mark.django_db
def test_a_process_is_ready_when_its_database_answers(client: Client) -> None:
    assert client.get("/-/ready").content == b"ready\n"


@pytest.mark.django_db
def test_a_process_is_not_ready_when_its_database_does_not_answer(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(CursorWrapper, "execute", refuse)
    answer = client.get("/-/ready")
    assert answer.status_code == 503
    assert b"does not answer" in answer.content


def test_nothing_but_reading_is_taken_there(client: Client) -> None:
    assert client.post("/-/live").status_code == 405


def test_every_response_carries_the_strict_policy_and_is_not_kept(client: Client) -> None:
    answer = client.get("/-/live")
    assert answer.headers["Content-Security-Policy"] == CONTENT_POLICY
    assert "unsafe" not in CONTENT_POLICY
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
