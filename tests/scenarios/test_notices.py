"""The notice of a camera detection: produced in time or not at all, printed once, held where it cannot be."""

from __future__ import annotations

from datetime import date

import pytest
from tests import given
from tests.scenarios.december import OFFENCE, POST_BY, PRODUCE_BY, posted, received

from casewright.areas.traffic.models import Allegation
from casewright.foundation.documents.models import Blob, LeavingFile, Letter
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.matters.models import Matter

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("day", "goes"), [(20, True), (21, True), (22, False), (23, False)])
def test_a_notice_is_produced_up_to_produce_by_and_not_after(day: int, goes: bool) -> None:
    matter = received()
    with given.on(date(2026, 12, day)):
        made = given.print_notices(matter.force)
    letter = Letter.objects.get(print_run=made)
    assert (letter.state == "produced") is goes
    assert (Matter.objects.get().status == "notice_produced") is goes
    if not goes:
        assert letter.state == "refused"
        assert letter.why


def test_after_produce_by_a_promised_posting_receipt_lifts_it_but_only_until_post_by() -> None:
    matter = received()
    ruth = given.person("Ruth Alder")
    with given.on(POST_BY):
        made = given.print_notices(matter.force, by=ruth, promised=True)
    assert Letter.objects.get(print_run=made).state == "produced"
    assert made.receipt_promised_by == ruth


def test_not_even_a_promise_produces_a_notice_after_post_by() -> None:
    matter = received()
    with given.on(date(2026, 12, 23)):
        made = given.print_notices(matter.force, by=given.person("Ruth Alder"), promised=True)
    letter = Letter.objects.get(print_run=made)
    assert letter.state == "refused"
    assert "Tuesday 22 December" in letter.why


def test_only_somebody_with_the_right_can_promise_a_receipt() -> None:
    matter = received()
    with given.on(POST_BY), pytest.raises(NotAllowed, match="promise posting receipt"):
        given.print_notices(matter.force, by=given.person("Mina Thorley"), promised=True)


def test_a_letter_that_must_be_welsh_is_held_and_not_sent_in_english_alone() -> None:
    force = given.a_unit()
    with given.on(given.MONDAY):
        given.give(given.csv_of([given.row()]), force=force)
        given.keepers_answer([Matter.objects.get()], language="cy")
        made = given.print_notices(force)
    letter = Letter.objects.get(print_run=made)
    assert (letter.state, "Welsh" in letter.why) == ("held", True)
    assert Matter.objects.get().status == "keeper_found"


@pytest.mark.parametrize(
    ("keeper", "words"),
    [
        ({"name": "漢字 Wei"}, "sign"),
        ({"address": ("1 Mill Lane 🚗", "Fernhithe")}, "sign"),
        ({"address": tuple(f"Line {n}" for n in range(60))}, "window"),
        ({"address": ("W" * 200, "Fernhithe")}, "window"),
        ({"name": "W" * 200}, "window"),
    ],
)
def test_one_letter_that_cannot_be_printed_is_held_and_the_others_go(keeper: dict, words: str) -> None:
    force = given.a_unit()
    rows = [given.row(sequence=str(n), time=f"1{n}:00:00") for n in range(5)]
    with given.on(given.MONDAY):
        given.give(given.csv_of(rows), force=force)
        first, *others = Matter.objects.order_by("id")
        given.keepers_answer([first], **keeper)
        given.keepers_answer(others)
        made = given.print_notices(force)
    assert Letter.objects.filter(print_run=made, state="produced").count() == 4
    held = Letter.objects.get(print_run=made, state="held")
    assert held.matter == first
    assert words in held.why
    assert made.run.state == "done"


def test_a_letter_that_runs_over_its_pages_is_held_and_the_others_go() -> None:
    force = given.a_unit()
    with given.on(given.MONDAY):
        given.give(given.csv_of([given.row(), given.row(sequence="2", time="15:00:00")]), force=force)
        first, other = Matter.objects.order_by("id")
        given.keepers_answer([first, other])
        Allegation.objects.filter(incident_id=first.id).update(detail="y " * 99)
        Allegation.objects.bulk_create(
            Allegation(incident_id=first.id, number=n, offence_code="RT88509", title="x " * 79, nip_needed=True,
                       limit_rule="summary-6m") for n in range(2, 30)
        )  # fmt: skip
        made = given.print_notices(force)
    assert Letter.objects.get(print_run=made, state="produced").matter == other
    assert "does not fit" in Letter.objects.get(print_run=made, state="held").why


def test_a_letter_is_produced_once_however_often_it_is_asked_for() -> None:
    matter = posted()
    with given.on(date(2026, 12, 22)), pytest.raises(NotAllowed, match="No notice waits"):
        given.print_notices(matter.force)
    assert Letter.objects.filter(state__in=("produced", "posted")).count() == 1


def test_a_run_left_lying_past_the_last_posting_day_is_not_handed_over() -> None:
    matter = received()
    with given.on(PRODUCE_BY):
        made = given.print_notices(matter.force)
    with given.on(date(2026, 12, 23)), pytest.raises(NotAllowed, match="may still be posted"):
        given.hand_over(made)


def test_the_late_letter_is_taken_out_of_its_part_and_the_other_goes() -> None:
    force = given.a_unit()
    rows = [given.row(**OFFENCE), given.row(date="2026-12-15", time="10:00:00", sequence="2")]
    with given.on(date(2026, 12, 16)):
        given.give(given.csv_of(rows), force=force)
        early, later = Matter.objects.order_by("incident__offence_at")
        given.keepers_answer([early, later])
        made = given.print_notices(force)
    before = made.parts.get().sha256
    with given.on(date(2026, 12, 23)):
        given.hand_over(made)
    assert Letter.objects.get(matter=early).state == "withdrawn"
    assert Matter.objects.get(id=early.id).status == "keeper_found"
    part = made.parts.get()
    assert (part.letters, part.pages) == (1, 2)
    kept = Letter.objects.get(matter=later)
    assert (kept.state, kept.page_from, kept.page_to) == ("produced", 1, 2)
    assert part.sha256 != before
    assert not Blob.objects.filter(sha256=before).exists(), "no row would name it, so nobody could destroy it"
    assert LeavingFile.objects.get().name == before


def test_the_single_copy_of_a_letter_says_that_it_is_one() -> None:
    import pypdfium2

    from casewright.flows import produce_notices

    matter = received()
    with given.on(PRODUCE_BY):
        made = given.print_notices(matter.force)
        letter = Letter.objects.get()
        document = pypdfium2.PdfDocument(produce_notices.single_copy(letter))
    words = [document[n].get_textpage().get_text_range() for n in range(len(document))]
    assert len(words) == 2
    assert all(f"Copy of the letter in print run {made.reference}" in page for page in words)
