"""Seals over the log: a digest of every row that ended transactions wrote, chained, so that a change is found.

A seal covers the rows of one table whose transaction lies in a range that ends before the oldest transaction still
running: nothing can be added to it any more. Its leaves hold, for each row, id, matter and digest, so that `verify`
names the row. A hand at the database that changes rows and seals alike is found by the seals that were exported.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

MOST = 200_000  # rows under one seal, and what the transaction that began before them wrote
LOCK = 7_215_062  # an advisory lock: one sealer at a time (DPA 2018 s.62)

COLUMNS = {
    "journal_entry": "id, at, verb, operation, actor_id, matter_id, subject_kind, subject_id, facts, authority,"
    " text_hash, for_id, reason, recipient, source, tx",
    "journal_consultation": "id, at, actor_id, matter_id, page, reason, shown, for_id, source, text_hash, tx",
    "journal_fieldhistory": "id, at, table_name, row_id, matter_id, operation, former, tx",
}
LEAF = 32  # bytes: id 8, matter 8 (0 for none), the first half of the row's SHA-256


def leaves_of(table: str) -> str:
    """SQL for the leaves of a table's rows in a range of transactions: one row, `n` and `leaves`."""
    return f"""
      SELECT count(*) AS n, coalesce(string_agg(leaf, ''::bytea ORDER BY id), ''::bytea) AS leaves FROM (
        SELECT id, int8send(id) || int8send(coalesce(matter_id, 0))
          || substr(sha256(convert_to(ROW({COLUMNS[table]})::text, 'UTF8')), 1, 16) AS leaf
        FROM {table} WHERE tx >= %(from)s AND tx < %(until)s) AS rows"""  # noqa: S608


DIGEST = "sha256(previous || convert_to(sealed || ' ' || from_tx || ' ' || until_tx || ' ' || rows, 'UTF8') || leaves)"


def seal_all(*, at: datetime) -> int:
    """Seal what can be sealed of every table; how many seals were made. Each is its own transaction."""
    sum_up()
    return sum(seal_one(table, until, at=at) for table in COLUMNS for until in _ends(table))


def seal_one(table: str, until: int, *, at: datetime) -> bool:
    """Make the next seal of a table, up to a transaction; False where another sealer was there first."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        as_written_alike(cursor)
        first = _sealed_until(cursor, table)
        if first >= until:
            return False
        cursor.execute(
            f"""INSERT INTO journal_seal (at, sealed, from_tx, until_tx, rows, leaves, previous, digest)
            SELECT at, sealed, from_tx, until_tx, rows, leaves, previous, {DIGEST} FROM (
              SELECT %(at)s::timestamptz AS at, %(table)s::varchar AS sealed, %(from)s::bigint AS from_tx,
                %(until)s::bigint AS until_tx, n AS rows, leaves,
                coalesce((SELECT digest FROM journal_seal ORDER BY id DESC LIMIT 1), ''::bytea) AS previous
              FROM ({leaves_of(table)}) AS counted) AS next""",  # noqa: S608
            {"at": at, "table": table, "from": first, "until": until},
        )
    return True


def sum_up() -> None:
    """Let the index over transactions know the pages written since: without it each range reads all of them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT journal_sum_up()")


def as_written_alike(cursor: CursorWrapper) -> None:
    """Rows are digested as text: the settings that text depends on, and room to sort a seal's rows, for now."""
    cursor.execute(
        "SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'; SET LOCAL work_mem = '128MB'; SET LOCAL jit = off"
    )


def _sealed_until(cursor: CursorWrapper, table: str) -> int:
    cursor.execute("SELECT coalesce(max(until_tx), 0) FROM journal_seal WHERE sealed = %s", [table])
    return int(cursor.fetchone()[0])


def _ends(table: str) -> list[int]:
    """Where each of the next seals ends: about every `MOST` rows, the last at the oldest transaction still running.

    One pass over what is not sealed yet, however much that is.
    """
    with connection.cursor() as cursor:
        first = _sealed_until(cursor, table)
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint + journal_tx_offset()")
        limit = int(cursor.fetchone()[0])
        cursor.execute(
            f"""SELECT max(tx) + 1 FROM (
              SELECT tx, (sum(n) OVER (ORDER BY tx) - 1)::bigint / {MOST} AS part FROM (
                SELECT tx, count(*) AS n FROM {table} WHERE tx >= %s AND tx < %s GROUP BY tx) AS each) AS parted
            GROUP BY part ORDER BY 1""",  # noqa: S608
            [first, limit],
        )
        ends = [int(row[0]) for row in cursor.fetchall()]
    return [*ends[:-1], limit] if ends else []
