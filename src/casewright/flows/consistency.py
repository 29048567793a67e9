"""What was decided in like cases, by decider, team and place, for the consistency monitor: never of restricted matters.

By decider and team only what a person decided counts; by place, every decision, as law's own depend on the site too.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count as Counted
from django.db.models import F, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce

from casewright.areas.decisions import monitor
from casewright.areas.decisions.models import Decision
from casewright.areas.decisions.monitor import Count, Rate
from casewright.foundation.matters.models import Matter
from casewright.law import offences, replaying

BY: dict[str, tuple[str, str]] = {
    "decider": ("by_id", "by__name"),
    "team": ("by__team_id", "by__team__name"),
    "area": ("area", "area"),
}
FAMILY_UNKNOWN = "other"


class Compared(NamedTuple):
    """The rates of a period, and how each group and option is called."""

    rates: list[Rate]
    groups: dict[str, str]
    options: dict[str, str]


def compared(seen: QuerySet[Matter], *, by: str, first: datetime, until: datetime) -> Compared:
    """The rates of every option by decider, team or area, among the ordinary matters of a set: one statement.

    :param until: exclusive
    """
    group, name = BY[by]
    rows = (
        decided(seen, by=by, first=first, until=until)
        .annotate(code=KeyTextTransform("offence_code", "facts"), band=KeyTextTransform("band", "told__content"))
        .values_list("code", "band", "kind", group, name, "taken", "taken_title")
        .annotate(number=Counted("id"))
    )  # fmt: skip
    groups, options, counts = {}, {}, []
    for code, band, kind, key, label, taken, title, number in rows:
        groups[str(key)], options[taken] = str(label), title
        counts.append(Count((_family(code), band or "", kind), str(key), taken, number))
    return Compared(monitor.compare(counts), groups, options)


def decided(seen: QuerySet[Matter], *, by: str, first: datetime, until: datetime) -> QuerySet[Decision]:
    """The decisions of a period that such a comparison counts."""
    ordinary = seen.filter(sensitivity="ordinary")
    found = Decision.objects.filter(
        kind__in=replaying.KINDS, at__gte=first, at__lt=until, matter__in=ordinary
    )
    found = found.exclude(state="provisional")
    if by == "area":
        return found.annotate(area=Coalesce(F("matter__incident__site__location"), F("matter__force__name")))
    found = found.exclude(by=None).exclude(reasons="")
    return found.exclude(by__team=None) if by == "team" else found


def cases(
    seen: QuerySet[Matter], *, by: str, first: datetime, until: datetime, group: str, option: str
) -> QuerySet[Decision]:
    """The decisions behind one rate, newest first."""
    wanted: dict[str, Any] = {BY[by][0]: group if by == "area" else int(group), "taken": option}
    found = decided(seen, by=by, first=first, until=until).filter(**wanted)
    return found.select_related("matter", "by", "told").order_by("-id")


def _family(code: str | None) -> str:
    """The family of an offence; a detection without a code is of speed."""
    if code is None:
        return "speed"
    found = offences.all_offences().get(code)
    return (found.family or found.code) if found else FAMILY_UNKNOWN
