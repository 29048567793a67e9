"""The two-person rule, once: what one person proposes, another approves (design.md 4; ASVS 5.0 2.3.5).

Anything that takes two people inherits `Proposal` and puts `two_people(name)` among its constraints; its action calls
`take_second`, and `take_back` where the proposer thinks again. The database refuses what an action might forget.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from django.conf import settings
from django.db import models

from casewright.foundation.lifecycle import OWN_ACT, NotAllowed, NotYours


def two_people(name: str) -> models.CheckConstraint:
    """The constraint by which nobody is both persons; a row of the system's own has no proposer."""
    return models.CheckConstraint(
        condition=models.Q(approved_by__isnull=True) | ~models.Q(approved_by=models.F("proposed_by")),
        name=name,
    )


class Proposal(models.Model):
    """A change that waits for its second person; `approved_at` is empty until then."""

    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


P = TypeVar("P", bound=Proposal)


def take_second(waiting: models.QuerySet[P], *, by: Any, at: datetime) -> P:
    """Lock the one proposal of ``waiting`` and set its second person; the caller then does what was proposed.

    :raises NotAllowed: if there is none, it was approved already, or the proposer approves
    """
    row = waiting.select_for_update(of=("self",)).first()
    if row is None:
        raise NotAllowed("There is no such proposal any more. Open the list again.")
    if row.approved_at is not None:
        said = "turned down" if getattr(row, "turned_down", False) else "approved"
        raise NotAllowed(f"This has been {said} already; nothing more is to be done.")
    if row.proposed_by_id == by.id:
        raise NotYours("You cannot approve your own proposal. Ask another person with this right.", OWN_ACT)
    row.approved_by_id, row.approved_at = by.id, at
    row.save(update_fields=["approved_by", "approved_at"])
    return row


def take_back(waiting: models.QuerySet[P], *, by: Any) -> P:
    """Lock the one proposal of ``waiting`` and remove it, for whoever proposed it; the caller says so in the journal.

    :raises NotAllowed: if there is none, it was decided already, or somebody else proposed it
    """
    row = waiting.select_for_update(of=("self",)).first()
    if row is None or row.approved_at is not None:
        raise NotAllowed("This does not wait any more: it was decided or withdrawn. Open the list again.")
    if row.proposed_by_id != by.id:
        raise NotYours("Only whoever proposed it withdraws it; a second person can turn it down.")
    kept = row.pk
    row.delete()
    row.pk = kept
    return row
