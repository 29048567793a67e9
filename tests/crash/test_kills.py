"""kill -9 at random instants over workers, web and database, during intake and print: nothing lost, nothing twice."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path

import pytest
from tests.crash.rig import Rig, rig

KILLS, MANY_KILLS = 10, 200  # a process; the second in `drill`
ROWS = 400
PATIENCE = 300  # seconds for what is left to be worked after the last kill


def settle(made: Rig) -> dict[str, object]:
    """Let the workers finish, then prove every promise."""
    until = time.monotonic() + PATIENCE
    while made.drive("waiting") != "0":
        assert time.monotonic() < until, "work is left: " + (made.folder / "worker-1.log").read_text()[-1500:]
        time.sleep(0.3)
    found: dict[str, object] = json.loads(made.drive("prove"))
    return found


def give(made: Rig, number: int) -> Path:
    """Make a file and give it as the command does."""
    path = made.folder / f"detections-{number}.csv"
    made.drive("make_file", str(path), str(ROWS), str(number + 1))
    made.drive("give", str(path))
    return path


def hurt(made: Rig, who: str) -> None:
    """Wait a random moment, kill, start again."""
    time.sleep(made.dice.uniform(0.02, 0.6))
    if who == "database":
        made.kill_database()
        return
    name = who if who == "web" else f"worker-{made.dice.randrange(1, 3)}"
    made.kill(name)
    made.start_web() if who == "web" else made.start_worker(int(name[-1]))


def kill_workers_or_database(made: Rig, who: str, kills: int) -> dict[str, object]:
    """Files come and print runs begin; in between the victim dies."""
    for number in range(kills):
        if number % 4 == 0:
            give(made, number)
        hurt(made, who)
        if number % 3 == 2:
            made.drive("print_all")
            hurt(made, who)
    settle(made)
    made.drive("print_all")
    hurt(made, who)
    return settle(made)


@pytest.mark.parametrize("who", ["worker", "database"])
def test_killing_workers_or_the_database_loses_no_row_and_repeats_no_letter(tmp_path: Path, who: str) -> None:
    with rig(tmp_path) as made:
        found = kill_workers_or_database(made, who, KILLS)
    assert found["received"] == found["files"] * ROWS  # type: ignore[operator]
    assert found["letters"]


def test_killing_the_web_during_uploads_keeps_each_file_whole_or_not_at_all(tmp_path: Path) -> None:
    with rig(tmp_path) as made:
        found = kill_web(made, KILLS)
    assert found["received"] == found["files"] * ROWS  # type: ignore[operator]


def kill_web(made: Rig, kills: int) -> dict[str, object]:
    """Uploads while the web dies; what was acknowledged is there, what was not may be given again."""
    made.sign_in()
    acknowledged = 0
    for number in range(kills):
        path = made.folder / f"upload-{number}.csv"
        made.drive("make_file", str(path), str(ROWS), str(number + 1))
        outcome: list[bool] = []
        thread = threading.Thread(
            target=lambda p=path, o=outcome: o.append(made.upload(p.name, p.read_bytes()))
        )
        thread.start()
        time.sleep(made.dice.uniform(0.0, 0.25))
        made.kill("web")
        thread.join()  # its request ends, by an answer or cut off
        made.start_web()
        acknowledged += bool(outcome and outcome[0])
        if not (outcome and outcome[0]):
            assert made.upload(path.name, path.read_bytes()), made.lost
            acknowledged += 1
    found = settle(made)
    assert found["files"] >= acknowledged  # type: ignore[operator]
    # a file given again after a lost answer is all duplicates: no row becomes two matters
    assert acknowledged == kills
    return found


@pytest.mark.drill
@pytest.mark.parametrize("who", ["worker", "database"])
def test_two_hundred_kills(tmp_path: Path, who: str) -> None:
    with rig(tmp_path) as made:
        kill_workers_or_database(made, who, MANY_KILLS)


@pytest.mark.drill
def test_two_hundred_kills_of_the_web(tmp_path: Path) -> None:
    with rig(tmp_path) as made:
        kill_web(made, MANY_KILLS)
