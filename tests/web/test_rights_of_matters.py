"""Who may open what of which matter: docs/reference/rights-of-matters.csv, written by hand, cell by cell.

A cell says of which matters of the five kinds the address is there for the role: own, of another team, of another
force, restricted, closed; ``none`` where the door opens but no matter is there, ``no`` where the door is shut.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests import given
from tests.web import five_matters
from tests.web.five_matters import KINDS
from tests.web.test_restricted import client_of
from tests.web.test_rights import names, wanted

from casewright.foundation.people.models import User
from casewright.foundation.people.roles import ROLES

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "rights-of-matters.csv"
# Places in addresses that stand for a matter or something of one.
OF_A_MATTER = {
    "matter_id", "letter_id", "document_id", "print_run_id", "decision_id", "hold_id", "held_id", "destruction_id",
    "allegation_id", "task_id",
}  # fmt: skip
# Places that stand for anything else; a place that is in neither set fails, so that somebody says which it is.
OF_NO_MATTER = {
    "file_id", "run_id", "how", "broken_id", "user_id", "token", "search_id", "rule_id", "code", "device_id",
    "certificate_id", "setting_id", "holiday_id", "key", "factor_id", "delegation_id", "proposal_id", "number",
}  # fmt: skip


def table() -> dict[str, dict[str, str]]:
    """Address, what it takes, and the cell of each role."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row.pop("address"): row for row in csv.DictReader(file)}


def test_every_address_that_takes_something_of_a_matter_has_its_row() -> None:
    taking = {name for name in names() if set(wanted(name)) & OF_A_MATTER}
    assert taking == set(table())
    for name in names():
        assert set(wanted(name)) <= OF_A_MATTER | OF_NO_MATTER, name
    for row in table().values():
        assert list(row) == ["takes", *ROLES]


@pytest.fixture(scope="module")
def doors() -> dict[str, list[str]]:
    """What each address of the table needs in its place, found once."""
    return {name: wanted(name) for name in table()}


def not_drawn(request: object, template: str, context: dict[str, object], status: int) -> HttpResponse:
    """Whether a page is there is known before it is drawn; other tests draw every page."""
    return HttpResponse(f"{template} {context['problem']}", status=status)


def test_each_cell_is_as_it_was_written(doors: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casewright.web.doors.render", not_drawn)
    monkeypatch.setattr("casewright.flows.produce_notices.single_copy", lambda letter: b"not drawn")
    monkeypatch.setattr("casewright.web.documents.letter_views.page_picture", lambda letter, number: b"not drawn")
    made, wrong, asked = five_matters.five(), [], 0
    with given.on(given.MONDAY, 10):
        for role in ROLES:
            client, person = client_of(role), User.objects.get(roles__role=role)
            five_matters.owned_by(person, made["own"]["matter_id"])
            for name, row in table().items():
                found = cell(client, name, doors[name], made)
                asked += 1
                if found != row[role]:
                    wrong.append(f"{name}, {role}: {row[role]!r} is written, {found!r} is so")
    assert wrong == []
    assert asked == len(table()) * len(ROLES)


def cell(client: Client, name: str, places: list[str], made: dict[str, dict[str, object]]) -> str:
    """For which of the five the address is there."""
    there = []
    for kind in KINDS:
        status = answered(client, reverse(name, kwargs={place: made[kind][place] for place in places}))
        if status == 403:
            assert not there, f"{name} is barred for {kind} alone"
            return "no"  # the door is shut before any matter is looked for
        if status != 404:
            there.append(kind)
    return " ".join(there) or "none"


def answered(client: Client, path: str) -> int:
    """How an address answers, by GET or where that is not taken by POST; whatever it changed is undone."""
    with transaction.atomic():
        answer = client.get(path)
        if answer.status_code == 405:
            answer = client.post(path)
        transaction.set_rollback(True)
    absent = answer.status_code == 409 and b"There is no such task for you" in answer.content
    return 404 if absent else answer.status_code
