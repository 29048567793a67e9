"""Who saw a matter can be told from the log alone: every reference that any page shows stands in the log of that look.

The recorder is independent of the pages: it reads what the browser was given (quality.md 2.1, DPA 2018 s.62(1)(c)).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import given
from tests.attacks.crawler import client_of, content_of, every_path
from tests.attacks.hostile_world import there
from tests.web import prepared

from casewright.areas.decisions.models import Decision
from casewright.foundation.journal.models import Consultation
from casewright.foundation.matters.models import Destruction, Matter

pytestmark = pytest.mark.django_db
# What a reader typed is given back whether or not there is such a matter, and asking why is not showing it.
NOT_SHOWN = re.compile(r"^/(break-glass(/\d+)?|matters/\d+/why)$")
READERS = (prepared.RUTH, prepared.UNA, prepared.AGNES, prepared.PIERS)
MONTH = {"since": "2026-11-22", "until": "2026-11-24"}
ASKED = (
    "/worklist?of=unit", "/worklist?of=mine", "/intake/held?field=date", "/decisions?limit=30&start=60",
    "/audit?" + urlencode({"purpose": "lawfulness", **MONTH}),
    "/audit?" + urlencode({"purpose": "lawfulness", "operation": "consultation", **MONTH}),
    "/matters/{}?shown=fields",
)  # fmt: skip


@pytest.fixture
def world(db: None) -> Iterator[prepared.World]:
    """Something of everything a list can show, and a search made."""
    with given.on(given.MONDAY, 15):
        made = prepared.a_world()
        for prepare in (
            prepared.stopped,
            prepared.course_decided,
            prepared.figure_proposed,
            prepared.printed,
        ):
            prepare(made)
        prepared.holiday_proposed(made)
        prepared.on_hold(made)
        prepared.device_unknown(made)
        Destruction.objects.create(
            matter_id=made.ready, reference=Matter.objects.get(id=made.ready).reference, reason="MoPI",
            proposed_by=given.person(prepared.AGNES), proposed_at=given.clock.now(),
        )  # fmt: skip
        yield made


def paths(made: prepared.World) -> Iterator[str]:
    """Every address with everything there is in its place, and the questions that lists are asked."""
    found = there() | {"setting_id": [made.setting], "holiday_id": [made.holiday], "key": ["speed.start.30"]}
    yield from every_path(found, most=5)
    yield from (path.format(made.ordinary) for path in ASKED)


def seen_in(client: Client, path: str) -> tuple[set[int], set[int]]:
    """The matters whose references a page shows, and those that the log says it showed."""
    with transaction.atomic():
        before = Consultation.objects.order_by("-id").values_list("id", flat=True).first() or 0
        answer = client.get(path)
        looks = list(Consultation.objects.filter(id__gt=before))
        transaction.set_rollback(True)
    if answer.status_code != 200 or not answer.get("Content-Type", "").startswith(("text/html", "text/csv")):
        return set(), set()
    content = html.unescape(content_of(answer))
    known = dict(Matter.objects.values_list("reference", "id"))
    shown = {known[each] for each in set(re.findall(r"\b[A-Z]\d\d-\d{6}\b", content)) if each in known}
    return shown, {one for each in looks for one in (each.matter_id, *each.shown.get("matters", [])) if one}


def test_no_page_and_no_file_shows_a_matter_that_its_log_does_not_name(world: prepared.World) -> None:
    wrong, lists = [], set()
    for name in READERS:
        client = client_of(given.person(name))
        found = client.post("/search", {"sought": given.KEEPER.split()[0]}).get("Location", "")
        for path in [*paths(world), *([found] if found else [])]:
            if NOT_SHOWN.match(path):
                continue
            shown, logged = seen_in(client, path)
            wrong += [(name, path, shown - logged)] if shown - logged else []
            lists |= {path.partition("?")[0]} if shown else set()
    assert wrong == [], "\n".join(map(str, wrong))
    assert lists >= {
        "/worklist", "/my-day", "/decisions", "/destructions", "/audit", "/break-glass/reviews",
        f"/print-runs/{world.made}/manifest",
    }, sorted(lists)  # fmt: skip


def test_a_list_of_cases_behind_a_rate_names_them(world: prepared.World) -> None:
    matter = Matter.objects.get(id=world.ordinary)
    from tests.web.test_consistency import decide

    for who in (prepared.UNA, prepared.MINA):
        decide(matter, who, "requisition", 20, given.clock.now())
        decide(matter, who, "conditional_offer", 20, given.clock.now())
    client = client_of(given.person(prepared.UNA))
    page = html.unescape(client.get("/decisions/consistency").content.decode())
    href = next(iter(re.findall(r'href="(/decisions/consistency/cases[^"]+)"', page)))
    shown, logged = seen_in(client, href)
    assert shown == logged == {matter.id}


@pytest.mark.parametrize("path", ["/decisions", "/destructions", "/intake/held", "/break-glass/reviews"])
def test_naming_them_takes_no_statement_more_whatever_their_number(world: prepared.World, path: str) -> None:
    client = client_of(given.person(prepared.RUTH if path != "/break-glass/reviews" else prepared.UNA))
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    for row in list(Decision.objects.all()):
        row.pk = None
        row.save(force_insert=True)
    with CaptureQueriesContext(connection) as many:
        client.get(path)
    assert len(many) == len(few)
    assert sum("INTO journal_consultation" in each["sql"] for each in many) == 1
