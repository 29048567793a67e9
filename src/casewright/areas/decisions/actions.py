"""Recording decisions in sets, with the facts and values they rest on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from casewright import law
from casewright.areas.decisions.models import Decision, Finding
from casewright.foundation.copying import copy_rows, keep_once
from casewright.foundation.journal.record import Line, record


class Taken(NamedTuple):
    """A decision to keep: on what, which option, on which finding and facts (JSON texts).

    `reasons` are a person's; where law alone decided they are in its finding and not written again.
    """

    matter_id: int
    subject_kind: str
    subject_id: int
    subject_label: str
    kind: str
    taken: str
    taken_title: str
    finding: str
    facts: str
    reasons: str = ""
    structure: str = "{}"
    awaits: str = ""
    review_on: date | None = None


_COLUMNS = (
    "matter_id",
    "subject_kind",
    "subject_id",
    "subject_label",
    "kind",
    "taken",
    "taken_title",
    "told_id",
    "facts",
    "reasons",
    "structure",
    "awaits",
    "review_on",
    "law_version",
    "by_id",
    "at",
    "state",
)


def record_taken(decisions: Iterable[Taken], *, by: Any, at: datetime) -> None:
    """Keep decisions in one COPY. The act that carries them out journals it."""
    decisions = list(decisions)
    told = keep_once(Finding, [d.finding for d in decisions])
    copy_rows(
        Decision,
        _COLUMNS,
        [
            (
                d.matter_id,
                d.subject_kind,
                d.subject_id,
                d.subject_label,
                d.kind,
                d.taken,
                d.taken_title,
                kept,
                d.facts,
                d.reasons,
                d.structure,
                d.awaits,
                d.review_on,
                law.VERSION,
                by and by.id,
                at,
                "provisional" if d.awaits else "taken",
            )
            for d, kept in zip(decisions, told, strict=True)
        ],
    )


# What may be awaited by a provisional decision: each is an act that the product itself sees happen.
AWAITED = {
    "keeper": "The keeper's name",
    "answer": "The answer to the requirement, or its default",
    "note": "A note: a statement, a report or a document that a colleague records",
    "day": "Only the day of review",
}


def wake(*, matter_ids: Iterable[int], item: str, at: datetime) -> int:
    """Wake the provisional decisions that await an item on these matters: it has come, they are to be looked at.

    One statement to wake, one to journal; returns how many.
    """
    waiting = Decision.objects.filter(
        matter_id__in=list(matter_ids), state="provisional", awaits=item, woken_at__isnull=True
    )
    found = list(waiting.order_by("id").values_list("id", "matter_id"))
    if found:
        Decision.objects.filter(id__in=[decision_id for decision_id, _ in found]).update(woken_at=at)
        told = {"item": AWAITED[item]}
        record([Line("decisions.wake", m, "decision", d, told) for d, m in found], by=None, at=at)
    return len(found)


def newest(*, subject_kind: str, subject_id: int, kind: str) -> Decision | None:
    """The decision of a kind that stands on a subject, or None: one statement."""
    found = Decision.objects.select_related("by").filter(
        subject_kind=subject_kind, subject_id=subject_id, kind=kind
    )
    return found.order_by("-id").first()


def replace_earlier(*, subject_kind: str, subject_id: int, kind: str) -> int:
    """Mark what was decided before on a subject as replaced; the new decision stands beside it. One statement."""
    earlier = Decision.objects.filter(subject_kind=subject_kind, subject_id=subject_id, kind=kind)
    return earlier.filter(state__in=("taken", "provisional")).update(state="replaced")
