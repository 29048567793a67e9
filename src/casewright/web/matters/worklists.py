"""Worklists: a set of open matters in the order of what missing them would cost, a page at a time.

Rank is band, then consequence, then time left. The band of later work is ordered by the day it must begin alone, so
that it can be paged by its index however long it is; what has begun is found by the same index, which costs as much
as is due, not as much as is open. A page starts after the last row seen; nothing is skipped by counting.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from casewright.areas.deadlines.queries import rules_of
from casewright.foundation.matters.models import Consequence, Matter, MatterStatus
from casewright.foundation.matters.rights import visible_to
from casewright.foundation.parties.models import Party, Vehicle
from casewright.web import bands, words

PAGE = 50
MOST_COUNTED = 1_000
BANDS = ("late", "today", "lead", "later")
_PEOPLE_FIRST = ("driver", "keeper")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which matters: ``of`` is mine, unit, or the name of a queue; ``bars`` only those that passing loses."""

    of: str = "mine"
    bars: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a worklist.

    ``left`` is whole days to the next act, negative once passed, None when there is no day.
    """

    id: int
    href: str
    reference: str
    left: int | None
    lead: int
    bars: bool
    worth: int
    act_by: date | None
    act: str
    mark: str
    person: str
    matter: str
    stands_at: str
    tone: str
    owner: str
    flag: str
    rule: str


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one band, and how many the band holds in all, in words."""

    band: str
    count: int
    count_words: str
    rows: list[Row]

    @property
    def shown(self) -> int:
        """How many of its rows this page shows."""
        return len(self.rows)


def page(
    actor: Any,
    asked: Asked,
    *,
    today: date,
    after: tuple[str, int, date, int] | None = None,
    size: int = PAGE,
) -> list[Group]:
    """The bands of a worklist with their first rows after ``after``: at most eleven statements."""
    open_ones = _asked_for(actor, asked)
    found: dict[str, list[Matter]] = {}
    room = size
    for name in BANDS:
        if after and BANDS.index(name) < BANDS.index(after[0]):
            continue
        found[name] = list(_from(_ranked(_in_band(open_ones, name, today), name), name, after)[:room])
        room -= len(found[name])
    rows = _rows([each for one in found.values() for each in one], today, asked.of)
    counts = {name: _count(_in_band(open_ones, name, today)) for name in BANDS}
    return [
        Group(name, counts[name], _said(counts[name]), [rows[each.id] for each in found.get(name, ())])
        for name in BANDS
        if counts[name]
    ]


def counts(actor: Any, asked: Asked, *, today: date) -> dict[str, int]:
    """How many matters stand in each band, each count stopping at a thousand: four statements."""
    open_ones = _asked_for(actor, asked)
    return {name: _count(_in_band(open_ones, name, today)) for name in BANDS}


def queue_counts(actor: Any, queues: Sequence[str]) -> dict[str, int]:
    """How many open matters wait in each queue, each count stopping at a thousand."""
    return {queue: _count(_asked_for(actor, Asked(of=queue))) for queue in queues}


def following(actor: Any, asked: Asked, matter: Matter, *, today: date) -> Matter | None:
    """The matter after this one in a worklist's own order: at most four statements."""
    left = (matter.next_act_by - today).days if matter.next_act_by else None
    place = bands.band(left, matter.next_lead_days)
    day = _day_in(place, matter.next_act_by, matter.next_lead_days)
    seen = (place, matter.next_consequence, day, matter.id)
    open_ones = _asked_for(actor, asked)
    for name in BANDS[BANDS.index(place) :]:
        if found := _from(_ranked(_in_band(open_ones, name, today), name), name, seen).first():
            return found
    return None


def band_of(row: Row) -> str:
    """The band of a line."""
    return bands.band(row.left, row.lead)


def left_words(row: Row) -> str:
    """``5 days``, ``today``, or nothing where no day is set."""
    return words.days_left(row.left)


def last_seen(groups: Sequence[Group], size: int = PAGE) -> str:
    """Where the next page begins, as an opaque mark; empty when all were shown."""
    shown = [(group.band, row) for group in groups for row in group.rows]
    if len(shown) < size:
        return ""
    band, row = shown[-1]
    return f"{band}.{row.worth}.{_day_in(band, row.act_by, row.lead):%Y%m%d}.{row.id}"


def read_mark(mark: str) -> tuple[str, int, date, int] | None:
    """The mark of a page as it was given out; None for anything else."""
    try:
        band, worth, day, row = mark.split(".")
        return (band, int(worth), date.fromisoformat(day), int(row)) if band in BANDS else None
    except ValueError:
        return None


