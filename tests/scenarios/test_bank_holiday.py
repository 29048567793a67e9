"""The bank holiday of a day in nine days' time is proclaimed: the right open deadlines move, and no others.

Today is Sunday 22 November 2026; Tuesday 1 December is proclaimed. Counted by hand, business days around it being
Thursday 26, Friday 27, Monday 30, then Wednesday 2, Thursday 3, Friday 4:

offence     last day    produce, post, served before             and with the holiday
Mon 16 Nov  Mon 30 Nov  Wed 25, Thu 26, Mon 30                   the same
Tue 17 Nov  Tue 1 Dec   Thu 26, Fri 27, Tue 1                    Wed 25, Thu 26, Mon 30
Wed 18 Nov  Wed 2 Dec   Fri 27, Mon 30, Wed 2                    Thu 26, Fri 27, Wed 2
Thu 19 Nov  Thu 3 Dec   Mon 30, Tue 1, Thu 3                     Fri 27, Mon 30, Thu 3
Fri 20 Nov  Fri 4 Dec   Tue 1, Wed 2, Fri 4                      Mon 30, Wed 2, Fri 4
Sat 21 Nov  Sat 5 Dec   as Friday                                as Friday

The six months of each offence count every day and stay.
"""

from __future__ import annotations

import json
from contextlib import nullcontext
from datetime import date

import pytest
from django.db.models import Q
from tests import given
from typer.testing import CliRunner

from casewright import law
from casewright.areas.deadlines.models import Deadline
from casewright.areas.traffic.models import Requirement
from casewright.commands import holidays as holidays_command
from casewright.commands import open_book
from casewright.flows import recount_deadlines
from casewright.foundation.journal.models import Entry
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.matters.models import Matter
from casewright.foundation.reference import holidays

pytestmark = pytest.mark.django_db

TODAY, PROCLAIMED = date(2026, 11, 22), date(2026, 12, 1)
OFFENCES = [date(2026, 11, day) for day in range(10, 22)]
LETTERS = "ABCDEFGHJKLM"  # a mark has no I
AS_IT_WAS = ("id", "state", "produce_by", "post_by", "act_by", "outer_limit", "told_id")


def the_open_book() -> None:
    """One detection of each day from 10 to 21 November, each with its notice and its six months running."""
    rows = [
        given.row(date=day.isoformat(), sequence=f"{number:08}", mark=f"QX26 RT{LETTERS[number]}")
        for number, day in enumerate(OFFENCES)
    ]
    force = given.a_unit(TODAY)
    with given.on(TODAY):
        given.give(given.csv_of(rows), force=force)


def proclaim(on: date = PROCLAIMED, today: date = TODAY) -> None:
    ruth, una = given.person("Ruth Alder"), given.person("Sergeant Una Brill")
    with given.on(today, 10) as at:
        row = holidays.propose(on=on, name="Day of thanks", source="Proclamation", by=ruth, at=at)
        run = recount_deadlines.approve_holiday(holiday_id=row.id, by=una, at=at)
        given.work(run.id)


def offence_of(deadline: Deadline) -> date:
    return date.fromisoformat(deadline.working["facts"]["offence_on"])


def test_a_day_in_nine_days_time_is_proclaimed_and_the_right_deadlines_move_and_no_others() -> None:
    the_open_book()
    before = {d.id: d for d in Deadline.objects.select_related("told")}
    assert len(before) == 24
    with given.on(TODAY):
        days = law.calendars.ENGLAND_AND_WALES.proclaim(PROCLAIMED, "Day of thanks")
        foretold = {each.deadline.id for each in recount_deadlines.preview(days, on=TODAY)}
    proclaim()
    moved = Deadline.objects.filter(state="superseded").select_related("told", "replaced_by__told")
    assert {(d.rule_id, offence_of(d).day) for d in moved} == {("nip-14", day) for day in range(17, 22)}
    assert {d.id for d in moved} == foretold
    fresh = {offence_of(d): d.replaced_by for d in moved}
    assert {day.day: (str(d.produce_by), str(d.post_by), d.act_by) for day, d in fresh.items()} == {
        17: ("2026-11-25", "2026-11-26", date(2026, 12, 1)),
        18: ("2026-11-26", "2026-11-27", date(2026, 12, 2)),
        19: ("2026-11-27", "2026-11-30", date(2026, 12, 3)),
        20: ("2026-11-30", "2026-12-02", date(2026, 12, 4)),
        21: ("2026-11-30", "2026-12-02", date(2026, 12, 5)),
    }
    untouched = Deadline.objects.filter(id__in=set(before) - foretold)
    was = {i: tuple(getattr(before[i], name) for name in AS_IT_WAS) for i in set(before) - foretold}
    assert {row[0]: row for row in untouched.values_list(*AS_IT_WAS)} == was
    assert Deadline.objects.filter(state="running").count() == 24


def test_the_old_is_kept_with_its_working_and_the_journal_says_why() -> None:
    the_open_book()
    proclaim()
    old = Deadline.objects.select_related("told").get(state="superseded", act_by=date(2026, 12, 2))
    assert old.post_by == date(2026, 11, 30)
    assert any("Monday 30" in sentence for sentence in old.working["working"])
    new = old.replaced_by
    assert new is not None
    assert any("Friday 27" in sentence for sentence in new.working["working"])
    entry = Entry.objects.get(verb="deadlines.supersede", subject_id=old.id)
    assert entry.facts == {"rule": "nip-14", "day": "produce_by", "was": "2026-11-27", "now": "2026-11-26"}
    assert entry.actor_id == given.person("Sergeant Una Brill").id


