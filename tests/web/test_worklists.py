"""Worklists: rank, paging by the last row seen, and a number of statements that does not grow."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import given

from casewright.foundation.matters.models import Matter
from casewright.web.matters import worklists
from casewright.web.matters.worklists import Asked

pytestmark = pytest.mark.django_db

TODAY = given.MONDAY
UNIT = Asked("unit")


def a_unit_with(count: int) -> Any:
    """The unit with so many matters, each with a day and a consequence of its own."""
    force = given.a_unit(TODAY)
    rows = [
        given.row(
            sequence=f"{n:08d}",
            time=f"{8 + n % 10:02d}:{n % 60:02d}:{n % 59:02d}",
            mark=f"QX{n % 90 + 10} RTL",
        )
        for n in range(count)
    ]
    with given.on(TODAY):
        given.give(given.csv_of(rows), force=force)
    for n, each in enumerate(Matter.objects.order_by("id")):
        day = None if n % 11 == 10 else TODAY + timedelta(days=n % 40 - 5)
        Matter.objects.filter(id=each.id).update(
            next_act_by=day, next_consequence=n % 5, next_lead_days=n % 8
        )
    return given.person("Ruth Alder")


def walked(actor: Any, size: int) -> list[tuple[str, worklists.Row]]:
    """Every row, page after page, as somebody who always asks for more."""
    seen: list[tuple[str, worklists.Row]] = []
    mark = ""
    while True:
        groups = worklists.page(actor, UNIT, today=TODAY, after=worklists.read_mark(mark), size=size)
        seen += [(group.band, row) for group in groups for row in group.rows]
        mark = worklists.last_seen(groups, size)
        if not mark:
            return seen


@pytest.mark.parametrize("size", [1, 7, 50])
def test_every_matter_is_seen_once_whatever_the_size_of_a_page(size: int) -> None:
    actor = a_unit_with(60)
    seen = walked(actor, size)
    assert sorted(row.id for _, row in seen) == sorted(
        Matter.objects.filter(closed_at__isnull=True).values_list("id", flat=True)
    )
    order = [worklists.BANDS.index(band) for band, _ in seen]
    assert order == sorted(order)


def test_within_a_band_what_is_lost_comes_before_the_time_left() -> None:
    seen = walked(a_unit_with(60), 50)
    for name in ("late", "today", "lead"):
        ranks = [(row.worth, row.act_by) for band, row in seen if band == name]
        assert ranks == sorted(ranks)


def test_later_work_is_in_the_order_of_the_day_it_must_begin_and_what_has_no_day_is_last() -> None:
    seen = walked(a_unit_with(60), 50)
    later = [row for band, row in seen if band == "later"]
    starts = [row.act_by - timedelta(row.lead) if row.act_by else date.max for row in later]
    assert starts == sorted(starts)
    assert starts[0] > TODAY
    assert starts[-1] == date.max


@pytest.mark.parametrize(("left", "lead", "band"), [
    (-1, 0, "late"), (-1, 3, "late"), (0, 0, "today"), (0, 3, "today"),
    (1, 0, "later"), (2, 3, "lead"), (3, 3, "lead"), (4, 3, "later"), (None, 3, "later"),
])  # fmt: skip
def test_a_matter_stands_in_the_band_of_its_day(left: int | None, lead: int, band: str) -> None:
    actor = a_unit_with(1)
    day = None if left is None else TODAY + timedelta(left)
    Matter.objects.update(next_act_by=day, next_lead_days=lead)
    assert [name for name, _ in walked(actor, 50)] == [band]
    assert {name: n for name, n in worklists.counts(actor, UNIT, today=TODAY).items() if n} == {band: 1}


@pytest.mark.parametrize("of", ["unit", "notices", "mine"])
def test_what_is_due_is_found_without_reading_what_is_not(of: str) -> None:
    actor = a_unit_with(3)
    due = list(Matter.objects.order_by("id"))
    Matter.objects.update(owner=actor, queue="notices", next_act_by=TODAY + timedelta(2), next_lead_days=3)
    many = [copy.copy(due[0]) for _ in range(3_000)]
    for n, each in enumerate(many):
        each.pk, each.reference, each.owner, each.queue = None, f"Z/{n}", actor, "notices"
        each.next_act_by, each.next_lead_days = TODAY + timedelta(4 + n % 10), 3
    Matter.objects.bulk_create(many)
    with CaptureQueriesContext(connection) as asked:
        groups = worklists.page(actor, Asked(of), today=TODAY)
    assert {group.band: group.shown for group in groups} == {"lead": 3, "later": 47}
    read = [read_in_vain(each["sql"]) for each in asked if ' FROM "matters_matter"' in each["sql"]]
    assert len(read) == 8  # a list and a count for each band
    assert max(read) <= 3


def read_in_vain(sql: str) -> int:
    """How many rows a statement read and left out."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")
        ((plan,),) = cursor.fetchall()
    return sum(each.get("Rows Removed by Filter", 0) for each in nodes(plan[0]["Plan"]))


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for each in plan.get("Plans", ()):
        yield from nodes(each)


def test_going_on_from_matter_to_matter_is_the_order_of_the_list() -> None:
    actor = a_unit_with(30)
    listed = [row.id for _, row in walked(actor, 50)]
    gone, at = [listed[0]], Matter.objects.get(id=listed[0])
    while at := worklists.following(actor, UNIT, at, today=TODAY):  # type: ignore[assignment]
        gone.append(at.id)
    assert gone == listed


def test_a_mark_that_was_never_given_out_is_the_first_page() -> None:
    for mark in ("", "late", "late.1.20261121.x", "nowhere.1.20261121.1", "late.1.notaday.4", "'; --"):
        assert worklists.read_mark(mark) is None


@pytest.mark.parametrize("path", ["/worklist?of=unit", "/worklist?of=mine", "/my-day"])
def test_the_number_of_statements_does_not_grow_with_the_list(
    path: str, client: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    actor = a_unit_with(40)
    Matter.objects.filter(closed_at__isnull=True).update(owner=actor)
    client.force_login(actor)
    client.get(path)
    with given.on(TODAY), django_assert_max_num_queries(40) as many:
        client.get(path)
    kept = list(Matter.objects.filter(closed_at__isnull=True).values_list("id", flat=True)[:12])
    Matter.objects.exclude(id__in=kept).update(
        closed_at="2026-11-23T09:00Z", closed_reason="TEST", next_act="", owner=None
    )
    with given.on(TODAY), django_assert_max_num_queries(40) as few:
        client.get(path)
    assert len(many) == len(few)
