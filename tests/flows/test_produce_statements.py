"""Producing letters takes as many statements for one as for many: a look-up for each would show in every print run."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import given

from casewright.foundation.documents.models import Letter
from casewright.foundation.matters.models import Matter

pytestmark = pytest.mark.django_db


def statements_for(number: int, *, first: int) -> int:
    """How many statements a print run of so many notices takes, from its start to its letters."""
    force = given.a_unit() if first == 0 else Matter.objects.earliest("id").force
    rows = [
        given.row(mark=f"QX{n + 21} RTL", sequence=f"{n}", time=f"1{n % 10}:00:00")
        for n in range(first, first + number)
    ]
    given.give(given.csv_of(rows), force=force)
    given.keepers_answer(list(Matter.objects.filter(status="awaiting_keeper")))
    with CaptureQueriesContext(connection) as asked:
        made = given.print_notices(force)
    assert Letter.objects.filter(print_run=made, state="produced").count() == number
    return len(asked)


def test_a_print_run_takes_the_same_statements_for_one_letter_and_for_nine() -> None:
    with given.on(given.MONDAY + timedelta(days=1)):
        assert statements_for(1, first=0) == statements_for(9, first=1)
