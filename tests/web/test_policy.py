"""The unit's own figures and bank holidays on pages: what would move is shown first, and two people decide."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests import given

from casewright.areas.deadlines.models import Deadline
from casewright.foundation.matters.models import Matter
from casewright.foundation.policy import queries as policy
from casewright.foundation.policy.models import Setting
from casewright.foundation.reference.models import BankHoliday
from casewright.foundation.reference.queries import calendar

pytestmark = pytest.mark.django_db
DAY = given.MONDAY
TOMORROW = DAY + timedelta(days=1)
START = reverse("figure", kwargs={"key": "speed.start.30"})


@pytest.fixture
def force():
    return given.a_unit()


@pytest.fixture(autouse=True)
def the_day(force):
    with given.on(DAY):
        yield


def as_(name: str) -> Client:
    client = Client()
    client.force_login(given.person(name))
    return client


def propose(figure: int, *, on: date = TOMORROW, by: str = "Ruth Alder", **also: str):
    said = {
        "value": str(figure),
        "effective_from": on.isoformat(),
        "force_id": "0",
        "reason": "Board of 2 November",
    }
    return as_(by).post(START, said | also)


def test_a_figure_takes_effect_on_its_day_once_another_person_approves_it(force) -> None:
    answer = propose(34)
    row = Setting.objects.get(key="speed.start.30")
    page = reverse("figure_proposal", kwargs={"setting_id": row.id})
    assert answer.headers["Location"] == page
    own = as_("Ruth Alder").get(page).content.decode()
    assert "Approve it" not in own
    assert as_("Ruth Alder").post(page, {"answer": "approve"}).status_code == 409
    assert "proposed, to be decided" in as_("Sergeant Una Brill").get(reverse("my_day")).content.decode()
    assert as_("Sergeant Una Brill").post(page, {"answer": "approve"}).status_code == 302
    assert "speed.start.30" not in policy.in_force(force_id=force.id, on=DAY)
    assert policy.in_force(force_id=force.id, on=TOMORROW)["speed.start.30"] == 34


def test_a_figure_turned_down_never_takes_effect_and_stays_on_record(force) -> None:
    propose(34)
    row = Setting.objects.get(key="speed.start.30")
    page = reverse("figure_proposal", kwargs={"setting_id": row.id})
    as_("Sergeant Una Brill").post(page, {"answer": "refuse"})
    assert "speed.start.30" not in policy.in_force(force_id=force.id, on=TOMORROW)
    assert "Turned down" in as_("Ruth Alder").get(START).content.decode()
    assert as_("Sergeant Una Brill").post(page, {"answer": "approve"}).status_code == 409


@pytest.mark.parametrize(
    ("value", "also", "words"),
    [
        (29, {}, "rise from limit to court"),
        (60, {}, "rise from limit to court"),
        (34, {"effective_from": DAY.isoformat()}, "tomorrow or later"),
        (34, {"reason": " "}, "Say why"),
        (34, {"value": "3.5"}, "whole number"),
    ],
)
def test_what_cannot_be_is_refused_and_keeps_what_was_typed(
    value: int, also: dict[str, str], words: str
) -> None:
    answer = propose(value, **also)
    assert answer.status_code == 422
    said = answer.content.decode()
    assert words in said
    assert "Board of 2 November" in said or also.get("reason") == " "
    assert not Setting.objects.filter(key="speed.start.30").exists()


def test_of_one_day_one_value_waits_and_one_is_in_force(force) -> None:
    propose(34)
    assert "waits for its second person already" in propose(33).content.decode()
    assert propose(33, on=TOMORROW + timedelta(days=1)).status_code == 302
    first = Setting.objects.get(key="speed.start.30", effective_from=TOMORROW)
    brill = as_("Sergeant Una Brill")
    for value in (34, 33):
        row = Setting.objects.get(key="speed.start.30", effective_from=TOMORROW, approved_at=None)
        brill.post(reverse("figure_proposal", kwargs={"setting_id": row.id}), {"answer": "approve"})
        assert policy.in_force(force_id=force.id, on=TOMORROW)["speed.start.30"] == value
        propose(33)
    first.refresh_from_db()
    assert first.effective_until == TOMORROW


def test_a_proposal_decided_already_says_which_way() -> None:
    propose(34)
    page = reverse("figure_proposal", kwargs={"setting_id": Setting.objects.get(key="speed.start.30").id})
    brill = as_("Sergeant Una Brill")
    brill.post(page, {"answer": "refuse"})
    late = brill.post(page, {"answer": "approve"}).content.decode()
    assert "This has been turned down already" in late
    assert "Nothing was changed" in late
    assert "It still waits" not in late


def test_looking_at_what_would_move_changes_nothing(force) -> None:
    given.account(given.give(given.csv_of([given.row()]), force=force))
    before = list(Deadline.objects.values_list("id", "state"))
    answer = propose(34, **{"try": "yes"})
    assert "open deadline" in answer.content.decode()
    assert not Setting.objects.filter(key="speed.start.30").exists()
    assert list(Deadline.objects.values_list("id", "state")) == before


def test_a_proclaimed_day_shows_what_it_moves_and_moves_it_once_approved(force) -> None:
    given.account(given.give(given.csv_of([given.row()]), force=force))
    clock = Deadline.objects.get(rule_id="nip-14")
    day = clock.post_by
    said = {"on": day.isoformat(), "name": "Day of thanks", "where": ["EW", "SC", "NI"], "withdraws": "",
            "source": "Proclamation of 3 November"}  # fmt: skip
    answer = as_("Ruth Alder").post(reverse("bank_holidays"), said)
    row = BankHoliday.objects.get()
    page = reverse("bank_holiday", kwargs={"holiday_id": row.id})
    assert answer.headers["Location"] == page
    shown = as_("Sergeant Una Brill").get(page).content.decode()
    assert Matter.objects.get().reference in shown
    assert "1 to a sooner day" in shown
    assert calendar().holiday_name(day) == ""
    assert as_("Sergeant Una Brill").post(page, {"answer": "approve"}).status_code == 302
    given.work()
    assert calendar().holiday_name(day) == "Day of thanks"
    assert Deadline.objects.get(rule_id="nip-14", state="running").post_by < day


def test_a_restricted_matter_is_neither_listed_nor_counted_in_what_would_move(force) -> None:
    given.account(given.give(given.csv_of([given.row()]), force=force))
    day = Deadline.objects.get(rule_id="nip-14").post_by
    row = BankHoliday.objects.create(on=day, name="Day of thanks", source="x", proposed_by=given.person("Ruth Alder"),
                                     proposed_at="2026-11-01T10:00Z")  # fmt: skip
    Matter.objects.update(sensitivity="restricted")
    page = (
        as_("Sergeant Una Brill").get(reverse("bank_holiday", kwargs={"holiday_id": row.id})).content.decode()
    )
    assert Matter.objects.get().reference not in page
    assert "None of 0 open deadlines" in page


def test_a_day_turned_down_may_be_proposed_again(force) -> None:
    said = {"on": "2026-12-01", "name": "Day of thanks", "where": ["EW"], "withdraws": "", "source": "x"}
    as_("Ruth Alder").post(reverse("bank_holidays"), said)
    page = reverse("bank_holiday", kwargs={"holiday_id": BankHoliday.objects.get().id})
    as_("Sergeant Una Brill").post(page, {"answer": "refuse"})
    assert calendar().holiday_name(date(2026, 12, 1)) == ""
    assert as_("Ruth Alder").post(reverse("bank_holidays"), said).status_code == 302
    assert BankHoliday.objects.count() == 2


@pytest.mark.parametrize("role", ["Mina Thorley", "Theo Marsh", "PC Ansel Rooke"])
def test_others_see_the_figures_and_can_propose_nothing(role: str) -> None:
    assert "Propose another value" not in as_(role).get(START).content.decode()
    assert propose(34, by=role).status_code == 422
    assert not Setting.objects.filter(key="speed.start.30").exists()


def call_the_unit(key: str, value: str, *, on: date = DAY) -> str:
    """Propose one of the unit's own words as one person and approve it as another; where the proposal is."""
    page = reverse("figure", kwargs={"key": key})
    said = {"value": value, "effective_from": on.isoformat(), "force_id": "0", "reason": "New installation"}
    answer = as_("Ruth Alder").post(page, said)
    assert answer.status_code == 302, answer.content.decode()
    as_("Sergeant Una Brill").post(answer.headers["Location"], {"answer": "approve"})
    return answer.headers["Location"]


