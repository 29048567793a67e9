"""Proposals to destroy, certificates, and the holds on one matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from casewright.foundation.matters.models import Destruction, Hold, Matter
from casewright.foundation.matters.rights import visible_to

PAGE = 50


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposal as the approver sees it: never without the holds that forbid it."""

    row: Destruction
    matter: Matter | None
    holds: tuple[Hold, ...]
    mine: bool


def waiting(actor: Any) -> list[Destruction]:
    """Proposals not approved yet, of matters this person may see, oldest first: one statement."""
    rows = Destruction.objects.filter(approved_at__isnull=True, matter_id__in=visible_to(actor).values("id"))
    return list(rows.select_related("proposed_by").order_by("id")[:PAGE])


def certificates(*, before: int | None) -> tuple[list[Destruction], int | None]:
    """What was destroyed, newest first, and where the next page begins: one statement."""
    done = Destruction.objects.filter(approved_at__isnull=False)
    found = done.filter(id__lt=before) if before else done
    rows = list(found.select_related("proposed_by", "approved_by").order_by("-id")[:PAGE])
    return rows, rows[-1].id if len(rows) == PAGE else None


def proposal(actor: Any, destruction_id: int) -> Proposal | None:
    """One proposal or certificate: three statements; a proposal only where the matter may be seen."""
    row = Destruction.objects.select_related("proposed_by", "approved_by").filter(id=destruction_id).first()
    if row is None:
        return None
    matter = visible_to(actor).filter(id=row.matter_id).first()
    if matter is None and row.approved_at is None:
        return None
    return Proposal(row, matter, standing_holds(row.matter_id), row.proposed_by_id == actor.id)


def standing_holds(matter_id: int) -> tuple[Hold, ...]:
    """The holds on a matter that stand: one statement."""
    rows = Hold.objects.filter(matter_id=matter_id, lifted_at__isnull=True)
    return tuple(rows.select_related("placed_by").order_by("id"))


def hold(actor: Any, hold_id: int) -> Hold | None:
    """One hold on a matter this person may see."""
    rows = Hold.objects.filter(id=hold_id, matter_id__in=visible_to(actor).values("id"))
    return rows.select_related("matter", "placed_by").first()
