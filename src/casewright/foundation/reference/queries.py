"""Reference lists as the rest asks for them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from casewright import law
from casewright.foundation.reference.models import BankHoliday

Change = tuple[date, str, str, bool]


def calendar() -> law.Calendar:
    """The calendar in force: the packaged bank holidays with those proclaimed and approved since: one statement.

    Every count in the product is made over it.
    """
    rows = BankHoliday.objects.filter(approved_at__isnull=False, turned_down=False).order_by("approved_at", "id")
    return _with(tuple(rows.values_list("on", "name", "where", "withdraws")))


def calendar_with(*holidays: BankHoliday) -> law.Calendar:
    """The calendar in force as it would be with these holidays, approved or not; nothing is kept."""
    found = calendar()
    for each in holidays:
        found = _changed(found, (each.on, each.name, each.where, each.withdraws))
    return found


@lru_cache(maxsize=16)
def _with(changes: tuple[Change, ...]) -> law.Calendar:
    """The packaged calendar with changes, made once a process for the same changes."""
    found = law.calendars.ENGLAND_AND_WALES
    for change in changes:
        found = _changed(found, change)
    return found


def _changed(found: law.Calendar, change: Change) -> law.Calendar:
    on, name, where, withdraws = change
    return found.withdraw(on, where.split()) if withdraws else found.proclaim(on, name, where.split())
