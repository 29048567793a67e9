"""My day tells each role what waits for it, and nobody what is another's to do."""

from __future__ import annotations

import pytest
from django.test import Client
from tests import given

from casewright.foundation.documents.models import PrintRun
from casewright.foundation.matters.models import Matter
from casewright.foundation.people import role_changes
from casewright.web.matters import worklists

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> PrintRun:
    force = given.a_unit()
    with given.on(given.MONDAY):
        given.give(given.csv_of([given.row()]), force=force)
        given.keepers_answer([Matter.objects.get()])
        return given.print_notices(force)


def day_of(name: str) -> str:
    client = Client()
    client.force_login(given.person(name))
    with given.on(given.MONDAY, 10):
        return client.get("/my-day").content.decode()


def test_a_produced_run_waits_for_whoever_hands_over_and_not_for_the_receipts_clerk(made: PrintRun) -> None:
    assert "1 print run to hand to the printer" in day_of("Ruth Alder")
    assert "Nothing waits" in day_of("Cyril Pennock")


def test_a_run_with_the_printer_waits_for_the_receipts_clerk(made: PrintRun) -> None:
    with given.on(given.MONDAY, 10):
        given.hand_over(made)
    page = day_of("Cyril Pennock")
    assert "1 print run with the printer: record the posting" in page
    assert f'href="/print-runs/{made.id}"' in page
    assert "Start with the first" not in page
    assert "to hand to the printer" not in day_of("Ruth Alder")


def test_the_officer_in_the_case_is_told_what_appears_here(made: PrintRun) -> None:
    page = day_of("PC Ansel Rooke")
    assert "Matters of which you are the officer in the case appear here" in page
    assert "print runs to hand over" not in page


def test_my_day_says_in_words_what_changed_and_counts_no_copy_taken(made: PrintRun) -> None:
    client = Client()
    client.force_login(given.person("Ruth Alder"))
    with given.on(given.MONDAY, 10):
        given.hand_over(made)
        client.get(f"/letters/{made.letters.get().id}/copy")
        page = client.get("/my-day").content.decode()
    assert "<p>1 notice produced</p>" in page
    assert "take copy" not in page


@pytest.mark.parametrize(
    ("name", "comes"),
    [
        ("Cyril Pennock", "Postings to record appear here."),
        ("Hester Lowe", "No list waits for your role."),
        ("Mina Thorley", "Held rows, print runs to hand over, postings to record and provisional decisions"),
    ],
)
def test_an_empty_list_names_only_what_can_come_to_that_role(name: str, comes: str) -> None:
    given.a_unit()
    assert comes in day_of(name)


def test_a_proposed_role_waits_for_whoever_may_approve_it_and_not_for_the_proposer() -> None:
    given.a_unit()
    with given.on(given.MONDAY) as now:
        role_changes.propose_role(
            person=given.person("Hester Lowe"),
            role="receipts_clerk",
            gives=True,
            reason="She stands in for Cyril.",
            by=given.person("Theo Marsh"),
            at=now,
        )
    assert "1 role proposed, to be decided" in day_of("Sergeant Una Brill")
    assert "role proposed" not in day_of("Theo Marsh")


def test_no_more_is_said_than_was_counted(made: PrintRun, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "1 matter." in day_of("Hester Lowe")
    monkeypatch.setattr(worklists, "MOST_COUNTED", 1)
    page = day_of("Hester Lowe")
    assert "more than 1 matter" in page
    assert "1<small> or more</small>" in page
