"""The fields of a matter as they were: who changed what, when, from what to what, in words."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import given
from tests.web import restricted_world
from tests.web.test_restricted import client_of

from casewright.foundation.matters import actions
from casewright.foundation.matters.models import Matter
from casewright.foundation.parties.models import Party
from casewright.web.matters.history import FIELDS, LEFT_OUT, changes

pytestmark = pytest.mark.django_db


def watched() -> dict[str, set[str]]:
    """Tables of a matter whose former versions the trigger keeps, with their columns."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, a.attname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
            " WHERE t.tgname = 'keep_former_update'"
        )
        found: dict[str, set[str]] = {}
        for table, column in cursor.fetchall():
            found.setdefault(table, set()).add(column)
    return {
        table: columns
        for table, columns in found.items()
        if "matter_id" in columns or table == "matters_matter"
    }


def test_every_watched_column_has_words_or_is_left_out_on_purpose() -> None:
    tables = watched()
    assert set(tables) == set(FIELDS)
    for table, columns in tables.items():
        assert columns - LEFT_OUT == set(FIELDS[table][1]), table


def a_matter() -> Matter:
    force = given.a_unit()
    with given.on(given.MONDAY):
        given.give(given.csv_of([given.row()]), force=force)
    return Matter.objects.get()


def test_a_change_is_told_with_doer_moment_field_and_both_values() -> None:
    matter, mina = a_matter(), given.person("Mina Thorley")
    with given.on(given.MONDAY, 15) as at:
        actions.take(matter_ids=[matter.id], by=mina, at=at)
    matter.refresh_from_db()
    (owner,) = [each for each in changes(matter) if each.field == "Owner"]
    assert (owner.who, owner.before, owner.after) == ("Mina Thorley", "nothing", "Mina Thorley")
    page = client_of("senior_processing_officer").get(f"/matters/{matter.id}?shown=fields").content.decode()
    assert "Mina Thorley</td>" in page
    assert "owner_id" not in page


def test_each_version_stands_beside_the_one_after_it() -> None:
    matter = a_matter()
    made = Party.objects.create(matter=matter, role="keeper", name="Anna Old", source="reply")
    for name in ("Anna Middle", "Anna New"):
        Party.objects.filter(id=made.id).update(name=name)
    Party.objects.filter(id=made.id).delete()
    told = [(each.field, each.before, each.after) for each in changes(matter) if each.what == "Person"]
    assert told == [
        ("The whole record", "Anna New", "removed"),
        ("Name", "Anna Middle", "Anna New"),
        ("Name", "Anna Old", "Anna Middle"),
    ]


def test_values_are_told_in_words() -> None:
    matter = a_matter()
    Matter.objects.filter(id=matter.id).update(title="Otherwise", sensitivity="restricted")
    told = {each.field: (each.who, each.after) for each in changes(Matter.objects.get())}
    assert told["Title"][1] == "Otherwise"
    assert told["Who may see it"][1] == "only people with leave"


def test_statements_do_not_grow_with_the_changes() -> None:
    matter, counts = a_matter(), []
    for _ in range(2):
        for n in range(20):
            Matter.objects.filter(id=matter.id).update(title=f"T{n}", queue=f"q{n}")
            Party.objects.create(matter=matter, role="keeper", name=f"P{n}", source="reply")
        Party.objects.filter(matter=matter).update(name="Q")
        with CaptureQueriesContext(connection) as made:
            assert changes(matter)
        counts.append(len(made))
    assert counts[0] == counts[1] <= 10


def test_a_restricted_matters_history_is_as_absent_as_the_matter() -> None:
    world = restricted_world.a_world()
    path = f"/matters/{world.restricted.id}?shown=fields"
    assert client_of("case_administrator").get(path).status_code == 404
    page = client_of("senior_processing_officer").get(path).content.decode()
    assert "only people with leave" in page


def test_the_parts_of_what_happened_are_really_apart() -> None:
    matter, mina = a_matter(), client_of("case_administrator")
    mina.post(f"/matters/{matter.id}/note", {"text": "A word of mine."})
    page = f"/matters/{matter.id}"
    notes = mina.get(f"{page}?shown=notes").content.decode()
    assert "A word of mine." in notes
    assert "and accepted" not in notes
    assert "A word of mine." not in mina.get(f"{page}?shown=key").content.decode()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_no_act_changed_has_no_doer() -> None:
    matter = a_matter()
    Matter.objects.filter(id=matter.id).update(title="By hand")
    (title,) = [each for each in changes(Matter.objects.get()) if each.field == "Title"]
    assert (title.who, title.after) == ("not in the journal", "By hand")
