"""Held rows whose last day is near: what nobody mends by then goes, and whoever can still mend it is told before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q

from casewright.foundation.messages.actions import WARN_HELD
from casewright.foundation.messages.models import HeldItem
from casewright.foundation.policy import queries as policy


def warned_until(today: date) -> date:
    """The latest last day that is shown as near on a London day, by the unit's figure: one statement."""
    return today + timedelta(days=policy.figure(WARN_HELD, on=today))


def going(until: date) -> Q:
    """Rows still to be mended that belong to no matter and go after a day up to this one."""
    return Q(state="held", matter_id=None, retain_until__lte=until)


def goes_after(item: HeldItem, until: date) -> date | None:
    """The row's last day if it is near; None where it is not, or where the row goes with its matter."""
    last = item.retain_until if item.state == "held" and item.matter_id is None else None
    return last if last is not None and last <= until else None


def near(days: Iterable[date | None], until: date) -> list[date]:
    """Those of some rows' last days that are near, the first first."""
    return sorted(day for day in days if day is not None and day <= until)
