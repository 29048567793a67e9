"""Who may open which address: docs/reference/rights.csv, written by hand, against what the doors really do."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from tests import given

from casewright.foundation.people.models import User
from casewright.foundation.people.roles import ROLES

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "rights.csv"
GIVEN = {
    "broken_id": 999_999, "hold_id": 999_999, "destruction_id": 999_999,
    "matter_id": 999_999, "print_run_id": 999_999, "letter_id": 999_999, "document_id": 999_999, "number": 1,
    "file_id": 999_999, "held_id": 999_999, "run_id": 999_999, "how": "pause", "rule_id": "nip-14", "code": "RR84221",
    "decision_id": 999_999, "device_id": 999_999, "certificate_id": 999_999, "setting_id": 999_999,
    "holiday_id": 999_999, "key": "speed.start.30", "allegation_id": 999_999, "task_id": 999_999,
    "factor_id": 999_999, "delegation_id": 999_999, "proposal_id": 999_999,
    "user_id": 999_999, "token": "x", "search_id": "00000000-0000-0000-0000-000000000000",
}  # fmt: skip
NOT_OF_THE_WEB = {"live", "ready", "metrics"}  # for machines that watch the installation: no session, no data


def table() -> dict[str, dict[str, bool]]:
    """The table as it was written: address, role, yes or no."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {
            row.pop("address"): {role: said == "yes" for role, said in row.items()}
            for row in csv.DictReader(file)
        }


def names() -> set[str]:
    """Every name, through all the tables of addresses."""
    found, waiting = set(), list(get_resolver().url_patterns)
    while waiting:
        each = waiting.pop()
        waiting += getattr(each, "url_patterns", [])
        if getattr(each, "name", None):
            found.add(each.name)
    return found - NOT_OF_THE_WEB


def test_every_address_has_its_row_and_every_row_its_address() -> None:
    assert names() == set(table())


def test_every_role_has_its_column() -> None:
    for row in table().values():
        assert list(row) == list(ROLES)


@pytest.mark.parametrize("role", ROLES)
def test_the_doors_do_what_the_table_says(role: str, client: Client) -> None:
    given.a_unit()
    client.force_login(User.objects.get(roles__role=role))
    wrong = []
    for name, row in table().items():
        if name in ("sign_out", "sign_in_by_link"):
            continue  # these end or replace the session the test asks with
        path = reverse(name, kwargs={k: GIVEN[k] for k in wanted(name)})
        answer = client.get(path)
        answer = client.post(path) if answer.status_code == 405 else answer
        if (answer.status_code != 403) is not row[role]:
            wrong.append(f"{name}: {answer.status_code}")
    assert wrong == []


def wanted(name: str) -> list[str]:
    """What an address needs in its place."""
    for resolver in get_resolver().url_patterns:
        for area in getattr(resolver, "url_patterns", []):
            for each in getattr(area, "url_patterns", []):
                if each.name == name:
                    return list(each.pattern.converters) or list(each.pattern.regex.groupindex)
    raise LookupError(name)
