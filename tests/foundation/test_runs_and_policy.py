"""Runs: worked once, shown when they fail, paused and stopped. Settings: two people, from a future day."""

from __future__ import annotations

from datetime import date

import pytest
from tests import given

from casewright.foundation import clock
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.policy import actions as policy
from casewright.foundation.policy import queries as settings_in_force
from casewright.foundation.runs import actions as runs
from casewright.foundation.runs.models import Chunk, Run

pytestmark = pytest.mark.django_db


def a_run(parts: int = 3) -> Run:
    return runs.start(
        kind="t", title="t", payloads=[(1, {"n": n}) for n in range(parts)], by=None, at=clock.now()
    )


def test_every_chunk_is_worked_once_and_the_run_ends() -> None:
    seen: list[int] = []
    made = a_run()
    while runs.work_one({"t": lambda run, chunk: {"n": seen.append(chunk.payload["n"]) or 1}}):
        pass
    assert seen == [0, 1, 2]
    assert Run.objects.get(id=made.id).state == "done"


def test_a_run_of_nothing_is_done_at_once() -> None:
    assert Run.objects.get(id=a_run(0).id).state == "done"


def test_a_chunk_that_fails_is_tried_three_times_then_shown_and_the_rest_goes_on() -> None:
    made = a_run()

    def work(run: Run, chunk: Chunk) -> dict[str, int]:
        if chunk.payload["n"] == 1:
            raise ValueError("the ink is out")
        return {"done": 1}

    while runs.work_one({"t": work}):
        pass
    states = {c.number: (c.state, c.attempts, c.error) for c in Chunk.objects.filter(run=made)}
    assert states[2] == ("failed", 3, "ValueError: the ink is out")
    assert states[1][0] == states[3][0] == "done"
    assert Run.objects.get(id=made.id).state == "failed"
    given.a_unit()
    runs.resume(run_id=made.id, by=given.person("Ruth Alder"), at=clock.now())
    while runs.work_one({"t": lambda run, chunk: {"done": 1}}):
        pass
    assert Run.objects.get(id=made.id).state == "done"


def test_a_paused_run_hands_out_nothing_and_a_stopped_one_never_again() -> None:
    given.a_unit()
    ruth, made = given.person("Ruth Alder"), a_run()
    runs.pause(run_id=made.id, by=ruth, at=clock.now())
    assert not runs.work_one({"t": lambda run, chunk: {}})
    runs.resume(run_id=made.id, by=ruth, at=clock.now())
    assert runs.work_one({"t": lambda run, chunk: {}})
    runs.stop(run_id=made.id, by=ruth, at=clock.now())
    assert not runs.work_one({"t": lambda run, chunk: {}})
    with pytest.raises(NotAllowed, match="ended"):
        runs.resume(run_id=made.id, by=ruth, at=clock.now())
    with pytest.raises(NotAllowed, match="roles"):
        runs.pause(run_id=made.id, by=given.person("Hester Lowe"), at=clock.now())


def test_a_setting_takes_two_people_and_a_day_to_come() -> None:
    force = given.a_unit()
    ruth, una, piers = (given.person(n) for n in ("Ruth Alder", "Sergeant Una Brill", "Piers Hallam"))
    with given.on(given.MONDAY) as at:
        with pytest.raises(NotAllowed, match="future day"):
            policy.propose(
                key="speed.start.30", value=36, effective_from=given.MONDAY, reason="x", by=ruth, at=at
            )
        made = policy.propose(
            key="speed.start.30", value=36, effective_from=date(2026, 12, 1), reason="x", by=ruth, at=at
        )
        assert "speed.start.30" not in settings_in_force.in_force(force_id=force.id, on=date(2026, 12, 1))
        with pytest.raises(NotAllowed, match="your own"):
            policy.approve(setting_id=made.id, by=ruth, at=at)
        with pytest.raises(NotAllowed, match="roles"):
            policy.approve(setting_id=made.id, by=piers, at=at)
        policy.approve(setting_id=made.id, by=una, at=at)
    found = [settings_in_force.in_force(force_id=force.id, on=date(2026, n, d)).get("speed.start.30")
             for n, d in ((11, 30), (12, 1), (12, 2))]  # fmt: skip
    assert found == [None, 36, 36]


def test_the_forces_own_setting_wins_over_the_units() -> None:
    force = given.a_unit()
    ruth, una = given.person("Ruth Alder"), given.person("Sergeant Una Brill")
    with given.on(given.MONDAY) as at:
        for owner, value in ((None, 1), (force.id, 2)):
            made = policy.propose(
                key="traffic.chain_days", value=value, effective_from=date(2026, 12, 1), reason="x", by=ruth, at=at,
                force_id=owner,
            )  # fmt: skip
            policy.approve(setting_id=made.id, by=una, at=at)
    assert settings_in_force.in_force(force_id=force.id, on=date(2026, 12, 1))["traffic.chain_days"] == 2
    assert settings_in_force.in_force(force_id=None, on=date(2026, 12, 1))["traffic.chain_days"] == 1


def test_a_threshold_set_by_the_unit_decides_the_next_detections_and_replays() -> None:
    from casewright.areas.decisions.models import Decision
    from casewright.flows import replay_decisions

    force = given.a_unit()
    ruth, una = given.person("Ruth Alder"), given.person("Sergeant Una Brill")
    rows = [given.row(speed="35", secondary_speed="35"), given.row(time="15:00:00")]
    with given.on(given.MONDAY) as at:
        given.give(given.csv_of(rows), force=force)
        made = policy.propose(
            key="speed.start.30", value=36, effective_from=date(2026, 11, 24), reason="x", by=ruth, at=at
        )
        policy.approve(setting_id=made.id, by=una, at=at)
    with given.on(date(2026, 11, 24)):
        given.give(given.csv_of([given.row(speed="35", secondary_speed="35", time="16:00:00")]), force=force)
    taken = list(Decision.objects.order_by("id").values_list("taken", flat=True))
    assert taken == ["send_notice", "send_notice", "no_further_action"]
    stored = list(Decision.objects.select_related("told").order_by("id"))
    assert replay_decisions.replay(stored) == []
    (found,) = replay_decisions.replay(stored, under={"speed.start.30": 36})
    assert found.decision_id == stored[0].id
