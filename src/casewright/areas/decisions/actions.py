"""Recording decisions in sets, with the facts and values they rest on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from casewright import law
from casewright.areas.decisions.models import Decision, Finding
from casewright.foundation.copying import copy_rows, keep_once


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
                law.VERSION,
                by and by.id,
                at,
                "taken",
            )
            for d, kept in zip(decisions, told, strict=True)
        ],
    )
