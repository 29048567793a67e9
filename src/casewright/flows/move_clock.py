"""Moving the demonstration's clock: each day in between is lived through, so nothing is skipped."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from casewright.flows import daily_round
from casewright.foundation import clock
from casewright.foundation.people import actions as people


def move_clock(*, days: int, by: Any, at: datetime) -> dict[str, int]:
    """Move the clock forward and go the round of every day passed over; returns what each mover did, summed.

    :raises NotAllowed: outside a demonstration, or for a number of days that makes no sense
    """
    before = clock.london_day(at)
    people.move_clock(days=days, by=by, at=at)
    acted: dict[str, int] = {}
    for day in daily_round.days_after(before, clock.today()):
        morning = min(clock.morning_of(day), clock.now())  # what a day brings about is dated on that day
        with clock.standing_at(morning):
            done = daily_round.live_through(day, at=morning)
        for name, number in done.items():
            acted[name] = acted.get(name, 0) + number
    return acted
