"""What the application's own database role may do: everything but change the journal or the tables."""

from __future__ import annotations

import os
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from casewright.commands.database import grant, keep_transactions_rising


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
    for table, column in (
        ("journal_entry", "verb"),
        ("journal_entrytext", "text"),
        ("journal_consultation", "page"),
        ("journal_searchwords", "words"),
        ("journal_fieldhistory", "operation"),
        ("journal_seal", "sealed"),
    ):
        for words in (f"UPDATE {table} SET {column} = 'x'", f"DELETE FROM {table}", f"TRUNCATE {table}"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                as_application.execute(words)


def test_the_application_may_not_erase_words_without_a_destruction_by_two_people(
    as_application: psycopg.Connection,
) -> None:
    for words in ("SELECT journal_erase_words(1)", "SELECT journal_erase_searches(1, '{a}', '{}')"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="two people"):
            as_application.execute(words)


@pytest.mark.django_db
def test_after_a_restore_into_a_new_cluster_rows_still_lie_behind_the_last_seal() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_seal (at, sealed, from_tx, until_tx, rows, leaves, previous, digest)"
            " VALUES (now(), 'journal_entry', 10^12::bigint, 10^12::bigint + 5, 0, '', '', '')"
        )
        assert keep_transactions_rising() > 0
        assert keep_transactions_rising() == 0
        cursor.execute("SELECT journal_tx() >= 10^12::bigint + 5")
        assert cursor.fetchone()[0]


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
