"""Opening matters in sets: one COPY, whatever their kind."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from casewright.foundation.copying import copy_rows
from casewright.foundation.matters.models import Consequence, Matter


class Opened(NamedTuple):
    """One matter to write. A closed one has its reason and no next action; an open one the other way about."""

    id: int
    reference: str
    kind: str
    status: str
    title: str
    force_id: int
    opened_at: datetime
    queue: str = ""
    sensitivity: str = "ordinary"
    next_act: str = ""
    next_act_by: date | None = None
    next_lead_days: int = 0
    next_consequence: int = Consequence.POLICY
    next_flag: str = ""
    closed_at: datetime | None = None
    closed_reason: str = ""
    retain_until: date | None = None
    version: int = 1


def open_matters(matters: Iterable[Opened]) -> None:
    """Write matters; the act that opens them journals it."""
    copy_rows(Matter, Opened._fields, matters)
