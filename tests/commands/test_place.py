"""The folder of a demonstration: one start at a time, and any number of commands that look whether it runs."""

from __future__ import annotations

import threading
from pathlib import Path

from casewright.commands import up
from casewright.commands.machine.place import Place

LOOKS = 2000


def test_commands_that_look_at_the_same_moment_take_each_other_for_no_start(tmp_path: Path) -> None:
    seen: list[bool] = []
    threads = [
        threading.Thread(target=lambda: seen.extend(Place(tmp_path).busy() for _ in range(LOOKS)))
        for _ in range(3)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(seen) == 3 * LOOKS
    assert not any(seen)


def test_a_start_that_met_a_look_alone_is_not_sent_to_what_a_killed_run_said_of_itself(
    tmp_path: Path,
) -> None:
    found = Place(tmp_path)
    found.make()
    found.say(address="http://localhost:1/", pid=1, environment={})
    assert not up._pointed_to_the_running_one(found)
    held = found.lock()
    assert held is not None
    with held:
        assert Place(tmp_path).busy()
        assert Place(tmp_path).lock() is None
