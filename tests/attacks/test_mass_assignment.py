"""Fields nobody asked for, added to every form of every page, change nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from tests import given
from tests.attacks import crawler, hostile_world

from casewright.foundation.journal.models import Entry
from casewright.foundation.people.models import User
from casewright.foundation.people.roles import ROLES as ROLES_THERE_ARE

pytestmark = pytest.mark.django_db
ROLES = ("senior_processing_officer", "system_administrator", "records_manager", "supervisor")
# Made anew by chance in every act, so never alike in two of them.
BY_CHANCE = {
    "salt",
    "text_hash",
    "key_hash",
    "token_hash",
    "code_hash",
    "session_key",
    "session_data",
    "source",
    "sealed",
    "key",
}
NOW = re.compile(
    r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+\+00:00"
)  # read from the real clock, not from the standing one
# A field of the form's own that stands on its page only while its list has rows: what is sent in it is not added, and
# that a matter so asked for is not there for them is journalled like any other (tests/web/test_refused.py).
OF_ITS_ROWS = {"/worklist/take": {"chosen"}}
ON_THE_WAY = {"Session", "SignInTry", "KeptForm", "Consultation", "FieldHistory", "Press", "NumbersChecked"}


def columns() -> dict[str, str]:
    """Every column of ours by its names in a form, with something harmful to put into it."""
    theo = User.objects.get(name="Theo Marsh")
    found = {
        "is_superuser": "on", "is_staff": "on", "roles": "senior_processing_officer", "groups": "1",
        "permissions": "records.approve_destroy", "user_permissions": "1",
    }  # fmt: skip
    for model in apps.get_models():
        for column in model._meta.concrete_fields if model.__module__.startswith("casewright.") else ():
            said = "on" if isinstance(column, models.BooleanField) else "planted"
            if isinstance(column, models.IntegerField | models.ForeignKey):
                said = str(theo.id)
            if isinstance(column, models.DateField):
                said = "2020-01-01"
            found[column.name] = found[column.attname] = said
    return found


def state() -> dict[str, list[tuple[str, ...]]]:
    """What stands in every table, but for what chance makes."""
    found = {}
    for model in apps.get_models():
        if not model.__module__.startswith("casewright.") or model.__name__ in ON_THE_WAY:
            continue
        names = [
            c.attname for c in model._meta.concrete_fields if not c.primary_key and c.name not in BY_CHANCE
        ]
        found[model._meta.label] = sorted(
            tuple(NOW.sub("now", str(each)) for each in row)
            for row in model._base_manager.values_list(*names)
        )
    return found


def sequences() -> list[tuple[str, int | None]]:
    """Where every sequence stands; a rolled-back act does not put it back by itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT format('%I.%I', schemaname, sequencename), last_value FROM pg_sequences")
        return list(cursor.fetchall())


def rewind(to: list[tuple[str, int | None]]) -> None:
    """Put every sequence back, so that two acts give their new rows the same numbers."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "SELECT setval(%s, %s, %s)", [(name, last or 1, last is not None) for name, last in to]
        )


def after(
    client: Any, form: crawler.SentForm, fields: dict[str, list[str]]
) -> tuple[int, dict[str, list[tuple[str, ...]]]]:
    """The status of a form sent, and everything as it stands afterwards; then it is undone."""
    stood = sequences()
    with transaction.atomic():
        answer = crawler.sent(client, form.action, fields)
        found = state()
        transaction.set_rollback(True)
    rewind(stood)
    return answer.status_code, found


def test_added_fields_change_nothing_through_any_form() -> None:
    hostile_world.a_world()
    extra, done, changed = columns(), set(), 0
    assert len(extra) > 200
    with given.on(given.MONDAY, 15):
        today = given.MONDAY.isoformat()
        before = state()
        for role in ROLES:
            client = crawler.client_of(User.objects.filter(roles__role=role).earliest("id"))
            for path in crawler.every_path(hostile_world.there(), most=1):
                answer = client.get(path)
                page = crawler.content_of(answer) if answer.status_code == 200 else ""
                forms = crawler.forms_of(path, page) if page.startswith("<!doctype") else []
                asked = {name for form in forms for name in form.kinds}  # by any form of this page
                for form in forms:
                    shape = (re.sub(r"\d+", "0", form.action), *sorted(form.kinds))
                    if shape in done or form.action.startswith(("/sign-in", "/try-it", "/account/sessions")):
                        continue
                    done.add(shape)
                    fields = form.filled("A word", today)
                    own = {*asked, *OF_ITS_ROWS.get(form.action, ())}
                    added = {name: [said] for name, said in extra.items() if name not in own}
                    plain, hostile = after(client, form, fields), after(client, form, fields | added)
                    assert differing(plain[1], hostile[1]) == {}, form.action
                    changed += plain[1] != before
    assert len(done) > 20
    assert changed > 10  # that what a form does is seen here, so that what an added field did would have been


def differing(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """The tables that are not alike, with the rows only one of them has."""
    return {name: set(one[name]) ^ set(other[name]) for name in one if one[name] != other[name]}


def test_looking_at_every_page_changes_nothing_but_the_log() -> None:
    """Looks are logged, a refused one too, and copies taken are logged as disclosures; nothing else."""
    hostile_world.a_world()
    stood = Entry.objects.count()
    with given.on(given.MONDAY, 15):
        client = crawler.client_of(given.person("Ruth Alder"))
        before, paths = state(), list(crawler.every_path(hostile_world.there(), most=1))
        assert len(paths) > 50
        for path in paths:
            client.get(path)
        found = differing(before, state())
        found.pop("journal.Entry", None)
        logged = Entry.objects.order_by("id")[stood:]
        assert {e.verb for e in logged if e.operation != "disclosure"} <= {"people.refuse"}
        assert found == {}


def test_every_role_is_known_to_these_tests() -> None:
    assert set(ROLES) < set(ROLES_THERE_ARE)
