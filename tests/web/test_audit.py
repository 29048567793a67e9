"""The audit viewer: who did what and who looked, for those who must verify it, and only what is theirs to see."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import given
from tests.web import restricted_world
from tests.web.test_log import table
from tests.web.test_restricted import client_of

from casewright.foundation import clock
from casewright.foundation.journal.looks import consulted
from casewright.foundation.journal.models import Consultation, Entry, Operation
from casewright.foundation.journal.record import Line, record
from casewright.foundation.matters.models import Destruction, Matter
from casewright.foundation.people.models import User
from casewright.web.audit import queries
from casewright.web.audit.pages import PAGES
from casewright.web.audit.queries import Question

pytestmark = pytest.mark.django_db
EVERYTHING = Question(None, "", None, None, None, "")


def asked(matter: Matter | None = None, **also: Any) -> dict[str, Any]:
    return {"purpose": "lawfulness", "reference": matter.reference if matter else "", **also}


def a_matter() -> Matter:
    force = given.a_unit()
    with given.on(given.MONDAY):
        given.give(given.csv_of([given.row()]), force=force)
    return Matter.objects.get()


def test_every_look_that_is_logged_has_its_words() -> None:
    logged = {name for name, look in table().items() if look != "nothing"}
    assert logged <= set(PAGES), logged - set(PAGES)


def test_who_saw_a_matter_and_why_is_told_in_sentences_with_lists_and_searches_that_showed_it() -> None:
    matter, mina = a_matter(), client_of("case_administrator")
    mark = matter.vehicles.get().registration_mark
    mina.get(f"/matters/{matter.id}")
    mina.get("/worklist?of=unit")
    mina.get(mina.post("/search", {"sought": mark})["Location"])
    page = client_of("supervisor").get("/audit", asked(matter)).content.decode()
    assert "Mina Thorley opened the matter." in page
    assert f"Mina Thorley opened a worklist and was shown {matter.reference}." in page
    assert f"Mina Thorley searched for “{mark.casefold()}” and was shown {matter.reference}." in page
    assert "The worklist “" in page
    assert "A search." in page


def test_the_log_is_not_read_without_a_purpose_nor_without_a_question() -> None:
    matter, una = a_matter(), client_of("supervisor")
    for question in (asked(matter, purpose=""), asked(matter, purpose="league"), asked()):
        answer = una.get("/audit", question)
        assert answer.status_code == 422
        assert "Receive" not in answer.content.decode()
    assert not Consultation.objects.filter(page="audit").exists()
    month = {"since": "2026-11-01", "until": "2026-12-01"}
    assert una.get("/audit", asked(**month)).status_code == 200
    assert una.get("/audit", asked(**month | {"until": "2026-12-02"})).status_code == 422
    assert una.get("/audit", asked(**month | {"until": "2026-10-31"})).status_code == 422


def test_reading_the_log_is_logged_with_purpose_question_and_rows() -> None:
    matter, una = a_matter(), client_of("supervisor")
    una.get("/audit", asked(matter, operation="collection"))
    look = Consultation.objects.get(page="audit")
    assert (look.matter_id, look.reason) == (matter.id, "lawfulness")
    assert look.shown["operation"] == "collection"
    acts = Entry.objects.filter(matter_id=matter.id, operation="collection").values_list("id", flat=True)
    assert look.shown["rows"] == [f"act {each}" for each in sorted(acts, reverse=True)]
    again = una.get("/audit", asked(matter)).content.decode()
    assert "Una" in again
    assert "read the log" in again


def test_no_act_and_no_look_is_left_out_for_its_age() -> None:
    matter, una = a_matter(), client_of("supervisor")
    by = given.person("Mina Thorley").id
    with given.on(date(2004, 2, 29)) as at:
        consulted(by=by, page="matter", at=at, matter_id=matter.id)
        record([Line("matters.take", matter.id, "matter", matter.id)], by=by, at=at)
    with given.on(given.MONDAY):
        page = una.get("/audit", asked(matter)).content.decode()
    assert page.count("Sun 29 Feb 2004") == 2
    assert "no row of the log is removed" in page


@pytest.mark.parametrize("operation", [each.value for each in Operation])
def test_one_operation_alone(operation: str) -> None:
    matter = a_matter()
    with given.on(given.MONDAY) as at:
        by = given.person("Mina Thorley").id
        record(
            [Line("matters.take", matter.id, operation=each) for each in Operation if each != "consultation"],
            by=by,
            at=at,
        )
        consulted(by=by, page="matter", at=at, matter_id=matter.id)
    question = Question(matter.id, "", None, None, None, operation)
    rows, _ = queries.log_page(auditor(), question, after=None)
    assert rows
    assert {row.operation for row in rows} == {Operation(operation).label}


def auditor() -> User:
    return User.objects.get(roles__role="supervisor")


@pytest.mark.parametrize("size", [1, 7, 50])
def test_every_row_is_seen_once_whatever_the_size_of_a_page(size: int) -> None:
    matter = a_matter()
    by = given.person("Mina Thorley").id
    with given.on(given.MONDAY) as at:
        for n in range(12):  # several of one moment, of both kinds
            moment = at + timedelta(minutes=n // 4)
            consulted(by=by, page="matter", at=moment, matter_id=matter.id)
            record([Line("matters.note", matter.id, "note", n)], by=by, at=moment)
    question, seen, mark = Question(matter.id, "", None, None, None, ""), [], None
    while True:
        rows, more = queries.log_page(auditor(), question, after=mark, size=size)
        seen += rows
        if not more:
            break
        mark = queries.read_mark(more)
    of_matter = [m.objects.filter(matter_id=matter.id).count() for m in (Entry, Consultation)]
    assert len({(row.look, row.id) for row in seen}) == len(seen) == sum(of_matter)
    assert [row.at for row in seen] == sorted((row.at for row in seen), reverse=True)


def test_the_number_of_statements_does_not_grow() -> None:
    matter, counts = a_matter(), []
    by = given.person("Mina Thorley").id
    for _ in range(2):
        with given.on(given.MONDAY) as at:
            for n in range(15):
                record([Line("matters.note", matter.id, "note", n, text="x")], by=by, at=at)
                consulted(by=by, page="found", at=at, words=f"w{n}", shown={"matters": [matter.id]})
        actor = auditor()
        with CaptureQueriesContext(connection) as made:
            queries.log_page(actor, EVERYTHING, after=None)
        counts.append(len(made))
    assert counts[0] == counts[1] <= 12


def test_a_restricted_matter_is_absent_and_a_wrong_reference_answers_the_same() -> None:
    world = restricted_world.a_world()
    ruth = client_of("senior_processing_officer")
    ruth.get(f"/matters/{world.restricted.id}")
    ruth.get("/worklist?of=unit")
    ruth.get(ruth.post("/search", {"sought": restricted_world.NAME})["Location"])
    una = client_of("supervisor")
    with given.on(given.MONDAY, 16):  # a page says which minute it is
        pages = [
            without_token(una.get("/audit", asked(reference=each)).content.decode().replace(each, ""))
            for each in (world.restricted.reference, "T26-999999", world.elsewhere.reference)
        ]
    assert "There is no such matter for you" in pages[0]
    assert pages[0] == pages[1] == pages[2]
    ruths = {"person": given.person("Ruth Alder").id}
    everything = una.get("/audit", asked(**ruths)).content.decode()
    period = una.get("/audit", asked(since="2026-11-01", until="2026-11-30")).content.decode()
    export = given_out(una, asked(**ruths))
    for text in (everything, period, export):
        for secret in (*restricted_world.CANARIES, world.restricted.reference, world.elsewhere.reference):
            assert secret not in text
            assert secret.casefold() not in text
    assert "(words that found a matter not shown here)" in everything
    assert world.ordinary.reference in everything


def without_token(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_what_is_left_of_a_destroyed_matter_is_still_told() -> None:
    matter = a_matter()
    client_of("case_administrator").get(f"/matters/{matter.id}")
    left = Destruction(
        matter_id=matter.id + 1_000, reference="T26-777777", reason="Rule", proposed_at=clock.now(),
        force_id=matter.force_id,
    )  # fmt: skip
    left.proposed_by, left.approved_by = given.person("Agnes Dray"), given.person("Ruth Alder")
    left.approved_at = clock.now()
    left.save()
    record([Line("records.destroy", left.matter_id, "matter", left.matter_id)], by=1, at=clock.now())
    page = client_of("supervisor").get("/audit", asked(reference="T26-777777")).content.decode()
    assert "T26-777777" in page
    assert "Nothing in the log" not in page


def given_out(client: Client, question: dict[str, Any]) -> str:
    answer = client.post("/audit/export", {**question, "recipient": "commissioner"})
    assert answer.status_code == 200
    return b"".join(answer).decode()


def test_the_export_has_every_field_no_formula_and_is_a_disclosure_to_its_recipient() -> None:
    matter, una = a_matter(), client_of("supervisor")
    note = "=HYPERLINK(1)"
    client_of("case_administrator").post(f"/matters/{matter.id}/note", {"text": note})
    client_of("case_administrator").get(f"/matters/{matter.id}")
    rows = list(csv.DictReader(io.StringIO(given_out(una, asked(matter)))))
    kept = Entry.objects.filter(matter_id=matter.id).exclude(verb="journal.give_out").count()
    looks = Consultation.objects.filter(matter_id=matter.id).count()
    assert len(rows) >= kept + looks > 2
    assert all(row["at (UTC)"].endswith("+00:00") and row["transaction"] for row in rows)
    assert not any(cell.startswith("=") for row in rows for cell in row.values())
    given_away = Entry.objects.get(verb="journal.give_out")
    assert (given_away.operation, given_away.recipient, given_away.reason) == (
        "disclosure",
        "commissioner",
        "lawfulness",
    )
    assert given_away.facts["rows"] == len(rows)
    assert given_away.matter_id == matter.id


def test_the_export_asks_again_who_it_is() -> None:
    a_matter()
    client = Client()
    client.force_login(auditor())
    answer = client.post("/audit/export", asked(since="2026-11-01", until="2026-11-02", recipient="court"))
    assert answer.status_code == 302
    assert "/sign-in/again" in answer["Location"]
    assert not Entry.objects.filter(verb="journal.give_out").exists()
