"""Rows that cannot be read and come again: held once, however often they are given.

A row is the same if it says the same in every field, whatever the order of the columns or the format. Which comes
first is settled by the database, so that two files read at the same moment cannot both hold it. A row given again is
kept as if it had come then for the first time: what the second file says of it goes with the first, and never sooner.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection

from casewright.foundation.copying import bound
from casewright.foundation.messages.actions import Fault, keep_held, last_day, what_is_held


class Doubtful(NamedTuple):
    """A row with a fault: its number, its raw text, its fields as kept, the fault, and the mark of what it says."""

    number: int
    raw: str
    values: dict[str, Any]
    fault: Fault
    mark: bytes


class First(NamedTuple):
    """The held row that a repeated one repeats, and the matter it became once it was mended."""

    held_id: int
    matter_id: int | None


def mark_of(raw: bytes, values: Mapping[str, str], *, interface: str, force_id: int) -> bytes:
    """What a row says as one hash: its fields that are not empty, or its bytes where no field can be told."""
    said = sorted((name, value.strip()) for name, value in values.items() if value.strip())
    told: Any = said or raw.strip().hex()
    return hashlib.sha256(json.dumps([interface, force_id, told]).encode()).digest()


def hold_once(
    rows: Sequence[Doubtful], *, interface: str, file_id: int, today: date, at: datetime
) -> dict[int, First]:
    """Hold the rows of a file that are not held already; by row number, what each of the others repeats.

    A row that can never become a record is refused each time it comes: it leaves nobody anything to do. A row that a
    person refused is held anew, which is the way back from a refusal made in error.
    """

    def as_held(some: Sequence[Doubtful]) -> list[tuple[Any, ...]]:
        faults = [(row.number, row.raw, row.values, row.fault) for row in some]
        return what_is_held(faults, interface=interface, file_id=file_id, today=today, at=at)

    never = [row for row in rows if row.fault.refused]
    # in the order of their marks, so that two chunks cannot lock each other out
    doubtful = sorted((row for row in rows if not row.fault.refused), key=lambda row: (row.mark, row.number))
    fresh = _insert([row.mark for row in doubtful], as_held(doubtful))
    repeated = [row for row in doubtful if row.number not in fresh]
    first = _known([row.mark for row in repeated], last_day(today)) if repeated else {}
    # a row whose first a person refused, or whose last day passed, at this very moment is held too, without a mark
    keep_held(as_held([*never, *(row for row in repeated if row.mark not in first)]))
    return {row.number: first[row.mark] for row in repeated if row.mark in first}


_INSERT = """
INSERT INTO messages_helditem (same_mark, row_number, raw, "values", field, value, reason, remedy, cause, state,
    settled_at, settled_why, interface, file_id, message_id, matter_id, held_at, retain_until)
SELECT decode(x ->> 0, 'hex'), (x ->> 1)::int, x ->> 2, x -> 3, x ->> 4, x ->> 5, x ->> 6, x ->> 7, x ->> 8, x ->> 9,
    (x ->> 10)::timestamptz, x ->> 11, x ->> 12, (x ->> 13)::bigint, (x ->> 14)::bigint, (x ->> 15)::bigint,
    (x ->> 16)::timestamptz, (x ->> 17)::date
FROM jsonb_array_elements(%s::jsonb) AS x
ON CONFLICT (same_mark) DO NOTHING RETURNING row_number
"""


def _insert(marks: list[bytes], held: list[tuple[Any, ...]]) -> set[int]:
    """Hold the rows of these marks that nobody held before; their numbers."""
    if not held:
        return set()
    told = [[mark.hex(), *each] for mark, each in zip(marks, held, strict=True)]
    return {number for (number,) in bound(_INSERT, json.dumps(told, default=_iso))}


def _iso(moment: date) -> str:
    return moment.isoformat()


_AGAIN = """
UPDATE messages_helditem h SET retain_until =
    CASE WHEN h.matter_id IS NULL THEN greatest(h.retain_until, %s) ELSE h.retain_until END
FROM (SELECT id FROM messages_helditem WHERE same_mark = ANY (%s) ORDER BY id FOR UPDATE) AS again
WHERE h.id = again.id AND h.same_mark IS NOT NULL RETURNING h.same_mark, h.id, h.matter_id
"""


def _known(marks: list[bytes], until: date) -> dict[bytes, First]:
    """The held rows of these marks, kept as long as what has come again just now: one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_AGAIN, [until, marks])
        return {bytes(mark): First(held_id, matter_id) for mark, held_id, matter_id in cursor.fetchall()}
