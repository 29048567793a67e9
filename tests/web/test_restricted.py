"""A restricted matter, and one of another force, is nowhere: no page, file, count or answer gives its names away."""

from __future__ import annotations

import html
import random
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests import given
from tests.web import restricted_world
from tests.web.test_rights import names, wanted

from casewright.areas.decisions.models import Decision
from casewright.foundation import clock
from casewright.foundation.documents.models import Document, Letter, PrintRun
from casewright.foundation.journal.models import Entry
from casewright.foundation.matters.models import GlassBroken, Grant, Hold, Matter
from casewright.foundation.messages.models import HeldItem, IntakeFile
from casewright.foundation.people.models import User
from casewright.foundation.people.roles import ROLES
from casewright.foundation.runs.models import Run
from casewright.web.documents.queries import print_run_page, print_runs
from casewright.web.matters.search import found
from casewright.web.runs import queries as runs

pytestmark = pytest.mark.django_db
WITHOUT_LEAVE = tuple(role for role in ROLES if role != "senior_processing_officer")  # Ruth restricted it
END_THE_SESSION = {"sign_out", "sign_in_by_link", "be_someone"}
RULES = ("nip-14", "s172-28")


@pytest.fixture
def world() -> Iterator[restricted_world.World]:
    made = restricted_world.a_world()
    with given.on(given.MONDAY, 15):  # after the leave of whoever broke the glass
        yield made


def client_of(role: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(roles__role=role))
    session = client.session
    session["proved_at"] = clock.real().isoformat()  # so that what asks again who it is, is looked into too
    session.save()
    return client


def ids_there_are() -> dict[str, list[Any]]:
    """For each kind of place in an address, everything there is to put into it."""
    models = {
        "matter_id": Matter, "print_run_id": PrintRun, "letter_id": Letter, "document_id": Document,
        "file_id": IntakeFile, "held_id": HeldItem, "run_id": Run, "decision_id": Decision, "hold_id": Hold,
        "broken_id": GlassBroken, "user_id": User,
    }  # fmt: skip
    found_ids: dict[str, list[Any]] = {
        k: list(m.objects.values_list("pk", flat=True)) for k, m in models.items()
    }
    return found_ids | {"number": [1, 2], "how": ["pause"], "rule_id": list(RULES)}


def ask(client: Client, path: str, sent: dict[str, str] | None = None) -> HttpResponse:
    """What an address answers, by GET or where that is not taken by POST; whatever it changed is undone."""
    with transaction.atomic():
        answer = client.get(path)
        if answer.status_code == 405 or sent is not None:
            answer = client.post(path, sent or {})
        transaction.set_rollback(True)
    return answer


def given_away(path: str, answer: HttpResponse, reference: str) -> list[str]:
    """Which of the names stand in an answer, its headers or its cookies.

    The reference stands where its asker typed it, and where the named reviewer reads what was typed.
    """
    secrets = (
        restricted_world.CANARIES
        if path.startswith("/break-glass")
        else (*restricted_world.CANARIES, reference)
    )
    content = b"".join(answer) if answer.streaming else answer.content
    text = (
        html.unescape(content.decode("utf-8", "replace")) + repr(dict(answer.headers)) + repr(answer.cookies)
    )
    return [each for each in secrets if each in text]


def test_no_address_gives_a_restricted_matter_away_to_any_role_without_leave(world) -> None:
    there, leaks = ids_there_are(), []
    paths = list(every_path(there))
    assert len(paths) > 80
    for role in WITHOUT_LEAVE:
        client = client_of(role)
        for path in paths:
            given_it = given_away(path, ask(client, path), world.restricted.reference)
            leaks += [(role, path, each) for each in given_it]
    assert leaks == []


def every_path(there: dict[str, list[Any]]) -> Iterator[str]:
    """Every address, with everything there is in its place."""
    for name in sorted(names() - END_THE_SESSION):
        places = wanted(name)
        if not places:
            yield reverse(name)
        elif set(places) <= set(there):
            for value in there[places[0]]:
                rest = {place: there[place][0] for place in places[1:]}
                yield reverse(name, kwargs={places[0]: value, **rest})


def test_who_has_leave_does_see_the_names_so_that_the_test_before_could_have_found_them(world) -> None:
    path = f"/matters/{world.restricted.id}"
    page = ask(client_of("senior_processing_officer"), path)
    assert set(given_away(path, page, world.restricted.reference)) >= {
        restricted_world.NAME, restricted_world.MARK, restricted_world.NOTE, world.restricted.reference,
    }  # fmt: skip


def swapped(world, how_many: int) -> list[str]:
    """So many addresses with ids swapped in, half of them those of the hidden matters; what any gave away."""
    chance, there, leaks = random.Random(3), ids_there_are(), []
    clients = [client_of(role) for role in WITHOUT_LEAVE]
    doors = [
        n
        for n in sorted(names() - END_THE_SESSION)
        if set(wanted(n)) & set(there) and set(wanted(n)) <= set(there)
    ]
    before = Entry.objects.count()
    for _ in range(how_many):
        name, client = chance.choice(doors), chance.choice(clients)
        given_ids = {p: chance.choice([*there[p], chance.choice(there["matter_id"])]) for p in wanted(name)}
        given_ids |= {p: there[p][0] for p in ("how", "rule_id") if p in given_ids}
        path = reverse(name, kwargs=given_ids)
        sent = {"text": "x", "reason": "x", "why": "x"} if chance.random() < 0.2 else None
        leaks += [
            f"{path}: {each}"
            for each in given_away(path, ask(client, path, sent), world.restricted.reference)
        ]
    assert Entry.objects.count() == before
    return leaks


