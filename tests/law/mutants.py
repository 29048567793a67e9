"""Mutation of the law: change one thing in the code, and see whether a test of the law notices.

Run from the checkout, with the package and the checkout on the path:

    python -m tests.law.mutants [--of time|decide|routes|identifiers] [--sample N] [--module counting]

What a mutant is stands in `changes.py`, how each is judged in `judging.py`: in a process of its own, over the tests in
this folder with fewer seeded days. It prints every mutant that lived and, for each module and all together, how many
were tried, killed and lived, and how it was run.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections import Counter
from pathlib import Path

from tests.law.changes import Mutant, mutants
from tests.law.judging import lived
from tests.law.watching import LAW

CASES = "300"  # seeded days a counting code in each judgement; the suite itself tries 20,000


def modules(*patterns: str) -> dict[str, Path]:
    """The modules of the law by name whose files fit."""
    paths = [path for pattern in patterns for path in sorted(LAW.glob(pattern))]
    dotted = {path: ".".join(path.relative_to(LAW).with_suffix("").parts) for path in paths}
    return {f"casewright.law.{name}".removesuffix(".__init__"): path for path, name in dotted.items()}


# What is changed in each part.
PARTS: dict[str, dict[str, Path]] = {
    "time": modules("counting.py", "limits/*.py"),
    "decide": modules("traffic/*.py", "traffic/rules/*.py"),
    "routes": modules("charging/*.py", "offences.py", "charges.py", "national_offences.py"),
    "identifiers": modules("identifiers/*.py"),
}


def main() -> None:
    """Try every mutant (or a seeded sample) and print the score."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("--sample", type=int, default=0, help="how many, chosen by a fixed seed; 0 for all")
    asked.add_argument("--of", choices=[*PARTS], default="time", help="which part of the law")
    asked.add_argument("--module", default="", help="only modules whose name ends so")
    asked.add_argument("--again", type=Path, help="only those that lived by what an earlier run printed")
    chosen = asked.parse_args()
    os.environ["CASEWRIGHT_CASES"] = CASES
    tried = chosen_mutants(chosen.of, chosen.module, chosen.sample)
    if chosen.again:
        lived_then = chosen.again.read_text(encoding="utf-8").splitlines()
        tried = [mutant for mutant in tried if f"lived: {mutant}" in lived_then]
    started = time.monotonic()
    voice = os.fdopen(os.dup(1), "w", encoding="utf-8")  # a child that judges has silenced its own output
    found = lived(tried, lambda sentence: print(sentence, file=voice, flush=True))
    print_score(tried, found)
    which = "again" if chosen.again else f"a sample of {chosen.sample}" if chosen.sample else "whole"
    print(
        f"{chosen.of}, {which}: `python -m tests.law.mutants --of {chosen.of}`, tests/law with {CASES} seeded"
    )
    print(f"cases a code, {time.monotonic() - started:.0f} s")


def chosen_mutants(part: str, module: str, sample: int) -> list[Mutant]:
    """The mutants to try, module by module."""
    every = [
        mutant
        for name, path in PARTS[part].items()
        if name.endswith(module)
        for mutant in mutants(name, path.read_text(encoding="utf-8"))
    ]
    return random.Random("mutants").sample(every, min(sample, len(every))) if sample else every


def print_score(tried: list[Mutant], found: list[bool]) -> None:
    """One line a module, and one for all."""
    every = Counter(mutant.module for mutant in tried)
    lives = Counter(mutant.module for mutant, alive in zip(tried, found, strict=True) if alive)
    print(f"{'module':<48} {'tried':>6} {'killed':>6} {'lived':>6} {'killed':>8}")
    for name, count in [*sorted(every.items()), ("all", every.total())]:
        left = lives.total() if name == "all" else lives[name]
        share = 100 * (count - left) / count
        print(f"{name:<48} {count:>6} {count - left:>6} {left:>6} {share:>6.1f} %")


if __name__ == "__main__":
    main()
