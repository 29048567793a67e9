"""The figure of decisions: in bulk with their reasons, beside bare Python building the same JSON, and a DMN engine.

`python -m benchmarks.decisions [--number N]` prints it alone; no database is needed. The DMN engine is measured where
one is installed (`pip install bkflow-dmn`); it is no part of the project and answers only the band of a speed.
"""

from __future__ import annotations

import argparse
import time
from datetime import UTC, date, datetime, timedelta
from importlib.util import find_spec
from random import Random
from typing import Any

from benchmarks.bare import decision as bare
from benchmarks.figures import Figure, in_turns
from casewright.law import traffic

ON, FIRST = date(2026, 7, 16), date(2026, 1, 20)
NUMBER = 20_000


def cases(number: int, seed: int) -> list[dict[str, Any]]:
    """Allegations of half a year: other days, speeds and points in each."""
    dice = Random(seed)  # noqa: S311 - for cases, not for secrets
    found = []
    for _ in range(number):
        day = FIRST + timedelta(days=dice.randrange(170))
        found.append({
            "offence_code": "RR84221", "offence_on": day.isoformat(), "limit_mph": 30,
            "recorded_mph": dice.randrange(43, 50), "live_points": dice.randrange(1, 9), "code_checked": True,
            "notice_posted_on": (day + timedelta(days=2)).isoformat(), "order_in_force": True,
            "device_certified_from": "2026-01-01", "device_certified_until": "2027-01-01",
        })  # fmt: skip
    return found


def detections(number: int, seed: int) -> list[dict[str, Any]]:
    """Detections of a fortnight: other days and speeds in each."""
    dice = Random(seed)  # noqa: S311 - for cases, not for secrets
    noon = datetime(2026, 7, 14, 12, tzinfo=UTC)
    return [
        {
            "offence_at": noon - timedelta(days=dice.randrange(9), seconds=dice.randrange(40_000)),
            "recorded_mph": dice.randrange(43, 50), "limit_mph": 30, "device_certified_from": date(2026, 1, 1),
            "device_certified_until": date(2027, 1, 1),
        }
        for _ in range(number)
    ]  # fmt: skip


def of_detections(*, number: int, rounds: int) -> Figure:
    """Camera detections, each decided anew (intake decides like facts once)."""
    sets = {n: detections(number, n) for n in range(rounds)}
    shape = traffic.decide(sets[0][0], on=ON).as_json()

    def ours(turn: int) -> int:
        for facts in sets[turn]:
            traffic.decide(facts, on=ON).as_text()
        return number

    def plain(turn: int) -> int:
        for facts in sets[turn]:
            bare.detect(facts | {"on": ON}, shape)
        return number

    return in_turns(f"{number:,} detections decided", "decisions/s", ours, plain, wanted=0.5, rounds=rounds)


def figures(*, number: int = NUMBER, rounds: int = 5) -> list[Figure]:
    """Ours against half of bare Python's rate; each round has cases of its own, so that nothing is answered twice."""
    sets = {n: cases(number, n) for n in range(rounds)}
    shape = traffic.decide(sets[0][0], on=ON).as_json()
    sizes = len(bare.decide(sets[0][0], shape)), len(traffic.decide(sets[0][0], on=ON).as_text())
    assert 0.8 < sizes[0] / sizes[1] < 1.25, f"the two do not write the same: {sizes}"

    def ours(turn: int) -> int:
        for facts in sets[turn]:
            traffic.decide(facts, on=ON).as_text()
        return number

    def plain(turn: int) -> int:
        for facts in sets[turn]:
            bare.decide(facts, shape)
        return number

    found = [
        in_turns(f"{number:,} decisions with reasons", "decisions/s", ours, plain, wanted=0.5, rounds=rounds)
    ]
    return [of_detections(number=number, rounds=rounds), *found, *_dmn(found[0].ours, sets[0])]


TABLE = {
    "title": "band of a speed", "hit_policy": "Unique",
    "inputs": {"cols": [{"id": "mph", "name": "mph", "desc": ""}],
               "rows": [["<35"], ["[35..42]"], ["[43..49]"], [">=50"]]},
    "outputs": {"cols": [{"id": "band", "name": "band", "desc": ""}],
                "rows": [['"below"'], ['"course"'], ['"offer"'], ['"court"']]},
}  # fmt: skip


def _dmn(ours: float, given: list[dict[str, Any]]) -> list[Figure]:
    """The same number of speeds through a decision table of one column, by an engine, where one is installed."""
    if find_spec("bkflow_dmn") is None:
        return []
    from bkflow_dmn.api import decide_single_table  # type: ignore[import-not-found]

    began, few = time.perf_counter(), given[:500]
    for facts in few:
        decide_single_table(TABLE, {"mph": facts["recorded_mph"]})
    rate = len(few) / (time.perf_counter() - began)
    return [Figure("the same beside bkflow-dmn's band alone", "decisions/s", ours, rate, 0.0)]


def main() -> None:
    """Print the figure alone."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--number", type=int, default=NUMBER)
    for each in figures(number=asked.parse_args().number):
        print(each)


if __name__ == "__main__":
    main()
