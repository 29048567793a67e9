"""Writing to the journal. Every action ends here; an entry is in the same transaction as its change."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from casewright.foundation.copying import copy_rows, reserve_ids
from casewright.foundation.journal.models import Consultation, Entry, EntryText, Operation

NOTHING: dict[str, Any] = {}  # an entry without facts; never written to


class Line(NamedTuple):
    """What one entry says: a verb with a sentence template, what it is about, ids and codes, and erasable words."""

    verb: str
    matter_id: int | None = None
    subject_kind: str = ""
    subject_id: int | None = None
    facts: dict[str, Any] = NOTHING
    text: str = ""
    authority: str = ""
    operation: str = Operation.ALTERATION


_ENTRY = (
    "id",
    "at",
    "verb",
    "operation",
    "actor_id",
    "matter_id",
    "subject_kind",
    "subject_id",
    "facts",
    "authority",
    "text_hash",
)
_TEXT = ("at", "entry_id", "matter_id", "salt", "text")


def record(lines: Iterable[Line], *, by: int | None, at: datetime) -> None:
    """Append a set of lines in a constant number of statements.

    :param by: user id of the actor; None is the system itself
    :param at: aware moment of the act
    """
    lines = list(lines)
    ids = reserve_ids(Entry, len(lines))
    texts: list[tuple[Any, ...]] = []
    rows = []
    for entry_id, line in zip(ids, lines, strict=True):
        digest = ""
        if line.text:
            salt = secrets.token_hex(16)
            digest = hashlib.sha256((salt + line.text).encode()).hexdigest()
            texts.append((at, entry_id, line.matter_id, salt, line.text))
        rows.append(
            (
                entry_id,
                at,
                line.verb,
                line.operation,
                by,
                line.matter_id,
                line.subject_kind,
                line.subject_id,
                line.facts,
                line.authority,
                digest,
            )
        )
    if rows:
        copy_rows(Entry, _ENTRY, rows)
    if texts:
        copy_rows(EntryText, _TEXT, texts)


def consulted(
    *,
    by: int,
    page: str,
    at: datetime,
    matter_id: int | None = None,
    reason: str = "",
    shown: dict[str, Any] | None = None,
) -> None:
    """Log that a person was shown a page (DPA 2018 s.62(1)(c)): one INSERT."""
    Consultation.objects.create(
        at=at, actor_id=by, matter_id=matter_id, page=page, reason=reason, shown=shown or {}
    )
