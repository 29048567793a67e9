"""The page of the consistency monitor: a planted difference stands first and opens to its cases; it judges nobody."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import given
from tests.law.allegations import DECIDED, speeding

from casewright.areas.decisions.actions import Taken, record_taken
from casewright.foundation.matters.models import Matter
from casewright.law import traffic

pytestmark = pytest.mark.django_db

MINA, UNA = "Mina Thorley", "Sergeant Una Brill"
DECIDERS = ("Ruth Alder", MINA, "Piers Hallam", UNA)
TITLES = {
    "conditional_offer": "Make a conditional offer",
    "requisition": "Prosecute by charge and requisition",
}


def decide(matter: Matter, who: str, option: str, number: int, at: Any) -> None:
    """So many decisions of one person on like allegations."""
    facts = speeding(30, 45)
    told = traffic.decide(facts, on=DECIDED).as_text()
    one = Taken(
        matter.id,
        "allegation",
        1,
        "1",
        "allegation",
        option,
        TITLES[option],
        told,
        json.dumps(facts),
        "Mine.",
    )
    record_taken([one] * number, by=given.person(who), at=at)


@pytest.fixture
def matters() -> list[Matter]:
    """A month in which one of four prosecutes 20 points more often in like cases."""
    force = given.a_unit()
    with given.on(given.MONDAY) as at:
        given.give(given.csv_of([given.row(), given.row(time="15:00:00")]), force=force)
        found = list(Matter.objects.order_by("id"))
        for who in DECIDERS:
            often = 80 if who == MINA else 40
            decide(found[0], who, "requisition", often, at)
            decide(found[0], who, "conditional_offer", 200 - often, at)
    return found


def page(address: str, who: str = UNA, *, wanted: int = 200) -> str:
    client = Client()
    client.force_login(given.person(who))
    with given.on(given.MONDAY):
        answer = client.get(address)
    assert answer.status_code == wanted, address
    return re.sub(r"\s+", " ", html.unescape(answer.content.decode()))


def plain(said: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", said))


def test_a_difference_of_twenty_points_stands_first_with_its_interval_in_words(matters: list[Matter]) -> None:
    said = page("/decisions/consistency")
    first = said[said.index('id="differing"') : said.index('id="rates"')]
    assert f"{MINA} Prosecute by charge and requisition 40 in 100 (33 to 47) 20 in 100" in plain(first)
    assert "never a judgement of anyone" in said
    assert "style=" not in first


def test_without_a_difference_it_says_so(matters: list[Matter]) -> None:
    with given.on(given.MONDAY) as at:
        for who in set(DECIDERS) - {MINA}:
            decide(matters[0], who, "requisition", 67, at)
    assert "Nothing differs more than chance explains" in page("/decisions/consistency")
    assert "Too few like cases to compare" in page("/decisions/consistency?by=decider&month=2026-10")


def test_a_rate_opens_to_its_cases(matters: list[Matter]) -> None:
    said = page("/decisions/consistency")
    href = next(
        h for h in re.findall(r'href="(/decisions/consistency/cases[^"]+)"', said) if "requisition" in h
    )
    cases = page(href)
    assert cases.count(f">{matters[0].reference}</a>") == 80
    assert MINA in cases
    for wrong in ("group=x", "group=999999", f"group={given.person(MINA).id}&option=course"):
        page(f"/decisions/consistency/cases?by=decider&month=2026-11&option=requisition&{wrong}", wanted=404)


def test_restricted_matters_are_absent_even_from_the_counts(matters: list[Matter]) -> None:
    Matter.objects.filter(id=matters[0].id).update(sensitivity="restricted")
    assert "Too few like cases to compare" in page("/decisions/consistency")


def test_small_numbers_are_not_shown(matters: list[Matter]) -> None:
    with given.on(given.MONDAY) as at:
        decide(matters[1], "Odette Varley", "requisition", 19, at)
        assert "Odette Varley" not in page("/decisions/consistency")
        decide(matters[1], "Odette Varley", "requisition", 1, at)
        assert "Odette Varley" in page("/decisions/consistency")


def test_only_those_with_the_right_open_it_and_wrong_input_is_one_sentence(matters: list[Matter]) -> None:
    page("/decisions/consistency", "Mina Thorley", wanted=403)
    said = page("/decisions/consistency?by=decider&month=November", wanted=422)
    assert "Write the month as year and month, such as 2026-11." in said


@pytest.mark.parametrize("by", ["decider", "team", "area"])
def test_each_comparison_is_a_constant_number_of_statements(matters: list[Matter], by: str) -> None:
    page(f"/decisions/consistency?by={by}&month=2026-11")
    with CaptureQueriesContext(connection) as seen:
        page(f"/decisions/consistency?by={by}&month=2026-11")
    with given.on(given.MONDAY) as at:
        for option in TITLES:
            decide(matters[1], "Ruth Alder", option, 30, at)
    with CaptureQueriesContext(connection) as then:
        page(f"/decisions/consistency?by={by}&month=2026-11")
    assert len(then) == len(seen)