def test_the_matters_next_day_moves_and_who_must_act_is_listed() -> None:
    the_open_book()
    before = dict(Matter.objects.values_list("id", "next_act_by"))
    proclaim()
    after = dict(Matter.objects.values_list("id", "next_act_by"))
    moved = {m for m in before if before[m] != after[m]}
    superseded = Deadline.objects.filter(state="superseded")
    assert moved == set(superseded.values_list("matter_id", flat=True))
    run = recount_deadlines.Run.objects.get(kind=recount_deadlines.RUN_KIND)
    listed = recount_deadlines.who_must_act(run)
    assert [(d.matter_id, d.matter.next_act_by, bool(d.matter.queue)) for d in listed] == [
        (m, after[m], True) for m in sorted(moved, key=lambda m: (after[m], m))
    ]
    assert run.chunks.get().counts == {"now sooner": 5, "matters": 5}


def test_the_next_morning_nothing_is_left_to_count_again() -> None:
    the_open_book()
    proclaim()
    with given.on(date(2026, 11, 23)) as at:
        assert recount_deadlines.start_if_moved(date(2026, 11, 23), at=at) is None
    assert Deadline.objects.filter(state="superseded").count() == 5


def test_a_reply_to_a_letter_that_is_travelling_moves_with_its_presumed_service() -> None:
    """Posted on Monday 30 November, presumed served on Wednesday 2 December; with the holiday on Thursday 3."""
    force = given.a_unit(TODAY)
    with given.on(date(2026, 11, 23)):
        given.give(given.csv_of([given.row(date="2026-11-20")]), force=force)
        given.keepers_answer(list(Matter.objects.all()))
        made = given.print_notices(force)
    with given.on(date(2026, 11, 30)):
        given.post(made, date(2026, 11, 30))
    before = Requirement.objects.get()
    assert (before.served_on, before.reply_by) == (date(2026, 12, 2), date(2026, 12, 29))
    proclaim(today=date(2026, 11, 30))
    after = Requirement.objects.get()
    assert (after.served_on, after.reply_by) == (date(2026, 12, 3), date(2026, 12, 30))
    assert Deadline.objects.get(rule_id="s172-28", state="running").act_by == date(2026, 12, 30)
    assert not Deadline.objects.filter(Q(state="superseded") & ~Q(rule_id="s172-28")).exists()


def test_detections_received_after_the_approval_are_counted_with_the_holiday_at_once() -> None:
    force = given.a_unit(TODAY)
    proclaim()
    with given.on(date(2026, 11, 23)):
        given.give(given.csv_of([given.row(date="2026-11-18")]), force=force)
    notice = Deadline.objects.get(rule_id="nip-14")
    assert (notice.produce_by, notice.post_by) == (date(2026, 11, 26), date(2026, 11, 27))


def test_the_command_shows_before_it_takes_effect_exactly_what_then_moves(monkeypatch, capsys) -> None:
    the_open_book()
    monkeypatch.setattr(open_book, "surroundings", lambda owner: nullcontext())
    with given.on(TODAY):
        open_book.show([(PROCLAIMED, "Day of thanks")], {}, as_json=True)
    shown, said = capsys.readouterr()
    assert said == "5 of 24 open deadlines would move, on 5 matters; 5 sooner.\n"
    assert not Deadline.objects.filter(state="superseded").exists()
    proclaim()
    moved = Deadline.objects.filter(state="superseded").values_list("matter__reference", "rule_id")
    foretold = [json.loads(line) for line in shown.splitlines()]
    assert {(told["matter"], told["rule"]) for told in foretold} == set(moved)
    with given.on(TODAY):
        open_book.show([], {"ndors-accept-28.number": 21}, as_json=False)
    told = "0 of 24 open deadlines would move, on 0 matters; 0 sooner.", "0 of 12 decisions on open matters would come"
    shown, said = capsys.readouterr()
    assert shown == ""
    asked = "0 of 12 open allegations would be disposed of otherwise."
    assert said.splitlines() == [told[0], f"{told[1]} out otherwise.", asked]


def test_two_people_proclaim_it_by_command_and_see_who_must_act() -> None:
    the_open_book()
    ruth, una = given.person("Ruth Alder"), given.person("Sergeant Una Brill")

    def run(*words: str) -> str:
        with given.on(TODAY, 10):
            done = CliRunner().invoke(holidays_command.app, list(words))
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.output

    said = run("propose", "2026-12-01", "Day of thanks", "--source", "Proclamation", "--by", ruth.email)
    number = said.split()[2].rstrip(".")
    assert "proposed by Ruth Alder" in run("list")
    said = run("approve", number, "--by", una.email)
    assert "counts 5 open deadlines again" in said
    run_id = said.split()[2]
    with given.on(TODAY, 10):
        given.work()
    lines = run("who-must-act", run_id).splitlines()
    assert len(lines) == 5
    assert lines[0].startswith("2026-11-25")
    with pytest.raises(law.InvalidFacts):
        run("propose", "soon", "Day", "--source", "x", "--by", ruth.email)
    with pytest.raises(NotAllowed, match="Nobody"):
        run("approve", number, "--by", "nobody@example.test")
    with pytest.raises(NotAllowed, match="number"):
        run("approve", "0", "--by", una.email)
    with pytest.raises(NotAllowed, match="did not count"):
        run("who-must-act", "0")
