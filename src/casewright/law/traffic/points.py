"""Penalty points: which still count, what twelve mean, and new drivers (RTOA 1988 ss.29, 35; New Drivers Act 1995)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

from casewright.law.limits import deadline
from casewright.law.traffic.values import figures
from casewright.law.wording import count

TOTTING = 12
NEW_DRIVER = 6


def counted(number: int) -> str:
    """3 points; no points."""
    return count(number, "point") if number else "no points"


@cache
def _until(earlier: date) -> date:
    found = deadline("totting-3y", {"earlier_offence_on": earlier}, on=earlier).act_by
    return date.fromisoformat(str(found))


def live(endorsements: Iterable[tuple[date, int]], *, offence_on: date) -> int:
    """The points that count with an offence: of offences committed not more than three years apart (s.29(2))."""
    return sum(points for on, points in endorsements if on <= offence_on <= _until(on))


def totting(total: int, *, bans_before: int = 0) -> int:
    """The least disqualification in months for these points: 0 below twelve, else 6, 12 or 24 (s.35(2)).

    :param bans_before: disqualifications of 56 days or more in the three years before the latest offence
    """
    if total < TOTTING:
        return 0
    months: list[int] = figures("totting")["months"]
    return months[min(bans_before, len(months) - 1)]


def revokes(qualified_on: date, offence_on: date, total: int) -> bool:
    """Whether the licence of a new driver is revoked: the offence in the two years from the test, and six points."""
    last = deadline("new-driver-2y", {"qualified_on": qualified_on}, on=qualified_on).act_by
    return qualified_on <= offence_on <= date.fromisoformat(str(last)) and total >= NEW_DRIVER
