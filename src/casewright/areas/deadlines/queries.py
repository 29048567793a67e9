"""Questions about clocks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from casewright.areas.deadlines.models import Deadline


def of_matter(matter_id: int) -> list[Deadline]:
    """All clocks of a matter, running ones first, the most urgent at the top: one statement."""
    rows = Deadline.objects.select_related("told").filter(matter_id=matter_id)
    return sorted(
        rows, key=lambda d: (d.state != "running", d.consequence != "bar", d.produce_by or d.act_by)
    )


def passed(*, today: date, movers: Iterable[str]) -> QuerySet[Deadline]:
    """Running clocks whose last day lies before today, for the movers named, oldest first."""
    return Deadline.objects.filter(state="running", act_by__lt=today, mover__in=list(movers)).order_by(
        "act_by", "id"
    )
