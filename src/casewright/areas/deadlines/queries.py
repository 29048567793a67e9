"""Questions about clocks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from casewright.areas.deadlines.models import Deadline, Working


def of_matter(matter_id: int) -> list[Deadline]:
    """All clocks of a matter, running ones first, the most urgent at the top: one statement."""
    rows = Deadline.objects.select_related("told").filter(matter_id=matter_id)
    return sorted(
        rows, key=lambda d: (d.state != "running", d.consequence != "bar", d.produce_by or d.act_by)
    )


def rules_of(days: Mapping[int, date]) -> dict[int, str]:
    """The rule on which each matter's day rests; a day that is no clock's is left out: one statement."""
    rows = Deadline.objects.filter(state="running", matter_id__in=list(days)).order_by("-act_by", "-id")
    dated = rows.values_list("matter_id", "rule_id", "produce_by", "post_by", "act_by")
    return {matter: rule for matter, rule, *on in dated if days[matter] in on}


def passed(*, today: date, movers: Iterable[str]) -> QuerySet[Deadline]:
    """Running clocks that have surely run out, for the movers named, oldest first.

    Where two readings are possible we act by the earlier, and hold the clock for passed only after the later.
    """
    out = Deadline.objects.filter(state="running", act_by__lt=today, outer_limit__lt=today)
    return out.filter(mover__in=list(movers)).order_by("act_by", "id")


def counted_as(ids: Iterable[int]) -> list[Deadline]:
    """Running clocks by id with their working and matter, locked so that nobody ends them meanwhile: one statement."""
    rows = Deadline.objects.filter(id__in=list(ids), state="running").order_by("id")
    return list(rows.select_related("told", "matter").select_for_update(of=("self",)))


def workings() -> Iterator[tuple[UUID, int, dict[str, Any]]]:
    """Each distinct working that open clocks rest on, with the force whose settings apply: two statements.

    Matters of one day share theirs, so these are thousands where clocks are millions.
    """
    told = Deadline.objects.filter(state="running").values("told_id", "matter__force_id").distinct()
    pairs = defaultdict(list)
    for row in told:
        pairs[row["told_id"]].append(row["matter__force_id"])
    kept = Working.objects.filter(id__in=Deadline.objects.filter(state="running").values("told_id"))
    for working in kept.iterator(chunk_size=1000):
        for force_id in pairs[working.id]:
            yield working.id, force_id, working.content


def resting_on(told: Iterable[tuple[UUID, int]]) -> QuerySet[Deadline]:
    """Running clocks that rest on these workings (each with its force), by matter."""
    by_force: dict[int, list[UUID]] = defaultdict(list)
    for told_id, force_id in told:
        by_force[force_id].append(told_id)
    chosen = Q(pk__in=[])
    for force_id, ids in by_force.items():
        chosen |= Q(matter__force_id=force_id, told_id__in=ids)
    return Deadline.objects.filter(chosen, state="running").order_by("matter_id", "id")
