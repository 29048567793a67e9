"""The unit's own figures as a page shows them: what is in force, what the reference says, what waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from casewright import law
from casewright.foundation.policy import queries as policy
from casewright.foundation.policy.models import Setting
from casewright.foundation.policy.own import LINE, LINES, OWN, Own
from casewright.foundation.reference.models import BankHoliday
from casewright.law.settings import Setting as Known
from casewright.law.settings import settings

GROUPS = (
    ("The unit itself", tuple(OWN)),
    ("Speed", ("speed.",)),
    ("How allegations are disposed of", ("traffic.",)),
    ("How the unit works", ("unit.",)),
    ("Targets and periods", ("",)),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what it is, its value in force, and the reference's own."""

    known: Known | Own
    value: Any
    waits: bool

    @property
    def missing(self) -> bool:
        """Whether something waits until the unit sets it: it has no value, and nobody else can give one."""
        return self.value is None

    @property
    def own(self) -> bool:
        """Whether the unit has set another figure than the reference's."""
        return self.value != self.known.default

    @property
    def left_to_unit(self) -> bool:
        """Whether nobody but the unit says what it is; the value without one of its own is Casewright's."""
        return left_to_unit(self.known)

    @property
    def said(self) -> str:
        """The value with its unit, in words."""
        return said(self.known, self.value)

    @property
    def default_said(self) -> str:
        """The reference's value, in words."""
        return said(self.known, self.known.default)

    @property
    def words(self) -> str:
        """What it is."""
        return words_of(self.known)


def known_of(key: str) -> Known | Own | None:
    """The setting of that name, the law's or the unit's own; None if there is none."""
    return OWN.get(key) or settings().get(key)


def left_to_unit(known: Known | Own) -> bool:
    """Whether no Act, rule or guidance gives the figure: it rests on nothing, or on the unit's policy alone."""
    return all(str(one) == "unit policy" for one in known.authority)


def said(known: Known | Own, value: Any) -> str:
    """A value of a setting as a person says it: 28 days, 35 mph, yes or no, the unit's name."""
    if value is None:
        return "not set"
    if known.unit in (LINE, LINES):
        return value if known.unit == LINE else ", ".join(value)
    if known.unit == "0 or 1":
        return "yes" if value else "no"
    return f"{value:,} {known.unit if value == 1 else units(known.unit)}"


def units(unit: str) -> str:
    """The name of a figure's unit for more than one: ``days``, ``mph``."""
    if unit in ("mph", "per cent"):
        return unit
    return {"person": "people"}.get(unit, f"{unit}s")


def words_of(known: Known | Own) -> str:
    """What a setting is, without the "1:" of those that are yes or no."""
    return known.words.removeprefix("1: ").capitalize() if known.unit == "0 or 1" else known.words


def figures(*, force_id: int | None, on: date) -> list[tuple[str, list[Figure]]]:
    """Every figure by group: two statements."""
    force = policy.in_force(force_id=force_id, on=on)
    waiting = set(_proposed().values_list("key", flat=True))
    left: dict[str, Known | Own] = {**OWN, **settings()}
    found = []
    for title, beginnings in GROUPS:
        mine = [key for key in left if key.startswith(beginnings)]
        rows = [_figure(left.pop(key), force, waiting) for key in mine]
        found.append((title, rows))
    return found


def _figure(known: Known | Own, force: Mapping[str, Any], waiting: set[str]) -> Figure:
    return Figure(known, force.get(known.key, known.default), known.key in waiting)


def _proposed() -> Any:
    return Setting.objects.filter(approved_at=None)


def proposals() -> list[Setting]:
    """Settings that wait for their second person, the first day first."""
    return list(_proposed().select_related("proposed_by", "force").order_by("effective_from", "id"))


def over_time(key: str, *, force_id: int | None) -> list[Setting]:
    """Every value a figure was given or proposed, the latest first: one statement."""
    rows = Setting.objects.filter(Q(force_id=force_id) | Q(force=None), key=key)
    return list(
        rows.select_related("proposed_by", "approved_by", "force").order_by("-effective_from", "-id")[:100]
    )


def proposed_holidays() -> list[BankHoliday]:
    """Bank holidays proclaimed since the law data was packaged, and those proposed: by day."""
    return list(BankHoliday.objects.select_related("proposed_by", "approved_by").order_by("-on", "-id")[:200])


def packaged_holidays(today: date) -> list[tuple[date, str]]:
    """The bank holidays to come in England and Wales over two years, as every count now knows them."""
    from casewright.foundation.reference.queries import calendar

    days, last = calendar(), date(today.year + 1, 12, 31)
    each = (date.fromordinal(n) for n in range(today.toordinal(), last.toordinal() + 1))
    return [(day, name) for day in each if (name := _name(days, day))]


def _name(days: law.Calendar, day: date) -> str:
    try:
        return days.holiday_name(day) or ""
    except law.InvalidFacts:  # a year whose holidays are not published yet
        return ""


def waiting_for(actor: Any) -> int:
    """How many proposals this person could be the second person of."""
    if "policy.approve" not in actor.permissions:
        return 0
    others = _proposed().exclude(proposed_by_id=actor.id).count()
    return others + BankHoliday.objects.filter(approved_at=None).exclude(proposed_by_id=actor.id).count()
