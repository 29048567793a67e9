"""The figures of a unit's own practice: on the page of figures, and each followed once the unit has set its own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from markupsafe import escape
from tests import given

from casewright.areas.traffic.actions import deciding, registering
from casewright.areas.traffic.models import Device
from casewright.foundation import clock
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.matters.models import Matter
from casewright.foundation.messages.models import HeldItem
from casewright.foundation.people import deputies, staff
from casewright.foundation.policy import actions
from casewright.foundation.policy.models import Setting
from casewright.law import InvalidFacts, practice

pytestmark = pytest.mark.django_db
DAY = given.MONDAY


@pytest.fixture(autouse=True)
def force():
    force = given.a_unit()
    with given.on(DAY):
        yield force


def own(key: str, value: int) -> None:
    Setting.objects.create(
        key=key, value=value, effective_from=DAY, reason="Ours", proposed_at=clock.now(), approved_at=clock.now(),
        proposed_by=given.person("Ruth Alder"), approved_by=given.person("Agnes Dray"),
    )  # fmt: skip


def test_every_figure_of_practice_stands_on_the_page_with_what_is_in_force() -> None:
    own("unit.review_days", 28)
    client = Client()
    client.force_login(given.person("Ruth Alder"))
    page = client.get(reverse("figures")).content.decode()
    assert "How the unit works" in page
    for row in practice.settings().values():
        assert escape(row["words"]) in page
    assert "<b>28 days</b>" in page


def test_a_figure_of_the_whole_unit_is_not_set_for_one_force(force) -> None:
    with pytest.raises(InvalidFacts, match="every force"):
        actions.check("unit.certificate_days", 400, force_id=force.id, on=DAY)
    assert actions.check("unit.certificate_days", 400, force_id=None, on=DAY) == 400
    assert actions.check("unit.review_days", 28, force_id=force.id, on=DAY) == 28


@pytest.mark.parametrize(("days", "allowed"), [(399, True), (400, False)])
def test_a_certificate_runs_as_long_as_the_unit_says(days: int, allowed: bool) -> None:
    own("unit.certificate_days", 400)
    first = date(2026, 1, 5)

    def add() -> None:
        registering.add_certificate(
            device_id=Device.objects.first().id, first=first, last=first + timedelta(days=days),
            by=given.person("Ruth Alder"), at=clock.now(),
        )  # fmt: skip

    if allowed:
        add()
        return
    with pytest.raises(NotAllowed, match="the 400 days"):
        add()


@pytest.mark.parametrize(("days", "allowed"), [(10, True), (11, False)])
def test_rights_are_lent_and_a_skill_counts_as_long_as_the_unit_says(days: int, allowed: bool) -> None:
    own("unit.delegation_days", 10)
    own("unit.skill_days", 10)
    piers, until = given.person("Piers Hallam"), DAY + timedelta(days=days)

    def lend() -> None:
        deputies.delegate(
            to=given.person("Silas Crane"), permissions=["traffic.cancel"], own_matters=False, starts_on=DAY,
            ends_on=until, reason="Away", by=piers, at=clock.now(),
        )  # fmt: skip

    def assess() -> None:
        staff.assess_skill(
            person=piers, skill="traffic_decisions", evidence="Ten decisions read", until=until,
            by=given.person("Sergeant Una Brill"), at=clock.now(), today=DAY,
        )  # fmt: skip

    for act in (lend, assess):
        if allowed:
            act()
        else:
            with pytest.raises(NotAllowed, match="10 days"):
                act()


def test_what_ends_at_receipt_is_kept_as_long_as_the_unit_says(force) -> None:
    own("unit.keep_ended_days", 7)
    given.account(given.give(given.csv_of([given.row(speed="31", secondary_speed="31")]), force=force))
    matter = Matter.objects.get(kind="traffic")
    assert matter.closed_at is not None
    assert matter.retain_until == DAY + timedelta(days=7)


def test_a_closed_matter_and_a_held_row_are_kept_as_long_as_the_unit_says(force) -> None:
    own("unit.keep_closed_days", 100)
    own("unit.keep_held_days", 10)
    rows = [given.row(), given.row(mark="QX2B RTL", time="15:00:00")]
    given.account(given.give(given.csv_of(rows), force=force))
    assert HeldItem.objects.get().retain_until == DAY + timedelta(days=10)
    matter = Matter.objects.get(kind="traffic")
    deciding.cancel(
        matter_id=matter.id, reason="DECEASED", words="The registrar says so.", by=given.person("Piers Hallam"),
        at=clock.now(), today=DAY,
    )  # fmt: skip
    matter.refresh_from_db()
    assert matter.retain_until == DAY + timedelta(days=100)
