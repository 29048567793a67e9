"""Starting, meeting, stopping and superseding clocks, always a set at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q

from casewright import law
from casewright.areas.deadlines.facts import last_day, outer_day
from casewright.areas.deadlines.models import Deadline, Working
from casewright.foundation.copying import copy_rows, keep_once
from casewright.foundation.journal.record import Line, record


class Clock(NamedTuple):
    """A clock to start: whose, what law said, and which flow moves when it has run out.

    `promised` is a later day that we have told the person ourselves, as a letter prints one: nothing is held against
    anybody before it has passed, so it becomes the outer limit.
    """

    matter_id: int
    subject_kind: str
    subject_id: int
    subject_label: str
    finding: law.Finding
    mover: str
    promised: date | None = None


_COLUMNS = (
    "matter_id",
    "subject_kind",
    "subject_id",
    "subject_label",
    "mover",
    "rule_id",
    "act_by",
    "outer_limit",
    "produce_by",
    "post_by",
    "consequence",
    "state",
    "told_id",
    "law_version",
    "started_at",
    "proof",
)


_REPLACED = """
UPDATE deadlines_deadline o SET replaced_by_id = n.id FROM deadlines_deadline n
WHERE o.id = ANY(%s) AND n.state = 'running' AND n.matter_id = o.matter_id AND n.subject_kind = o.subject_kind
  AND n.subject_id = o.subject_id AND n.rule_id = o.rule_id RETURNING o.id, n.id
"""


def start(clocks: Iterable[Clock], *, at: datetime) -> None:
    """Start clocks in one COPY. The caller journals the act that started them."""
    clocks = list(clocks)
    distinct = {id(each.finding): each.finding for each in clocks}
    kept = keep_once(Working, [json.dumps(f.as_json(), sort_keys=True) for f in distinct.values()])
    told = {key: _told(f, kept_id, at) for (key, f), kept_id in zip(distinct.items(), kept, strict=True)}
    if clocks:
        copy_rows(Deadline, _COLUMNS, [_row(each, told[id(each.finding)]) for each in clocks])


def _row(each: Clock, told: tuple[Any, ...]) -> tuple[Any, ...]:
    row = (each.matter_id, each.subject_kind, each.subject_id, each.subject_label, each.mover, *told)
    if each.promised is None:
        return row
    outer = _COLUMNS.index("outer_limit")
    return (*row[:outer], max(row[outer], each.promised), *row[outer + 1 :])


def _promised(old: Deadline) -> date | None:
    """The later day a person was told, where the old clock had one: counting again does not take it back."""
    lawful = (old.working["outer_limit"] or old.working["act_by"])[:10]
    return old.outer_limit if old.outer_limit.isoformat() > lawful else None


def _told(finding: law.Finding, kept_id: str, at: datetime) -> tuple[Any, ...]:
    """What every clock of one finding has in common, from its rule on: dates, consequence, working and version."""
    steps = {step.key: step.on for step in finding.steps}
    dates = (last_day(finding), outer_day(finding), steps.get("produce_by"), steps.get("post_by"))
    return (finding.rule_id, *dates, finding.consequence, "running", kept_id, law.VERSION, at, "{}")


def meet(*, of: Q, proof: dict[str, Any], at: datetime) -> int:
    """Mark running clocks as met, with the proof of it; one statement."""
    return Deadline.objects.filter(of, state="running").update(state="met", ended_at=at, proof=proof)


def end(*, of: Q, state: str, at: datetime) -> int:
    """Mark running clocks as missed or stopped; one statement."""
    return Deadline.objects.filter(of, state="running").update(state=state, ended_at=at)


def supersede(
    *, deadlines: Sequence[Deadline], findings: Sequence[law.Finding], why: str, by: Any, at: datetime
) -> list[Deadline]:
    """Replace open clocks by newly computed ones; the old keep their working and point to the new.

    The caller has locked the old. Returns the new in the same order: a constant number of statements.
    """
    ids = [d.id for d in deadlines]
    Deadline.objects.filter(id__in=ids, state="running").update(state="superseded", ended_at=at)
    start(
        [
            Clock(d.matter_id, d.subject_kind, d.subject_id, d.subject_label, f, d.mover, _promised(d))
            for d, f in zip(deadlines, findings, strict=True)
        ],
        at=at,
    )
    with connection.cursor() as cursor:
        cursor.execute(_REPLACED, [ids])
        replaced_by = dict(cursor.fetchall())
    fresh = Deadline.objects.in_bulk(list(replaced_by.values()))
    replaced = [fresh[replaced_by[d.id]] for d in deadlines]
    lines = [_superseded(old, new, why) for old, new in zip(deadlines, replaced, strict=True)]
    record(lines, by=by and by.id, at=at)
    return replaced


def _superseded(old: Deadline, new: Deadline, why: str) -> Line:
    """The journal's line: the first of the clock's days that moved, as it was and as it is."""
    days = ("produce_by", "post_by", "act_by", "outer_limit")
    moved = next((day for day in days if getattr(old, day) != getattr(new, day)), "act_by")
    was, now = (str(getattr(clock, moved)) for clock in (old, new))
    facts = {"rule": old.rule_id, "day": moved, "was": was, "now": now}
    return Line("deadlines.supersede", old.matter_id, "deadline", old.id, facts, why)
