"""Seals: a row altered, removed or inserted by a hand at the database is named; a running transaction is waited for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier

import psycopg
import pytest
from django.db import connection, connections
from tests import given
from typer.testing import CliRunner

from casewright.commands import journal
from casewright.foundation.journal import seals, verifying
from casewright.foundation.journal.looks import consulted
from casewright.foundation.journal.models import Consultation, Entry, FieldHistory, Seal
from casewright.foundation.journal.record import Line, record
from casewright.foundation.matters.models import Matter

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[Path]:
    """A few entries with and without words, looks and former versions, all under seals that are exported."""
    run("TRUNCATE journal_entry, journal_entrytext, journal_consultation, journal_searchwords, journal_fieldhistory,"
        " journal_seal")  # fmt: skip
    force = given.a_unit()
    with given.on(given.MONDAY):
        given.give(given.csv_of([given.row(), given.row(time="16:00:00", sequence="2")]), force=force)
    for number in range(4):
        record([Line("matters.note", number + 1, text=f"Note {number}")], by=1, at=AT)
        consulted(by=1, page="found", at=AT, matter_id=number + 1, words=f"name {number}")
    Matter.objects.update(title="Changed")
    Matter.objects.update(title="Changed again")
    assert seals.seal_all(at=AT) == 3
    verifying.export(tmp_path)
    yield tmp_path
    connections.close_all()


def run(statement: str) -> None:
    """As a superuser at the database would."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


def found(folder: Path | None = None) -> verifying.Fault | None:
    return verifying.verify(verifying.read_exported(folder) if folder else ()).fault


def test_an_untouched_log_is_as_it_was_written_and_a_second_look_seals_nothing(sealed: Path) -> None:
    told = verifying.verify(verifying.read_exported(sealed))
    assert (told.fault, told.unsealed, told.seals, told.exported) == (None, 0, 3, 3)
    assert told.rows == Entry.objects.count() + Consultation.objects.count() + FieldHistory.objects.count()
    assert seals.seal_all(at=AT) == 0
    assert verifying.export(sealed) == 0
    record([Line("matters.take", 1)], by=1, at=AT)
    assert verifying.verify().unsealed == 1
    assert seals.seal_all(at=AT) == 1
    assert verifying.export(sealed) == 1
    assert found(sealed) is None


CHANGES = {
    "journal_entry": ("verb = 'matters.take'", "actor_id = 2", "at = at + interval '1 second'", "matter_id = 9",
                      "facts = '{\"x\": 1}'", "for_id = 3", "recipient = 'x'", "text_hash = 'x'"),
    "journal_consultation": ("actor_id = 2", "page = 'x'", "shown = '[]'", "reason = 'x'", "text_hash = 'x'"),
    "journal_fieldhistory": ("former = '{}'", "row_id = 0", "operation = 'x'"),
}  # fmt: skip


def test_the_first_altered_row_is_named_whatever_was_altered(sealed: Path) -> None:
    for table, changes in CHANGES.items():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id FROM {table} ORDER BY id OFFSET 1 LIMIT 2")
            first, second = (row[0] for row in cursor.fetchall())
        for change in changes:
            run(f"CREATE TABLE kept AS SELECT * FROM {table} WHERE id >= {first}")
            run(f"UPDATE {table} SET {change} WHERE id IN ({first}, {second})")
            fault = found(sealed)
            assert fault is not None, change
            assert (fault.table, fault.row, fault.what) == (table, first, "was altered"), change
            run(
                f"DELETE FROM {table} WHERE id >= {first}; INSERT INTO {table} SELECT * FROM kept; DROP TABLE kept"
            )
            assert found(sealed) is None


@pytest.mark.parametrize("table", CHANGES)
def test_the_first_removed_row_is_named(sealed: Path, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table} ORDER BY id OFFSET 1 LIMIT 1")
        row = cursor.fetchone()[0]
    run(f"DELETE FROM {table} WHERE id >= {row}")
    fault = found()
    assert fault is not None
    assert (fault.table, fault.row, fault.what) == (table, row, "was removed")


@pytest.mark.parametrize("table", CHANGES)
def test_a_row_slipped_in_under_a_seal_is_named(sealed: Path, table: str) -> None:
    columns = seals.COLUMNS[table].removeprefix("id, ")
    run(f"INSERT INTO {table} (id, {columns}) SELECT 900001, {columns} FROM {table} ORDER BY id LIMIT 1")
    fault = found()
    assert fault is not None
    assert (fault.table, fault.row, fault.what) == (table, 900001, "was inserted")


