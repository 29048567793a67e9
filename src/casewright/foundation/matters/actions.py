"""What is done to any matter, whatever its kind: take it, note on it, link it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F

from casewright.foundation.journal.record import Line, record
from casewright.foundation.lifecycle import NOT_THERE, NotAllowed, NotYours
from casewright.foundation.matters.models import Link, Matter, Note
from casewright.foundation.matters.rights import must_hold, visible_to

NOTE_LIMIT = 4000


def take(*, matter_ids: Iterable[int], by: Any, at: datetime) -> int:
    """Take open matters as one's own; returns how many changed hands."""
    must_hold(by, "matter.take")
    ids = list(
        visible_to(by)
        .filter(id__in=list(matter_ids), closed_at__isnull=True)
        .exclude(owner_id=by.id)
        .order_by("id")
        .select_for_update(of=("self",))
        .values_list("id", flat=True)
    )
    Matter.objects.filter(id__in=ids).update(owner_id=by.id, version=F("version") + 1)
    record([Line("matters.take", matter_id) for matter_id in ids], by=by.id, at=at)
    return len(ids)


def note(*, matter_id: int, text: str, by: Any, at: datetime) -> Note:
    """Write a note on a matter.

    :raises NotAllowed: if it is empty, too long or on a matter this person may not see
    """
    must_hold(by, "matter.note")
    text = text.strip()
    if not text or len(text) > NOTE_LIMIT:
        raise NotAllowed(
            f"A note needs between 1 and {NOTE_LIMIT:,} characters; this one has {len(text):,}. "
            "What you typed is kept below."
        )
    matter = visible_to(by).filter(id=matter_id).first()
    if matter is None:
        raise NotYours("There is no such matter for you.", NOT_THERE)
    written = Note.objects.create(matter=matter, text=text, by=by, at=at)
    record([Line("matters.note", matter.id, "note", written.id, text=text)], by=by.id, at=at)
    return written


def link(*, matter_id: int, other_id: int, how: str, by: Any, at: datetime) -> Link:
    """Record that two matters belong together (once per way)."""
    made, fresh = Link.objects.get_or_create(matter_id=matter_id, other_id=other_id, how=how)
    if fresh:
        record([Line("matters.link", matter_id, "matter", other_id, {"how": how})], by=by and by.id, at=at)
    return made


def name_keys(name: str) -> list[str]:
    """What a name is found by: as it stands, and with its last word, the family name, first."""
    whole = folded(name)
    first, _, last = whole.rpartition(" ")
    return [key[:200] for key in ([whole, f"{last} {first}"] if first else [whole])]


def folded(words: str) -> str:
    """Words as they are searched: accents removed, lower case, single spaces (the server's collation is not used)."""
    plain = unicodedata.normalize("NFKD", words)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())
