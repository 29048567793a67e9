"""Writing a chunk of new traffic matters: eleven COPYs, whatever the chunk's size."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from casewright import law
from casewright.areas.deadlines import actions as deadlines
from casewright.areas.deadlines.facts import last_day
from casewright.areas.decisions import actions as decisions
from casewright.areas.traffic.detections import Detection
from casewright.areas.traffic.lifecycle import LIFECYCLE, NEXT
from casewright.areas.traffic.models import Allegation, Incident
from casewright.foundation.clock import LONDON
from casewright.foundation.copying import copy_rows, reserve_ids
from casewright.foundation.journal.models import Operation
from casewright.foundation.journal.record import Line, record
from casewright.foundation.lifecycle import NEW
from casewright.foundation.matters.models import Consequence, Matter
from casewright.foundation.matters.references import new_references
from casewright.foundation.messages import actions as messages
from casewright.foundation.parties.models import Vehicle
from casewright.law.offences import Offence
from casewright.law.traffic import Disposal

KEEP_ENDED = timedelta(
    days=90
)  # unit's own figure for detections that end at receipt, unread images included
MOVERS = {"nip-14": "traffic.end_late_notices", "summary-6m": "traffic.end_time_barred"}
Find = Callable[[str, date, bool], law.Finding]


@dataclass(slots=True)
class Alleged:
    """One allegation to write, with the clocks that run for it and the reason if it ends at once."""

    number: int
    offence: Offence
    nip_needed: bool
    findings: list[law.Finding]
    ended_reason: str = ""


@dataclass(slots=True)
class Decided:
    """A decision of law with its JSON text and reasons, told once for all the rows that share it."""

    disposal: Disposal
    facts: dict[str, Any]
    text: str = ""
    reasons: str = ""
    shared_facts: str = ""

    def __post_init__(self) -> None:
        self.text = json.dumps(self.disposal.as_json(), sort_keys=True)
        self.reasons = " ".join(self.disposal.reasons)
        shared = {k: _plain(v) for k, v in self.facts.items() if v is not None and k != "offence_at"}
        self.shared_facts = json.dumps(shared)[1:]

    def facts_of(self, moment: datetime) -> str:
        """The facts of one row as JSON text: the shared ones, and its own moment in London."""
        return f'{{"offence_at": "{moment.astimezone(LONDON).isoformat()}", {self.shared_facts}'


@dataclass(slots=True)
class Opening:
    """One matter to write."""

    row: Detection
    day: date
    fingerprint: bytes
    decided: Decided | None
    allegations: list[Alleged] = field(default_factory=list)
    live: list[Alleged] = field(default_factory=list)
    matter_id: int = 0

    def allege(self, number: int, offence: Offence, find: Find) -> None:
        """Add an allegation: the first carries the speed decision; each has its own clocks."""
        needed = offence.nip_needed and not self.row.warned_at_time
        rules = (["nip-14"] if offence.nip_needed else []) + ["summary-6m"]
        found = [find(rule, self.day, self.row.warned_at_time) for rule in rules]
        reason = self.ended_reason if number == 1 else ""
        alleged = Alleged(number, offence, needed, [f for f in found if f.applies], reason)
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
        days = [produce_day(f) for a in self.live for f in a.findings]
        return (min(days), Consequence.BAR) if days else (None, Consequence.POLICY)


def produce_day(finding: law.Finding) -> date:
    """The first day that binds: for a notice the day to produce it, else the last day to act."""
    return next((step.on for step in finding.steps if step.key == "produce_by"), last_day(finding))


def write_openings(
    openings: Sequence[Opening], *, force_id: int, file_id: int | None, today: date, by: Any, at: datetime
) -> None:
    """Write matters, incidents, allegations, vehicles, clocks, decisions, enquiries and journal."""
    if not openings:
        return
    pairs = [(o.matter_id, o) for o in openings]
    _write_matters(pairs, force_id, today, at)
    _write_incidents(pairs, file_id)
    _write_clocks(pairs, _write_allegations(pairs), at)
    _write_decisions(pairs, by, at)
    _write_vehicles(pairs)
    messages.queue([_keeper_enquiry(m, o) for m, o in pairs if o.live], at=at)
    record([_line(m, o, file_id) for m, o in pairs], by=by and by.id, at=at)


_MATTER = [
    "id",
    "reference",
    "kind",
    "status",
    "title",
    "force_id",
    "queue",
    "sensitivity",
    "next_act",
    "next_act_by",
    "next_lead_days",
    "next_consequence",
    "next_flag",
    "opened_at",
    "closed_at",
    "closed_reason",
    "retain_until",
    "version",
]


def _write_matters(pairs: list[tuple[int, Opening]], force_id: int, today: date, at: datetime) -> None:
    references = new_references(prefix="T", sequence="matters_reference", count=len(pairs), on=today)
    rows = []
    for (matter_id, o), reference in zip(pairs, references, strict=True):
        if o.live:
            act, queue, lead = NEXT[o.status]
            day, consequence = o.next_day()
            tail: tuple[Any, ...] = (
                queue,
                "ordinary",
                act,
                day,
                lead,
                consequence,
                "",
                at,
                None,
                "",
                None,
                1,
            )
        else:
            tail = (
                "",
                "ordinary",
                "",
                None,
                0,
                Consequence.POLICY,
                "",
                at,
                at,
                o.ended_reason,
                today + KEEP_ENDED,
                1,
            )
        rows.append((matter_id, reference, "traffic", o.status, o.row.title, force_id, *tail))
    copy_rows(Matter, _MATTER, rows)


_INCIDENT = [
    "matter_id",
    "source",
    "offence_at",
    "location",
    "site_id",
    "device_id",
    "sequence",
    "registration_mark",
    "limit_mph",
    "recorded_mph",
    "secondary_mph",
    "vehicle_class",
    "warned_at_time",
    "image_reference",
    "intake_file_id",
    "intake_row",
]


def _write_incidents(pairs: list[tuple[int, Opening]], file_id: int | None) -> None:
    places = _ids_by_code()
    copy_rows(
        Incident,
        _INCIDENT,
        [
            (
                m,
                r.source,
                r.offence_at,
                r.location,
                places["site"].get(r.site_code),
                places["device"].get(r.device_code),
                r.sequence,
                r.registration_mark,
                r.limit_mph,
                r.recorded_mph,
                r.secondary_mph,
                r.vehicle_class,
                r.warned_at_time,
                r.image_reference,
                file_id,
                r.row,
            )
            for m, r in ((m, o.row) for m, o in pairs)
        ],
    )


def _ids_by_code() -> dict[str, dict[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 'site', code, id FROM traffic_site UNION ALL SELECT 'device', code, id"
            " FROM traffic_device"
        )
        found: dict[str, dict[str, int]] = {"site": {}, "device": {}}
        for kind, code, row_id in cursor.fetchall():
            found[kind][code] = row_id
        return found


_ALLEGATION = [
    "id",
    "incident_id",
    "number",
    "offence_code",
    "title",
    "detail",
    "status",
    "ended_reason",
    "nip_needed",
    "limit_rule",
]


def _write_allegations(pairs: list[tuple[int, Opening]]) -> list[int]:
    flat = [(m, o, a) for m, o in pairs for a in o.allegations]
    ids = reserve_ids(Allegation, len(flat))
    copy_rows(
        Allegation,
        _ALLEGATION,
        [
            (
                i,
                m,
                a.number,
                a.offence.code,
                a.offence.wording,
                _detail(o, a),
                "ended" if a.ended_reason else "alleged",
                a.ended_reason,
                a.nip_needed,
                a.offence.limit_rule,
            )
            for i, (m, o, a) in zip(ids, flat, strict=True)
        ],
    )
    return ids


def _detail(o: Opening, a: Alleged) -> str:
    if a.number > 1 or o.decided is None:
        return ""
    return f"{o.row.recorded_mph} mph recorded in a {o.row.limit_mph}"


def _write_clocks(pairs: list[tuple[int, Opening]], allegation_ids: list[int], at: datetime) -> None:
    ids = iter(allegation_ids)
    clocks = []
    for matter_id, o in pairs:
        for a in o.allegations:
            subject = next(ids)
            if not a.ended_reason:
                clocks += [
                    deadlines.Clock(
                        matter_id, "allegation", subject, f"Allegation {a.number}", f, MOVERS[f.rule_id]
                    )
                    for f in a.findings
                ]
    deadlines.start(clocks, at=at)


def _write_decisions(pairs: list[tuple[int, Opening]], by: Any, at: datetime) -> None:
    decisions.record_taken([_taken(m, o, o.decided) for m, o in pairs if o.decided is not None], by=by, at=at)


def _taken(matter_id: int, o: Opening, decided: Decided) -> decisions.Taken:
    facts = decided.facts_of(o.row.offence_at)
    taken, title = decided.disposal.taken, decided.disposal.taken_title
    return decisions.Taken(matter_id, "incident", matter_id, "Incident", "detection", taken, title, decided.text,
                           facts, decided.reasons)  # fmt: skip


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _write_vehicles(pairs: list[tuple[int, Opening]]) -> None:
    copy_rows(
        Vehicle,
        ("matter_id", "registration_mark", "make", "model", "colour", "vehicle_class", "source"),
        [(m, o.row.registration_mark, "", "", "", o.row.vehicle_class, "camera") for m, o in pairs],
    )


def _keeper_enquiry(matter_id: int, o: Opening) -> messages.Outgoing:
    body = json.dumps(
        {
            "enquiryId": f"K{matter_id}",
            "registrationMark": o.row.registration_mark,
            "offenceDate": o.day.isoformat(),
        }
    )
    return messages.Outgoing("dvla", "keeper_enquiry", f"K{matter_id}", matter_id, body)


def _line(matter_id: int, o: Opening, file_id: int | None) -> Line:
    if o.live:
        return Line(
            "traffic.receive",
            matter_id,
            "incident",
            matter_id,
            {"file": file_id, "row": o.row.row},
            operation=Operation.COLLECTION,
        )
    return Line(
        "traffic.end_at_receipt",
        matter_id,
        "incident",
        matter_id,
        {"file": file_id, "row": o.row.row, "reason": o.ended_reason},
        operation=Operation.COLLECTION,
    )
