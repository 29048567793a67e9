"""Counting open deadlines again: who may proclaim, settings on their day, constant statements, nothing lost."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import given

from casewright import law
from casewright.areas.deadlines import actions as deadlines
from casewright.areas.deadlines.models import Deadline, Working
from casewright.flows import daily_round, recount_deadlines
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.matters.models import Matter
from casewright.foundation.policy import actions as policy
from casewright.foundation.reference import holidays
from casewright.foundation.reference.queries import calendar
from casewright.foundation.runs.models import Run

pytestmark = pytest.mark.django_db

LETTERS = "ABCDEFGHJKLM"  # a mark has no I
PROCLAIMED = date(2026, 12, 1)
STATEMENTS = 15


def people():
    return given.person("Ruth Alder"), given.person("Sergeant Una Brill"), given.person("Mina Thorley")


def propose(on: date = PROCLAIMED, by=None, at=None, **changed):
    told = {"name": "Day of thanks", "source": "Proclamation of 20 November 2026", **changed}
    return holidays.propose(on=on, by=by or people()[0], at=at, **told)


def offer(matter: Matter, *, offered_on: date = date(2026, 11, 20)) -> Deadline:
    """A clock of a unit's own target: a course offered, 28 days to accept."""
    found = law.deadline("ndors-accept-28", {"offered_on": offered_on}, on=offered_on)
    clock = deadlines.Clock(matter.id, "incident", matter.id, "Incident", found, "traffic.none")
    with given.on(given.MONDAY) as at:
        deadlines.start([clock], at=at)
    return Deadline.objects.get(rule_id="ndors-accept-28", state="running")


def a_matter() -> Matter:
    force = given.a_unit()
    with given.on(given.MONDAY):
        given.give(given.csv_of([given.row()]), force=force)
    return Matter.objects.get()


def test_a_holiday_takes_two_people_with_the_right_and_a_day_to_come() -> None:
    given.a_unit()
    ruth, una, mina = people()
    with given.on(given.MONDAY) as at:
        with pytest.raises(NotAllowed, match="do not let you propose this"):
            propose(by=mina, at=at)
        with pytest.raises(NotAllowed, match="day to come"):
            propose(given.MONDAY, at=at)
        with pytest.raises(NotAllowed, match="already"):
            propose(date(2026, 12, 25), at=at)
        with pytest.raises(NotAllowed, match="name"):
            propose(at=at, source=" ")
        with pytest.raises(law.NoHolidays):
            propose(date(2040, 1, 4), at=at)
        row = propose(at=at)
        with pytest.raises(NotAllowed, match="proposed already"):
            propose(at=at)
        assert calendar() is law.calendars.ENGLAND_AND_WALES  # proposed is not yet counted
        with pytest.raises(NotAllowed, match="own proposal"):
            holidays.approve(holiday_id=row.id, by=ruth, at=at)
        with pytest.raises(NotAllowed, match="do not let you approve this"):
            holidays.approve(holiday_id=row.id, by=mina, at=at)
        holidays.approve(holiday_id=row.id, by=una, at=at)
        with pytest.raises(NotAllowed, match="approved already"):
            holidays.approve(holiday_id=row.id, by=una, at=at)
    assert calendar().holiday_name(PROCLAIMED) == "Day of thanks"
    assert calendar() is calendar()


def test_a_proposal_whose_day_has_begun_can_no_longer_be_approved() -> None:
    given.a_unit()
    with given.on(given.MONDAY) as at:
        row = propose(at=at)
    with given.on(PROCLAIMED) as at, pytest.raises(NotAllowed, match="has begun"):
        holidays.approve(holiday_id=row.id, by=people()[1], at=at)


def test_a_bank_holiday_may_be_withdrawn() -> None:
    given.a_unit()
    with given.on(given.MONDAY) as at:
        row = propose(date(2027, 5, 3), at=at, withdraws=True)
        holidays.approve(holiday_id=row.id, by=people()[1], at=at)
    assert calendar().days("business").is_open(date(2027, 5, 3))


def test_a_changed_setting_moves_the_clocks_it_sets_on_its_own_day_and_no_others() -> None:
    matter = a_matter()
    target = offer(matter)
    others = set(Deadline.objects.exclude(id=target.id).values_list("id", "state"))
    ruth, una, _ = people()
    with given.on(given.MONDAY) as at:
        setting = policy.propose(
            key="ndors-accept-28.number",
            value=21,
            effective_from=date(2026, 11, 25),
            reason="Courses fill",
            by=ruth,
            at=at,
        )
        policy.approve(setting_id=setting.id, by=una, at=at)
    for day, moved in ((date(2026, 11, 24), False), (date(2026, 11, 25), True)):
        with given.on(day, 6) as at:
            daily_round.go_round(day, at=at)
            given.work()
        assert Deadline.objects.filter(rule_id="ndors-accept-28", state="superseded").exists() is moved
    assert Deadline.objects.get(rule_id="ndors-accept-28", state="running").act_by == date(2026, 12, 11)
    assert set(Deadline.objects.exclude(rule_id="ndors-accept-28").values_list("id", "state")) == others


def test_what_is_previewed_is_not_kept() -> None:
    matter = a_matter()
    target = offer(matter)
    (change,) = recount_deadlines.preview(tried={"ndors-accept-28.number": 21}, on=given.MONDAY)
    assert change.deadline == target
    assert change.moved.new is not None
    assert change.moved.new.act_by == date(2026, 12, 11)
    assert Deadline.objects.get(rule_id="ndors-accept-28").state == "running"


def test_a_clock_that_can_no_longer_be_counted_stays_and_is_reported() -> None:
    matter = a_matter()
    target = offer(matter)
    gone = {**target.working, "rule_id": "gone"}
    Working.objects.filter(id=target.told_id).update(content=gone)
    with given.on(given.MONDAY) as at:
        run = recount_deadlines.start(why="A test.", by=None, at=at)
        given.work(run.id)
    assert run.chunks.get().counts == {"could not be counted": 1, "matters": 0}
    assert Deadline.objects.get(id=target.id).state == "running"


def test_a_clock_met_meanwhile_is_left_alone() -> None:
    target = offer(a_matter())
    with given.on(given.MONDAY) as at:
        row = recount_deadlines.start(why="x", by=None, at=at)
        Run.objects.filter(id=row.id).update(state="going")
        Deadline.objects.filter(id=target.id).update(state="met")
        given.work()
    assert list(Deadline.objects.filter(rule_id="ndors-accept-28").values_list("state", flat=True)) == ["met"]


def statements(number: int) -> int:
    """How many statements a chunk of this many moving clocks takes."""
    rows = [
        given.row(date="2026-11-18", sequence=f"{n:08}", mark=f"QX26 {LETTERS[n]}TL") for n in range(number)
    ]
    force = given.a_unit()
    with given.on(given.MONDAY) as at:
        given.give(given.csv_of(rows), force=force)
        holidays.approve(holiday_id=propose(at=at).id, by=people()[1], at=at)
        run = recount_deadlines.start(why="A day of thanks.", by=None, at=at)
        chunk = run.chunks.select_related("run").get()
        with CaptureQueriesContext(connection) as taken:
            counts = recount_deadlines.work_chunk(chunk.run, chunk)
    assert counts == {"now sooner": number, "matters": number}
    return len(taken)


@pytest.mark.parametrize("number", [1, 12])
def test_a_chunk_takes_the_same_statements_whatever_its_size(number: int) -> None:
    assert statements(number) == STATEMENTS
