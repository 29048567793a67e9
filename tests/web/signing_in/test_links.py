"""Proving again for grave acts, enrolment links and the demonstration’s."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests import given
from tests.web.signing_in.hands import SECRET, sign_in, with_an_app

from casewright.foundation import clock
from casewright.foundation.people import accounts
from casewright.foundation.people.models import User

pytestmark = pytest.mark.django_db


def test_grave_acts_ask_again_who_it_is_and_keep_what_was_typed(client: Client, ruth: User) -> None:
    given.person("Theo Marsh")
    theo = User.objects.get(name="Theo Marsh")
    theo.set_password(SECRET)
    theo.is_demo = False
    theo.save()
    sign_in(client, theo)
    session = client.session
    session["proved_at"] = (clock.real() - timedelta(minutes=10)).isoformat()
    session.save()
    path = f"/people/{ruth.id}/role"
    typed = {"change": "give", "role": "supervisor", "reason": "Stands in for Una"}
    answer = client.post(path, typed, headers={"Referer": f"http://testserver{path}"})
    asked = answer.headers["Location"]
    assert asked.startswith("/sign-in/again")
    page = client.get(asked).content.decode()
    going = re.search(r'name="next" value="([^"]*)"', page)
    assert going
    back = going[1].replace("&amp;", "&")
    assert client.post("/sign-in/again", {"password": "wrong", "next": back}).status_code == 422
    assert client.post("/sign-in/again", {"password": SECRET, "next": back}).headers["Location"] == back
    assert "Stands in for Una" in client.get(back).content.decode()
    assert not ruth.role_proposals.exists()
    assert client.post(back, typed).status_code == 302
    assert ruth.role_proposals.get().reason == "Stands in for Una"


def test_an_enrolment_link_sets_a_password_once(client: Client, ruth: User) -> None:
    first = accounts.make_enrolment(person=ruth, by=None, at=clock.now())
    token = accounts.make_enrolment(person=ruth, by=None, at=clock.now())
    assert client.get(f"/sign-in/password/{first}").status_code == 409  # the newer one replaced it
    new = {"password": "fifteen blue herons", "password_again": "fifteen blue herons"}
    assert client.post(f"/sign-in/password/{token}", {**new, "password_again": "x"}).status_code == 422
    assert client.post(f"/sign-in/password/{token}", new).status_code == 302
    assert client.post(f"/sign-in/password/{token}", new).status_code == 409
    assert client.post("/sign-in", {"email": ruth.email, "password": new["password"]}).status_code == 302


@pytest.mark.parametrize(("left", "works"), [(timedelta(seconds=5), True), (timedelta(0), False)])
def test_an_enrolment_link_ends_after_three_days(
    client: Client, ruth: User, left: timedelta, works: bool
) -> None:
    token = accounts.make_enrolment(person=ruth, by=None, at=clock.now())
    ruth.enrolments.update(expires_at=clock.real() + left)
    assert (client.get(f"/sign-in/password/{token}").status_code == 200) is works


def test_outside_a_demonstration_no_account_of_one_stays_in(
    client: Client, ruth: User, settings: Any
) -> None:
    mina = given.person("Mina Thorley")
    client.force_login(mina)
    assert client.get("/my-day").status_code == 200
    settings.CASEWRIGHT_DEMO = False
    assert client.get("/my-day").status_code == 302


@pytest.mark.parametrize(
    "going", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"]
)
def test_no_way_back_leads_to_another_site(client: Client, ruth: User, going: str) -> None:
    sign_in(client, ruth)
    assert client.post("/sign-in/again", {"password": SECRET, "next": going}).headers["Location"] == "/"
    assert client.get("/account", {"kept": going}).status_code == 200


def test_outside_a_demonstration_no_link_signs_anybody_in(client: Client, ruth: User, settings: Any) -> None:
    from casewright.foundation.people.actions import make_sign_in_link

    token = make_sign_in_link(user=given.person("Mina Thorley"), at=clock.now())
    settings.CASEWRIGHT_DEMO = False
    assert client.get(f"/sign-in/{token}").status_code == 409


def test_a_new_password_by_a_link_leaves_the_second_proof_in_place(client: Client, ruth: User) -> None:
    with_an_app(ruth)
    token = accounts.make_enrolment(person=ruth, by=None, at=clock.now())
    new = {"password": "fifteen blue herons", "password_again": "fifteen blue herons"}
    client.post(f"/sign-in/password/{token}", new)
    assert ruth.factors.count() == 1
    answer = Client().post("/sign-in", {"email": ruth.email, "password": new["password"]})
    assert answer.headers["Location"].startswith("/sign-in/second")
