"""Writing a chunk of new traffic matters: eleven COPYs, whatever the chunk's size."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection

from casewright.areas.deadlines import actions as deadlines
from casewright.areas.decisions import actions as decisions
from casewright.areas.traffic.actions.opening import Alleged, Decided, Opening
from casewright.areas.traffic.lifecycle import NEXT
from casewright.areas.traffic.models import Allegation, Incident
from casewright.foundation.copying import copy_rows, reserve_ids
from casewright.foundation.journal.models import Operation
from casewright.foundation.journal.record import Line, record
from casewright.foundation.matters.opening import Opened, open_matters
from casewright.foundation.matters.references import new_references
from casewright.foundation.messages import actions as messages
from casewright.foundation.parties.models import Vehicle

MOVERS = {"nip-14": "traffic.end_late_notices", "summary-6m": "traffic.end_time_barred"}


def write_openings(
    openings: Sequence[Opening], *, force_id: int, file_id: int | None, today: date, kept_until: date, by: Any,
    at: datetime,
) -> None:  # fmt: skip
    """Write matters, incidents, allegations, vehicles, clocks, decisions, enquiries and journal.

    :param kept_until: how long what ends at receipt is kept, unread images included
    """
    if not openings:
        return
    pairs = [(o.matter_id, o) for o in openings]
    _write_matters(pairs, force_id, today, kept_until, at)
    _write_incidents(pairs, file_id)
    allegation_ids = _write_allegations(pairs)
    _write_vehicles(pairs)
    messages.queue([_keeper_enquiry(m, o) for m, o in pairs if o.live], at=at)
    record([_line(m, o, file_id) for m, o in pairs], by=by and by.id, at=at)
    # Last, what is kept once for all: a chunk that finds the same new finding waits for this one to commit.
    _write_clocks(pairs, allegation_ids, at)
    _write_decisions(pairs, at)


def _write_matters(
    pairs: list[tuple[int, Opening]], force_id: int, today: date, kept_until: date, at: datetime
) -> None:
    references = new_references(prefix="T", sequence="matters_reference", count=len(pairs), on=today)
    open_matters(
        Opened(
            matter_id,
            reference,
            "traffic",
            o.status,
            o.row.title,
            force_id,
            at,
            **_next_or_end(o, at, kept_until),
        )
        for (matter_id, o), reference in zip(pairs, references, strict=True)
    )


def _next_or_end(o: Opening, at: datetime, kept_until: date) -> dict[str, Any]:
    """What comes next on a live matter; how a matter ended that ends at receipt."""
    if not o.live:
        return {"closed_at": at, "closed_reason": o.ended_reason, "retain_until": kept_until}
    act, queue, lead = NEXT[o.status]
    day, lost = o.next_day()
    return {
        "queue": queue,
        "next_act": act,
        "next_act_by": day,
        "next_lead_days": lead,
        "next_consequence": lost,
    }


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
                a.charge.offence.code,
                a.charge.offence.wording,
                _detail(o, a),
                "ended" if a.ended_reason else "alleged",
                a.ended_reason,
                a.charge.nip_needed,
                a.charge.offence.limit_rule,
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
                    for f in a.charge.findings
                ]
    deadlines.start(clocks, at=at)


def _write_decisions(pairs: list[tuple[int, Opening]], at: datetime) -> None:
    """The decision of law on each detection: taken by nobody, whoever gave the file."""
    decisions.record_taken(
        [_taken(m, o, o.decided) for m, o in pairs if o.decided is not None], by=None, at=at
    )


def _taken(matter_id: int, o: Opening, decided: Decided) -> decisions.Taken:
    facts = decided.facts_of(o.row.offence_at)
    taken, title = decided.disposal.taken, decided.disposal.taken_title
    return decisions.Taken(matter_id, "incident", matter_id, "Incident", "detection", taken, title, decided.text,
                           facts)  # fmt: skip


def _write_vehicles(pairs: list[tuple[int, Opening]]) -> None:
    copy_rows(
        Vehicle,
        ("matter_id", "registration_mark", "make", "model", "colour", "vehicle_class", "source"),
        [(m, o.row.registration_mark, "", "", "", o.row.vehicle_class, "camera") for m, o in pairs],
    )


def _keeper_enquiry(matter_id: int, o: Opening) -> messages.Outgoing:
    # A mark is letters and figures, so nothing here needs escaping.
    asked, mark, day = f"K{matter_id}", o.row.registration_mark, o.row.offence_on.isoformat()
    body = f'{{"enquiryId": "{asked}", "registrationMark": "{mark}", "offenceDate": "{day}"}}'
    return messages.Outgoing("dvla", "keeper_enquiry", asked, matter_id, body)


def _line(matter_id: int, o: Opening, file_id: int | None) -> Line:
    # Numbers and a code of law: nothing here needs escaping, and the encoder takes longer than all else (measured).
    told = "null" if file_id is None else file_id
    if o.live:
        return Line(
            "traffic.receive",
            matter_id,
            "incident",
            matter_id,
            f'{{"file": {told}, "row": {o.row.row}}}',
            operation=Operation.COLLECTION,
        )
    return Line(
        "traffic.end_at_receipt",
        matter_id,
        "incident",
        matter_id,
        f'{{"file": {told}, "row": {o.row.row}, "reason": "{o.ended_reason}"}}',
        operation=Operation.COLLECTION,
    )
