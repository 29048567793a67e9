"""What the application's own database role may do: everything but change the journal or the tables."""

from __future__ import annotations

import os
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from casewright.commands.database import grant


@pytest.fixture(scope="module")
def as_application(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[psycopg.Connection]:
    """A connection of the application's own role to the tests' database; the rights are given and kept."""
    with django_db_blocker.unblock():
        grant("cw_app")
        name = str(connection.settings_dict["NAME"])
    address = os.environ["CASEWRIGHT_TEST_APP_URL"].replace("test_casewright", name)
    with psycopg.connect(address, autocommit=True) as connected:
        yield connected


def test_the_application_may_add_to_the_journal_but_not_change_it(as_application: psycopg.Connection) -> None:
    as_application.execute("SELECT count(*) FROM journal_entry")
    for words in (
        "UPDATE journal_entry SET verb = 'x'",
        "DELETE FROM journal_entry",
        "TRUNCATE journal_entry",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            as_application.execute(words)


def test_the_months_of_the_journal_are_as_safe_as_the_whole(as_application: psycopg.Connection) -> None:
    rows = as_application.execute(
        "SELECT relname FROM pg_class WHERE relname LIKE 'journal\\_%' AND relkind IN ('r', 'p')"
    ).fetchall()
    assert len(rows) > 4
    changeable = as_application.execute(
        "SELECT relname FROM pg_class WHERE relname LIKE 'journal\\_%' AND relkind IN ('r', 'p')"
        " AND (has_table_privilege(oid, 'UPDATE') OR has_table_privilege(oid, 'DELETE'))"
    ).fetchall()
    assert changeable == []


def test_the_application_may_work_with_the_rest_but_not_alter_a_table(
    as_application: psycopg.Connection,
) -> None:
    as_application.execute("UPDATE django_session SET session_data = '' WHERE false")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_application.execute("ALTER TABLE django_session ADD extra int")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_application.execute("DELETE FROM django_migrations")
