"""A matter's status is one that its kind has, by whatever way it is written; one in use cannot be taken away."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from psycopg.errors import ForeignKeyViolation
from tests import given

from casewright.foundation import clock
from casewright.foundation.matters.models import Matter, MatterStatus
from casewright.foundation.matters.opening import Opened, open_matters
from casewright.foundation.reference.models import Force

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def unit() -> None:
    """The demonstration's unit, without work."""
    given.a_unit()


def opened(matter_id: int, status: str, kind: str = "traffic") -> Opened:
    force_id = Force.objects.earliest("id").id
    return Opened(
        matter_id,
        f"T99-{matter_id}",
        kind,
        status,
        "A matter",
        force_id,
        clock.now(),
        queue="enquiries",
        next_act="Ask for the keeper",
    )


def test_a_status_that_no_matter_of_the_kind_has_is_refused_for_the_whole_set() -> None:
    for row in (opened(900_002, "no_such_status"), opened(900_002, "awaiting_keeper", "no_such_kind")):
        with pytest.raises(ForeignKeyViolation, match="has the status"), transaction.atomic():
            open_matters([opened(900_001, "awaiting_keeper"), row])
    assert not Matter.objects.filter(id__gte=900_000).exists()


def test_no_matter_is_moved_to_an_unknown_status() -> None:
    open_matters([opened(900_001, "awaiting_keeper"), opened(900_002, "awaiting_keeper")])
    with pytest.raises(IntegrityError, match="has the status"), transaction.atomic():
        Matter.objects.filter(id=900_002).update(status="nowhere")
    assert set(Matter.objects.values_list("status", flat=True)) == {"awaiting_keeper"}
    Matter.objects.filter(id=900_002).update(status="keeper_found")


def test_a_status_that_a_matter_has_can_be_neither_renamed_nor_removed_and_one_that_none_has_can() -> None:
    open_matters([opened(900_001, "awaiting_keeper")])
    in_use = MatterStatus.objects.filter(kind="traffic", status="awaiting_keeper")
    for change in (in_use.delete, lambda: in_use.update(status="renamed")):
        with pytest.raises(IntegrityError, match="have the status"), transaction.atomic():
            change()
    Matter.objects.filter(id=900_001).update(status="keeper_found")
    with transaction.atomic():
        assert in_use.delete()[0] == 1
        transaction.set_rollback(True)


def test_the_database_says_which_rule_was_broken() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE matters_matter SET status = status WHERE false"
        )  # nothing changed: nothing refused
    with pytest.raises(ForeignKeyViolation) as refused, transaction.atomic():
        open_matters([opened(900_001, "no_such_status")])
    assert refused.value.diag.constraint_name == "matter_status_known"
