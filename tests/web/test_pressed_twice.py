"""A button pressed twice does its work once, and whoever pressed sees where the first press led."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.urls import reverse
from tests import given

from casewright.areas.traffic.actions import registering
from casewright.areas.traffic.models import Site
from casewright.foundation import clock
from casewright.foundation.matters.models import Hold, Matter
from casewright.foundation.people import presses
from casewright.foundation.people.models import Press
from casewright.web.doors import CAME_FIRST, PRESSED_TWICE

WHY = "A claim was announced by letter today."


def a_matter() -> Matter:
    force = given.a_unit()
    with given.on(given.MONDAY):
        given.give(given.csv_of([given.row()]), force=force)
    return Matter.objects.get()


def as_(name: str) -> Client:
    client = Client()
    client.force_login(given.person(name))
    return client


def hold(client: Client, matter: Matter, sign: str, reason: str = WHY):
    said = {"csrfmiddlewaretoken": sign, "reason": reason}
    return client.post(reverse("place_hold", kwargs={"matter_id": matter.id}), said)


@pytest.mark.django_db
def test_the_same_press_sent_again_does_nothing_and_leads_to_the_same_place() -> None:
    matter, agnes = a_matter(), as_("Agnes Dray")
    first, again = hold(agnes, matter, "page 1"), hold(agnes, matter, "page 1")
    assert (first.status_code, again.status_code) == (302, 302)
    assert first.headers["Location"] == again.headers["Location"]
    assert Hold.objects.count() == 1
    assert PRESSED_TWICE in agnes.get(reverse("my_day")).content.decode()


@pytest.mark.django_db
def test_other_words_another_page_and_another_person_are_other_presses() -> None:
    matter, agnes = a_matter(), as_("Agnes Dray")
    hold(agnes, matter, "page 1")
    hold(agnes, matter, "page 1", "An inquiry asked for it.")
    hold(agnes, matter, "page 2")
    hold(as_("Ruth Alder"), matter, "page 1")
    assert Hold.objects.count() == 4


@pytest.mark.django_db
def test_a_refused_press_may_be_sent_again() -> None:
    matter, agnes = a_matter(), as_("Agnes Dray")
    assert [hold(agnes, matter, "page 1", "").status_code for _ in range(2)] == [422, 422]
    assert not Press.objects.exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_presses_at_the_same_moment_do_it_once() -> None:
    matter = a_matter()
    clients = [as_("Agnes Dray"), as_("Agnes Dray")]

    def press(client: Client) -> int:
        try:
            return int(hold(client, matter, "page 1").status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(press, clients)) == [302, 302]
    assert Hold.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("hours", "left"), [(23, 1), (24, 0)])
def test_presses_are_forgotten_after_a_day(hours: int, left: int) -> None:
    matter = a_matter()
    hold(as_("Agnes Dray"), matter, "page 1")
    Press.objects.update(at=clock.real() - timedelta(hours=hours))
    presses.sweep()
    assert Press.objects.count() == left


SITE = {
    "code": "0999",
    "location": "Cutler Row",
    "limit_mph": "30",
    "road_kind": "built-up",
    "offence_code": "RR84707",
}


@pytest.mark.django_db
def test_what_another_person_did_at_the_same_moment_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    said = SITE | {"force_id": str(given.a_unit().id)}

    def late(**site: object) -> None:  # the other person's row stands once this one has been found missing
        for _ in range(2):
            Site.objects.create(**{name: value for name, value in site.items() if name not in ("by", "at")})

    monkeypatch.setattr(registering, "register_site", late)
    answer = as_("Ruth Alder").post(reverse("add_site"), said)
    assert answer.status_code == 409
    assert CAME_FIRST in answer.content.decode()


@pytest.mark.django_db
def test_any_other_fault_of_the_database_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    said = SITE | {"force_id": str(given.a_unit().id)}

    def broken(**_: object) -> None:
        Site.objects.create(code="0999", location="x", limit_mph=None, offence_code="RR84707", force_id=1)

    monkeypatch.setattr(registering, "register_site", broken)
    with pytest.raises(IntegrityError):
        as_("Ruth Alder").post(reverse("add_site"), said)
