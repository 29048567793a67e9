"""A page that watches long work loads itself anew when the work has ended, and not a moment before."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from tests import given

from casewright.flows import produce_notices, take_in_detections
from casewright.foundation.journal.models import Consultation
from casewright.foundation.matters.models import Matter
from casewright.foundation.reference.models import Force
from casewright.foundation.runs.models import Run

pytestmark = pytest.mark.django_db
Asking = Callable[[str], HttpResponse]


@pytest.fixture
def ask() -> Asking:
    """Ask a page for its moving part, as the page itself does, as a senior processing officer."""
    given.a_unit()
    client = Client()
    client.force_login(given.person("Ruth Alder"))
    return lambda address: client.get(address, headers={"HX-Request": "true"})


def seen_before_and_after(ask: Asking, address: str) -> list[bool]:
    """Whether the page is told to load itself anew: while the work waits, then when it is done."""
    asked = [ask(address)]
    given.work()
    asked.append(ask(address))
    assert [each.status_code for each in asked] == [200, 200]
    return [each.has_header("HX-Refresh") for each in asked]


def test_the_page_of_a_file_shows_its_held_rows_by_itself_once_all_are_read(ask: Asking) -> None:
    with given.on(given.MONDAY, 10) as now:
        file = take_in_detections.receive_file(
            content=[given.csv_of([given.row(mark="QX2B RTL")])],
            name="one.csv",
            force_id=Force.objects.earliest("id").id,
            by=given.person("Ruth Alder"),
            at=now,
        )
        assert seen_before_and_after(ask, f"/intake/files/{file.id}") == [False, True]
    assert not Consultation.objects.exists()  # a count asked for every second is no look at a record


def test_the_page_of_a_print_run_and_of_its_run_offer_the_next_act_once_all_are_produced(ask: Asking) -> None:
    force = Force.objects.earliest("id")
    with given.on(given.MONDAY, 10) as now:
        given.give(given.csv_of([given.row()]), force=force)
        given.keepers_answer(list(Matter.objects.all()))
        made = produce_notices.start_print_run(
            force_id=force.id,
            matter_ids=[Matter.objects.get().id],
            receipt_promised=False,
            by=given.person("Ruth Alder"),
            at=now,
        )
        run = Run.objects.latest("id")
        assert not ask(f"/runs/{run.id}").has_header("HX-Refresh")
        assert seen_before_and_after(ask, f"/print-runs/{made.id}") == [False, True]
        assert ask(f"/runs/{run.id}").has_header("HX-Refresh")
    assert not Consultation.objects.exists()
