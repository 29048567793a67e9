"""A destroyed matter: its names and mark are in no table, no blob, no index and no dump."""

from __future__ import annotations

import io
import os
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pikepdf
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from tests import given

from casewright.commands.machine.programs import find
from casewright.flows import destroy_matter, erasure_registry, mend_held_row
from casewright.foundation import clock
from casewright.foundation.journal import seals
from casewright.foundation.journal.looks import consulted
from casewright.foundation.journal.models import SearchWords
from casewright.foundation.journal.verifying import verify
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.matters import actions as matters
from casewright.foundation.matters import glass, holds, restricting
from casewright.foundation.matters.models import Matter, SearchAsked
from casewright.foundation.messages.models import HeldItem, IntakeFile

NAME, MARK = "Peregrine Zouchard", "QW71 WXY"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_after_a_destroy_the_names_are_nowhere(tmp_path: Path) -> None:
    SearchWords.objects.all().delete()  # of tests that keep what they wrote
    force = given.a_unit()
    with given.on(given.MONDAY) as at:
        rows = [given.row(mark=MARK), given.row(mark="QA21 ABC", sequence="2", time="16:00:00")]
        for name in (f"{NAME} {MARK}.csv", f"again_{NAME}.csv"):
            given.give(given.csv_of(rows), force=force, name=name)
        target = Matter.objects.get(incident__registration_mark=MARK.replace(" ", ""))
        given.keepers_answer([target], name=NAME)
        given.keepers_answer([Matter.objects.exclude(id=target.id).get()])
        matters.note(matter_id=target.id, text=f"{NAME} rang.", by=given.person("Mina Thorley"), at=at)
        target.parties.update(name=NAME)  # leaves a former version behind
        SearchAsked.objects.create(id="6f1c1d8e-0000-4000-8000-000000000001", words=NAME.split()[1],
                                   user=given.person("Mina Thorley"), at=at)  # fmt: skip
        for words in (NAME.casefold(), MARK.casefold(), MARK.replace(" ", "").casefold()):
            consulted(by=given.person("Mina Thorley").id, page="found", at=at, words=words)
        consulted(by=given.person("Mina Thorley").id, page="found", at=at, words="somebody else")
        agnes, ruth = given.person("Agnes Dray"), given.person("Ruth Alder")
        with transaction.atomic():
            held = holds.place(matter_id=target.id, reason=f"Claim by {NAME}", by=agnes, at=at)
            glass.break_glass(reference=target.reference, reason=f"{NAME} rang", by=agnes, at=at)
            restricting.restrict(matter_id=target.id, reason=NAME, by=ruth, at=at)
            restricting.give_leave(
                matter_id=target.id, user_id=agnes.id, reason=NAME, ends_at=None, by=ruth, at=at
            )
            restricting.lift(matter_id=target.id, reason=NAME, by=ruth, at=at)
        made = given.print_notices(force)
        given.post(made, given.MONDAY)
    assert _where(NAME)
    assert _where(MARK.replace(" ", ""))
    with given.on(given.MONDAY) as at, transaction.atomic():
        Matter.objects.filter(id=target.id).update(closed_at=at, closed_reason="TEST", next_act="", queue="")
        with pytest.raises(NotAllowed, match="legal hold"):
            destroy_matter.propose(matter_id=target.id, reason="Retention ended", by=agnes, at=at)
        holds.lift(hold_id=held.id, reason=f"{NAME} settled", by=agnes, at=at)
        proposal = destroy_matter.propose(matter_id=target.id, reason="Retention ended", by=agnes, at=at)
        with pytest.raises(NotAllowed):
            destroy_matter.approve(destruction_id=proposal.id, by=agnes, at=at)
        destroy_matter.approve(destruction_id=proposal.id, by=ruth, at=at)
    for secret in (NAME, NAME.casefold(), MARK, MARK.replace(" ", ""), NAME.split()[1]):
        assert _where(secret) == [], secret
    assert list(SearchWords.objects.values_list("words", flat=True)) == ["somebody else"]
    seals.seal_all(at=clock.now())
    assert verify().fault is None
    for file in IntakeFile.objects.all():
        assert file.name == "a file of 23 November 2026"
        assert file.run
        assert file.run.title == f"Reading {file.reference}, a file of 23 November 2026"
    other = Matter.objects.get()
    assert other.letters.get().state == "posted"
    assert other.parties.get().name == given.KEEPER


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_mended_row_given_twice_is_destroyed_with_every_file_it_came_in() -> None:
    SearchWords.objects.all().delete()
    force = given.a_unit()
    doubtful = given.csv_of([given.row(mark=MARK, date="2026-11-31")])
    with given.on(given.MONDAY) as at:
        for name in ("first", "second"):
            given.give(
                doubtful + given.csv_of([given.row(sequence=name)]).splitlines()[1],
                force=force,
                name=f"{name}_{MARK}.csv",
            )
        with transaction.atomic():
            mended = mend_held_row.mend_and_replay(
                held_id=HeldItem.objects.get(state="held", field="date").id, values={"date": "2026-11-21"},
                how_known="Data block", by=given.person("Jonah Prewett"), at=at,
            )  # fmt: skip
        Matter.objects.filter(id=mended.matter_id).update(
            closed_at=at, closed_reason="TEST", next_act="", queue=""
        )
        agnes, ruth = given.person("Agnes Dray"), given.person("Ruth Alder")
        assert mended.matter_id
        with transaction.atomic():
            proposal = destroy_matter.propose(
                matter_id=mended.matter_id, reason="Retention ended", by=agnes, at=at
            )
            destroy_matter.approve(destruction_id=proposal.id, by=ruth, at=at)
    for secret in (MARK, MARK.replace(" ", "")):
        assert _where(secret) == [], secret


