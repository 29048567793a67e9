"""Certificates of destruction: there for people of the force whose matter it was, and for the two who decided it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests import given
from tests.attacks.crawler import client_of

from casewright.foundation import clock
from casewright.foundation.matters.models import Destruction, Matter
from casewright.foundation.people.models import SkillHeld, User
from casewright.foundation.reference.models import Force

pytestmark = pytest.mark.django_db
AGNES, RUTH, ODETTE, UNA = "Agnes Dray", "Ruth Alder", "Odette Varley", "Sergeant Una Brill"


@pytest.fixture
def gone() -> Destruction:
    """A matter of our force, proposed by Agnes and destroyed by Ruth."""
    force = given.a_unit()
    with given.on(given.MONDAY):
        given.give(given.csv_of([given.row()]), force=force)
        matter = Matter.objects.get()
        Matter.objects.update(closed_at=clock.now(), closed_reason="PUBLIC_INTEREST", next_act="", queue="")
        agnes, ruth = client_of(given.person(AGNES)), client_of(given.person(RUTH))
        assert agnes.post(f"/matters/{matter.id}/destroy", {"reason": "Rule 7"}).status_code == 302
        assert ruth.post(f"/destructions/{Destruction.objects.get().id}/approve").status_code == 302
    assert not Matter.objects.exists()
    return Destruction.objects.get()


def client_elsewhere(role_of: str) -> Client:
    """Somebody with the roles of one of ours who serves another force alone."""
    ours = given.person(role_of)
    other, _ = Force.objects.get_or_create(code="92", name="Southmere Police", prefix="SM")
    there = User.objects.create(
        email=f"elsewhere.{ours.id}@southmere.example", name="Elin Marrable", vetting=ours.vetting,
        vetted_until=ours.vetted_until,
    )  # fmt: skip
    for given_role in ours.roles.all():
        there.roles.create(role=given_role.role)
    for able in SkillHeld.objects.filter(user=ours):
        able.pk, able.user = None, there
        able.save()
    there.forces.set([other])
    return client_of(there)


def seen(client: Client, gone: Destruction) -> tuple[bool, int]:
    """Whether the list names it, and how its own page answers."""
    listed = client.get("/destructions")
    assert listed.status_code == 200
    return gone.reference in listed.content.decode(), client.get(f"/destructions/{gone.id}").status_code


def test_people_of_the_force_whose_matter_it_was_see_its_certificate(gone: Destruction) -> None:
    assert gone.force == Force.objects.get(code="91")
    another = given.person(ODETTE)
    another.roles.create(role="records_manager")
    assert seen(client_of(another), gone) == (True, 200)


@pytest.mark.parametrize("role_of", [AGNES, RUTH])
def test_people_of_another_force_do_not(gone: Destruction, role_of: str) -> None:
    client = client_elsewhere(role_of)
    assert seen(client, gone) == (False, 404)
    if role_of == RUTH:
        approved = client.post(f"/destructions/{gone.id}/approve")
        assert (approved.status_code, gone.reference in approved.content.decode()) == (404, False)


@pytest.mark.parametrize("decided", [AGNES, RUTH])
def test_who_decided_it_keeps_seeing_it_wherever_they_serve_now(gone: Destruction, decided: str) -> None:
    given.person(decided).forces.clear()
    assert seen(client_of(given.person(decided)), gone) == (True, 200)


def test_the_log_tells_what_is_left_of_it_to_an_auditor_of_its_force_alone(gone: Destruction) -> None:
    here, elsewhere = client_of(given.person(UNA)), client_elsewhere(UNA)
    asked = {"purpose": "lawfulness", "reference": gone.reference}
    assert "destroyed" in here.get("/audit", asked).content.decode()
    assert "There is no such matter for you" in elsewhere.get("/audit", asked).content.decode()
    whole: Any = elsewhere.post("/audit/export", asked | {"reference": "", "recipient": "commissioner"})
    everything = b"".join(whole).decode()
    assert "records.destroy" not in everything
    assert gone.reference not in everything
