"""The rows that stand beside a held one in its file: what they say helps to see what it should have said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from casewright.areas.traffic.models import Incident
from casewright.foundation.matters.rights import visible_to
from casewright.foundation.messages.models import HeldItem, IntakeRow
from casewright.web import words

LOOKED_AT = 12  # rows on either side that are looked at
SHOWN = 3  # and shown, of those accepted


@dataclass(frozen=True, slots=True)
class Beside:
    """One accepted row near the held one; ``offence_at`` is aware."""

    row: int
    offence_at: datetime
    device: str
    site: str
    reading: str
    matter_id: int

    @property
    def day(self) -> date:
        """Its London day."""
        return words.as_day(self.offence_at)


def rows_beside(actor: Any, item: HeldItem) -> list[Beside]:
    """Up to three accepted rows before it and three after that this person may see: three statements."""
    if item.file_id is None or item.row_number is None:
        return []
    rows = IntakeRow.objects.filter(file_id=item.file_id, matter_id__isnull=False)
    number = item.row_number
    before = rows.filter(number__lt=number, number__gte=number - LOOKED_AT).order_by("-number")
    after = rows.filter(number__gt=number, number__lte=number + LOOKED_AT).order_by("number")
    near = [(row.number, row.matter_id) for side in (before, after) for row in side[:SHOWN]]
    mine = visible_to(actor).filter(id__in=[matter_id for _, matter_id in near])
    found = {
        each.matter_id: each
        for each in Incident.objects.select_related("device", "site").filter(matter__in=mine)
    }
    return [_beside(row, found[matter_id]) for row, matter_id in sorted(near) if matter_id in found]


def _beside(row: int, incident: Incident) -> Beside:
    reading = f"{words.mph(incident.recorded_mph)} in a {incident.limit_mph}" if incident.recorded_mph else ""
    return Beside(
        row,
        incident.offence_at,
        incident.device.code if incident.device else "",
        incident.site.code if incident.site else "",
        reading,
        incident.matter_id,
    )


def likely_day(item: HeldItem, beside: list[Beside]) -> date | None:
    """The day of the nearest row beside it that lies before the upload; None if there is none."""
    if item.file is None:
        return None
    received, number = words.as_day(item.file.received_at), item.row_number or 0
    earlier = [each for each in beside if each.day < received]
    return min(earlier, key=lambda each: abs(each.row - number)).day if earlier else None
