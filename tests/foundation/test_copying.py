"""COPY in sets: whatever a column holds comes back from the database as it went in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import IntEnum
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import given as property_of
from hypothesis import settings as property_settings
from hypothesis import strategies as st

from casewright.foundation.copying import as_copy_text, reserve_ids
from casewright.foundation.journal.models import Entry, Operation

pytestmark = pytest.mark.django_db

# PostgreSQL holds any character but NUL, and no lone surrogate; that is the callers' to see to.
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
MOMENTS = st.integers(0, 10**15).map(
    lambda n: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=n * 4)
)
PLAIN = st.dictionaries(WORDS, st.none() | st.booleans() | st.integers(-(2**31), 2**31) | WORDS, max_size=3)
ROWS = st.lists(
    st.tuples(
        st.none() | st.integers(-(2**62), 2**62), st.none() | WORDS, WORDS, st.booleans(), st.none() | st.booleans(),
        MOMENTS, st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.none() | st.uuids(), PLAIN,
        st.decimals(-(10**9), 10**9, places=2),
    ),
    min_size=1, max_size=8,
)  # fmt: skip
COLUMNS = "a bigint, b text, c text, d boolean, e boolean, f timestamptz, g date, h uuid, i json, j numeric"


def returned(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE IF NOT EXISTS held (n serial, {COLUMNS})")
        cursor.execute("TRUNCATE held RESTART IDENTITY")
        with cursor.copy("COPY held (a, b, c, d, e, f, g, h, i, j) FROM STDIN") as copy:
            copy.write(as_copy_text(rows))
        cursor.execute("SELECT a, b, c, d, e, f, g, h, i, j FROM held ORDER BY n")
        return list(cursor.fetchall())


@property_of(ROWS)
@property_settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_rows_come_back_as_they_went_in(rows: list[tuple[object, ...]]) -> None:
    # the same rows twice: a column of one value is written by another way than one of many
    assert returned(rows) == rows
    assert returned([rows[0]] * 3) == [rows[0]] * 3


def test_a_column_of_yes_and_one_is_not_taken_for_a_column_of_one_value() -> None:
    base = (1, "", "", True, None, datetime(2026, 1, 1, tzinfo=UTC), None, UUID(int=0))
    rows = [(*base, {"n": 1}, Decimal(0)), (*base, {"n": True}, Decimal(0))]
    assert [row[8] for row in returned(rows)] == [{"n": 1}, {"n": True}]


def test_enumerations_are_written_as_what_they_stand_for() -> None:
    class Grade(IntEnum):
        FIRST = 1

    assert as_copy_text([(Grade.FIRST, Operation.COLLECTION)]) == "1\tcollection\n"


def test_a_type_without_a_form_is_refused_by_name() -> None:
    with pytest.raises(TypeError, match="COPY has no form for complex"):
        as_copy_text([(1j,), (2j,)])


def test_reserved_ids_are_fresh_and_distinct() -> None:
    first, second = reserve_ids(Entry, 3), reserve_ids(Entry, 3)
    assert len({*first, *second}) == 6
    assert reserve_ids(Entry, 0) == []
