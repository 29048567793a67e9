"""Writing to the journal. Every action ends here; an entry is in the same transaction as its change."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from casewright.foundation.copying import copy_rows, reserve_ids
from casewright.foundation.journal.models import Entry, EntryText, Operation
from casewright.foundation.journal.whence import source, stands_in_for

NOTHING: dict[str, Any] = {}  # an entry without facts; never written to


class Line(NamedTuple):
    """What one entry says: a verb with a sentence template, what it is about, ids and codes, and erasable words.

    The facts of a whole chunk's entries may be JSON text already, which is written as it is.
    """

    verb: str
    matter_id: int | None = None
    subject_kind: str = ""
    subject_id: int | None = None
    facts: dict[str, Any] | str = NOTHING
    text: str = ""
    authority: str = ""
    operation: str = Operation.ALTERATION
    reason: str = ""
    recipient: str = ""


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
    "for_id",
    "reason",
    "recipient",
    "source",
)
_TEXT = ("at", "entry_id", "matter_id", "salt", "text")


def record(lines: Iterable[Line], *, by: int | None, at: datetime, for_: int | None = None) -> None:
    """Append a set of lines in a constant number of statements. Words need their entries' ids first.

    :param by: user id of the actor; None is the system itself
    :param at: aware moment of the act
    :param for_: user id of the person the actor stood in for; by default whoever the door said (`whence`)
    """
    lines = list(lines)
    stood_in = (for_ if for_ is not None else stands_in_for()) if by is not None else None
    told = _Told(at, by, stood_in, source())
    if any(line.text for line in lines):
        _with_words(lines, told)
    else:
        copy_rows(Entry, _ENTRY[1:], [told.row(line) for line in lines])


class _Told(NamedTuple):
    """What all lines of one act share: when, who, for whom, from where."""

    at: datetime
    by: int | None
    stood_in: int | None
    came: str

    def row(self, line: Line, digest: str = "") -> tuple[Any, ...]:
        """One line's row, without its id."""
        return (
            self.at,
            line.verb,
            line.operation,
            self.by,
            line.matter_id,
            line.subject_kind,
            line.subject_id,
            line.facts,
            line.authority,
            digest,
            self.stood_in,
            line.reason,
            line.recipient,
            self.came,
        )


def _with_words(lines: list[Line], told: _Told) -> None:
    salted = [salted_hash(line.text) for line in lines]
    ids = reserve_ids(Entry, len(lines))
    each = list(zip(ids, lines, salted, strict=True))
    copy_rows(Entry, _ENTRY, [(i, *told.row(line, digest)) for i, line, (_, digest) in each])
    texts = [(told.at, i, line.matter_id, salt, line.text) for i, line, (salt, _) in each if line.text]
    copy_rows(EntryText, _TEXT, texts)


def salted_hash(words: str) -> tuple[str, str]:
    """A fresh salt and the hash of it with the words (SHA-256, hexadecimal); both empty where there are none."""
    if not words:
        return "", ""
    salt = secrets.token_hex(16)
    return salt, hashlib.sha256((salt + words).encode()).hexdigest()
