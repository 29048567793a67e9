"""Ten million rows of the log are compared with their seals within a minute."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from django.db import connection, connections

from casewright.foundation.journal import seals, verifying

ROWS = 10_000_000
AT_ONCE = 50_000  # rows a transaction, as a busy intake writes


@pytest.mark.drill
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_ten_million_rows_are_verified_within_a_minute() -> None:
    """Rows as an intake writes them: facts, an authority, no words; the digest chain of everything is compared."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE journal_entry, journal_entrytext, journal_seal")
        for start in range(0, ROWS, AT_ONCE):
            cursor.execute(
                "INSERT INTO journal_entry (at, verb, operation, actor_id, matter_id, subject_kind, subject_id,"
                " facts, authority, text_hash) SELECT timestamptz '2026-11-01' + n * interval '1 second',"
                " 'traffic.receive', 'collection', 1, n, 'incident', n,"
                " jsonb_build_object('file', n / 800, 'row', n %% 800), 'RTOA 1988 s.1', ''"
                " FROM generate_series(%s, %s) n",
                [start, start + AT_ONCE - 1],
            )
        cursor.execute("ANALYZE journal_entry")
    began = time.perf_counter()
    made = seals.seal_all(at=datetime(2026, 11, 23, tzinfo=UTC))
    sealed_in, began = time.perf_counter() - began, time.perf_counter()
    found = verifying.verify()
    seconds = time.perf_counter() - began
    print(f"{found.rows:,} rows under {made} seals: sealed in {sealed_in:.1f} s, verified in {seconds:.1f} s")
    assert (found.fault, found.rows, found.unsealed) == (None, ROWS, 0)
    assert seconds <= 60
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET actor_id = 2 WHERE id = (SELECT max(id) - 5 FROM journal_entry)")
        cursor.execute("SELECT max(id) - 5 FROM journal_entry")
        row = cursor.fetchone()[0]
    fault = verifying.verify().fault
    assert fault is not None
    assert (fault.table, fault.row, fault.what) == ("journal_entry", row, "was altered")
    connections.close_all()
