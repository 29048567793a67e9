"""Legal holds: while one stands, a matter cannot be destroyed, whatever its retention says."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from casewright.foundation.journal.record import Line, record
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.matters.models import Hold
from casewright.foundation.matters.restricting import stated
from casewright.foundation.matters.rights import must_hold, must_see

REASON_LIMIT = 300


def place(*, matter_id: int, reason: str, by: Any, at: datetime) -> Hold:
    """Place a legal hold on a matter, for a stated reason: litigation, an inquiry, a request.

    :raises NotAllowed: without the right or a reason
    """
    must_hold(by, "records.hold")
    matter = must_see(by, matter_id)
    placed = Hold.objects.create(
        matter=matter, reason=stated(reason, REASON_LIMIT), placed_by=by, placed_at=at
    )
    record([Line("records.place_hold", matter.id, "hold", placed.id, text=placed.reason)], by=by.id, at=at)
    return placed


def lift(*, hold_id: int, reason: str, by: Any, at: datetime) -> None:
    """Lift a hold, for a stated reason.

    :raises NotAllowed: without the right or a reason, or if it is lifted already
    """
    must_hold(by, "records.hold")
    held = Hold.objects.filter(id=hold_id).first()
    matter, reason = must_see(by, held.matter_id if held else 0), stated(reason, REASON_LIMIT)
    lifted = Hold.objects.filter(id=hold_id, lifted_at__isnull=True)
    if not lifted.update(lifted_by=by, lifted_at=at, lifted_reason=reason):
        raise NotAllowed("This hold has been lifted already.")
    record([Line("records.lift_hold", matter.id, "hold", hold_id, text=reason)], by=by.id, at=at)
