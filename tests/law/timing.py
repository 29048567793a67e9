"""How long a deadline takes: each figure beside the day count alone, in the same interleaved run.

python -m tests.law.timing [--lines N]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta

from casewright import law

DAY = date(2026, 12, 12)
CALLS, ROUNDS = 5000, 7


def bare(on: date) -> date:
    """The day count alone, by hand: 14 days on, back to a business day, two business days back."""
    days = law.calendars.ENGLAND_AND_WALES.days("business")
    return days.before(days.on_or_before(on + timedelta(days=14)), 2)


MEASURED: dict[str, Callable[[], object]] = {
    "day count alone": lambda: bare(DAY),
    "nip-14": lambda: law.deadline("nip-14", {"offence_on": DAY}, on=DAY),
    "nip-14 with working": lambda: law.deadline("nip-14", {"offence_on": DAY}, on=DAY).working,
    "summary-6m with working": lambda: law.deadline("summary-6m", {"offence_on": DAY}, on=DAY).working,
    "s172-28 from posting with working": lambda: law.deadline("s172-28", {"posted_on": DAY}, on=DAY).working,
    "badchar-pros with working": lambda: law.deadline("badchar-pros", {"plea_on": DAY}, on=DAY).working,
    "nip-14 everything as JSON": lambda: law.deadline("nip-14", {"offence_on": DAY}, on=DAY).as_json(),
}


def microseconds(call: Callable[[], object]) -> float:
    """One round of calls, in microseconds of this process's own time a call (others may be using the machine)."""
    began = time.process_time()
    for _ in range(CALLS):
        call()
    return (time.process_time() - began) / CALLS * 1e6


def lines_a_second(number: int) -> float:
    """Questions answered a second by the command, JSON Lines in and out, on every core."""
    given = "".join(
        json.dumps(
            {
                "rule": "nip-14" if n % 2 else "summary-6m",
                "facts": {"offence_on": str(DAY - timedelta(n % 900))},
            }
        )
        + "\n"
        for n in range(number)
    )
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "casewright", "law", "deadline"], input=given, text=True,
                   stdout=subprocess.DEVNULL, check=True)  # fmt: skip
    return number / (time.perf_counter() - began)


def main() -> None:
    """Print each figure: best and median of the rounds."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--lines", type=int, default=0, help="also time the command over this many lines")
    chosen = asked.parse_args()
    found: dict[str, list[float]] = {name: [] for name in MEASURED}
    for _ in range(ROUNDS):
        for name, call in MEASURED.items():
            found[name].append(microseconds(call))
    for name, rounds in found.items():
        print(f"{name:36} best {min(rounds):6.1f} us, median {statistics.median(rounds):6.1f} us")
    if chosen.lines:
        rate = lines_a_second(chosen.lines)
        print(f"{chosen.lines:,} lines through the command: {rate:,.0f} a second on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
