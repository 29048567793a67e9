"""What leaves the unit is logged as a disclosure, on its matter, with who received it and why (DPA 2018 s.62(1)(d))."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import given
from tests.web import restricted_world
from tests.web.test_restricted import client_of

from casewright.foundation.documents import blobs
from casewright.foundation.documents.models import Document, Letter
from casewright.foundation.journal.models import Entry, Operation
from casewright.foundation.matters.models import Matter
from casewright.foundation.messages.models import Message
from casewright.interfaces.dvla import live, outbound

pytestmark = pytest.mark.django_db


def disclosed(verb: str) -> list[Entry]:
    found = list(Entry.objects.filter(verb=verb).order_by("id"))
    assert all(each.operation == Operation.DISCLOSURE and each.reason and each.recipient for each in found)
    return found


def several(count: int) -> list[Matter]:
    force = given.a_unit()
    rows = [
        given.row(sequence=f"{n:08d}", time=f"{10 + n}:00:00", mark=f"QX{n + 10} RTL") for n in range(count)
    ]
    with given.on(given.MONDAY):
        given.give(given.csv_of(rows), force=force)
    return list(Matter.objects.order_by("id"))


def test_letters_handed_over_are_disclosed_each_to_its_addressee_in_a_constant_number_of_statements() -> None:
    matters = several(3)
    with given.on(given.MONDAY, 12):
        given.keepers_answer(matters)
        made = given.print_notices(matters[0].force)
        assert disclosed("documents.hand_over_letter") == []
        with CaptureQueriesContext(connection) as asked:
            given.hand_over(made)
    found = disclosed("documents.hand_over_letter")
    letters = Letter.objects.filter(print_run=made).order_by("id")
    assert [(x.matter_id, x.subject_id, x.recipient) for x in found] == [
        (each.matter_id, each.id, f"party {each.recipient_id}") for each in letters
    ]
    assert sum("journal_entry" in one["sql"] for one in asked.captured_queries) < 10


def test_an_enquiry_to_dvla_is_disclosed_before_it_is_sent_and_once_however_often_it_is_repeated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    several(2)
    queued = Message.objects.filter(interface="dvla", direction="out").values_list("id", flat=True)
    seen: list[int] = []

    def unreachable(body: bytes) -> bytes:
        seen.append(len(disclosed("messages.ask_dvla")))
        raise live.NotAnswered("no route")

    monkeypatch.setattr(live, "ask", unreachable)
    for hour in (12, 15):
        with given.on(given.MONDAY, hour):
            outbound.send_due()
    assert seen == [2, 2]
    found = disclosed("messages.ask_dvla")
    assert sorted(each.subject_id for each in found) == sorted(queued)
    assert {each.recipient for each in found} == {"dvla"}


def test_a_copy_taken_is_disclosed_to_who_took_it_and_a_page_looked_at_is_not() -> None:
    world = restricted_world.a_world()
    letter = Letter.objects.get(matter=world.ordinary)
    kept = blobs.keep([b"a paper of nobody"], "text/plain")
    paper = Document.objects.create(
        matter=world.ordinary, blob=kept, kind="paper", title="P", direction="received", at=letter.produced_at
    )
    ruth = client_of("senior_processing_officer")
    ruth.get(f"/letters/{letter.id}")
    ruth.get(f"/letters/{letter.id}/page/1")
    assert disclosed("documents.take_copy") == []
    for path in (
        f"/letters/{letter.id}/copy",
        f"/documents/{paper.id}",
        f"/print-runs/{world.made.id}/manifest",
    ):
        assert ruth.get(path).status_code == 200
    taker = f"person {given.person('Ruth Alder').id}"
    assert [(x.matter_id, x.subject_kind, x.recipient) for x in disclosed("documents.take_copy")] == [
        (world.ordinary.id, "letter", taker),
        (world.ordinary.id, "document", taker),
        (None, "print_run", taker),
    ]
