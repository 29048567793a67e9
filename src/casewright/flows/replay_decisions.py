"""Replaying decisions in sets: today's code over the stored facts and values, or under changed settings.

Like facts with a like finding are decided once. What differs is listed with its rules and options; a difference that
the register of the law data names whole (law/data/explained.toml) is explained.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from casewright.areas.decisions.models import Decision, Finding
from casewright.foundation.clock import LONDON
from casewright.foundation.matters.models import Matter
from casewright.law import explained, replaying
from casewright.law.explained import Explained
from casewright.law.replaying import Changed

CHUNK = 2000
MOST_REMEMBERED = 50_000
MOMENT = re.compile(r'"offence_at": "([^"]+)"')
NOT_HELD: dict[str, Any] = {"taken_title": "", "reasons": [], "rules": [], "options": []}


Likeness = tuple[UUID, str]


class Stored(NamedTuple):
    """A decision as a replay reads it; facts as JSON text."""

    id: int
    matter_id: int
    kind: str
    law_version: str
    told_id: UUID
    facts: str


class Difference(NamedTuple):
    """One decision of which law would say otherwise, what differs, and the entries that explain all of it."""

    decision_id: int
    matter_id: int
    kind: str
    law_version: str
    changed: Changed
    entries: tuple[Explained, ...] = ()

    @property
    def was(self) -> str:
        """What law would have taken then, in words."""
        return str(self.changed.then["taken_title"])

    @property
    def now(self) -> str:
        """What it would take now, in words; why it can no longer be decided, if so."""
        return self.changed.refusal or str(self.changed.now["taken_title"])

    @property
    def now_reasons(self) -> str:
        """Why, as law gives it now."""
        return self.changed.refusal or " ".join(self.changed.now["reasons"])


@dataclass
class Replay:
    """One replay: the settings tried, the register, and how many were replayed so far.

    With settings tried, only what would come out otherwise is a difference, and nothing needs to be explained.
    `told` is called after each chunk with how many are replayed, of how many.
    """

    under: Mapping[str, Any] = field(default_factory=dict)
    register: Sequence[Explained] = field(default_factory=explained.register)
    replayed: int = 0
    decided: int = 0
    other_kinds: int = 0
    told: Callable[[int, int], None] | None = None
    _known: dict[Likeness, Changed | None] = field(default_factory=dict)

    def of(self, rows: QuerySet[Decision]) -> Iterator[Difference]:
        """Replay a set of decisions over a server-side cursor, a chunk at a time; yield those that differ."""
        self.other_kinds = rows.exclude(kind__in=replaying.KINDS).count()
        names = ("id", "matter_id", "kind", "law_version", "told_id")
        read = rows.filter(kind__in=replaying.KINDS).order_by("id")
        of = read.count() if self.told else 0
        with transaction.atomic():
            found = read.values_list(*names, Cast("facts", TextField())).iterator(chunk_size=CHUNK)
            stored = (Stored(*row) for row in found)
            while chunk := list(islice(stored, CHUNK)):
                yield from self.chunk(chunk)
                if self.told:
                    self.told(self.replayed, of)

    def chunk(self, rows: Sequence[Stored]) -> Iterator[Difference]:
        """Replay one chunk: one statement for the findings not decided on before."""
        if len(self._known) > MOST_REMEMBERED:
            self._known.clear()
        keys = [_likeness(row) for row in rows]
        told = _findings({key[0] for key in keys if key not in self._known})
        for row, key in zip(rows, keys, strict=True):
            if key not in self._known:
                self._known[key] = self._again(row, told.get(row.told_id))
            self.replayed += 1
            changed = self._known[key]
            if changed is not None:
                yield self._difference(row, changed)

    def _again(self, row: Stored, then: dict[str, Any] | None) -> Changed | None:
        self.decided += 1
        if then is None:
            return Changed(NOT_HELD, NOT_HELD, refusal="What law said of it is not held.")
        changed = replaying.replay(json.loads(row.facts), then, self.under)
        if self.under and changed and not changed.comes_out_otherwise:
            return None  # under another figure the sentences that name it always differ
        return changed

    def _difference(self, row: Stored, changed: Changed) -> Difference:
        entries: tuple[Explained, ...] = ()
        if not self.under:
            entries = explained.explain(
                changed.grounds, kind=row.kind, law_version=row.law_version, under=self.register
            )
        return Difference(row.id, row.matter_id, row.kind, row.law_version, changed, entries)


def _likeness(row: Stored) -> Likeness:
    """All that the replay of a decision can rest on: its finding and facts, of a detection's moment the London day.

    No rule looks at the time of day of a detection (a test of its intake holds this).
    """
    moment = MOMENT.search(row.facts) if row.kind == "detection" else None
    if moment is None:
        return row.told_id, row.facts
    day = datetime.fromisoformat(moment[1]).astimezone(LONDON).date()
    return row.told_id, f"{row.facts[: moment.start(1)]}{day}{row.facts[moment.end(1) :]}"


def _findings(ids: set[UUID]) -> dict[UUID, dict[str, Any]]:
    if not ids:
        return {}
    return dict(Finding.objects.filter(id__in=ids).values_list("id", "content"))


def stored_decisions(*, everything: bool = False) -> QuerySet[Decision]:
    """The decisions that stand on open matters, or every one that was ever kept."""
    if everything:
        return Decision.objects.all()
    return Decision.objects.filter(matter__closed_at=None).exclude(state="replaced")


def with_references(found: Iterable[Difference]) -> Iterator[tuple[str, Difference]]:
    """Differences with the references of their matters: one statement a chunk."""
    waiting = iter(found)
    while chunk := list(islice(waiting, CHUNK)):
        ids = {each.matter_id for each in chunk}
        references = dict(Matter.objects.filter(id__in=ids).values_list("id", "reference"))
        yield from ((references.get(each.matter_id, ""), each) for each in chunk)


def replay(decisions: Iterable[Decision], *, under: Mapping[str, Any] | None = None) -> list[Difference]:
    """Decide decisions already fetched again and list those of which law would say otherwise.

    :param under: settings to try instead of those kept with each decision, such as {"speed.start.30": 36}
    """
    run = Replay(under or {})
    rows = [
        Stored(d.id, d.matter_id, d.kind, d.law_version, d.told_id, json.dumps(d.facts))
        for d in decisions
        if d.kind in replaying.KINDS
    ]
    return [found for n in range(0, len(rows), CHUNK) for found in run.chunk(rows[n : n + CHUNK])]
