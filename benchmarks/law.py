"""The law's figures: one deadline with its working beside other libraries' bare day count, and lines a second.

`python -m benchmarks.law [--lines N]` prints them alone; no database is needed. Run it on a quiet machine.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from statistics import median

import holidays
from workalendar.europe import UnitedKingdom

from benchmarks.figures import Figure, in_turns
from casewright import law

DAY = date(2026, 12, 12)
FOURTEEN, ONE = timedelta(days=14), timedelta(days=1)
CALLS, LINES = 4000, 1_000_000
MOST_MICROSECONDS, FEWEST_LINES = 20, 50_000

ENGLAND = holidays.country_holidays("GB", subdiv="ENG", years=range(2024, 2030))
BRITISH = UnitedKingdom()


def posted_by_holidays(offence: date) -> date:
    """The day count of a notice alone, by `holidays`: 14 days on, back to a working day, two working days back."""
    last = offence + FOURTEEN
    while not ENGLAND.is_working_day(last):
        last -= ONE
    return ENGLAND.get_nth_working_day(last, -2)


def posted_by_workalendar(offence: date) -> date:
    """The same count by `workalendar`."""
    last = offence + FOURTEEN
    while not BRITISH.is_working_day(last):
        last -= ONE
    found: date = BRITISH.sub_working_days(last, 2)
    return found


def with_working() -> object:
    """The whole answer for a notice: dates, chain, sentences, authority, confidence."""
    return law.deadline("nip-14", {"offence_on": DAY}, on=DAY).working


def figures(*, lines: int = LINES, rounds: int = 5) -> list[Figure]:
    """Each figure: ours against its limit, then against each library doing only the day count."""
    posted = law.deadline("nip-14", {"offence_on": DAY}, on=DAY).step("post_by").on
    if not posted == posted_by_holidays(DAY) == posted_by_workalendar(DAY):
        raise AssertionError("the three do not count the same day; the comparison would mean nothing")
    others = {"holidays": posted_by_holidays, "workalendar": posted_by_workalendar}
    found = [
        in_turns(
            f"the same beside {name}'s day count",
            "calls/s",
            lambda _: _often(with_working),
            lambda _, count=count: _often(lambda: count(DAY)),
            wanted=0.0,
            rounds=rounds,
        )
        for name, count in others.items()
    ]
    limit = 1e6 / MOST_MICROSECONDS
    ours = median(each.ours for each in found)
    name = f"deadline and working, {1e6 / ours:.1f} of {MOST_MICROSECONDS} µs"
    found.insert(0, Figure(name, "calls/s", ours, limit, 1.0))
    speed = lines_a_second(lines)
    return [*found, Figure(f"{lines:,} JSON lines", "lines/s", speed, FEWEST_LINES, 1.0)]


def _often(call: Callable[[], object]) -> int:
    for _ in range(CALLS):
        call()
    return CALLS


def lines_a_second(number: int) -> float:
    """Questions answered a second by the command as a whole, start to end, JSON Lines in and out, on every core."""
    given = "".join(
        json.dumps({"rule": RULES[n % len(RULES)], "facts": {"offence_on": str(DAY - timedelta(n % 900))}})
        + "\n"
        for n in range(number)
    )
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "casewright", "law", "deadline"],
        input=given,
        text=True,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return number / (time.perf_counter() - began)


RULES = ("nip-14", "summary-6m")


def main() -> None:
    """Print the figures alone."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--lines", type=int, default=LINES)
    for each in figures(lines=asked.parse_args().lines):
        print(each)


if __name__ == "__main__":
    main()
