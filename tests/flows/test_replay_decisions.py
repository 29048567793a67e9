"""Stored decisions replay; a rule changed on purpose is found case by case, and the register explains it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import given
from tests.law.allegations import DECIDED, alleged, speeding
from typer.testing import CliRunner

from casewright.areas.decisions.actions import Taken, record_taken
from casewright.areas.decisions.models import Decision, Finding
from casewright.commands import decisions, open_book
from casewright.commands.decisions import app
from casewright.flows import replay_decisions as flow
from casewright.foundation.matters.models import Matter
from casewright.law import VERSION, explained, traffic
from casewright.law.traffic import case

pytestmark = pytest.mark.django_db

OLDER = "2026.10.1"


def entry(*differs: str, kind: str = "allegation") -> tuple[explained.Explained, ...]:
    return explained.entries(
        f'[[entry]]\non = 2026-11-25\nversion = "{VERSION}"\nkind = "{kind}"\ndiffers = {json.dumps(differs)}\n'
        'why = "Made plainer."\nauthority = "unit policy"\n'
    )


def store(matter: Matter, facts: dict[str, Any], *, taken: str = "", at: Any) -> None:
    """A decision on an allegation as its area keeps it; a person may have taken another option."""
    found = traffic.decide(facts, on=DECIDED)
    record_taken(
        [Taken(matter.id, "allegation", 1, "1", "allegation", taken or found.taken, found.taken_title,
               found.as_text(), json.dumps(facts), "A person's reasons." if taken else "")],
        by=None, at=at,
    )  # fmt: skip


@pytest.fixture
def matters() -> list[Matter]:
    """Two camera matters, with four decisions on allegations on the first."""
    force = given.a_unit()
    with given.on(given.MONDAY) as at:
        given.give(given.csv_of([given.row(), given.row(time="15:00:00")]), force=force)
        found = list(Matter.objects.order_by("id"))
        store(found[0], speeding(30, 45), at=at)
        store(found[0], speeding(30, 45), at=at)
        store(found[0], speeding(30, 42), taken="requisition", at=at)
        store(found[0], alleged("RT88191"), at=at)
    return found


@pytest.fixture
def rule_12_changed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """R12 says otherwise: the force now courts what it offered."""
    old = next(each for each in case.rules() if each.id == "R12")

    def says(asked: Any) -> Any:
        found = old.says(asked)
        return found and found._replace(
            declines=("course", "conditional_offer"), sentence="Court level, now."
        )

    sheet = tuple(each._replace(says=says) if each.id == "R12" else each for each in case.rules())
    case.worth_asking.cache_clear()
    monkeypatch.setattr(case, "rules", lambda: sheet)
    yield
    case.worth_asking.cache_clear()


def all_of(run: flow.Replay) -> list[flow.Difference]:
    return list(run.of(flow.stored_decisions(everything=True)))


def test_every_stored_decision_says_the_same_today(matters: list[Matter]) -> None:
    run = flow.Replay()
    assert all_of(run) == []
    assert run.replayed == Decision.objects.count() == 6
    assert run.decided == 4  # like facts are decided once: two allegations, and two detections of one day


def test_a_rule_changed_on_purpose_is_found_case_by_case(
    matters: list[Matter], rule_12_changed: None
) -> None:
    found = all_of(flow.Replay())
    alike = Decision.objects.filter(kind="allegation").order_by("id")[:2]
    assert [each.decision_id for each in found] == [each.id for each in alike]
    for each in found:
        assert (each.was, each.now) == ("Make a conditional offer", "Prosecute before a single justice")
        assert [r.rule for r in each.changed.rules] == ["R12"]
        assert "conditional_offer" in {o.key for o in each.changed.options if o.standing_differs}
        assert not each.entries


def test_with_an_entry_it_is_explained_and_a_wrong_entry_explains_nothing(
    matters: list[Matter], rule_12_changed: None
) -> None:
    needed = all_of(flow.Replay())[0].changed.grounds
    Decision.objects.update(law_version=OLDER)
    assert [bool(each.entries) for each in all_of(flow.Replay(register=entry(*needed)))] == [True, True]
    assert [bool(each.entries) for each in all_of(flow.Replay(register=entry("R13")))] == [False, False]
    assert not any(each.entries for each in all_of(flow.Replay(register=entry(*needed, kind="detection"))))
    Decision.objects.update(law_version=VERSION)
    assert not any(each.entries for each in all_of(flow.Replay(register=entry(*needed))))


def test_the_command_says_both_sides_and_its_exit_code(matters: list[Matter], rule_12_changed: None) -> None:
    said = CliRunner().invoke(app, ["replay"])
    assert said.exit_code == 1
    assert "was “Make a conditional offer”, now “Prosecute before a single justice”" in said.output
    assert "R12 then passed: “45 mph is above the course band" in said.output
    assert "option conditional_offer: then lawful, now lawful, not the policy" in said.output
    assert "6 decisions replayed, 2 differences: 0 explained, 2 not." in said.output
    lines = [json.loads(line) for line in CliRunner().invoke(app, ["replay", "--json"]).output.splitlines()]
    assert lines[-1] == {
        "replayed": 6, "differences": 2, "explained": 0, "unexplained": 2, "not_decided_by_law": 0
    }  # fmt: skip
    assert lines[0]["rules"][0]["now"] == {"outcome": "passed", "sentence": "Court level, now."}


def test_a_long_replay_says_how_far_it_is_beside_its_answer(
    matters: list[Matter], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "of 6 decisions" not in CliRunner().invoke(app, ["replay"]).stderr
    monkeypatch.setattr(flow, "CHUNK", 2)
    monkeypatch.setattr(decisions, "EVERY", 4)
    said = CliRunner().invoke(app, ["replay", "--json"])
    assert said.stderr.splitlines() == ["4 of 6 decisions replayed", "6 of 6 decisions replayed"]
    assert json.loads(said.stdout.splitlines()[-1])["replayed"] == 6


def test_settings_are_tried_by_name_or_from_a_file(matters: list[Matter], tmp_path: Any) -> None:
    file = tmp_path / "policy.json"
    file.write_text('{"speed.start.30": 43, "speed.course_to.30": 45}', encoding="utf-8")
    for given_as in ([str(file)], ["speed.start.30=43", "--under", "speed.course_to.30=45"]):
        said = CliRunner().invoke(app, ["replay", "--under", *given_as])
        assert said.exit_code == 0, said.output
        assert "was “Offer a course”, now “Take no further action”" in said.output
        assert "3 differences." in said.output
    wrong = CliRunner().invoke(app, ["replay", "--under", "speed.start.31=3"])
    assert wrong.exit_code == 2
    assert CliRunner().invoke(app, ["replay", "--under", "no-such-file.json"]).exit_code == 2


def test_impact_lists_the_decisions_of_the_open_book_that_would_come_out_otherwise(
    matters: list[Matter], capsys: pytest.CaptureFixture[str]
) -> None:
    open_book.tell([], {"speed.start.30": 43, "speed.course_to.30": 45}, as_json=False)
    printed = capsys.readouterr()
    (line,) = [each for each in printed.out.splitlines() if "Take no further action" in each]
    assert line.startswith(
        f"{matters[0].reference}  allegation decided: Offer a course, then Take no further action."
    )
    assert "3 of 6 decisions on open matters would come out otherwise." in printed.err
    open_book.tell([(date(2026, 12, 1), "Jubilee")], {}, as_json=False)
    said = capsys.readouterr().err
    assert "decisions" not in said
    assert "allegations" not in said


def test_closed_matters_are_replayed_only_if_all_are_asked_for(matters: list[Matter]) -> None:
    Matter.objects.filter(id=matters[0].id).update(closed_at=given.clock.now(), closed_reason="paid")
    assert "1 decisions replayed" in CliRunner().invoke(app, ["replay"]).output
    assert "6 decisions replayed" in CliRunner().invoke(app, ["replay", "--all"]).output


def test_a_decision_whose_finding_is_gone_is_a_difference(matters: list[Matter]) -> None:
    told = Decision.objects.filter(kind="detection").values_list("told_id", flat=True)
    Finding.objects.filter(id__in=list(told))._raw_delete("default")
    found = all_of(flow.Replay())
    assert [each.changed.refusal for each in found] == ["What law said of it is not held."] * 2


def test_a_replay_is_a_constant_number_of_statements(matters: list[Matter]) -> None:
    with CaptureQueriesContext(connection) as seen:
        all_of(flow.Replay())
    more = [speeding(30, mph) for mph in range(36, 49)]
    with given.on(given.MONDAY) as at:
        for each in more:
            store(matters[0], each, at=at)
    with CaptureQueriesContext(connection) as then:
        all_of(flow.Replay())
    assert len(then) == len(seen)
