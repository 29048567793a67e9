"""The open book under other figures: which open allegations law would dispose of otherwise, in constant statements."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import given

from casewright.areas.traffic import facts as bridge
from casewright.areas.traffic.models import Allegation, Incident
from casewright.commands import open_book
from casewright.flows.impact_on_allegations import Impact
from casewright.foundation.matters.models import Matter
from casewright.foundation.policy.models import Setting

pytestmark = pytest.mark.django_db
TRIED = {"speed.court_from.30": 44}


@pytest.fixture(autouse=True)
def force():
    force = given.a_unit()
    with given.on(given.MONDAY):
        yield force


def take_in(force: Any, *speeds: int, first: int = 1) -> list[Matter]:
    rows = [
        given.row(speed=f"{mph}", secondary_speed=f"{mph}", sequence=f"{n:08}", time=f"1{n % 10}:{n:02}:00")
        for n, mph in enumerate(speeds, first)
    ]
    given.give(given.csv_of(rows), force=force, name=f"{first}.csv")
    return list(Matter.objects.order_by("id"))


def test_an_open_allegation_that_would_go_to_court_is_listed_and_one_that_would_not_is_not(force) -> None:
    at, below = take_in(force, 44, 43)
    look = Impact(TRIED, given.MONDAY)
    (found,) = look.all()
    assert (found.reference, found.number, look.asked, look.undecided) == (at.reference, 1, 2, 0)
    assert "(make a conditional offer: lawful)" in found.was  # no notice is sent yet, so both sides hold it
    assert "(make a conditional offer: lawful, not the policy)" in found.now
    assert "No notice has been sent" in found.why
    assert below.reference != found.reference


def test_the_force_s_own_figure_counts_and_nothing_is_changed_by_looking(force) -> None:
    take_in(force, 44)
    Setting.objects.create(
        force=force, key="speed.court_from.30", value=44, effective_from=given.MONDAY, reason="Ours",
        approved_at=given.clock.now(),
    )  # fmt: skip
    assert list(Impact(TRIED, given.MONDAY).all()) == []
    (found,) = Impact({"speed.court_from.30": 50}, given.MONDAY).all()
    assert "(make a conditional offer: lawful)" in found.now
    assert set(Allegation.objects.values_list("status", flat=True)) == {"alleged"}


def test_where_a_driver_was_warned_what_is_taken_is_named(force) -> None:
    take_in(force, 44)
    Incident.objects.update(warned_at_time=True)
    (found,) = Impact(TRIED, given.MONDAY).all()
    assert (found.was, found.now) == ("Make a conditional offer", "Prosecute before a single justice")
    assert "44 mph" in found.why


def test_ended_and_closed_ones_are_not_asked_about_and_what_law_cannot_answer_is_counted(force) -> None:
    ended, closed, odd, _ = take_in(force, 44, 44, 44, 44)
    Allegation.objects.filter(incident_id=ended.id).update(status="ended")
    Matter.objects.filter(id=closed.id).update(closed_at=given.clock.now(), closed_reason="paid")
    Allegation.objects.filter(incident_id=odd.id).update(
        offence_code="RR84222"
    )  # of a 40 limit, recorded in a 30
    look = Impact(TRIED, given.MONDAY)
    assert len(list(look.all())) == 1
    assert (look.asked, look.undecided) == (2, 1)


def test_the_command_lists_them_beside_deadlines_and_decisions(force, capsys) -> None:
    matter, _ = take_in(force, 44, 43)
    open_book.tell([], TRIED, as_json=False)
    printed = capsys.readouterr()
    (line,) = [each for each in printed.out.splitlines() if "allegation 1" in each]
    assert line.startswith(
        f"{matter.reference}  allegation 1: Hold until a person has looked (make a conditional offer: lawful"
    )
    assert "1 of 2 open allegations would be disposed of otherwise." in printed.err
    open_book.tell([], TRIED, as_json=True)
    told = [json.loads(each) for each in capsys.readouterr().out.splitlines()]
    assert {"matter", "allegation", "was", "now", "why"} in [set(each) for each in told]


def test_the_book_is_asked_about_in_a_constant_number_of_statements(force) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            list(Impact(TRIED, given.MONDAY).all())
        return len(seen)

    take_in(force, 44, 45)
    few = statements()
    take_in(force, *range(44, 49), first=10)
    assert statements() == few


def test_facts_of_many_are_those_of_each(force) -> None:
    row = given.row(
        source="stop", offences="RT88575 RT88191", warned="yes", speed="", limit="", secondary_speed=""
    )
    given.give(given.csv_of([row]), force=force, name="stop.csv")
    take_in(force, 44, first=20)
    every = list(Allegation.objects.select_related("incident__matter", "incident__site").order_by("id"))
    assert len(every) == 3
    together = bridge.allegations_facts(every)
    assert together == {each.id: bridge.allegation_facts(each) for each in every}
    careless, uninsured, speeding = (together[each.id] for each in every)
    assert careless["same_occasion"] == ["RT88191"]
    assert careless["detected_by"] == "officer"
    assert "other_to_court" not in careless
    assert uninsured["same_occasion"] == ["RT88575"]
    assert (speeding["recorded_mph"], speeding["limit_mph"]) == (44, 30)
    assert "device_certified_until" in speeding
    Allegation.objects.filter(id=every[1].id).update(status="prosecution_file")
    assert bridge.allegation_facts(every[0])["other_to_court"] is True