def _where(secret: str) -> list[str]:
    """Every place that holds a text: the database's dump, and each kept file, PDFs read page by page."""
    found = ["dump"] if secret in _dump() else []
    kept = Path(settings.CASEWRIGHT_FILES)
    for path in (*kept.rglob("*"), *(kept.parent / "printer").rglob("*")):
        if path.is_file() and (secret.encode() in path.read_bytes() or secret in _pdf_text(path)):
            found.append(path.name)
    return found


def _dump() -> str:
    url = urlsplit(os.environ["DATABASE_URL"])
    host = parse_qs(url.query)["host"][0]
    bin_folder = Path(find()[0].folder)
    done = subprocess.run(
        [str(bin_folder / "pg_dump"), "-h", host, "-U", url.username or "", connection.settings_dict["NAME"]],
        capture_output=True, text=True, check=True, env={**os.environ, "PGPASSWORD": url.password or ""},
    )  # fmt: skip
    return done.stdout


def _pdf_text(path: Path) -> str:
    content = path.read_bytes()
    if not content.startswith(b"%PDF"):
        return ""
    import pypdfium2

    with pikepdf.open(io.BytesIO(content)) as opened:
        count = len(opened.pages)
    document = pypdfium2.PdfDocument(content)
    return "".join(document[n].get_textpage().get_text_range() for n in range(count))


def test_every_table_says_how_a_destroy_reaches_it() -> None:
    tables = {m._meta.db_table for m in apps.get_models(include_auto_created=True)} | {"django_migrations"}
    assert tables == set(erasure_registry.REGISTRY)


@pytest.mark.django_db
def test_a_second_proposal_and_one_with_too_long_a_reason_are_refused_and_not_cut_short() -> None:
    force = given.a_unit()
    with given.on(given.MONDAY) as at:
        given.give(given.csv_of([given.row()]), force=force)
        said: dict[str, Any] = {
            "matter_id": Matter.objects.get().id,
            "by": given.person("Agnes Dray"),
            "at": at,
        }
        Matter.objects.update(closed_at=at, closed_reason="TEST", next_act="", queue="")
        with pytest.raises(NotAllowed, match="up to 300 characters; this one has 301"):
            destroy_matter.propose(reason="x" * 301, **said)
        made = destroy_matter.propose(reason="x" * 300, **said)
        with pytest.raises(NotAllowed, match="proposed already"):
            destroy_matter.propose(reason="Another rule", **said)
    made.refresh_from_db()
    assert made.reason == "x" * 300


@pytest.mark.django_db
def test_an_open_matter_cannot_be_destroyed() -> None:
    force = given.a_unit()
    with given.on(given.MONDAY) as at:
        given.give(given.csv_of([given.row()]), force=force)
        with pytest.raises(NotAllowed, match="closed"):
            destroy_matter.propose(
                matter_id=Matter.objects.get().id, reason="x", by=given.person("Agnes Dray"), at=at
            )


@pytest.mark.django_db
def test_nobody_decides_on_destroying_a_matter_that_is_not_there_for_them() -> None:
    force = given.a_unit()
    with given.on(given.MONDAY) as at:
        given.give(given.csv_of([given.row()]), force=force)
        Matter.objects.update(closed_at=at, closed_reason="x", queue="", owner=None)
        ruth, agnes = given.person("Ruth Alder"), given.person("Agnes Dray")
        proposal = destroy_matter.propose(
            matter_id=Matter.objects.get().id, reason="Kept long enough", by=agnes, at=at
        )
        Matter.objects.update(sensitivity="restricted")
        with pytest.raises(NotAllowed, match="no such matter for you"), transaction.atomic():
            destroy_matter.approve(destruction_id=proposal.id, by=ruth, at=at)
        with pytest.raises(NotAllowed, match="no such matter for you"), transaction.atomic():
            destroy_matter.decline(destruction_id=proposal.id, reason="No", by=ruth, at=at)
    assert Matter.objects.exists()
