"""Held rows that go soon are shown to whoever can still mend them; what became of those gone stays on their pages."""

from __future__ import annotations

import html
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import given
from tests.attacks.crawler import client_of

from casewright.flows import daily_round
from casewright.foundation.messages.models import HeldItem, IntakeFile
from casewright.foundation.reference.models import Force

pytestmark = pytest.mark.django_db
LAST = given.MONDAY + timedelta(days=365)
WARNED = LAST - timedelta(days=14)
MINA, HESTER, RUTH = "Mina Thorley", "Hester Lowe", "Ruth Alder"


@pytest.fixture(autouse=True)
def force() -> Force:
    """A unit with a file of which one row is held, and one a day later."""
    made = given.a_unit()
    for days in (0, 1):
        with given.on(given.MONDAY + timedelta(days=days)):
            rows = [given.row(sequence=f"{days}1", date="2026-11-31"), given.row()]
            given.give(given.csv_of(rows), force=made, name=f"file-{days}.csv")
    return made


def page(name: str, path: str, day: date) -> str:
    with given.on(day, 10):
        return html.unescape(client_of(given.person(name)).get(path).content.decode())


@pytest.mark.parametrize(
    ("day", "going"),
    [(WARNED - timedelta(days=1), 0), (WARNED, 1), (WARNED + timedelta(days=1), 2), (LAST, 2)],
)
def test_rows_are_shown_as_going_from_the_unit_s_days_before_their_last_day_on(day: date, going: int) -> None:
    mine, listed = page(MINA, "/my-day", day), page(MINA, "/intake/held", day)
    first = {
        0: "",
        1: "1 held row to be mended before it goes, after ",
        2: "2 held rows to be mended before they go, the first after ",
    }
    assert (first[going] in mine) if going else ("before it goes" not in mine)
    assert ('href="/intake/held?due=soon"' in mine) == bool(going)
    assert ("Going soon" in listed) == bool(going)
    assert listed.count("Goes after") == going
    shown = page(MINA, "/intake/held?due=soon", day)
    assert shown.count("<tr data-href=") == going
    assert ("No row goes soon" in shown) == (not going)


def test_only_who_can_mend_is_told_on_my_day() -> None:
    assert "before they go" in page(MINA, "/my-day", LAST)
    assert "before they go" not in page(HESTER, "/my-day", LAST)


def test_a_held_row_says_its_last_day_and_once_it_has_passed_what_became_of_it() -> None:
    held = HeldItem.objects.earliest("id")
    path = f"/intake/held/{held.id}"
    assert "Kept until 23 November 2027. What it says is removed after that day" in page(
        MINA, path, given.MONDAY
    )
    assert "Goes after 23 November 2027." in page(MINA, path, WARNED)
    after = LAST + timedelta(days=1)
    with given.on(after, 6) as at:
        daily_round.live_through(after, at=at)
    gone = page(MINA, path, after)
    assert "Its last day has passed, so what it said was removed." in gone
    assert "not mended by its last day" in gone
    assert "2026-11-31" not in gone
    assert "Mend and replay" not in gone


def test_the_file_of_a_removed_row_adds_up_and_still_says_what_became_of_the_row() -> None:
    after, file = LAST + timedelta(days=1), IntakeFile.objects.earliest("id")
    with given.on(after, 6) as at:
        daily_round.live_through(after, at=at)
    shown = page(RUTH, f"/intake/files/{file.id}?shown=refused", after)
    assert "It adds up" in shown
    assert "Casewright: not mended by its last day" in shown
    assert "(removed)" in shown
    listed = page(RUTH, "/intake", after)
    assert listed.count("adds up") == 2
    assert f"removed what rows of {file.reference} said" in _said()


def _said() -> str:
    from casewright.foundation.journal.models import Entry
    from casewright.foundation.messages.sentences import SENTENCES

    entry = Entry.objects.get(verb="held.remove")
    return SENTENCES[entry.verb].format(actor="Casewright", **entry.facts)


def test_mending_too_late_is_refused_in_a_sentence_that_keeps_what_was_typed() -> None:
    held = HeldItem.objects.earliest("id")
    HeldItem.objects.filter(id=held.id).update(retain_until=given.MONDAY)
    day = given.MONDAY + timedelta(days=1)
    with given.on(day, 10) as at:
        daily_round.live_through(day, at=at)
        client: Client = client_of(given.person(MINA))
        typed = {"value": "2026-11-21", "known_by": "Data block"}
        answer = client.post(f"/intake/held/{held.id}", typed)
    assert answer.status_code == 422
    said = html.unescape(answer.content.decode())
    assert "so what it said was removed. If it is still needed, ask for it again where it came from." in said


def test_the_list_takes_as_many_statements_however_many_go() -> None:
    counts = set()
    for day in (given.MONDAY, LAST):
        with given.on(day, 10):
            client = client_of(given.person(MINA))
            client.get("/my-day")
            with CaptureQueriesContext(connection) as asked:
                client.get("/intake/held")
            counts.add(len(asked))
    assert len(counts) == 1
