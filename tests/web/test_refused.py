"""Who tries what they may not do, or asks for what is not there for them, stands in the journal (ASVS 5.0 16.3.2)."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import given
from tests.attacks.crawler import client_of
from tests.web import prepared, restricted_world
from tests.web.prepared import AGNES, MINA, PIERS, RUTH, UNA

from casewright.foundation import clock
from casewright.foundation.journal.models import Entry
from casewright.foundation.matters import conflicts, glass
from casewright.foundation.matters.models import Conflict, Destruction, GlassBroken, Grant, Matter
from casewright.foundation.messages.models import HeldItem
from casewright.foundation.people import tries
from casewright.foundation.people.models import SignInTry
from casewright.foundation.policy import actions as policy
from casewright.foundation.policy.models import Setting
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


@pytest.mark.parametrize("number", [2**63 - 1, 2**63, int("9" * 40)])
def test_a_number_that_no_id_can_be_is_not_there_and_the_refusal_is_written_down(
    world: Any, number: int
) -> None:
    mina = given.person(MINA)
    client = client_of(mina)
    kept = number if number < 2**63 else None
    for page in ("matters", "letters", "documents", "people"):
        assert client.get(f"/{page}/{number}").status_code == 404
    assert client.post(f"/matters/{number}/note", {"text": "Mine."}).status_code == 404
    assert client.post(f"/matters/{number}/restrict", {"reason": "Mine."}).status_code == 403
    assert {subject for _, subject, _, _ in refusals()} == {kept}
    assert len(refusals()) == 6


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
    answer = client_of(given.person(MINA)).post(
        f"/matters/{world.restricted.id}/note", {"text": "I was here."}
    )
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


def test_nobody_breaks_the_glass_of_one_reference_after_another(world: Any) -> None:
    """References are counted up, so that a program could otherwise open every restricted matter there is."""
    agnes = client_of(given.person("Agnes Dray"))
    before = Grant.objects.filter(how="glass").count()
    numbers = [f"T26-{number:06d}" for number in range(200_001, 200_021)]
    for reference in (*numbers, world.restricted.reference):
        answer = agnes.post("/break-glass", {"reference": reference, "reason": "The court rang."})
    assert answer.status_code == 429
    assert Grant.objects.filter(how="glass").count() == before
    assert refusals()[-1][2:] == ("break_glass", "too often")


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


# Acts that their form refuses and is shown again, or that end on a page with one sentence.


def a_figure(by: str) -> Setting:
    return policy.propose(
        key="speed.start.30", value=36, effective_from=prepared.LATER, force_id=None, reason="Wet roads",
        by=given.person(by), at=clock.now(),
    )  # fmt: skip


def test_who_approves_their_own_proposal_on_its_form_stands_in_the_journal_and_nothing_is_approved(
    world: Any,
) -> None:
    ruth, proposed = given.person(RUTH), a_figure(RUTH)
    before = set(Entry.objects.values_list("id", flat=True))
    answer = client_of(ruth).post(f"/figures/proposals/{proposed.id}", {"answer": "approve"})
    assert answer.status_code == 409
    assert "You cannot approve your own proposal" in answer.content.decode()
    assert refusals() == [(ruth.id, proposed.id, "figure_proposal", "their own act or role")]
    assert [each.verb for each in Entry.objects.exclude(id__in=before)] == ["people.refuse"]
    proposed.refresh_from_db()
    assert proposed.approved_at is None


def test_who_withdraws_anothers_proposal_or_approves_without_the_right_stands_there(world: Any) -> None:
    piers, mina, proposed = given.person(PIERS), given.person(MINA), a_figure(PIERS)
    path = f"/figures/proposals/{proposed.id}"
    assert client_of(mina).post(path, {"answer": "approve"}).status_code == 409
    assert client_of(given.person(RUTH)).post(path, {"answer": "withdraw"}).status_code == 409
    assert client_of(piers).post(path, {"answer": "approve"}).status_code == 409
    assert refusals() == [
        (each.id, proposed.id, "figure_proposal", "no right to it")
        for each in (mina, given.person(RUTH), piers)
    ]


def test_mending_without_the_right_says_whom_to_ask_and_stands_there(world: Any) -> None:
    given.give(given.csv_of([given.row(sequence="77", date="2026-11-31")]), force=world.ordinary.force)
    held, una = HeldItem.objects.latest("id"), given.person(UNA)
    typed = {"value": "2026-11-21", "known_by": "Data block"}
    answer = client_of(una).post(f"/intake/held/{held.id}", typed)
    assert (answer.status_code, "Your roles do not let you mend" in answer.content.decode()) == (422, True)
    assert refusals() == [(una.id, held.id, "held_row", "no right to it")]
    told = log_page(given.person(RUTH), Question(None, "", una.id, None, None, ""), after=None)[0]
    assert f"{UNA} asked for the page “held row” and was refused: no right to it." in [r.said for r in told]
    held.refresh_from_db()
    assert held.state == "held"


def test_a_held_row_of_another_force_is_not_there_to_be_mended_and_that_stands_there(world: Any) -> None:
    given.give(given.csv_of([given.row(sequence="77", date="2026-11-31")]), force=world.elsewhere.force)
    held, mina = HeldItem.objects.latest("id"), given.person(MINA)
    typed = {"value": "2026-11-21", "known_by": "Data block"}
    assert client_of(mina).post(f"/intake/held/{held.id}", typed).status_code == 404
    assert refusals() == [(mina.id, held.id, "held_row", "not there for them")]


def test_who_judges_their_own_glass_or_conflict_or_lends_what_is_not_theirs_stands_there(world: Any) -> None:
    una, at = given.person(UNA), clock.now()
    glass.break_glass(reference=world.restricted.reference, reason="Court rang", by=una, at=at)
    own = GlassBroken.objects.get(user=una)
    conflicts.declare_of(name="Nobody At All", mark="", why="cousin", by=una, at=at)
    shut = Conflict.objects.get(user=una)
    client = client_of(una)
    client.post(f"/break-glass/reviews/{own.id}", {"found": "proper", "words": "Quite proper."})
    client.post("/conflicts/end", {"conflict": shut.id})
    own.refresh_from_db(), shut.refresh_from_db()
    assert (own.reviewed_at, shut.ended_at) == (None, None)
    assert [each[2:] for each in refusals()] == [
        ("review_glass", "not there for them"), ("end_conflict", "their own act or role"),
    ]  # fmt: skip


def test_a_refusal_by_the_door_after_the_form_was_sent_stands_there_too(world: Any) -> None:
    there = SimpleNamespace(ordinary=world.ordinary.id)
    prepared.to_destroy(there)
    proposed = Destruction.objects.get(id=there.destruction)
    ruth = given.person(RUTH)
    Destruction.objects.filter(id=proposed.id).update(proposed_by=ruth)
    assert client_of(ruth).post(f"/destructions/{proposed.id}/approve").status_code == 409
    assert refusals() == [(ruth.id, proposed.id, "approve_destroy", "their own act or role")]


def test_what_is_mistyped_or_came_too_late_leaves_nothing(world: Any) -> None:
    mina, ruth, agnes = (client_of(given.person(name)) for name in (MINA, RUTH, AGNES))
    proposed = a_figure(PIERS)
    figure = f"/figures/proposals/{proposed.id}"
    assert client_of(given.person(UNA)).post(figure, {"answer": "approve"}).status_code == 302
    before = Entry.objects.count()
    assert mina.post(f"/matters/{world.ordinary.id}/note", {"text": "x" * 4001}).status_code == 422
    assert agnes.post(f"/matters/{world.ordinary.id}/hold", {"reason": ""}).status_code == 422
    assert agnes.post(f"/matters/{world.ordinary.id}/destroy", {"reason": "Rule 7"}).status_code == 422
    assert ruth.post(figure, {"answer": "approve"}).status_code == 409
    assert mina.post("/break-glass", {"reference": "Vexmoor", "reason": "Court rang"}).status_code == 422
    assert Entry.objects.count() == before


# A set sent at once: what is not there for its sender is left out, and stands in the journal as if asked for alone.


def send_set(client: Client, path: str, chosen: list[int]) -> tuple[int, int]:
    """The status of the answer, and how many statements it took."""
    client.get("/my-day")
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(path, {"chosen": [str(each) for each in chosen]})
    return answer.status_code, len(asked)


def test_a_hidden_matter_and_none_at_all_in_a_set_are_left_out_and_written_down_alike(world: Any) -> None:
    mina, ordinary = given.person(MINA), world.ordinary
    missing = [world.restricted.id, world.elsewhere.id, NO_SUCH_MATTER]
    statements = set()
    for each in missing:
        Matter.objects.filter(id=ordinary.id).update(owner=None, queue="notices")
        statements.add(send_set(client_of(mina), "/worklist/take", [ordinary.id, each]))
    assert [status for status, _ in statements] == [302]
    assert refusals() == [(mina.id, each, "take", "not there for them") for each in missing]
    assert set(Entry.objects.filter(verb="people.refuse").values_list("matter_id", flat=True)) == set(missing)
    ordinary.refresh_from_db()
    assert ordinary.owner_id == mina.id
    world.restricted.refresh_from_db()
    assert world.restricted.owner_id != mina.id


def test_many_left_out_of_a_set_are_written_down_in_as_many_statements_as_one(world: Any) -> None:
    mina = given.person(MINA)
    many = range(NO_SUCH_MATTER, NO_SUCH_MATTER + 200)
    one, all_of_them = (send_set(client_of(mina), "/worklist/take", list(ids)) for ids in (many[:1], many))
    assert one == all_of_them
    assert len(refusals()) == 201


def test_what_a_colleague_finished_or_is_ones_own_already_is_nobodys_attempt(world: Any) -> None:
    mina, ordinary = given.person(MINA), world.ordinary
    Matter.objects.filter(id=ordinary.id).update(owner=mina)
    assert send_set(client_of(mina), "/worklist/take", [ordinary.id])[0] == 302
    Matter.objects.filter(id=ordinary.id).update(
        closed_at=clock.now(), closed_reason="X", owner=None, queue="", next_act=""
    )
    assert send_set(client_of(mina), "/worklist/take", [ordinary.id])[0] == 302
    assert refusals() == []


def test_a_matter_of_another_force_among_those_proposed_to_be_destroyed_stands_there(world: Any) -> None:
    there = SimpleNamespace(ordinary=world.ordinary.id)
    prepared.kept_long_enough(there)
    agnes = given.person(AGNES)
    path = "/destructions/due"
    assert send_set(client_of(agnes), path, [world.ordinary.id, world.elsewhere.id])[0] == 302
    assert refusals() == [(agnes.id, world.elsewhere.id, "propose_due", "not there for them")]
    assert Destruction.objects.get().matter_id == world.ordinary.id
