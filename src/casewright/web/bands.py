"""Rank bands and the geometry of what is drawn to scale (LOOK 4 and 6). Pure: no clock, no Django."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

WORDS = {
    "late": ("Too late", "the day has passed; act, or record what happened"),
    "today": ("Today", "act before midnight"),
    "lead": ("Inside lead time", "start now or it will be late"),
    "later": ("Later", "time in hand"),
    "met": ("Met", "done in time"),
    "off": ("Ended", "it runs no more"),
}


def band(left: int | None, lead: int) -> str:
    """The rank band of a deadline with ``left`` whole days to go, whose work needs ``lead`` days."""
    if left is None:
        return "later"
    if left < 0:
        return "late"
    if left == 0:
        return "today"
    return "lead" if left <= lead else "later"


def fuse_at(left: int, lead: int) -> float:
    """Where today's disc stands on a fuse 112 wide; the upright, the last day, stands at 90."""
    place = band(left, lead)
    if place == "late":
        return 100.0
    if place == "today":
        return 90.0
    if place == "lead":
        return round(60 + 26 * (1 - left / lead), 1)
    return round(6 + 48 * (1 - min(1.0, (left - lead) / 45)), 1)


class Part(NamedTuple):
    """One part of a counted whole: ``key`` is ok, held, no, todo or ran; it fixes colour and hatch."""

    key: str
    word: str
    count: int  # type: ignore[assignment]  # a tuple's own count() is never asked of it


@dataclass(frozen=True, slots=True)
class Slice:
    """One drawn part of a count bar, in units of the whole."""

    key: str
    x: float
    width: float


def slices(parts: Sequence[Part], whole: int, *, least: float = 0.004) -> list[Slice]:
    """The parts drawn end to end; a part that is not zero is never thinner than ``least`` of the whole."""
    drawn: list[Slice] = []
    x, floor = 0.0, whole * least
    widths = [max(float(part.count), floor) if part.count else 0.0 for part in parts]
    scale = whole / sum(widths) if sum(widths) > whole else 1.0
    for part, width in zip(parts, widths, strict=True):
        if width:
            drawn.append(Slice(part.key, round(x, 2), round(width * scale, 2)))
        x += width * scale
    return drawn
