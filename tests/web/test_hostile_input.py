"""Whatever stands in an address or a form: a sentence, never an error page."""

from __future__ import annotations

import pytest
from django.test import Client
from tests import given

from casewright.areas.decisions.models import Decision
from casewright.flows import hand_over_print_run, mend_held_row
from casewright.foundation.journal.models import Consultation, Entry
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.matters.models import Matter, SearchAsked
from casewright.foundation.matters.rights import visible_to
from casewright.foundation.messages.models import HeldItem, IntakeFile
from casewright.foundation.reference.models import Force
from casewright.web.numbers import whole_number

HOSTILE = ("²", "٤", "9" * 5000, "9" * 19, "-1", "\x00", "1\x00", "' OR 1=1 --", "<script>", "=1+1")


@pytest.fixture
def ruth(db) -> Client:
    force = given.a_unit()
    with given.on(given.MONDAY):
        given.give(given.csv_of([given.row(), given.row(mark="")]), force=force)
        given.keepers_answer([Matter.objects.get()])
        given.print_notices(force)
    client = Client()
    client.force_login(given.person("Ruth Alder"))
    return client


@pytest.mark.parametrize("value", HOSTILE)
def test_no_address_with_a_strange_number_or_text_is_an_error_page(ruth: Client, value: str) -> None:
    decision = Decision.objects.get()
    pages = {
        "/print-runs": "before", "/runs": "before", "/intake/held": "after", "/worklist": "after", "/people": "role",
        f"/decisions/{decision.id}/replay": "speed.start.30", "/law": "q",
    }  # fmt: skip
    for page, name in pages.items():
        with given.on(given.MONDAY, 10):
            answer = ruth.get(page, {name: value})
        assert answer.status_code in (200, 302, 400, 404), f"{page}?{name}: {answer.status_code}"
    with given.on(given.MONDAY, 10):
        for field in ("field", "after", "queue"):
            assert ruth.get("/intake/held", {field: value}).status_code in (200, 400, 404)
        assert ruth.post("/search", {"sought": value}).status_code in (200, 302, 400, 422)


def test_a_number_is_a_number_only_in_plain_figures_that_the_database_holds() -> None:
    assert whole_number("12") == 12
    assert whole_number("9223372036854775807") == 2**63 - 1
    for text in (*HOSTILE, "", " 1", "1.0", "9223372036854775808"):
        assert whole_number(text) is None or text in ("9" * 18,), text


def test_a_restricted_matter_is_absent_from_the_manifest_a_person_takes_but_not_from_the_printers(
    ruth,
) -> None:
    letter = Matter.objects.get().letters.get()
    Matter.objects.update(sensitivity="restricted")
    seen = visible_to(given.person("Cyril Pennock")).values("id")
    assert Matter.objects.get().reference not in hand_over_print_run.manifest(letter.print_run, among=seen)
    assert Matter.objects.get().reference in hand_over_print_run.manifest(letter.print_run)


def test_held_rows_of_another_force_can_be_neither_mended_nor_refused_nor_replayed_alike(ruth) -> None:
    other = Force.objects.create(code="92", name="Southmere Police", prefix="SM")
    with given.on(given.MONDAY) as at:
        given.give(given.csv_of([given.row(mark="", time="18:00:00")]), force=other)
        theirs = HeldItem.objects.get(file__force=other)
        jonah = given.person("Jonah Prewett")
        for act in (
            lambda: mend_held_row.mend_and_replay(
                held_id=theirs.id, values={"mark": "QX26 RTL"}, how_known="image", by=jonah, at=at
            ),
            lambda: mend_held_row.refuse(held_id=theirs.id, why="x", by=jonah, at=at),
        ):
            with pytest.raises(NotAllowed, match="no such held row"):
                act()
        done, still, _ = mend_held_row.replay_alike(held_id=theirs.id, by=jonah, at=at)
    assert (done, still) == (0, 1)  # only our own row was looked at
    theirs.refresh_from_db()
    assert theirs.state == "held"


@pytest.mark.parametrize("method", ["TRACE", "OPTIONS", "PUT", "DELETE", "PATCH", "CONNECT", "QUERY"])
def test_unusual_methods_are_not_answered(ruth: Client, method: str) -> None:
    before = Entry.objects.count(), Consultation.objects.count()
    for path in (
        "/worklist/take",
        "/search",
        "/my-day",
        "/sign-in",
        f"/matters/{Matter.objects.latest('id').id}",
        "/",
    ):
        answer = ruth.generic(method, path, b"x=1")
        assert answer.status_code == 405
        assert answer.headers["Allow"] == "GET, HEAD, POST"
    assert (Entry.objects.count(), Consultation.objects.count()) == before


def test_a_field_sent_twice_is_one_field(ruth: Client) -> None:
    """Of a field that takes one value the last counts, in the form and for the check alike; never both."""
    found = ruth.post("/search?sought=Other", {"sought": ["Alpha", "Beta"]})
    assert found.status_code == 302
    assert SearchAsked.objects.latest("at").words == "Beta"


def test_a_file_is_taken_in_by_people_of_its_force_alone(ruth: Client) -> None:
    """Also the supplied one, by somebody who serves no force at all yet."""
    other, before = (
        Force.objects.create(code="92", name="Southmere Police", prefix="SM"),
        IntakeFile.objects.count(),
    )
    with pytest.raises(NotAllowed, match="do not serve this force"):
        given.give(given.csv_of([given.row()]), force=other, by=given.person("Ruth Alder"))
    given.person("Ruth Alder").forces.clear()
    answer = ruth.post("/try-it/drop-in")
    assert (answer.status_code, "You serve no force" in answer.content.decode()) == (409, True)
    assert IntakeFile.objects.count() == before
