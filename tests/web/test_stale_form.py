"""A form that stood open in another tab while its person signed in again loses no word and does nothing by itself."""

from __future__ import annotations

import pytest
from django.test import Client
from tests import given

from casewright.foundation.matters.models import Matter, Note
from casewright.foundation.people.models import KeptForm

pytestmark = pytest.mark.django_db
WORDS = "Rang Mrs Quill; she will send the lease."
OURS = {"Origin": "http://testserver"}


@pytest.fixture
def page() -> str:
    force = given.a_unit()
    with given.on(given.MONDAY):
        given.give(given.csv_of([given.row()]), force=force)
    return f"/matters/{Matter.objects.get().id}/note"


def stale(page: str, headers: dict[str, str], *, signed_in: bool = True) -> tuple[Client, object]:
    """A client whose form carries no mark of this session, and what it was answered."""
    client = Client(enforce_csrf_checks=True)
    if signed_in:
        client.force_login(given.person("Ruth Alder"))
    return client, client.post(page, {"text": WORDS}, headers=headers)


def test_its_words_stand_in_the_form_again_and_nothing_was_sent(page: str) -> None:
    client, answer = stale(page, OURS | {"Referer": f"http://testserver{page}"})
    assert answer.status_code == 302
    again = client.get(answer["Location"]).content.decode()
    assert f"{WORDS}</textarea>" in again
    assert "Nothing was sent yet" in again
    assert not Note.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "http://testserver.elsewhere.example"},
        {"Referer": "https://elsewhere.example/testserver/"},
        {"Origin": "https://elsewhere.example", "Referer": "http://testserver/"},
    ],
)
def test_what_another_site_sends_is_neither_done_nor_kept(page: str, headers: dict[str, str]) -> None:
    _, answer = stale(page, headers)
    assert answer.status_code == 403
    assert not KeptForm.objects.exists()
    assert not Note.objects.exists()


def test_nothing_is_kept_for_somebody_who_is_not_signed_in(page: str) -> None:
    _, answer = stale(page, OURS, signed_in=False)
    assert answer.status_code == 403
    assert not KeptForm.objects.exists()