def test_altered_and_removed_words_are_named_by_their_entry(sealed: Path) -> None:
    entry = Entry.objects.filter(verb="matters.note").earliest("id").id
    run("DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT * FROM journal_entrytext")
    for change, said in (
        ("UPDATE journal_entrytext SET text = 'x'", "altered"),
        ("TRUNCATE journal_entrytext", "removed"),
    ):
        run(change)
        fault = found()
        assert fault is not None
        assert (fault.row, said in fault.what) == (entry, True)
        run("TRUNCATE journal_entrytext; INSERT INTO journal_entrytext SELECT * FROM kept")
    run("UPDATE journal_searchwords SET words = 'x'; DROP TABLE kept")
    assert "search" in str(found())


def test_rows_and_seals_forged_together_are_found_by_the_exported_seals(sealed: Path) -> None:
    row = Entry.objects.order_by("id")[1].id
    run(f"UPDATE journal_entry SET actor_id = 77 WHERE id = {row}")
    run("TRUNCATE journal_seal RESTART IDENTITY")
    assert seals.seal_all(at=AT) == 3
    assert found() is None
    fault = found(sealed)
    assert fault is not None
    assert (fault.table, fault.row, fault.what) == ("journal_entry", row, "was altered")
    run("DELETE FROM journal_seal WHERE id > 1")
    Seal.objects.update(digest=b"x")
    assert "journal_seal" in str(found(sealed))


def test_a_seal_taken_away_is_missed(sealed: Path) -> None:
    run("DELETE FROM journal_seal WHERE id = (SELECT max(id) FROM journal_seal)")
    assert found() is None
    assert "it was exported" in str(found(sealed))


def test_a_seal_leaves_out_what_a_running_transaction_may_still_add(sealed: Path) -> None:
    given_ = connection.get_connection_params()
    address = {k: v for k, v in given_.items() if k in ("host", "port", "user", "password", "dbname")}
    with psycopg.connect(**address) as slow:
        slow.execute("INSERT INTO journal_entry (at, verb, operation, subject_kind, facts, authority, text_hash)"
                     " VALUES ('2026-11-23', 'matters.take', 'alteration', '', '{}', '', '')")  # fmt: skip
        record([Line("matters.take", 5)], by=1, at=AT)  # later, and committed before
        assert seals.seal_all(at=AT) == 0
        slow.commit()
    assert seals.seal_all(at=AT) == 1
    assert Seal.objects.latest("id").rows == 2
    assert found() is None


def test_seals_are_cut_where_transactions_end(sealed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seals, "MOST", 3)
    for number in range(5):
        record([Line("matters.take", number)] * 2, by=1, at=AT)
    assert seals.seal_all(at=AT) >= 3
    assert (
        sum(Seal.objects.filter(sealed="journal_entry").values_list("rows", flat=True))
        == Entry.objects.count()
    )
    assert found() is None


def test_the_command_says_whether_the_log_is_as_written_and_fails_where_not(sealed: Path) -> None:
    told = CliRunner().invoke(journal.app, ["verify", "--json", "--seals", str(sealed)])
    assert (told.exit_code, json.loads(told.output)["fault"]) == (0, None)
    row = Entry.objects.earliest("id").id
    run(f"UPDATE journal_entry SET actor_id = 77 WHERE id = {row}")
    told = CliRunner().invoke(journal.app, ["verify", "--seals", str(sealed)])
    assert told.exit_code == 1
    assert f"journal_entry row {row:,} was altered" in told.output


def test_workers_that_begin_together_export_each_seal_once(sealed: Path, tmp_path: Path) -> None:
    together, told = Barrier(4), tmp_path / "told"

    def export_it(_: int) -> int:
        try:
            together.wait(timeout=60)
            return verifying.export(told)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(export_it, range(4))) == [0, 0, 0, 3]
    assert [each["id"] for each in verifying.read_exported(told)] == list(
        Seal.objects.order_by("id").values_list("id", flat=True)
    )
    assert not list(told.glob("*.part"))


def test_a_seal_made_while_the_log_is_verified_is_no_fault(sealed: Path) -> None:
    def read_late() -> Iterator[dict[str, object]]:
        """The folder, read after a worker has sealed and exported once more."""
        record([Line("matters.take", 1)], by=1, at=AT)
        seals.seal_all(at=AT)
        verifying.export(sealed)
        yield from verifying.read_exported(sealed)

    assert verifying.verify(read_late()).fault is None
