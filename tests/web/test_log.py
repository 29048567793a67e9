"""The log of looks is complete: what stands in docs/reference/log.csv for an address is what it writes, once."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from tests import given
from tests.web import restricted_world
from tests.web.test_restricted import END_THE_SESSION, ids_there_are
from tests.web.test_rights import names, wanted

from casewright.foundation.documents import blobs
from casewright.foundation.documents.models import Document, Letter
from casewright.foundation.journal.models import Consultation, SearchWords
from casewright.foundation.matters.models import Matter
from casewright.foundation.people.models import User
from casewright.web.audit.pages import REASONS

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "log.csv"


def table() -> dict[str, str]:
    """Address and what a look at it writes: page, file, nothing, or matters: a page where it shows any."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["address"]: row["look"] for row in csv.DictReader(file)}


def client_of(role: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(roles__role=role))
    return client


def test_every_address_has_its_row() -> None:
    assert names() - END_THE_SESSION == set(table())


def test_each_address_writes_the_look_that_the_table_says_and_writes_it_once() -> None:
    world, wrong, looked_at = restricted_world.a_world(), [], set()
    with given.on(given.MONDAY, 15):
        for name, look in table().items():
            client = client_of(
                "system_administrator" if name in OF_THE_SYSTEM else "senior_processing_officer"
            )
            if name in OF_RECORDS:
                client = client_of("records_manager")
            written = looks_at(client, name, world)
            looked_at |= {name} if written else set()
            if look == "matters":
                assert written is not None or name in NEEDS_A_PROPOSAL, name
            elif written is not None and written != (look != "nothing"):
                wrong.append((name, look, written))
    assert wrong == []
    assert len(looked_at) >= 25


NEEDS_A_PROPOSAL = {
    "figure_proposal",
    "bank_holiday",
    "figure",
}  # tests/web/test_shown.py looks at them with one
OF_RECORDS = {"propose_destroy", "destructions", "audit", "audit_export"}
OF_THE_SYSTEM: set[str] = set()


def looks_at(client: Client, name: str, world: restricted_world.World, *, keep: bool = False) -> bool | None:
    """How many looks one GET writes; None where the address takes no GET, or nothing is there to be looked at."""
    there = ids_there_are() | {"matter_id": [world.ordinary.id]}
    if not set(wanted(name)) <= set(there) or any(not there[place] for place in wanted(name)):
        return None
    for value in there[wanted(name)[0]] if wanted(name) else [0]:
        places = {place: there[place][0] for place in wanted(name)}
        if places:
            places[wanted(name)[0]] = value
        with transaction.atomic():
            before = Consultation.objects.count()
            answer = client.get(reverse(name, kwargs=places))
            made = Consultation.objects.count() - before
            transaction.set_rollback(not keep)
        if answer.status_code == 200:
            assert made in (0, 1), name
            return bool(made)
    return None


def test_a_search_is_logged_with_its_words_apart_and_the_rows_shown() -> None:
    world = restricted_world.a_world()
    client = client_of("case_administrator")
    client.get(client.post("/search", {"sought": given.KEEPER.split()[0]})["Location"])
    look = Consultation.objects.get(page="found")
    assert (look.reason, look.shown) == ("search", {"matters": [world.ordinary.id]})
    assert len(look.text_hash) == 64
    assert SearchWords.objects.get(consultation_id=look.id).words == given.KEEPER.split()[0].casefold()


def test_a_reason_comes_from_the_work_at_hand_and_is_asked_only_outside_it() -> None:
    force = given.a_unit()
    with given.on(given.MONDAY):
        given.give(given.csv_of([given.row()]), force=force)
    matter, mina = Matter.objects.get(), client_of("case_administrator")
    page = f"/matters/{matter.id}"
    mina.get(page)
    Matter.objects.update(owner=given.person("Mina Thorley"))
    mina.get(page)
    Matter.objects.update(owner=given.person("Jonah Prewett"))
    mina.get(page)
    Matter.objects.update(owner=given.person("Silas Crane"))
    before = Consultation.objects.count()
    assert "Why do you open" in mina.get(page).content.decode()
    assert Consultation.objects.count() == before
    assert mina.post(f"{page}/why", {"reason": "curious"}).status_code == 422
    assert mina.post(f"{page}/why", {"reason": "call"})["Location"] == page
    mina.get(page)
    client_of("supervisor").get(page)
    reasons = list(Consultation.objects.filter(page="matter").order_by("id").values_list("reason", flat=True))
    assert reasons == [f"queue {matter.queue}", "own", "team", "call", "supervision"]


def outside(world: restricted_world.World) -> tuple[Client, list[str]]:
    """A clerk, and every address that shows one matter of somebody else's, with what belongs to it."""
    matter = world.ordinary
    silas = given.person("Silas Crane")
    Matter.objects.filter(id=matter.id).update(owner=silas)
    letter = Letter.objects.get(matter=matter)
    kept = blobs.keep([b"a paper"], "text/plain")
    paper = Document.objects.create(
        matter=matter, blob=kept, kind="paper", title="Paper", direction="received", at=letter.produced_at
    )
    return client_of("case_administrator"), [
        f"/matters/{matter.id}", f"/matters/{matter.id}/note", f"/matters/{matter.id}/who-sees",
        f"/matters/{matter.id}/conflict", f"/letters/{letter.id}", f"/letters/{letter.id}/page/1",
        f"/letters/{letter.id}/copy", f"/documents/{paper.id}",
    ]  # fmt: skip


def test_the_reason_is_asked_on_every_page_and_file_of_a_matter_outside_ones_own_work() -> None:
    world = restricted_world.a_world()
    mina, paths = outside(world)
    before = Consultation.objects.count()
    for path in paths:
        answer = mina.get(path)
        assert "Why do you open" in answer.content.decode(), path
        assert given.KEEPER not in answer.content.decode(), path
    for path in {*paths} - {
        paths[1],
        paths[3],
    }:  # pages sent to as a button sends; the other two are acts of their own
        answer = mina.post(path)
        assert "Why do you open" in answer.content.decode(), path
        assert given.KEEPER not in answer.content.decode(), path
    assert Consultation.objects.count() == before
    why = f"/matters/{world.ordinary.id}/why"
    assert mina.post(why, {"reason": "court", "back_to": paths[4]})["Location"] == paths[4]
    assert (
        mina.post(why, {"reason": "court", "back_to": "https://elsewhere.example/"})["Location"] == paths[0]
    )
    for path in paths:
        assert mina.get(path).status_code == 200, path
    made = Consultation.objects.order_by("id")[before:]
    assert [each.reason for each in made] == ["court"] * len(paths)
    assert {each.matter_id for each in made} == {world.ordinary.id}


def test_no_look_is_without_a_reason() -> None:
    world = restricted_world.a_world()
    with given.on(given.MONDAY, 15):
        for name in table():
            looks_at(client_of("senior_processing_officer"), name, world, keep=True)
    assert Consultation.objects.count() >= 25
    assert not Consultation.objects.filter(reason="").exists()
    for code in Consultation.objects.values_list("reason", flat=True):
        assert code in REASONS or code.partition(" ")[0] in ("queue", "worklist"), code
