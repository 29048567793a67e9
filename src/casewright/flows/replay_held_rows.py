"""Reading held rows of files again, a set at a time: each goes through, or is held as before with its fault.

The statements are as many for a thousand rows as for one, for each file the rows came in; one that is held still leaves
the others as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from casewright.areas.traffic import facts as traffic_facts
from casewright.areas.traffic.actions.receive import Received, receive_detections
from casewright.areas.traffic.detections import Detection, Register
from casewright.foundation import clock
from casewright.foundation.journal.record import Line, record
from casewright.foundation.messages.actions import Fault, Unreadable
from casewright.foundation.messages.adapters import adapter
from casewright.foundation.messages.models import HeldItem, IntakeFile
from casewright.foundation.policy import queries as policy


class Reread(NamedTuple):
    """A held row, locked, with its file; what it is to say now, and which of its fields were corrected."""

    item: HeldItem
    values: Mapping[str, str]
    fields: Sequence[str] = ()


def replay(rows: Sequence[Reread], *, how_known: str, by: Any, at: datetime) -> dict[int, Fault]:
    """Read locked rows again and take on those that can be; the faults of the others by the held row's id.

    :param how_known: how the person knows what the rows say now; kept with each row and in the journal
    """
    register = traffic_facts.register(received_at=at)
    of_files: dict[IntakeFile, list[Reread]] = defaultdict(list)
    for row in rows:
        if row.item.file:
            of_files[row.item.file].append(row)
    faults: dict[int, Fault] = {}
    done: list[tuple[Reread, Received]] = []
    in_force = {
        force_id: policy.in_force(force_id=force_id, on=clock.today())
        for force_id in {f.force_id for f in of_files}
    }
    for file, of_file in of_files.items():
        received = replace(register, received_at=file.received_at)
        detections = _read(of_file, received, faults)
        results = _receive(detections, received, file, in_force[file.force_id], by, at)
        for row in of_file:
            if row.item.id in faults:
                continue
            result = results[row.item.row_number or 0]  # each has one: none is told as done that nobody answered for
            if result.fault is not None:
                faults[row.item.id] = result.fault
            else:
                done.append((row, result))
    _settle(done, how_known, by, at)
    return faults


def _read(rows: Sequence[Reread], register: Register, faults: dict[int, Fault]) -> list[Detection]:
    """The rows that can be read against their file's own upload; the faults of the rest are added."""
    read = []
    for row in rows:
        try:
            read.append(adapter("cameras").read(row.item.row_number, row.values, register))
        except Unreadable as problem:
            faults[row.item.id] = problem.fault
    return read


def _receive(
    detections: list[Detection],
    register: Register,
    file: IntakeFile,
    in_force: Mapping[str, Any],
    by: Any,
    at: datetime,
) -> dict[int, Received]:
    """What became of rows of one file, by their numbers."""
    results = receive_detections(
        detections,
        register=register,
        force_id=file.force_id,
        file_id=file.id,
        policy=in_force,
        today=clock.today(),
        by=by,
        at=at,
    )
    return {result.row: result for result in results}


_ROWS = """
UPDATE messages_intakerow r SET outcome = x.outcome, matter_id = x.matter_id
FROM unnest(%s::bigint[], %s::int[], %s::text[], %s::bigint[]) AS x(file_id, number, outcome, matter_id)
WHERE r.file_id = x.file_id AND r.number = x.number
"""
_REPEATS = """
UPDATE messages_intakerow r SET matter_id = x.matter_id
FROM unnest(%s::bigint[], %s::bigint[]) AS x(held_id, matter_id) WHERE r.repeats_id = x.held_id
"""
_HELD = """
UPDATE messages_helditem h SET state = 'replayed', settled_at = %s, settled_by_id = %s, settled_why = %s,
    matter_id = x.matter_id
FROM unnest(%s::bigint[], %s::bigint[]) AS x(held_id, matter_id) WHERE h.id = x.held_id
"""


def _settle(done: list[tuple[Reread, Received]], how_known: str, by: Any, at: datetime) -> None:
    """Write what became of rows that went through, of their repeats, and an entry for each."""
    if not done:
        return
    held, matters = [row.item.id for row, _ in done], [result.matter_id for _, result in done]
    files, numbers = [row.item.file_id for row, _ in done], [row.item.row_number for row, _ in done]
    outcomes = [str(result.outcome) for _, result in done]
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, [files, numbers, outcomes, matters])
        cursor.execute(_REPEATS, [held, matters])
        cursor.execute(_HELD, [at, by and by.id, how_known.strip()[:300], held, matters])
    record([_line(row, result, how_known) for row, result in done], by=by and by.id, at=at)


def _line(row: Reread, result: Received, how_known: str) -> Line:
    facts = {"row": row.item.row_number, "fields": list(row.fields), "outcome": str(result.outcome)}
    return Line("held.replay", result.matter_id, "held", row.item.id, facts, how_known)