def _asked_for(actor: Any, asked: Asked) -> QuerySet[Matter]:
    found = visible_to(actor).filter(closed_at__isnull=True)
    if asked.of == "mine":
        found = found.filter(owner_id=actor.id)
    elif asked.of != "unit":
        found = found.filter(queue=asked.of)
    return found.filter(next_consequence__lte=Consequence.BAR) if asked.bars else found


def _day_in(band: str, act_by: date | None, lead: int) -> date:
    """The day by which a band puts a matter in its place."""
    if act_by is None:
        return date.max
    return act_by - timedelta(lead) if band == "later" else act_by


def _in_band(matters: QuerySet[Matter], name: str, today: date) -> QuerySet[Matter]:
    """Matters of one band by day; the days a piece of work needs are its own."""
    if name == "later":
        return matters.filter(next_start_on__gt=today)
    begun = matters.filter(next_start_on__lte=today)  # of its index; what is due has begun
    if name == "lead":
        return begun.filter(next_act_by__gt=today)
    return begun.filter(next_act_by=today) if name == "today" else begun.filter(next_act_by__lt=today)


def _ranked(matters: QuerySet[Matter], name: str) -> QuerySet[Matter]:
    if name == "later":
        return matters.order_by("next_start_on", "id")
    return matters.order_by("next_consequence", "next_act_by", "id")


def _from(matters: QuerySet[Matter], name: str, after: tuple[str, int, date, int] | None) -> QuerySet[Matter]:
    """The rows that follow the last one seen in this band's own order."""
    found = matters.select_related("owner")
    if not after or after[0] != name:
        return found
    _, worth, day, row = after
    if name == "later":
        nearer = Q(next_start_on__gt=day) | Q(next_start_on=day, id__gt=row)
        return found.filter(nearer, next_start_on__gte=day)
    nearer = Q(next_act_by__gt=day) | Q(next_act_by=day, id__gt=row)
    return found.filter(Q(next_consequence__gt=worth) | Q(next_consequence=worth) & nearer)


def _count(matters: QuerySet[Matter]) -> int:
    return matters.order_by().values("id")[:MOST_COUNTED].count()


def _said(count: int) -> str:
    return f"{MOST_COUNTED:,} matters or more" if count >= MOST_COUNTED else words.counted(count, "matter")


def _rows(matters: Sequence[Matter], today: date, of: str) -> dict[int, Row]:
    """The lines themselves, with marks, people, the words of each status and the rule of each day: four statements."""
    ids = [each.id for each in matters]
    marks = dict(
        Vehicle.objects.filter(matter_id__in=ids)
        .order_by("-id")
        .values_list("matter_id", "registration_mark")
    )
    people = people_of(ids)
    titles = {
        (kind, status): (title, waits)
        for kind, status, title, waits in MatterStatus.objects.values_list("kind", "status", "title", "waits")
    }
    rules = rules_of({each.id: each.next_act_by for each in matters if each.next_act_by})
    return {
        each.id: _row(
            each, marks.get(each.id, ""), people.get(each.id, ""), titles, today, of, rules.get(each.id, "")
        )
        for each in matters
    }


def people_of(matter_ids: Sequence[int]) -> dict[int, str]:
    """The person each matter is about: its driver where one is known, else its keeper. One statement."""
    found: dict[int, tuple[int, str]] = {}
    for matter_id, role, name in (
        Party.objects.filter(matter_id__in=matter_ids).order_by("id").values_list("matter_id", "role", "name")
    ):
        rank = _PEOPLE_FIRST.index(role) if role in _PEOPLE_FIRST else len(_PEOPLE_FIRST)
        if matter_id not in found or rank <= found[matter_id][0]:
            found[matter_id] = (rank, name)
    return {matter_id: name for matter_id, (_, name) in found.items()}


def _row(
    each: Matter,
    mark: str,
    person: str,
    titles: dict[tuple[str, str], tuple[str, bool]],
    today: date,
    of: str,
    rule: str,
) -> Row:
    title, waits = titles.get((each.kind, each.status), (each.status, False))
    left = (each.next_act_by - today).days if each.next_act_by else None
    return Row(
        each.id,
        f"{reverse('matter', kwargs={'matter_id': each.id})}?of={of}",
        each.reference,
        left,
        each.next_lead_days,
        each.next_consequence <= Consequence.BAR,
        each.next_consequence,
        each.next_act_by,
        each.next_act,
        mark,
        person,
        each.title.removeprefix("Camera, "),
        title,
        "wait" if waits else "",
        each.owner.name if each.owner else "",
        each.next_flag,
        rule,
    )
