"""A note on a matter: written, and whatever provisional decision awaited one is looked at again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from casewright.areas.decisions import actions as decisions
from casewright.areas.traffic.actions.moving import set_next_days
from casewright.foundation.matters import actions as matters
from casewright.foundation.matters.models import Note


def note(*, matter_id: int, text: str, by: Any, at: datetime) -> Note:
    """Write a note; wake what awaits one on this matter.

    :raises NotAllowed: as `matters.actions.note`
    """
    written = matters.note(matter_id=matter_id, text=text, by=by, at=at)
    if decisions.wake(matter_ids=[matter_id], item="note", at=at):
        set_next_days([matter_id])
    return written
