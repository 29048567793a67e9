"""A file's page says what became of every row that was not accepted."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from tests import given

from casewright.foundation.matters.models import Matter
from casewright.foundation.messages.models import HeldItem, IntakeFile
from casewright.foundation.reference.models import Force
from casewright.web.messages.beside import likely_day, rows_beside
from casewright.web.messages.queries import recent_files

pytestmark = pytest.mark.django_db


@pytest.fixture
def ruth() -> Client:
    given.a_unit()
    client = Client()
    client.force_login(given.person("Ruth Alder"))
    return client


def page_of(client: Client, text: bytes, query: str = "") -> str:
    with given.on(given.MONDAY, 10):
        given.give(text, force=Force.objects.earliest("id"))
        newest = IntakeFile.objects.latest("id")
        return client.get(f"/intake/files/{newest.id}{query}").content.decode()


def test_a_row_cut_off_is_shown_with_its_reason_and_remedy(ruth: Client) -> None:
    page = page_of(ruth, given.csv_of([given.row()]) + b"SC-0")
    assert "The row has 1 fields; the heading has" in page
    assert "ask the site to send this row again" in page
    assert "Casewright, when it was read" in page


def test_a_row_here_already_names_its_matter_and_the_row_that_brought_it_first(ruth: Client) -> None:
    rows = given.csv_of([given.row()])
    page_of(ruth, rows)
    first = IntakeFile.objects.get()
    page = page_of(ruth, rows)
    assert Matter.objects.get().reference in page
    assert f"{first.reference}, row 2" in page


def test_a_row_of_a_restricted_matter_is_not_there_and_not_counted(ruth: Client) -> None:
    rows = given.csv_of([given.row(), given.row(mark="QA21 ABC", sequence="2", time="16:00:00")])
    page_of(ruth, rows)
    hidden = Matter.objects.earliest("id")
    Matter.objects.filter(id=hidden.id).update(sensitivity="restricted")
    page = page_of(ruth, rows)
    assert hidden.reference not in page
    assert Matter.objects.latest("id").reference in page
    (count,) = [
        c for f, c in recent_files(given.person("Ruth Alder")) if f == IntakeFile.objects.latest("id")
    ]
    assert (count.whole.count, count.adds_up) == (1, True)
    assert [part.count for part in count.parts] == [0, 0, 0, 1]


def test_a_file_with_a_heading_and_no_row_says_so(ruth: Client) -> None:
    heading = given.csv_of([])
    assert "The file has a heading and no row" in page_of(ruth, heading)


def test_the_timeline_of_a_matter_leads_to_the_upload_it_came_from_for_those_who_may_see_it(
    ruth: Client,
) -> None:
    page_of(ruth, given.csv_of([given.row()]))
    came, matter = IntakeFile.objects.get(), Matter.objects.get()
    link = f'<a href="/intake/files/{came.id}">Open the upload</a>'
    assert link in ruth.get(f"/matters/{matter.id}").content.decode()
    other = Client()
    other.force_login(given.person("Cyril Pennock"))
    assert "intake.read" not in given.person("Cyril Pennock").permissions
    assert link not in other.get(f"/matters/{matter.id}").content.decode()


def test_why_a_matter_ended_at_receipt_is_told_in_words(ruth: Client) -> None:
    page_of(ruth, given.csv_of([given.row(speed="32", secondary_speed="32")]))
    page = ruth.get(f"/matters/{Matter.objects.get().id}").content.decode()
    assert "ended at once: the speed is below where this force enforces." in page
    assert "BELOW_THRESHOLD" not in page
    assert "below_threshold" not in page


def test_a_held_row_shows_the_rows_beside_it_but_none_of_a_restricted_matter(ruth: Client) -> None:
    rows = [
        given.row(date="2026-11-20"),
        given.row(date="2026-11-31", sequence="2"),
        given.row(date="2026-11-21", sequence="3", time="09:12:00", mark="QX27 RTL"),
    ]
    page_of(ruth, given.csv_of(rows))
    held = HeldItem.objects.get()
    page = ruth.get(f"/intake/held/{held.id}").content.decode()
    assert "2026-11-20" in page
    assert "Sat 21 Nov" in page
    assert likely_day(held, rows_beside(given.person("Ruth Alder"), held)) == date(2026, 11, 20)
    Matter.objects.update(sensitivity="restricted")
    assert "Rows beside it" not in ruth.get(f"/intake/held/{held.id}").content.decode()


def test_a_row_held_already_says_where_it_is_held_and_leads_there(ruth: Client) -> None:
    rows = given.csv_of([given.row(date="2026-11-31")])
    page_of(ruth, rows)
    held = HeldItem.objects.get()
    page = page_of(ruth, rows)
    assert "Held, to mend" in page.split("Rows not accepted")[1]
    assert f"{held.file.reference}, row 2" in page
    assert f"/intake/held/{held.id}" in page


def test_a_row_held_for_the_register_says_who_keeps_it(ruth: Client) -> None:
    page_of(ruth, given.csv_of([given.row(device="NM9999")]))
    address = f"/intake/held/{HeldItem.objects.get().id}"
    page = ruth.get(address).content.decode()
    assert "Open the register of sites and devices" in page
    assert "NM9999" in page
    assert "Replay it as it stands" in page
    ruth.force_login(given.person("Mina Thorley"))
    assert (
        "The senior processing officer and the system administrator keep"
        in ruth.get(address).content.decode()
    )


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"value": "x" * 401, "known_by": "The image itself"}, "longer than any field of a row"),
        ({"value": "2026-11-21", "known_by": ""}, "Say how you know the correct value"),
    ],
)
def test_what_was_typed_into_a_held_row_stays_with_the_reason(
    ruth: Client, sent: dict[str, str], said: str
) -> None:
    page_of(ruth, given.csv_of([given.row(date="2026-11-31")]))
    answer = ruth.post(f"/intake/held/{HeldItem.objects.get().id}", sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert sent["value"] in answer.content.decode()
