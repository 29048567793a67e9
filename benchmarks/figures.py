"""How each figure is taken: ours and its limit in turns, the middle of the rounds, both absolute numbers shown."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure beside its limit."""

    name: str
    unit: str
    ours: float
    bare: float
    wanted: float

    @property
    def share(self) -> float:
        """Ours as a share of the limit."""
        return self.ours / self.bare

    @property
    def reached(self) -> bool:
        """Whether the share that was asked for is reached."""
        return self.share >= self.wanted

    def as_json(self) -> dict[str, Any]:
        """For ``--json``."""
        return {**asdict(self), "share": round(self.share, 3), "reached": self.reached}

    def __str__(self) -> str:
        wanted = (
            f"wanted {self.wanted:.0%}: {'reached' if self.reached else 'NOT REACHED'}" if self.wanted else ""
        )
        numbers = f"{self.ours:>9,.0f} of {self.bare:>9,.0f} {self.unit:<12}"
        return f"  {self.name:<34} {numbers} {self.share:>5.0%}  {wanted}".rstrip()


def in_turns(
    name: str,
    unit: str,
    ours: Callable[[int], int],
    bare: Callable[[int], int],
    *,
    wanted: float,
    rounds: int,
) -> Figure:
    """Take a figure: each round runs both, the first to go changing; each returns how many things it did."""
    speeds: dict[str, list[float]] = {"ours": [], "bare": []}
    for number in range(rounds):
        pair = [("ours", ours), ("bare", bare)]
        for side, do in pair if number % 2 == 0 else reversed(pair):
            started = time.perf_counter()
            done = do(number)
            speeds[side].append(done / (time.perf_counter() - started))
    return Figure(name, unit, median(speeds["ours"]), median(speeds["bare"]), wanted)