def test_swapped_ids_give_nothing_away(world) -> None:
    assert swapped(world, 300) == []


@pytest.mark.drill
def test_ten_thousand_swapped_ids_give_nothing_away(world) -> None:
    assert swapped(world, 10_000) == []


@pytest.mark.parametrize("sought", [restricted_world.NAME, "vexm", restricted_world.MARK, "QW22"])
def test_a_search_finds_nothing_and_says_what_it_says_of_nothing(world, sought: str) -> None:
    client = client_of("case_administrator")
    pages = []
    for words in (sought, "x" * len(sought)):
        page = client.get(client.post("/search", {"sought": words})["Location"]).content.decode()
        pages.append(
            re.sub(r'name="csrfmiddlewaretoken" value="\w+"|/search/[0-9a-f-]+', "", page.replace(words, ""))
        )
    assert pages[0] == pages[1]
    assert found(given.person("Mina Thorley"), sought) == []


def test_counts_leave_it_out(world) -> None:
    mina, ruth = given.person("Mina Thorley"), given.person("Ruth Alder")
    today = given.MONDAY
    for actor, letters in ((mina, 1), (ruth, 2)):
        page = print_run_page(actor, world.made.id, today=today)
        assert page is not None
        assert (page.whole.count, page.produced, page.adds_up) == (letters, letters, True)
        (row,) = print_runs(actor, before=None, today=today)[0]
        assert row.letters == letters
    assert b"1 matter" in client_of("case_administrator").get("/worklist?of=unit").content
    manifest = client_of("case_administrator").get(f"/print-runs/{world.made.id}/manifest").content.decode()
    assert len(manifest.splitlines()) == 2


def test_a_run_of_hidden_letters_alone_is_not_there(world) -> None:
    Letter.objects.filter(matter=world.ordinary).delete()
    client = client_of("case_administrator")
    assert client.get(f"/print-runs/{world.made.id}").status_code == 404
    assert world.made.reference not in client.get("/print-runs").content.decode()
    assert world.made.reference not in client.get("/my-day").content.decode()
    assert client.get(f"/runs/{world.made.run_id}").status_code == 404
    assert client.get(f"/runs/{world.made.run_id}", headers={"HX-Request": "true"}).status_code == 404
    assert world.made.reference not in client.get("/runs").content.decode()


def test_long_work_counts_and_names_nothing_of_it_either(world) -> None:
    """The run of a print run or a file counts what its own page counts; one of another force is not there."""
    file = IntakeFile.objects.get(force=world.ordinary.force)
    for role, seen in (("case_administrator", 1), ("senior_processing_officer", 2)):
        actor = User.objects.get(roles__role=role)
        listed = {each.id: (each.done, each.whole) for each in runs.recent(actor)}
        for run_id, came in ((world.made.run_id, "in the run"), (file.run_id, "accepted")):
            assert listed[run_id] == (seen, seen)
            (part,) = runs.chunks(actor, run_id)
            assert (part.items, part.counts[came]) == (seen, seen)


def test_long_work_of_another_force_is_not_there_and_is_not_steered(world) -> None:
    elsewhere = [*IntakeFile.objects.filter(force=world.elsewhere.force).values_list("run_id", flat=True)]
    elsewhere += PrintRun.objects.filter(force=world.elsewhere.force).values_list("run_id", flat=True)
    Run.objects.filter(id__in=elsewhere).update(state="going")
    assert len(elsewhere) == 2
    for role in ("senior_processing_officer", "system_administrator"):
        client = client_of(role)
        page = client.get("/runs").content.decode()
        for run_id in elsewhere:
            assert f'href="/runs/{run_id}"' not in page
            assert client.get(f"/runs/{run_id}").status_code == 404
            assert client.post(f"/runs/{run_id}/stop").status_code == 404
    assert not Run.objects.filter(id__in=elsewhere).exclude(state="going").exists()


def test_a_restricted_notice_is_never_laid_on_a_pile_with_others(world) -> None:
    Letter.objects.all().delete()
    Matter.objects.filter(force=world.ordinary.force).update(status="keeper_found")
    ruth = given.person("Ruth Alder")
    assert [count for *_, count in print_waiting(ruth)] == [1]
    run = given.print_notices(world.ordinary.force, by=ruth)
    assert [letter.matter_id for letter in run.letters.all()] == [world.ordinary.id]
    alone = client_of("senior_processing_officer").post(f"/matters/{world.restricted.id}/produce")
    assert alone.status_code == 302


def print_waiting(actor: User) -> list[tuple[int, str, int]]:
    """What waits to be produced, as the page of print runs counts it."""
    from casewright.web.documents.queries import waiting_to_produce

    return waiting_to_produce(actor)


def test_breaking_the_glass_answers_with_the_same_bytes_whether_or_not_there_is_such_a_matter(world) -> None:
    pages = []
    for reference in (world.restricted.reference, "T26-999999", world.elsewhere.reference):
        client = client_of("case_administrator")
        went = client.post("/break-glass", {"reference": reference, "reason": "The court rang."})
        page = client.get(went["Location"]).content.decode()
        pages.append(
            re.sub(
                r'name="csrfmiddlewaretoken" value="\w+"|/break-glass/\d+', "", page.replace(reference, "")
            )
        )
    assert pages[0] == pages[1] == pages[2]
    assert client_of("case_administrator").get(f"/matters/{world.restricted.id}").status_code == 200
    assert client_of("case_administrator").get(f"/matters/{world.elsewhere.id}").status_code == 404
    assert Grant.objects.filter(how="glass").count() == 2
    reviewer = client_of("supervisor").get("/break-glass/reviews").content.decode()
    assert "none of their forces" in reviewer
    assert world.restricted.reference in reviewer
