"""Proposals to destroy, certificates, and the holds on one matter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from casewright.flows import destroy_matter
from casewright.foundation.matters.models import Destruction, Hold, Matter
from casewright.foundation.matters.rights import destroyed_for, visible_to
from casewright.web import words

PAGE = 50
MOST_COUNTED = 1_000


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposal as the approver sees it: never without the holds that forbid it."""

    row: Destruction
    matter: Matter | None
    holds: tuple[Hold, ...]
    mine: bool


@dataclass(frozen=True, slots=True)
class Due:
    """A closed matter whose last day of keeping has passed: why it was closed (a code), and that day."""

    matter_id: int
    reference: str
    why: str
    until: date | None


@dataclass(frozen=True, slots=True)
class AllDue:
    """The first that could be proposed now, how many there are, and how many more a legal hold keeps.

    Each is counted up to MOST_COUNTED and no further.
    """

    rows: tuple[Due, ...]
    count: int
    held: int

    @property
    def said(self) -> str:
        """How many there are."""
        most = f"{MOST_COUNTED:,} matters or more"
        return most if self.count >= MOST_COUNTED else words.counted(self.count, "matter")

    @property
    def kept(self) -> str:
        """How many more a hold keeps, as a sentence; empty where none."""
        number = f"{MOST_COUNTED:,} or more" if self.held >= MOST_COUNTED else f"{self.held:,} more"
        return f"{number} {'is' if self.held == 1 else 'are'} held by a legal hold." if self.held else ""


def due(actor: Any, *, today: date) -> AllDue:
    """What was to be kept until a day that has passed and nobody proposed yet, longest past first: three statements."""
    found = destroy_matter.due(actor, today=today)
    free = found.filter(~destroy_matter.HELD)
    rows = free.order_by("retain_until", "id").values_list("id", "reference", "closed_reason", "retain_until")
    listed = tuple(Due(*row) for row in rows[: destroy_matter.MOST_DUE])
    count, held = (
        each.order_by().values("id")[:MOST_COUNTED].count()
        for each in (free, found.filter(destroy_matter.HELD))
    )
    return AllDue(listed, count, held)


def next_waiting(actor: Any, *, after: int) -> Destruction | None:
    """The next proposal after one that this person could approve: another's, of a matter seen and not held."""
    free = visible_to(actor).filter(~destroy_matter.HELD).values("id")
    rows = Destruction.objects.filter(approved_at__isnull=True, id__gt=after, matter_id__in=free)
    return rows.exclude(proposed_by_id=actor.id).order_by("id").first()


def waiting(actor: Any) -> list[Destruction]:
    """Proposals not approved yet, of matters this person may see, oldest first: one statement."""
    rows = Destruction.objects.filter(approved_at__isnull=True, matter_id__in=visible_to(actor).values("id"))
    return list(rows.select_related("proposed_by").order_by("id")[:PAGE])


def certificates(actor: Any, *, before: int | None) -> tuple[list[Destruction], int | None]:
    """What was destroyed of this person's forces, newest first, and where the next page begins: one statement."""
    done = destroyed_for(actor)
    found = done.filter(id__lt=before) if before else done
    rows = list(found.select_related("proposed_by", "approved_by").order_by("-id")[:PAGE])
    return rows, rows[-1].id if len(rows) == PAGE else None


def proposal(actor: Any, destruction_id: int) -> Proposal | None:
    """One proposal, where the matter may be seen, or certificate, where it was of their forces: four statements."""
    row = Destruction.objects.select_related("proposed_by", "approved_by").filter(id=destruction_id).first()
    if row is None:
        return None
    matter = visible_to(actor).filter(id=row.matter_id).first()
    if matter is None and not destroyed_for(actor).filter(id=row.id).exists():
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
