"""Whoever proposed something takes it back while nobody has decided; nobody else can, and the journal says so."""

from __future__ import annotations

import html
from typing import Any

import pytest
from tests import given
from tests.attacks.crawler import client_of
from tests.web import prepared
from tests.web.prepared import AGNES, PIERS, RUTH, UNA

from casewright.foundation.journal.models import Entry
from casewright.foundation.matters.models import Destruction
from casewright.foundation.policy.models import Setting
from casewright.foundation.reference.models import BankHoliday

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: Any) -> Any:
    with given.on(given.MONDAY, 15):
        made = prepared.a_world()
        prepared.figure_proposed(made)
        prepared.holiday_proposed(made)
        prepared.to_destroy(made)
        yield made


def ways(world: Any) -> list[tuple[str, str, dict[str, str], Any, str]]:
    """Who proposed, the page, what its button sends, the proposal, and the verb."""
    figure, holiday = f"/figures/proposals/{world.setting}", f"/bank-holidays/{world.holiday}"
    destruction, withdraw = f"/destructions/{world.destruction}", {"answer": "withdraw"}
    return [
        (PIERS, figure, withdraw, Setting.objects.filter(id=world.setting), "policy.withdraw"),
        (PIERS, holiday, withdraw, BankHoliday.objects.filter(id=world.holiday), "reference.withdraw_holiday"),
        (AGNES, destruction, {}, Destruction.objects.filter(id=world.destruction), "records.withdraw_destroy"),
    ]


def sent_to(path: str) -> str:
    return f"{path}/withdraw" if path.startswith("/destructions/") else path


def test_the_proposer_withdraws_it_with_a_button_on_its_page_and_it_can_be_proposed_anew(world: Any) -> None:
    for who, path, fields, proposal, verb in ways(world):
        client = client_of(given.person(who))
        assert "Withdraw it" in client.get(path).content.decode(), path
        answer = client.post(sent_to(path), fields, follow=True)
        assert "withdrawn" in html.unescape(answer.content.decode()), path
        assert not proposal.exists(), path
        assert Entry.objects.get(verb=verb).actor_id == given.person(who).id
    prepared.figure_proposed(world)
    prepared.holiday_proposed(world)


def test_nobody_elses_button_and_nobody_elses_press_withdraw_it(world: Any) -> None:
    for _, path, fields, proposal, _ in ways(world):
        for other in (UNA, RUTH):
            client = client_of(given.person(other))
            assert "Withdraw it" not in client.get(path).content.decode(), path
            assert client.post(sent_to(path), fields).status_code in (403, 409), path
        assert proposal.exists(), path


def test_what_was_decided_is_withdrawn_no_more(world: Any) -> None:
    una, ruth = client_of(given.person(UNA)), client_of(given.person(RUTH))
    for _, path, _, _, _ in ways(world)[:2]:
        assert una.post(path, {"answer": "no"}).status_code == 302
    assert ruth.post(f"/destructions/{world.destruction}/approve").status_code == 302
    for who, path, fields, proposal, verb in ways(world):
        assert client_of(given.person(who)).post(sent_to(path), fields).status_code == 409, path
        assert proposal.exists()
        assert not Entry.objects.filter(verb=verb).exists()


def test_lifting_a_hold_shows_why_it_was_placed_and_by_whom(world: Any) -> None:
    prepared.on_hold(world)
    page = client_of(given.person(AGNES)).get(f"/holds/{world.hold}/lift").content.decode()
    assert "Held because" in page
    assert "Claim" in page
    assert f"{AGNES}, " in page
