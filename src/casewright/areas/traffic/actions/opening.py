"""What is to be written of one new traffic matter: its allegations, decision and clocks, worked out beforehand."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from casewright import law
from casewright.areas.deadlines.facts import last_day
from casewright.areas.traffic.detections import Detection
from casewright.areas.traffic.lifecycle import LIFECYCLE
from casewright.foundation.clock import LONDON
from casewright.foundation.lifecycle import NEW
from casewright.foundation.matters.models import Consequence
from casewright.law.offences import Offence
from casewright.law.traffic import Disposal


@dataclass(frozen=True)
class Charge:
    """An offence of a day: whether a notice is needed, and the clocks that run for it. Shared by like rows."""

    offence: Offence
    nip_needed: bool
    findings: tuple[law.Finding, ...]

    @cached_property
    def first_day(self) -> date | None:
        """The first day that binds."""
        return min(map(produce_day, self.findings), default=None)


class Alleged(NamedTuple):
    """One allegation to write, and the reason if it ends at once."""

    number: int
    charge: Charge
    ended_reason: str = ""


@dataclass(slots=True)
class Decided:
    """A decision of law with its JSON text, told once for all the rows that share it."""

    disposal: Disposal
    facts: dict[str, Any]
    text: str = ""
    shared_facts: str = ""

    def __post_init__(self) -> None:
        self.text = self.disposal.as_text()
        shared = {k: _plain(v) for k, v in self.facts.items() if v is not None and k != "offence_at"}
        self.shared_facts = json.dumps(shared)[1:]

    def facts_of(self, moment: datetime) -> str:
        """The facts of one row as JSON text: the shared ones, and its own moment in London."""
        return f'{{"offence_at": "{moment.astimezone(LONDON).isoformat()}", {self.shared_facts}'


@dataclass(slots=True)
class Opening:
    """One matter to write."""

    row: Detection
    fingerprint: bytes
    decided: Decided | None
    allegations: list[Alleged] = field(default_factory=list)
    live: list[Alleged] = field(default_factory=list)
    matter_id: int = 0

    def allege(self, number: int, charge: Charge) -> None:
        """Add an allegation: the first carries the speed decision; each has its own clocks."""
        reason = self.ended_reason if number == 1 else ""
        alleged = Alleged(number, charge, reason)
        self.allegations.append(alleged)
        if not reason:
            self.live.append(alleged)

    @property
    def ended_reason(self) -> str:
        """Why the speed allegation ends at receipt, or empty."""
        disposal = self.decided and self.decided.disposal
        return disposal.reason_code if disposal and disposal.taken == "no_further_action" else ""

    @property
    def status(self) -> str:
        """Where the matter begins: asked of DVLA, or ended with its reason."""
        name = "traffic.receive" if self.live else "traffic.end_at_receipt"
        return LIFECYCLE.after(NEW, name)

    def next_day(self) -> tuple[date | None, int]:
        """The first day that binds and what is lost when it passes."""
        days = [a.charge.first_day for a in self.live if a.charge.first_day]
        return (min(days), Consequence.BAR) if days else (None, Consequence.POLICY)


def produce_day(finding: law.Finding) -> date:
    """The first day that binds: for a notice the day to produce it, else the last day to act."""
    return next((step.on for step in finding.steps if step.key == "produce_by"), last_day(finding))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
