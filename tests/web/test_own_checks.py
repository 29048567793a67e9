"""How often a person mistypes is told to that person alone, and goes with them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests import given
from tests.attacks.crawler import client_of, content_of, every_path

from casewright.foundation.journal.models import Consultation, Entry
from casewright.foundation.matters.models import Matter
from casewright.foundation.messages.models import HeldItem, IntakeFile
from casewright.foundation.people import own_checks, staff
from casewright.foundation.people.models import NumbersChecked, User
from casewright.foundation.policy.models import Setting

pytestmark = pytest.mark.django_db
DAY = given.MONDAY
RIGHT, WRONG = 48_171, 7_193  # numbers that stand nowhere else
SAID = ("48,171", "48171", "7,193", "7193")
SOURCES = Path(own_checks.__file__).parents[2]


@pytest.fixture(autouse=True)
def the_day():
    force = given.a_unit()
    with given.on(DAY) as at:
        given.give(given.csv_of([given.row(), given.row(mark="QX2B RTL", time="15:00:00")]), force=force)
        own_checks.count([("vrm", True)] * RIGHT + [("vrm", False)] * WRONG, by=mina(), day=DAY)
        yield at


def mina() -> User:
    return given.person("Mina Thorley")


def counts(person: User, on=DAY) -> dict[str, tuple[int, int]]:
    return {each.kind: (each.right, each.wrong) for each in own_checks.of_oneself(person, today=on)}


def test_ones_own_account_and_page_of_checks_say_it() -> None:
    client = client_of(mina())
    for name in ("account", "check_identifier"):
        page = content_of(client.get(reverse(name)))
        assert "48,171" in page
        assert "7,193" in page
        assert "13 per cent" in page


def test_no_other_person_sees_it_on_any_page_list_or_export() -> None:
    there = {
        "matter_id": Matter, "file_id": IntakeFile, "held_id": HeldItem, "user_id": User,
    }  # fmt: skip
    ids = {name: list(model.objects.values_list("pk", flat=True)) for name, model in there.items()}
    ids["user_id"] = [mina().id]
    paths = list(every_path(ids))
    assert reverse("person", kwargs={"user_id": mina().id}) in paths
    assert len(paths) > 50
    others = User.objects.exclude(id=mina().id).order_by("roles__role").distinct("roles__role")
    for person in others:
        client = client_of(person)
        for path in paths:
            text = content_of(client.get(path))
            assert not [each for each in SAID if each in text], (person.name, path)


def test_only_the_two_pages_of_ones_own_and_no_export_read_it() -> None:
    readers = {
        path.relative_to(SOURCES).as_posix()
        for path in SOURCES.rglob("*.py")
        if "NumbersChecked" in (text := path.read_text(encoding="utf-8")) or "own_checks" in text
    }
    assert readers == {
        "foundation/people/actions.py", "foundation/people/migrations/0004_numbers_checked.py",
        "foundation/people/models/__init__.py", "foundation/people/models/staff.py",
        "foundation/people/own_checks.py", "foundation/people/staff.py", "web/law/checking.py",
        "web/people/queries.py",
    }  # fmt: skip


def test_neither_the_journal_nor_the_log_of_looks_knows_of_it() -> None:
    before = Entry.objects.count(), Consultation.objects.count()
    client = client_of(mina())
    client.post(reverse("check_identifier"), {"kind": "vrm", "text": "QX2B RTL"})
    assert (Entry.objects.count(), Consultation.objects.count()) == before
    columns = {field.name for field in NumbersChecked._meta.get_fields()}
    assert columns == {"id", "user", "day", "kind", "right", "wrong"}  # never what was typed


def test_checks_are_counted_by_kind_and_day_in_one_statement(django_assert_num_queries) -> None:
    many = [("vrm", False), ("urn", True), ("urn", False), ("postcode", True)] * 50
    person = mina()
    with django_assert_num_queries(1):
        own_checks.count(many, by=person, day=DAY)
    with CaptureQueriesContext(connection) as none:
        own_checks.count([], by=person, day=DAY)
    assert len(none) == 0
    assert counts(mina()) == {"vrm": (RIGHT, WRONG + 50), "urn": (50, 50), "postcode": (50, 0)}
    assert NumbersChecked.objects.count() == 3
    own_checks.count([("urn", True)], by=mina(), day=DAY + timedelta(days=1))
    assert counts(mina(), DAY + timedelta(days=1))["urn"] == (51, 50)
    assert counts(given.person("Ruth Alder")) == {}


@pytest.mark.parametrize(("days", "kept"), [(9, True), (10, False), (11, False)])
def test_counts_go_after_the_unit_s_own_days(days: int, kept: bool) -> None:
    Setting.objects.create(
        key="unit.mistakes_days", value=10, effective_from=DAY, reason="Ours", approved_at=given.clock.now()
    )
    with given.on(DAY + timedelta(days=days)):
        assert bool(counts(mina(), DAY + timedelta(days=days))) is kept
        assert own_checks.sweep() == (0 if kept else 1)
    assert NumbersChecked.objects.exists() is kept


def test_counts_go_when_their_person_leaves() -> None:
    staff.cut_off(person=mina(), by=None, at=given.clock.now())
    assert not NumbersChecked.objects.exists()


def test_a_form_sent_without_script_is_refused_with_the_character_and_what_would_fit() -> None:
    ruth = Client()
    ruth.force_login(given.person("Ruth Alder"))
    answer = ruth.post(reverse("add_site"), {
        "code": "0999", "location": "Cutler Row", "limit_mph": "30", "road_kind": "built-up",
        "offence_code": "RR8470T", "force_id": str(next(iter(given.person("Ruth Alder").force_ids))),
    })  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "T is not right as character 7; RR84707 would fit." in page
    assert 'value="RR8470T"' in page
    held = HeldItem.objects.get(field="mark")
    assert held.reason == "Character 4 must be a figure, not B; QX28 RTL would fit."
    clerk = client_of(given.person("Mina Thorley"))
    answer = clerk.post(
        reverse("held_row", kwargs={"held_id": held.id}), {"value": "QX2S RTL", "known_by": "x"}
    )
    assert answer.status_code == 422
    assert "Character 4 must be a figure, not S; QX25 RTL would fit." in content_of(answer)


def test_a_search_that_finds_nothing_says_what_mark_would_fit() -> None:
    clerk = client_of(mina())

    def found(sought: str) -> str:
        return content_of(clerk.post(reverse("search"), {"sought": sought}, follow=True))

    page = found("QX2B RTL")
    assert "Character 4 must be a figure, not B; QX28 RTL would fit." in page
    assert "Search for QX28 RTL" in page
    for other in ("Thorley", "QX99 ZZZ", "5 Cutler Row"):
        assert "would fit" not in found(other)
