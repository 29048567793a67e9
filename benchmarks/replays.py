"""The figure of replays: stored decisions of both kinds decided again, beside the bare law on the same facts.

`python -m benchmarks.replays [--number N]` prints it alone, on a database of its own. Decisions are stored by the same
COPY as in use; half are detections of a quarter, half allegations of half a year, each with facts of its own.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

from benchmarks.decisions import FIRST, ON, detections
from benchmarks.figures import Figure
from casewright.law import offences, traffic
from casewright.law.refusals import InvalidFacts

LIMITS = {"RR84220": 20, "RR84221": 30, "RR84222": 40, "RR84223": 50, "RR84224": 60}
CHUNK = 2000
NOBODYS = 10**9  # matters there are none of: no page of another figure shows these decisions
RATE_WANTED = 200_000 / 60  # 200,000 within a minute


def allegations(number: int, seed: int) -> Iterator[dict[str, Any]]:
    """Allegations over every offence of the table: other days, speeds, ages and points in each."""
    dice = Random(seed)  # noqa: S311 - for cases, not for secrets
    others = sorted(code for code, each in offences.all_offences().items() if each.family not in SPEEDS)
    while number:
        day = FIRST + timedelta(days=dice.randrange(170))
        facts: dict[str, Any] = {
            "offence_on": day.isoformat(), "code_checked": True, "detected_by": "officer", "warned_at_time": True,
            "live_points": dice.randrange(12), "age": dice.randrange(17, 90),
        }  # fmt: skip
        if dice.random() < 0.7:
            code, limit = dice.choice(list(LIMITS.items()))
            facts |= {"offence_code": code, "limit_mph": limit, "recorded_mph": limit + dice.randrange(1, 40)}
        else:
            facts["offence_code"] = dice.choice(others)
        if _sound(facts):
            number -= 1
            yield facts


SPEEDS = frozenset({"speed", "speed-variable", "speed-class"})


def _sound(facts: dict[str, Any]) -> bool:
    try:
        traffic.decide(facts, on=ON)
    except InvalidFacts:
        return False
    return True


def facts_of_both_kinds(number: int, seed: int = 1) -> Iterator[tuple[str, dict[str, Any]]]:
    """Half detections, half allegations."""
    half = number // 2
    yield from (("detection", each) for each in detections(half, seed))
    yield from (("allegation", each) for each in allegations(number - half, seed))


def store(number: int) -> None:
    """Keep so many decisions, a chunk at a time."""
    from casewright.areas.decisions.actions import record_taken
    from casewright.foundation import clock

    waiting = []
    for matter_id, (kind, facts) in enumerate(facts_of_both_kinds(number), NOBODYS):
        waiting.append(_taken(matter_id, kind, facts))
        if len(waiting) == CHUNK:
            record_taken(waiting, by=None, at=clock.now())
            waiting = []
    record_taken(waiting, by=None, at=clock.now())


def _taken(matter_id: int, kind: str, facts: dict[str, Any]) -> Any:
    from casewright.areas.decisions.actions import Taken

    found = traffic.decide(facts, on=ON)
    plain = {
        name: value if isinstance(value, int | str | None) else value.isoformat()
        for name, value in facts.items()
    }
    return Taken(matter_id, kind, 1, "1", kind, found.taken, found.taken_title, found.as_text(), json.dumps(plain))


def figure(*, number: int) -> Figure:
    """Replay them all; the limit is `law.traffic.decide` alone on the same facts. Fails on a difference."""
    from casewright.areas.decisions.models import Decision
    from casewright.flows import replay_decisions as flow

    store(number)
    run = flow.Replay()
    began = time.perf_counter()
    found = sum(1 for _ in run.of(Decision.objects.all()))
    took = time.perf_counter() - began
    assert (found, run.replayed) == (0, Decision.objects.count()), f"{found} differences in {run.replayed}"
    facts = [each for _, each in facts_of_both_kinds(number)]
    began = time.perf_counter()
    for each in facts:
        traffic.decide(each, on=ON)
    alone = time.perf_counter() - began
    name = f"{number:,} decisions replayed in {took:.0f} s"
    bare = number / alone
    return Figure(name, "decisions/s", run.replayed / took, bare, RATE_WANTED / bare)


def main() -> None:
    """Print the figure alone, on a database of its own."""
    from benchmarks.__main__ import on_a_database

    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--number", type=int, default=200_000)
    number = asked.parse_args().number
    with on_a_database():
        print(figure(number=number))


if __name__ == "__main__":
    main()
