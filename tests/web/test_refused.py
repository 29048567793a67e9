"""Who tries what they may not do, or asks for what is not there for them, stands in the journal (ASVS 5.0 16.3.2)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import given
from tests.attacks.crawler import client_of
from tests.web import restricted_world
from tests.web.prepared import MINA, RUTH, UNA

from casewright.foundation import clock
from casewright.foundation.journal.models import Entry
from casewright.foundation.people import tries
from casewright.foundation.people.models import SignInTry
from casewright.web.audit.queries import Question, log_page

pytestmark = pytest.mark.django_db
NO_SUCH_MATTER = 987_654


@pytest.fixture
def world(db: Any) -> Any:
    made = restricted_world.a_world()
    with given.on(given.MONDAY, 15):
        yield made


def refusals() -> list[tuple[Any, ...]]:
    """Who was refused what and why, oldest first."""
    rows = Entry.objects.filter(verb="people.refuse").order_by("id")
    return [(each.actor_id, each.subject_id, each.facts["page"], each.facts["why"]) for each in rows]


def test_a_page_without_its_right_and_an_act_without_it_are_written_down(world: Any) -> None:
    mina = given.person(MINA)
    client = client_of(mina)
    assert client.get("/audit").status_code == 403
    assert client.post(f"/matters/{world.ordinary.id}/restrict", {"reason": "Mine."}).status_code == 403
    assert refusals() == [
        (mina.id, None, "audit", "no right to it"),
        (mina.id, world.ordinary.id, "restrict", "no right to it"),
    ]


def test_a_hidden_matter_and_none_at_all_are_answered_and_written_down_alike(world: Any) -> None:
    mina = given.person(MINA)
    answers, statements = [], []
    for matter_id in (world.restricted.id, NO_SUCH_MATTER, world.elsewhere.id):
        client = client_of(mina)
        client.get("/my-day")
        with CaptureQueriesContext(connection) as asked:
            answers.append(client.get(f"/matters/{matter_id}").status_code)
        statements.append(len(asked))
    assert answers == [404] * 3
    assert len(set(statements)) == 1
    ids = (world.restricted.id, NO_SUCH_MATTER, world.elsewhere.id)
    assert refusals() == [(mina.id, each, "matter", "not there for them") for each in ids]


def test_a_refused_act_leaves_its_entry_and_nothing_else(world: Any) -> None:
    before = set(Entry.objects.values_list("id", flat=True))
    answer = client_of(given.person(MINA)).post(f"/matters/{world.restricted.id}/note", {"text": "I was here."})
    assert answer.status_code == 404
    assert [each.verb for each in Entry.objects.exclude(id__in=before)] == ["people.refuse"]


def test_what_a_program_could_use_to_carry_records_off_is_limited_for_each_person(world: Any) -> None:
    mina, client = given.person(MINA), client_of(given.person(MINA))
    for _ in range(299):
        assert not tries.used_up(mina.id, "search", 300)
    assert client.post("/search", {"sought": "Marlow"}).status_code == 302
    stopped = client.post("/search", {"sought": "Marlow"})
    assert stopped.status_code == 429
    assert "more often in a quarter of an hour than a person does" in stopped.content.decode()
    assert refusals() == [(mina.id, None, "search", "too often")]
    assert client_of(given.person(RUTH)).post("/search", {"sought": "Marlow"}).status_code == 302
    SignInTry.objects.update(since=clock.real() - timedelta(minutes=tries.MINUTES))
    assert client.post("/search", {"sought": "Marlow"}).status_code == 302


def test_nobody_who_is_not_signed_in_fills_the_journal(world: Any) -> None:
    before = Entry.objects.count()
    for path in ("/audit", f"/matters/{world.restricted.id}", f"/matters/{NO_SUCH_MATTER}"):
        assert Client().get(path).status_code == 302
    assert Entry.objects.count() == before


def test_whoever_has_leave_reads_who_tried_and_whoever_has_none_does_not(world: Any) -> None:
    mina = given.person(MINA)
    client_of(mina).get(f"/matters/{world.restricted.id}")
    asked = Question(world.restricted.id, world.restricted.reference, None, None, None, "")
    said = [row.said for row in log_page(given.person(RUTH), asked, after=None)[0]]
    assert f"{MINA} asked for the page “matter” and was refused: not there for them." in said
    whatever = Question(None, "", mina.id, None, None, "consultation")
    assert not any("was refused" in row.said for row in log_page(given.person(UNA), whatever, after=None)[0])
    assert any("was refused" in row.said for row in log_page(given.person(RUTH), whatever, after=None)[0])
