"""Pointers without a foreign key: all of them are known, and the daily round finds a row that points to nothing."""

from __future__ import annotations

import pytest
from django.db import connection
from tests import given

from casewright.areas.traffic.models import Allegation
from casewright.flows import daily_round
from casewright.foundation import clock
from casewright.foundation.matters import pointers
from casewright.foundation.runs.models import Chunk

pytestmark = pytest.mark.django_db


def held_by_the_database() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.conrelid::regclass::text, a.attname FROM pg_constraint c"
            " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY(c.conkey) WHERE c.contype = 'f'"
        )
        return set(cursor.fetchall())


def test_a_pointer_is_proved_by_the_round_or_held_by_the_database_and_never_both() -> None:
    keyless = {(each.table, each.column) for each in pointers.keyless()}
    assert not keyless & held_by_the_database()
    assert ("deadlines_deadline", "matter_id") in keyless


def test_an_intake_leaves_nothing_that_points_to_nothing() -> None:
    force = given.a_unit()
    with given.on(given.MONDAY):
        given.account(
            given.give(given.csv_of([given.row(), given.row(sequence="2", time="15:00:00")]), force=force)
        )
    assert Allegation.objects.count() >= 2
    assert pointers.dangling() == {}


def test_a_row_that_points_to_nothing_is_counted_by_the_round(caplog: pytest.LogCaptureFixture) -> None:
    given.a_unit()
    Allegation.objects.create(incident_id=987_654_321, number=1, offence_code="RR84221", title="Speeding",
                              nip_needed=True, limit_rule="summary-6m")  # fmt: skip
    assert pointers.dangling() == {"traffic_allegation.incident_id": 1}
    with given.on(given.MONDAY):
        daily_round.go_round(given.MONDAY, at=clock.now())
    told = Chunk.objects.filter(run__kind=daily_round.KIND).latest("id").counts
    assert told["rows that point to nothing"] == 1
    assert "traffic_allegation.incident_id" in caplog.text
