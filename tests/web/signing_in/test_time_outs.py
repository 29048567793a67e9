"""A session ends by its times, and what was typed is not lost."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests import given
from tests.web.signing_in.hands import aged, sign_in

from casewright.foundation import clock
from casewright.foundation.people.models import KeptForm, Session, User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("aging", "inside"),
    [
        ({"last_seen_at": timedelta(minutes=29)}, True),
        ({"last_seen_at": timedelta(minutes=30)}, False),
        ({"started_at": timedelta(hours=9, minutes=59)}, True),
        ({"started_at": timedelta(hours=10)}, False),
    ],
)
def test_a_session_ends_when_idle_and_at_the_end_of_the_day(
    client: Client, ruth: User, production: Any, aging: dict[str, timedelta], inside: bool
) -> None:
    sign_in(client, ruth)
    aged(ruth, **aging)
    assert (client.get("/my-day").status_code == 200) is inside


def test_a_page_looked_at_keeps_an_idle_session_alive_but_never_a_long_one(
    client: Client, ruth: User, production: Any
) -> None:
    sign_in(client, ruth)
    for _ in range(3):
        aged(ruth, last_seen_at=timedelta(minutes=20), started_at=timedelta(minutes=20))
        assert client.get("/my-day").status_code == 200
    aged(ruth, started_at=timedelta(hours=9))
    assert client.get("/my-day").status_code == 302


def test_a_page_that_asks_by_itself_keeps_no_idle_session_alive(
    client: Client, ruth: User, production: Any
) -> None:
    sign_in(client, ruth)
    aged(ruth, last_seen_at=timedelta(minutes=20))
    assert client.get("/runs", headers={"HX-Request": "true"}).status_code == 200
    aged(ruth, last_seen_at=timedelta(minutes=10))
    assert client.get("/runs").status_code == 302


@pytest.fixture
def note_page(ruth: User) -> str:
    with given.on(given.MONDAY):
        given.give(given.csv_of([given.row()]), force=ruth.forces.get())
    from casewright.foundation.matters.models import Matter

    return f"/matters/{Matter.objects.get().id}/note"


def typed_too_late(client: Client, ruth: User, page: str, text: str) -> str:
    """A note posted after the session ended: where the person is led."""
    sign_in(client, ruth)
    aged(ruth, last_seen_at=timedelta(minutes=31))
    answer = client.post(page, {"text": text}, headers={"Referer": f"http://testserver{page}"})
    said = client.get(answer.headers["Location"]).content.decode()
    assert "what you typed is kept" in said
    going = re.search(r'name="next" value="([^"]*)"', said)
    assert going
    return going[1].replace("&amp;", "&")


def test_what_was_typed_comes_back_into_the_same_form_and_is_not_sent_by_itself(
    client: Client, ruth: User, production: Any, note_page: str
) -> None:
    from casewright.foundation.matters.models import Note

    going = typed_too_late(client, ruth, note_page, "Rang Mrs Quill; she will send the lease.")
    answer = sign_in(client, ruth, next=going)
    assert answer.headers["Location"] == going
    page = client.get(going).content.decode()
    assert "Rang Mrs Quill; she will send the lease.</textarea>" in page
    assert "Nothing was sent yet" in page
    assert not Note.objects.exists()
    assert client.post(going, {"text": "Rang Mrs Quill; she will send the lease."}).status_code == 302
    assert Note.objects.get().by == ruth
    assert not KeptForm.objects.exists()


def test_what_was_typed_is_shown_to_nobody_else_and_to_nobody_after_a_day(
    client: Client, ruth: User, production: Any, note_page: str
) -> None:
    going = typed_too_late(client, ruth, note_page, "Rang Mrs Quill")
    other = Client()
    other.force_login(given.person("Mina Thorley"))
    assert "Quill" not in other.get(going).content.decode()
    sign_in(client, ruth)
    assert "Quill" in client.get(going).content.decode()
    KeptForm.objects.update(kept_at=clock.real() - timedelta(days=1))
    assert "Quill" not in client.get(going).content.decode()


def test_looking_at_another_tab_first_loses_nothing(
    client: Client, ruth: User, production: Any, note_page: str
) -> None:
    sign_in(client, ruth)
    aged(ruth, last_seen_at=timedelta(minutes=31))
    assert client.get(client.get("/my-day").headers["Location"]).status_code == 200
    answer = client.post(note_page, {"text": "Rang"}, headers={"Referer": f"http://testserver{note_page}"})
    assert "ended=kept" in answer.headers["Location"]


def test_a_postcode_is_kept_and_a_password_is_not(client: Client, ruth: User, production: Any) -> None:
    from casewright.foundation.people import kept

    sign_in(client, ruth)
    aged(ruth, last_seen_at=timedelta(minutes=31))
    path = "/matters/1/name-keeper"
    answer = client.post(
        path,
        {"postcode": "FX1 4QZ", "password": "x", "code": "1"},
        headers={"Referer": f"http://testserver{path}"},
    )
    key = re.search(r"kept%3D([\w-]+)", answer.headers["Location"])
    assert key
    assert kept.words_of(key[1], user_id=ruth.id) == {"postcode": ["FX1 4QZ"]}


def test_kept_words_cannot_be_read_from_the_database(
    client: Client, ruth: User, production: Any, note_page: str
) -> None:
    typed_too_late(client, ruth, note_page, "Rang Mrs Quill")
    kept = KeptForm.objects.get()
    assert b"Quill" not in bytes(kept.sealed)
    assert not Session.objects.filter(session_data__contains="Quill").exists()
