"""The consistency of decisions: what was taken in like cases, by group, beside what the others took. It judges nobody.

Pure: counts go in. Like cases are those of one stratum (offence family, band and kind). A group is set against all the
others within each stratum (Cochran, Mantel and Haenszel), so that a group with other work is not taken for one that
decides otherwise. With many groups and options some would differ by chance: Holm's correction holds the chance of even
one false mention in a comparison at ALPHA.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

ALPHA = 0.01
LEAST = 20  # fewer like cases than this say nothing and could point at a person or a case: they are not shown
LEAST_POINTS = 10  # a difference that is certain and small is no matter for a talk
LEAST_VARIANCE = 5.0  # below it the normal tail is not to be trusted
Z95 = 1.959964
Stratum = tuple[str, str, str]


class Count(NamedTuple):
    """So many decisions of one stratum, by one group, that took one option."""

    stratum: Stratum
    group: str
    option: str
    number: int


@dataclass(frozen=True, slots=True)
class Rate:
    """How often a group took an option in like cases, beside the others in the same cases.

    `low` and `high`: Wilson's interval of 95 per cent. `expected`: the others' share, weighted as this group's work is.
    """

    group: str
    option: str
    taken: int
    of: int
    low: float
    high: float
    expected: float
    chance: float
    differs: bool = False

    @property
    def share(self) -> float:
        """The share taken, from 0 to 1."""
        return self.taken / self.of

    @property
    def points(self) -> float:
        """The difference from the others in points of a hundred."""
        return 100 * (self.share - self.expected)


def wilson(taken: int, of: int, z: float = Z95) -> tuple[float, float]:
    """Wilson's score interval of a share."""
    share, square = taken / of, z * z / of
    middle = (share + square / 2) / (1 + square)
    half = z * math.sqrt(share * (1 - share) / of + square / (4 * of)) / (1 + square)
    return max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half))


def compare(counts: Iterable[Count]) -> list[Rate]:
    """The rate of every option by every group that has others to be set beside; those that differ are marked.

    A group with fewer than LEAST comparable decisions is left out.
    """
    cells = _cells(counts)
    groups = sorted({group for by_group in cells.values() for group in by_group})
    options = sorted({o for by_group in cells.values() for taken in by_group.values() for o in taken})
    rates = [rate for group in groups for option in options if (rate := _rate(cells, group, option))]
    return _marked(rates)


Cells = Mapping[Stratum, Mapping[str, Counter[str]]]


def _cells(counts: Iterable[Count]) -> Cells:
    cells: dict[Stratum, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for each in counts:
        cells[each.stratum][each.group][each.option] += each.number
    return cells


def _rate(cells: Cells, group: str, option: str) -> Rate | None:
    """One group and option, over the strata in which both the group and others have decided."""
    taken = of = 0
    expected = by_chance = variance = 0.0
    for by_group in cells.values():
        mine = by_group.get(group, Counter()).total()
        everyone = sum(each.total() for each in by_group.values())
        others = everyone - mine
        if not mine or not others:
            continue
        chosen = sum(each[option] for each in by_group.values())
        own = by_group[group][option]
        taken, of = taken + own, of + mine
        expected += mine * (chosen - own) / others
        by_chance += mine * chosen / everyone
        variance += mine * others * chosen * (everyone - chosen) / (everyone**2 * (everyone - 1))
    if of < LEAST:
        return None
    return Rate(
        group, option, taken, of, *wilson(taken, of), expected / of, _chance(taken - by_chance, variance)
    )


def _chance(difference: float, variance: float) -> float:
    """The chance of a difference as great where none is (two-sided, with continuity correction)."""
    if variance < LEAST_VARIANCE:
        return 1.0
    z = max(0.0, abs(difference) - 0.5) / math.sqrt(variance)
    return math.erfc(z / math.sqrt(2))


def _marked(rates: list[Rate]) -> list[Rate]:
    """Holm: the smallest chance against ALPHA over all, the next over one fewer, until one is not small enough."""
    by_chance = sorted(range(len(rates)), key=lambda n: rates[n].chance)
    unlikely = set()
    for rank, n in enumerate(by_chance):
        if rates[n].chance > ALPHA / (len(rates) - rank):
            break
        unlikely.add(n)
    return [
        Rate(r.group, r.option, r.taken, r.of, r.low, r.high, r.expected, r.chance,
             n in unlikely and abs(r.points) >= LEAST_POINTS)
        for n, r in enumerate(rates)
    ]  # fmt: skip
