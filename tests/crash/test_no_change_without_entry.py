"""kill -9 while people act: no change without its entry in the journal and no entry without its change."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from tests.crash.journalled import KINDS, NO_ENTRY_OF_ITS_OWN, SUBJECTS
from tests.crash.pressing import ACTS, DONE, Unit
from tests.crash.rig import PATIENCE, Rig, rig
from tests.crash.test_kills import settle

KILLS, MANY_KILLS = 3, 200  # in all, one victim after the other; the second in `drill`
LEAST = 6  # kinds of act done; chance leaves out some in so short a time
VICTIMS = ("web", "database", "worker-1")
PLANTED = {
    "row": "matters_hold {} was written without an entry",
    "change": "matters_matter {} was written without an entry",
    "entry": "entry {} records.lift_hold has no change in matters_hold",
    "entry of nothing": "entry {} matters.note has no change in matters_note",
}


def begin(made: Rig) -> str:
    """Work to act on; the moment from which everything is told."""
    since = made.drive("moment")
    path = made.folder / "detections.csv"
    made.drive("make_file", str(path), "100", "1")
    made.drive("give", str(path))
    settle(made)
    return since


def act_and_kill(made: Rig, kills: int) -> Unit:
    """Everybody acts, files come and letters are printed, while one process after another dies."""
    unit = Unit(made)
    for number in range(kills):
        thread = unit.go_on()
        if number % 5 == 1:
            made.drive("print_all")
        if number % 5 == 3:
            path = made.folder / f"more-{number}.csv"
            made.drive("make_file", str(path), "40", str(number + 1))
            made.drive("give", str(path))
        _until_acts_stand(unit, min(2 * (number + 1), LEAST))
        time.sleep(made.dice.uniform(0.0, 0.6))
        _kill(made, VICTIMS[number % len(VICTIMS)])
        time.sleep(0.2)
        unit.stopped.set()
        thread.join()  # each of its requests ends
        unit.stopped.clear()
        unit.look()
    return unit


def _until_acts_stand(unit: Unit, least: int) -> None:
    """Let some acts be done before the next kill, so that there is something to lose on a slow machine too."""
    until = time.monotonic() + PATIENCE
    while len(done(unit)) < least and time.monotonic() < until:
        time.sleep(0.05)


def done(unit: Unit) -> set[str]:
    """The kinds of act that were done at least once."""
    return {name.rpartition(" ")[0] for name in list(unit.answers) if name.endswith(f" {DONE}")}


def _kill(made: Rig, victim: str) -> None:
    if victim == "database":
        made.kill_database()
        return
    made.kill(victim)
    made.start_web() if victim == "web" else made.start_worker(1)


def found(made: Rig, since: str) -> list[str]:
    """What the check finds."""
    told: list[str] = json.loads(made.drive("faults", since))
    return told


def test_killing_at_random_leaves_no_change_without_its_entry_and_no_entry_without_its_change(
    tmp_path: Path,
) -> None:
    with rig(tmp_path) as made:
        since = begin(made)
        unit = act_and_kill(made, KILLS)
        assert found(made, since) == []
        assert len(done(unit)) >= LEAST, unit.answers
        assert any(name.endswith(" 0") for name in unit.answers), "no press was cut off"
        assert int(made.drive("remove_held")) > 0
        assert found(made, since) == []
        for what, said in PLANTED.items():
            planted_after = made.drive("moment")
            made.drive("plant", what)
            (fault,) = found(made, planted_after)
            before, _, after = said.partition("{}")
            assert fault.startswith(before), fault
            assert fault.endswith(after), fault


def test_starting_every_process_writes_nothing(tmp_path: Path) -> None:
    """The rows of docs/reference/acts.csv that are processes: what they do, not that they start, has its entries."""
    with rig(tmp_path) as made:  # database prepare, web, worker, simulator dvla
        made.start("clamd", "simulator", "clamd")
        made.command("dj", "check")
        assert settle(made)["files"] == 0
        assert made.drive("entries") == "0"


@pytest.mark.drill
def test_two_hundred_kills_leave_no_change_without_its_entry(tmp_path: Path) -> None:
    with rig(tmp_path) as made:
        since = begin(made)
        unit = act_and_kill(made, MANY_KILLS)
        assert found(made, since) == []
    assert len(done(unit)) == len(ACTS)
    print(f"\n{MANY_KILLS} kills, {sum(unit.answers.values())} presses: {dict(sorted(unit.answers.items()))}")


@pytest.mark.django_db
def test_every_table_is_journalled_or_says_why_it_is_not() -> None:
    from django.apps import apps

    ours = {
        model._meta.db_table
        for config in apps.get_app_configs()
        if config.name.startswith("casewright.")
        for model in config.get_models(include_auto_created=True)
        if model._meta.managed
    }
    assert ours == set(KINDS) | set(NO_ENTRY_OF_ITS_OWN)
    assert set(SUBJECTS.values()) <= ours
