"""kill -9 in the midst of removing what held rows said: nothing half removed, no line too many or too few."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests import given
from tests.crash.rig import Rig, rig
from tests.crash.test_kills import settle

from casewright.interfaces.cameras import generator

KILLS, MANY_KILLS = 4, 12  # the second in `drill`: every file is compared after every kill
EXTRA = 4  # files more than kills: each kill is preceded by one file removed whole
PATIENCE = 60
PADDING = (b" " * 999 + b"\n") * 6_000  # no rows: they make the kept bytes take about as long as the rest


def give_files(made: Rig, number: int) -> None:
    """Files of thirty rows of which six are held, each with an image reference found nowhere else."""
    for n in range(number):
        good = list(generator.rows(30, last_day=given.MONDAY, seed=n + 1, first_sequence=n * 1000 + 1))
        lines = [generator._line(_doubtful(row, n, i) if i % 5 == 0 else row) for i, row in enumerate(good)]
        path = made.folder / f"given-{n:03d}.csv"
        path.write_bytes(generator.header() + b"".join(lines) + PADDING)
        made.drive("give", str(path))


def _doubtful(row: dict[str, str], file: int, number: int) -> dict[str, str]:
    return {**row, "date": "31/11/2026", "image": f"PEREGRINE-{file:03d}-{number:02d}"}


def kill_in_its_midst(made: Rig, kills: int) -> Iterator[tuple[int, int, int]]:
    """Let a worker begin, kill it at a random moment after it has removed something more, look, and again."""
    removed, due = _removals(made)
    for number in range(kills):
        made.start_worker(1)
        until = time.monotonic() + PATIENCE
        while _removals(made)[0] == removed:
            assert time.monotonic() < until, (made.folder / "worker-1.log").read_text()[-1500:]
        time.sleep(made.dice.uniform(0.0, 0.12))
        if number % 3 == 2:
            made.kill_database()
        made.kill("worker-1")
        made.drive("told_by_files", str(made.folder))
        yield _left(made)
        removed, due = _removals(made)
        if not due:
            return


def _removals(made: Rig) -> tuple[int, int]:
    return _numbers(made.drive("removals"))


def _left(made: Rig) -> tuple[int, int, int]:
    return _numbers(made.drive("left_behind"))


def _numbers(told: str) -> Any:
    return tuple(json.loads(told))


def remove_and_kill(made: Rig, kills: int) -> list[tuple[int, int, int]]:
    """What each kill left behind; afterwards the next round has taken up all of it."""
    give_files(made, 2 * kills + EXTRA)
    settle(made)
    for name in ("worker-1", "worker-2", "web"):
        made.kill(name)
    secrets = made.drive("fall_due")
    assert json.loads(made.drive("where", secrets))
    since = made.drive("moment")
    left = list(kill_in_its_midst(made, kills))
    made.start_worker(1)
    until = time.monotonic() + PATIENCE
    while _removals(made)[1] or _left(made) != (0, 0, 0):
        assert time.monotonic() < until, _left(made)
    made.drive("told_by_files", str(made.folder))
    assert json.loads(made.drive("where", secrets)) == []
    assert json.loads(made.drive("faults", since)) == []
    return left


def test_a_removal_killed_at_random_is_whole_or_not_there_and_the_next_round_leaves_nothing(
    tmp_path: Path,
) -> None:
    with rig(tmp_path) as made:
        left = remove_and_kill(made, KILLS)
    # Whether one falls while a file is written is chance: one of the drill's must.
    assert left, "no kill fell"


@pytest.mark.drill
def test_twelve_kills_of_a_removal(tmp_path: Path) -> None:
    with rig(tmp_path) as made:
        left = remove_and_kill(made, MANY_KILLS)
    assert any(arrived for arrived, _, _ in left), "no kill fell while a file was written"
    print(f"\n{len(left)} kills; left behind (arriving, leaving, unnamed): {left}")
