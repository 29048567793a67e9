"""Taking on detections: each becomes an incident with its allegations, clocks, decision and keeper enquiry.

A whole chunk is worked in a constant number of statements. A detection is claimed by its fingerprint first, so that
the same one given twice, in one file or in two at the same time, becomes one matter.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from casewright import law
from casewright.areas.traffic.actions.book import Book
from casewright.areas.traffic.actions.opening import Opening
from casewright.areas.traffic.actions.writing import write_openings
from casewright.areas.traffic.detections import Detection, Register
from casewright.areas.traffic.models import DetectionKey
from casewright.foundation.copying import bound, reserve_ids
from casewright.foundation.matters.models import Matter
from casewright.foundation.messages.actions import Fault, Unreadable
from casewright.foundation.messages.models import Outcome
from casewright.foundation.reference.queries import calendar


class Received(NamedTuple):
    """What became of one detection."""

    row: int
    outcome: Outcome
    matter_id: int | None = None
    fault: Fault | None = None


def receive_detections(
    rows: Sequence[Detection],
    *,
    register: Register,
    force_id: int,
    file_id: int | None,
    policy: Mapping[str, Any],
    today: date,
    by: Any,
    at: datetime,
) -> list[Received]:
    """Take on a chunk of detections and say what became of each.

    :param rows: checked detections, each with its row number
    :param register: what the rows were read against; its certificates are facts of the decisions
    :param today: London day on which they are received; decides what is too late already
    """
    book = Book(register.devices, policy, calendar(), today)
    outcomes: list[Received] = []
    openings: list[Opening] = []
    for row in rows:
        try:
            openings.append(_opening(row, book))
        except law.InvalidFacts as problem:
            outcomes.append(Received(row.row, Outcome.HELD, fault=_unlawful(problem)))
        except Unreadable as problem:
            outcomes.append(Received(row.row, Outcome.HELD, fault=problem.fault))
    for each, matter_id in zip(openings, reserve_ids(Matter, len(openings)), strict=True):
        each.matter_id = matter_id
    openings, known = claim(openings)
    kept_until = today + timedelta(days=law.practice.figure("unit.keep_ended_days", policy))
    write_openings(
        openings, force_id=force_id, file_id=file_id, today=today, kept_until=kept_until, by=by, at=at
    )
    outcomes += known
    outcomes += [Received(o.row.row, Outcome.ACCEPTED, o.matter_id) for o in openings]
    return outcomes


def claim(openings: list[Opening]) -> tuple[list[Opening], list[Received]]:
    """Take the fingerprints that nobody has taken; the rest are duplicates, or held where they differ in sequence.

    Keys go in by their order, so that two chunks that share some cannot lock each other out.
    """
    mine: dict[bytes, Opening] = {}
    repeated: list[Opening] = []
    for each in openings:
        first = mine.setdefault(each.fingerprint, each)
        if first is not each:
            repeated.append(each)
    taken = _take_keys(mine)
    repeated += [o for key, o in mine.items() if key not in taken]
    known = _known([o.fingerprint for o in repeated])
    fresh = [o for o in openings if o.fingerprint in taken and mine[o.fingerprint] is o]
    return fresh, [_repeated(o.row, *known[o.fingerprint]) for o in repeated]


_TAKE = """
INSERT INTO traffic_detectionkey (fingerprint, sequence, matter_id)
SELECT decode(x ->> 0, 'hex'), x ->> 1, (x ->> 2)::bigint FROM jsonb_array_elements(%s::jsonb) AS x
ON CONFLICT DO NOTHING RETURNING fingerprint
"""


def _take_keys(keys: dict[bytes, Opening]) -> set[bytes]:
    told = json.dumps([[k.hex(), keys[k].row.sequence, keys[k].matter_id] for k in sorted(keys)])
    return {bytes(key) for (key,) in bound(_TAKE, told)}


def _known(keys: list[bytes]) -> dict[bytes, tuple[str, int | None]]:
    """The sequence and matter of keys that are taken; no statement where none is asked for."""
    if not keys:
        return {}
    found = DetectionKey.objects.filter(fingerprint__in=keys)
    return {bytes(k): (s, m) for k, s, m in found.values_list("fingerprint", "sequence", "matter_id")}


def _repeated(row: Detection, sequence: str, matter_id: int | None) -> Received:
    if sequence == row.sequence:
        return Received(row.row, Outcome.DUPLICATE, matter_id)
    return Received(
        row.row,
        Outcome.HELD,
        fault=Fault(
            "sequence",
            row.sequence,
            f"Same device, moment and mark as the detection with sequence {sequence}.",
            "Looks like the same detection twice: refuse this one, or correct what differs.",
            "double_detection",
        ),
    )


def _unlawful(problem: law.InvalidFacts) -> Fault:
    return Fault(
        str(problem.fact), str(problem.value), str(problem), "Correct the field and replay.", "law_refuses"
    )


def _opening(row: Detection, book: Book) -> Opening:
    decided = None
    if row.recorded_mph is not None:
        decided = book.decide(row)
        disposal = decided.disposal
        if disposal.taken == "hold":
            raise Unreadable(
                Fault(
                    "row",
                    row.registration_mark,
                    disposal.blocking[0],
                    "Find the missing fact, type it in and replay.",
                    disposal.reason_code.lower(),
                )
            )
    opening = Opening(row=row, fingerprint=row.fingerprint, decided=decided)
    for number, code in enumerate(row.offence_codes, 1):
        opening.allege(number, book.charge(code, row.offence_on, row.warned_at_time))
    return opening
