"""My day: what is most dangerous, what comes then, what changed, what the unit waits for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count
from django.urls import reverse

from casewright import law
from casewright.areas.deadlines.models import Deadline
from casewright.foundation.journal.models import Entry
from casewright.foundation.reference.queries import calendar
from casewright.law.identifiers import spaced
from casewright.web import clocks, words
from casewright.web.matters import waiting, worklists
from casewright.web.matters.worklists import Asked, Group, Row

DANGEROUS = 3
THEN = 8
# How the last day's acts are counted on My day, for one and for more. An act without a line here (a copy taken, leave
# given) changed nothing in the work, and is not counted.
CHANGED = {
    "collisions.receive": ("collision received", "collisions received"),
    "collisions.receive_late": ("collision received too late", "collisions received too late"),
    "collisions.pass_time_limit": ("collision passed its time limit", "collisions passed their time limit"),
    "collisions.end": ("collision ended", "collisions ended"),
    "decisions.wake": ("awaited item come", "awaited items come"),
    "deadlines.supersede": ("day counted again", "days counted again"),
    "documents.hand_over_letter": ("letter with the printer", "letters with the printer"),
    "matters.hand_back": ("matter given back to its queue", "matters given back to their queues"),
    "matters.note": ("note written", "notes written"),
    "matters.take": ("matter taken on", "matters taken on"),
    "tasks.finish": ("task finished", "tasks finished"),
    "tasks.give": ("task given", "tasks given"),
    "traffic.accept_keeper": ("keeper named by DVLA", "keepers named by DVLA"),
    "traffic.cancel": ("matter cancelled", "matters cancelled"),
    "traffic.decide_allegation": ("allegation decided", "allegations decided"),
    "traffic.decide_default": ("default decided", "defaults decided"),
    "traffic.decide_provisionally": ("allegation decided provisionally", "allegations decided provisionally"),
    "traffic.end_late_notices": ("notice ended as too late", "notices ended as too late"),
    "traffic.end_time_barred": ("charge barred by time", "charges barred by time"),
    "traffic.name_keeper": ("keeper named after enquiry", "keepers named after enquiry"),
    "traffic.produce_notice": ("notice produced", "notices produced"),
    "traffic.receive": ("detection received", "detections received"),
    "traffic.record_default": (
        "requirement without an answer in time",
        "requirements without an answer in time",
    ),
    "traffic.record_posting": ("notice posted", "notices posted"),
    "traffic.refer_to_enquiries": ("keeper to be found by enquiry", "keepers to be found by enquiry"),
    "traffic.withdraw_notice": ("notice withdrawn", "notices withdrawn"),
}
_SAID = {
    "late": ("nothing has passed its day", "act, or record what happened"),
    "today": ("nothing ends today", "act before midnight"),
    "lead": ("nothing needs to start today", "start now or it will be late"),
    "later": ("nothing else is open", "time in hand"),
}


@dataclass(frozen=True, slots=True)
class Tile:
    """One band: how many, and a word on them."""

    band: str
    count: int
    said: str
    href: str
    more: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """What My day shows."""

    of: str
    tiles: tuple[Tile, ...]
    dangerous: tuple[clocks.Clock, ...]
    then: tuple[Row, ...]
    first_href: str
    changed: tuple[str, ...]
    waiting: tuple[tuple[str, str], ...]
    comes: str
    total: int
    total_words: str
    takes: bool
    officer: bool
    shown: tuple[int, ...]


def my_day(actor: Any, *, today: date, now: datetime) -> Day:
    """One's own matters, or the unit's where one has none of one's own."""
    asked = Asked("mine")
    groups = worklists.page(actor, asked, today=today, size=DANGEROUS + THEN)
    if not groups:
        asked = Asked("unit")
        groups = worklists.page(actor, asked, today=today, size=DANGEROUS + THEN)
    rows = [row for group in groups for row in group.rows]
    return Day(
        of=asked.of,
        tiles=_tiles(groups, asked.of),
        dangerous=_dangerous(rows[:DANGEROUS], today),
        then=tuple(rows[DANGEROUS:]),
        first_href=rows[0].href if rows else "",
        changed=_changed(rows, now),
        waiting=waiting.waiting(actor, today),
        comes=waiting.comes(actor),
        total=sum(group.count for group in groups),
        total_words=_in_all(groups),
        takes="matter.take" in actor.permissions,
        shown=tuple(row.id for row in rows),
        officer="matter.read" not in actor.permissions and "officer_in_case" in actor.role_names,
    )


def _tiles(groups: Sequence[Group], of: str) -> tuple[Tile, ...]:
    counts = {group.band: group.count for group in groups}
    href = f"{reverse('worklist')}?of={of}"
    return tuple(
        Tile(
            band,
            counts.get(band, 0),
            said[1] if counts.get(band) else said[0],
            f"{href}#{band}",
            counts.get(band, 0) >= worklists.MOST_COUNTED,
        )
        for band, said in _SAID.items()
    )


def _in_all(groups: Sequence[Group]) -> str:
    """How many matters in words; no more is said than was counted."""
    counts = [group.count for group in groups]
    if max(counts, default=0) >= worklists.MOST_COUNTED:
        return f"more than {words.counted(worklists.MOST_COUNTED, 'matter')}"
    return words.counted(sum(counts), "matter")


def _dangerous(rows: Sequence[Row], today: date) -> tuple[clocks.Clock, ...]:
    """The first rows with the working of the clock that makes them so: two statements."""
    kept: dict[int, Deadline] = {}
    for each in (
        Deadline.objects.select_related("told")
        .filter(matter_id__in=[row.id for row in rows], state="running")
        .order_by("-act_by", "-id")
    ):
        kept[each.matter_id] = each
    days = calendar()
    return tuple(_danger(row, kept.get(row.id), today, days) for row in rows)


def _danger(row: Row, kept: Deadline | None, today: date, days: law.Calendar) -> clocks.Clock:
    place = worklists.band_of(row)
    line = ", ".join(part for part in (row.reference, row.matter, spaced(row.mark)) if part) + "."
    found = kept and law.Finding.from_json(kept.working)
    why = clocks.why(found, today=today, calendars=days) if found else None
    flag = row.flag or (clocks.flag_of(kept.rule_id) if kept and row.bars else "")
    act = f"{row.act}, {row.person}" if row.person else row.act
    return clocks.Clock(place, act, worklists.left_words(row), line, row.left, row.lead, flag, row.href, why)


def _changed(rows: Sequence[Row], now: datetime) -> tuple[str, ...]:
    """What happened to these matters in the last day, counted by kind, in words: one statement."""
    since = Entry.objects.filter(matter_id__in=[row.id for row in rows], at__gte=now - timedelta(days=1))
    counted = since.filter(verb__in=CHANGED).values_list("verb").annotate(count=Count("id"))
    return tuple(
        words.counted(count, *CHANGED[verb]) for verb, count in counted.order_by("-count", "verb")[:6]
    )
