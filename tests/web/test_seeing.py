"""Who can see a matter, and why: the page agrees with the one rule for every person, in constant statements."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import given

from casewright.foundation import clock
from casewright.foundation.journal.models import Entry
from casewright.foundation.matters import actions as matters
from casewright.foundation.matters import conflicts, glass, restricting
from casewright.foundation.matters.models import Conflict, Destruction, Grant, Hold, Matter
from casewright.foundation.matters.rights import visible_to
from casewright.foundation.people.models import Delegation, RoleGiven, User
from casewright.foundation.policy.models import Setting
from casewright.foundation.reference.models import Force
from casewright.web.seeing.queries import seeing

pytestmark = pytest.mark.django_db


@pytest.fixture
def matter() -> Matter:
    force = given.a_unit()
    with given.on(given.MONDAY):
        given.give(given.csv_of([given.row()]), force=force)
        one = Matter.objects.get()
        given.keepers_answer([one])
    return one


def client_of(name: str) -> Client:
    client = Client()
    client.force_login(given.person(name))
    session = client.session
    session["proved_at"] = clock.real().isoformat()
    session.save()
    return client


def every_way_in(matter: Matter) -> None:
    """A deputy from another force, leave that runs and leave that ended, a lapsed vetting, two conflicts, glass."""
    other = Force.objects.create(code="92", name="Southmere Police", prefix="SM")
    ruth, mina, cyril = (given.person(n) for n in ("Ruth Alder", "Mina Thorley", "Cyril Pennock"))
    matters.take(matter_ids=[matter.id], by=mina, at=clock.now())
    far = User.objects.create(email="far@southmere.example", name="Fay Ardley")
    far.forces.set([other])
    RoleGiven.objects.create(user=far, role="case_administrator")
    today = clock.today()
    Delegation.objects.create(
        giver=mina,
        receiver=far,
        own_matters=True,
        reason="x",
        starts_on=today,
        ends_on=today + timedelta(days=1),
    )
    officer = given.person("PC Ansel Rooke")
    restricting.give_leave(
        matter_id=matter.id, user_id=officer.id, reason="Own case", ends_at=None, by=ruth, at=clock.now()
    )
    Grant.objects.create(matter=matter, user=given.person("Theo Marsh"), reason="Over", ends_at=clock.now())
    User.objects.filter(name="Silas Crane").update(vetting="recruitment", vetted_until=today)
    User.objects.filter(name="Jonah Prewett").update(is_active=False)
    conflicts.declare(matter_id=matter.id, why="Neighbour", by=cyril, at=clock.now())
    conflicts.declare_of(
        name=given.KEEPER, mark="", why="Cousin", by=given.person("Hester Lowe"), at=clock.now()
    )
    glass.break_glass(
        reference=matter.reference, reason="Court", by=given.person("Agnes Dray"), at=clock.now()
    )


@pytest.mark.parametrize("restricted", [False, True])
def test_the_page_names_exactly_those_who_see_it(matter: Matter, restricted: bool) -> None:
    with given.on(given.MONDAY, 10):
        every_way_in(matter)
        if restricted:
            restricting.restrict(
                matter_id=matter.id, reason="x", by=given.person("Ruth Alder"), at=clock.now()
            )
        with CaptureQueriesContext(connection) as asked:
            page = seeing(given.person("Ruth Alder"), matter.id, now=clock.now())
        assert page is not None
        see = {
            u.name for u in User.objects.filter(is_active=True) if visible_to(u).filter(id=matter.id).exists()
        }
        assert {each.name for each in page.people} == see
        assert ("Fay Ardley" in see, "PC Ansel Rooke" in see, "Silas Crane" in see) == (
            not restricted,
            True,
            False,
        )
        assert page.shut_out == ("Cyril Pennock", "Hester Lowe")
        assert all(each.why or each.leave for each in page.people)
        assert len(asked) <= 18


def test_a_deputy_sees_nothing_of_a_force_the_giver_no_longer_serves(matter: Matter) -> None:
    with given.on(given.MONDAY, 10):
        every_way_in(matter)
        far = User.objects.get(name="Fay Ardley")
        assert visible_to(far).filter(id=matter.id).exists()
        given.person("Mina Thorley").forces.clear()
        assert not visible_to(User.objects.get(id=far.id)).filter(id=matter.id).exists()
        page = seeing(given.person("Ruth Alder"), matter.id, now=clock.now())
        assert page is not None
        assert "Fay Ardley" not in {each.name for each in page.people}


def test_one_more_person_asks_no_more_statements(matter: Matter) -> None:
    counts = []
    for number in range(2):
        for n in range(number * 20):
            user = User.objects.create(email=f"n{n}@northmere.example", name=f"N {n}")
            user.forces.set([matter.force])
            RoleGiven.objects.create(user=user, role="viewing_clerk")
        with CaptureQueriesContext(connection) as asked:
            page = seeing(given.person("Ruth Alder"), matter.id, now=clock.now())
        assert page is not None
        counts.append((len(asked), len(page.people)))
    assert counts[0][0] == counts[1][0]
    assert counts[1][1] == counts[0][1] + 20


def test_a_matter_is_restricted_given_and_lifted_by_hand(matter: Matter) -> None:
    ruth, piers = client_of("Ruth Alder"), client_of("Piers Hallam")
    here = f"/matters/{matter.id}"
    refused = ruth.post(f"{here}/restrict", {"reason": ""})
    assert refused.status_code == 422
    assert b"Give the reason" in refused.content
    assert ruth.post(f"{here}/restrict", {"reason": "Officer’s relative"})["Location"] == f"{here}/who-sees"
    assert piers.get(here).status_code == 404
    person = given.person("Piers Hallam").id
    assert ruth.post(f"{here}/leave", {"person": person, "reason": "Advises", "until": ""}).status_code == 302
    assert piers.get(here).status_code == 200
    shown = ruth.get(f"{here}/who-sees").content.decode()
    assert "Leave given by Ruth Alder: Advises, without an end" in shown
    leave = Grant.objects.get(user_id=person)
    assert ruth.post(f"{here}/leave/end", {"leave": leave.id}).status_code == 302
    assert piers.get(here).status_code == 404
    assert piers.get(f"{here}/who-sees").status_code == 404
    assert ruth.post(f"{here}/lift-restriction", {"reason": "Left the force"}).status_code == 302
    assert piers.get(here).status_code == 200


def test_a_conflict_is_declared_and_ended_by_hand(matter: Matter) -> None:
    mina, una = client_of("Mina Thorley"), client_of("Sergeant Una Brill")
    assert mina.post(f"/matters/{matter.id}/conflict", {"why": "Neighbour"})["Location"] == "/my-day"
    assert mina.get(f"/matters/{matter.id}").status_code == 404
    assert mina.post("/conflicts", {"name": "", "mark": "", "why": "x"}).status_code == 422
    assert mina.post("/conflicts", {"name": "Ann Other", "mark": "", "why": "Aunt"}).status_code == 302
    assert "One matter" in mina.get("/conflicts").content.decode()
    assert matter.reference not in mina.get("/conflicts").content.decode()
    for each in Conflict.objects.all():
        assert mina.post("/conflicts/end", {"conflict": each.id}).status_code == 403
        assert una.post("/conflicts/end", {"conflict": each.id}).status_code == 302
    assert mina.get(f"/matters/{matter.id}").status_code == 200


def test_a_review_that_finds_it_improper_ends_the_leave_at_once(matter: Matter) -> None:
    restricting.restrict(matter_id=matter.id, reason="x", by=given.person("Ruth Alder"), at=clock.now())
    piers, una = client_of("Piers Hallam"), client_of("Sergeant Una Brill")
    asked = piers.post("/break-glass", {"reference": matter.reference, "reason": "Curious"})
    assert piers.get(f"/matters/{matter.id}").status_code == 200
    assert "1 page" in una.get("/break-glass/reviews").content.decode()
    number = asked["Location"].rsplit("/", 1)[1]
    assert una.get(asked["Location"]).status_code == 404
    assert una.post(f"/break-glass/reviews/{number}", {"found": "improper", "words": ""}).status_code == 422
    assert (
        una.post(f"/break-glass/reviews/{number}", {"found": "improper", "words": "No task."}).status_code
        == 302
    )
    assert piers.get(f"/matters/{matter.id}").status_code == 404
    assert "Not proper" in una.get("/break-glass/reviews").content.decode()


def test_a_hold_forbids_destruction_until_it_is_lifted_and_another_person_approves(matter: Matter) -> None:
    Matter.objects.filter(id=matter.id).update(
        closed_at=clock.now(), closed_reason="TEST", next_act="", queue=""
    )
    agnes, ruth = client_of("Agnes Dray"), client_of("Ruth Alder")
    here = f"/matters/{matter.id}"
    assert agnes.post(f"{here}/destroy", {"reason": "Rule 7, six years"}).status_code == 302
    proposal = Destruction.objects.get()
    assert agnes.post(f"{here}/hold", {"reason": "Civil claim."}).status_code == 302
    assert "A legal hold stands" in agnes.get(here).content.decode()
    asked_again = Client()
    asked_again.force_login(given.person("Ruth Alder"))
    assert "/sign-in/again" in asked_again.post(f"/destructions/{proposal.id}/approve")["Location"]
    refused = ruth.post(f"/destructions/{proposal.id}/approve")
    assert (refused.status_code, b"Civil claim." in refused.content) == (409, True)
    assert agnes.post(f"/holds/{Hold.objects.get().id}/lift", {"reason": "Settled"}).status_code == 302
    assert agnes.post(f"/destructions/{proposal.id}/approve").status_code == 403
    assert ruth.post(f"/destructions/{proposal.id}/approve").status_code == 302
    assert not Matter.objects.exists()
    certificate = agnes.get(f"/destructions/{proposal.id}").content.decode()
    assert "Certificate of destruction" in certificate
    assert given.KEEPER not in certificate
    assert proposal.reference in agnes.get("/destructions").content.decode()


def test_a_declined_proposal_leaves_the_matter_and_can_be_made_again(matter: Matter) -> None:
    Matter.objects.filter(id=matter.id).update(
        closed_at=clock.now(), closed_reason="TEST", next_act="", queue=""
    )
    agnes, ruth = client_of("Agnes Dray"), client_of("Ruth Alder")
    for _ in range(2):
        assert agnes.post(f"/matters/{matter.id}/destroy", {"reason": "Rule 7"}).status_code == 302
        proposal = Destruction.objects.get()
        assert ruth.post(f"/destructions/{proposal.id}/decline", {"reason": ""}).status_code == 409
        assert ruth.post(f"/destructions/{proposal.id}/decline", {"reason": "Appeal"}).status_code == 302
    assert Matter.objects.exists()
    assert Entry.objects.filter(verb="records.decline_destroy").count() == 2


def test_broken_glass_waits_on_my_day_of_who_reviews_with_its_last_day(matter: Matter) -> None:
    with given.on(given.MONDAY):
        glass.break_glass(
            reference=matter.reference, reason="Court rang", by=given.person("Agnes Dray"), at=clock.now()
        )
    for days, said in ((3, "the first by Thu 26 Nov"), (4, "the first is overdue")):
        with given.on(given.MONDAY + timedelta(days=days)):
            page = client_of("Sergeant Una Brill").get("/my-day").content.decode()
            assert f"1 case of broken glass to review, {said}" in page
            assert (
                "overdue" in client_of("Sergeant Una Brill").get("/break-glass/reviews").content.decode()
            ) is (days == 4)
            assert "broken glass to review" not in client_of("Mina Thorley").get("/my-day").content.decode()
    Setting.objects.create(
        key="glass.review_days", value=5, effective_from=given.MONDAY, reason="Ours", proposed_at=clock.now(),
        proposed_by=given.person("Ruth Alder"), approved_by=given.person("Agnes Dray"), approved_at=clock.now(),
    )  # fmt: skip
    with given.on(given.MONDAY + timedelta(days=4)):
        assert "the first by Sat 28 Nov" in client_of("Sergeant Una Brill").get("/my-day").content.decode()
