"""What many rows of a chunk share, told by law once: the decision on like readings, the clocks of an offence day."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property, lru_cache
from typing import Any

from casewright import law
from casewright.areas.traffic import facts as bridge
from casewright.areas.traffic.actions.opening import Charge, Decided
from casewright.areas.traffic.detections import Detection
from casewright.foundation.clock import LONDON
from casewright.law import traffic as traffic_law
from casewright.law.offences import offence

NOON = time(12)


@dataclass
class Book:
    """Certificates, settings, calendar and day of receipt of a chunk, and what law said of its rows so far."""

    certificates: Mapping[str, Sequence[tuple[date, date]]]
    policy: Mapping[str, Any]
    calendar: law.Calendar
    today: date
    decisions: dict[tuple[Any, ...], Decided] = field(default_factory=dict)
    charges: dict[tuple[str, date, bool], Charge] = field(default_factory=dict)
    certified: dict[tuple[str, date], tuple[date, date] | None] = field(default_factory=dict)

    @cached_property
    def settings(self) -> str:
        """The settings in force as text, to tell decisions under different ones apart."""
        return json.dumps(dict(self.policy), sort_keys=True)

    def decide(self, row: Detection) -> Decided:
        """The decision on a detection: the same for every row of a day with the same readings and certificate."""
        certificate = self._certificate(row.device_code, row.offence_on)
        key = likeness(row, certificate)
        found = self.decisions.get(key)
        if found is None:
            facts = bridge.detection_facts(row, certificate)
            # No rule looks at the time of day, only at the London day (a test holds this): noon stands for it.
            facts["offence_at"] = datetime.combine(row.offence_on, NOON, LONDON)
            found = self.decisions[key] = _decided(tuple(facts.items()), self.today, self.settings)
        return found

    def _certificate(self, code: str, day: date) -> tuple[date, date] | None:
        key = (code, day)
        if key not in self.certified:
            self.certified[key] = bridge.certificate_on(self.certificates, code, day)
        return self.certified[key]

    def charge(self, code: str, day: date, warned: bool) -> Charge:
        """An offence of a day with the clocks that run for it."""
        key = (code, day, warned)
        found = self.charges.get(key)
        if found is None:
            found = self.charges[key] = self._charge(*key)
        return found

    def _charge(self, code: str, day: date, warned: bool) -> Charge:
        alleged = offence(code, on=day)
        rules = ("nip-14", "summary-6m") if alleged.nip_needed else ("summary-6m",)
        findings = [self._finding(rule, day, warned) for rule in rules]
        return Charge(alleged, alleged.nip_needed and not warned, tuple(f for f in findings if f.applies))

    def _finding(self, rule: str, day: date, warned: bool) -> law.Finding:
        told: dict[str, Any] = {"offence_on": day}
        if warned and rule == "nip-14":
            told["warned_at_time"] = True
        return law.deadline(rule, told, on=day, policy=self.policy, calendars=self.calendar)


def likeness(row: Detection, certificate: tuple[date, date] | None) -> tuple[Any, ...]:
    """All that the decision on a detection can rest on: what the bridge makes facts of (a test holds this)."""
    return (
        row.offence_on,
        row.recorded_mph,
        row.limit_mph,
        row.secondary_mph,
        row.vehicle_class,
        row.road_kind,
        row.limit_changed_seconds_ago,
        row.warned_at_time,
        certificate,
    )


@lru_cache(maxsize=8192)
def _decided(facts: tuple[tuple[str, Any], ...], on: date, settings: str) -> Decided:
    """Decide on facts under settings: pure, so what was decided once need not be decided again."""
    told = dict(facts)
    return Decided(traffic_law.decide(told, on=on, policy=json.loads(settings)), told)
