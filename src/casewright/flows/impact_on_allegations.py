"""What changed settings would do to the open allegations: each disposed of by law as it stands, and as tried.

Nothing is changed by looking. A person may decide otherwise; this is what law and policy would take today on what the
record holds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

from django.db import transaction

from casewright import law
from casewright.areas.traffic import facts as bridge
from casewright.areas.traffic.models import Allegation
from casewright.foundation.policy import queries as policy
from casewright.foundation.reference.queries import calendar
from casewright.law import replaying, traffic
from casewright.law.replaying import Changed, Said, standing

CHUNK = 2000
MOST_REMEMBERED = 50_000
Settings = Callable[[int], Mapping[str, Any]]


class Otherwise(NamedTuple):
    """One open allegation that would be disposed of otherwise."""

    reference: str
    number: int
    changed: Changed

    @property
    def was(self) -> str:
        """What law and policy take today, in words."""
        return self._side(self.changed.then, [each.then for each in self.changed.options])

    @property
    def now(self) -> str:
        """What they would take, in words."""
        return self._side(self.changed.now, [each.now for each in self.changed.options])

    def _side(self, said: Said, options: Sequence[Said | None]) -> str:
        """The option taken; where both sides hold it for a person, how the options stand that stand otherwise."""
        taken = str(said["taken_title"])
        if self.changed.then["taken_title"] != self.changed.now["taken_title"]:
            return taken
        pairs = zip(self.changed.options, options, strict=True)
        stand = [
            f"{option['title'].lower()}: {standing(option)}"
            for each, option in pairs
            if option and each.standing_differs
        ]
        return f"{taken} ({'; '.join(stand)})" if stand else taken

    @property
    def why(self) -> str:
        """Why, as law would give it."""
        return " ".join(self.changed.now["reasons"])


@dataclass
class Impact:
    """One look at the open allegations: the settings tried, the day, and how many were asked about so far.

    `undecided`: how many law gives no answer on, for want of a fact or because facts contradict each other.
    """

    tried: Mapping[str, Any]
    on: date
    asked: int = 0
    undecided: int = 0
    _known: dict[tuple[int, str], Changed | None] = field(default_factory=dict)

    def all(self) -> Iterator[Otherwise]:
        """The open allegations that would come out otherwise, over a server-side cursor, in constant statements."""
        rows = (
            Allegation.objects.filter(status="alleged", incident__matter__closed_at=None)
            .select_related("incident__matter", "incident__site")
            .order_by("id")
        )
        own: Settings = cache(lambda force_id: policy.in_force(force_id=force_id, on=self.on))
        with transaction.atomic():
            read = rows.iterator(chunk_size=CHUNK)
            while chunk := list(islice(read, CHUNK)):
                yield from self._of(chunk, own)

    def _of(self, chunk: Sequence[Allegation], own: Settings) -> Iterator[Otherwise]:
        if len(self._known) > MOST_REMEMBERED:
            self._known.clear()
        facts, days = bridge.allegations_facts(chunk), calendar()
        for each in chunk:
            matter = each.incident.matter
            key = (matter.force_id, json.dumps(facts[each.id], sort_keys=True))
            self.asked += 1
            try:
                if key not in self._known:
                    self._known[key] = self._between(facts[each.id], own(matter.force_id), days)
            except (law.InvalidFacts, law.NoLawInForce):
                self.undecided += 1
                continue
            if changed := self._known[key]:
                yield Otherwise(matter.reference, each.number, changed)

    def _between(
        self, facts: Mapping[str, Any], own: Mapping[str, Any], days: law.Calendar
    ) -> Changed | None:
        """What differs between today's figures and the tried ones, where it comes out otherwise."""
        then, now = (
            traffic.decide(facts, on=self.on, policy=figures, calendars=days).as_json()
            for figures in (own, {**own, **self.tried})
        )
        changed = replaying.compare(then, now)
        return changed if changed and changed.comes_out_otherwise else None