def test_a_new_unit_gives_itself_a_name_and_address_and_its_letters_can_go(force) -> None:
    Setting.objects.filter(key__startswith="unit.").delete()
    assert "letters wait for it" in as_("Ruth Alder").get(reverse("figures")).content.decode()
    call_the_unit("unit.name", "Harrowmere Tickets")
    call_the_unit("unit.address", "Mill House\r\n\r\n2 Weir Lane\r\nFernhithe  \r\nFX2 1AA")
    own = policy.in_force(force_id=force.id, on=DAY)
    assert own["unit.name"] == "Harrowmere Tickets"
    assert own["unit.address"] == ["Mill House", "2 Weir Lane", "Fernhithe", "FX2 1AA"]
    page = as_("Ruth Alder").get(reverse("figures")).content.decode()
    assert "Harrowmere Tickets" in page
    assert "letters wait for it" not in page


def test_only_the_first_name_may_hold_from_today(force) -> None:
    page = reverse("figure", kwargs={"key": "unit.name"})
    said = {"value": "Second name", "effective_from": DAY.isoformat(), "force_id": "0", "reason": "x"}
    Setting.objects.filter(key="unit.name").delete()
    call_the_unit("unit.name", "First name")
    assert "tomorrow or later" in as_("Ruth Alder").post(page, said).content.decode()
    assert as_("Ruth Alder").post(page, said | {"effective_from": TOMORROW.isoformat()}).status_code == 302


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("unit.name", "A \u2603 unit"),
        ("unit.name", "x" * 61),
        ("unit.address", "One line only"),
        ("unit.address", "\n".join("1234567")),
        ("unit.address", "Mill House\n" + "x" * 61),
        ("glass.review_days", "0"),
    ],
)
def test_what_no_letter_can_print_is_refused_and_kept(key: str, value: str) -> None:
    page = reverse("figure", kwargs={"key": key})
    said = {"value": value, "effective_from": TOMORROW.isoformat(), "force_id": "0", "reason": "Kept words"}
    answer = as_("Ruth Alder").post(page, said)
    assert answer.status_code == 422
    assert "Kept words" in answer.content.decode()
    assert not Setting.objects.filter(key=key, approved_at=None).exists()


def test_what_no_reference_speaks_of_is_said_to_be_the_units_own() -> None:
    page = as_("Ruth Alder").get(reverse("figures")).content.decode()
    said = {
        key: re.search(rf'/{key}">(?:(?!<tr>).)*<td data-label="The reference says"[^>]*>([^<]*)<', page)
        for key in ("unit.name", "unit.address", "glass.review_days", "unit.warn_held_days", "speed.start.30")
    }
    assert {key: found and found[1].replace("&#39;", "'") for key, found in said.items()} == {
        "unit.name": "the unit's own to give",
        "unit.address": "the unit's own to give",
        "glass.review_days": "left to the unit; 3 days unless it sets another",
        "unit.warn_held_days": "left to the unit; 14 days unless it sets another",
        "speed.start.30": "the same",
    }
    assert ">glass.review_days<" not in page, "a figure is listed by what it is, not by its name in files"
    one = as_("Ruth Alder").get(reverse("figure", kwargs={"key": "unit.warn_held_days"})).content.decode()
    assert "Without one of the unit" in one
    assert "The reference says" not in one
