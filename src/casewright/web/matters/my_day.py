"""My day: what is most dangerous, what comes then, what changed, what the unit waits for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from casewright import law
from casewright.areas.deadlines.models import Deadline
from casewright.areas.decisions.models import Decision
from casewright.foundation import clock
from casewright.foundation.journal.models import Entry
from casewright.foundation.matters.rights import visible_to
from casewright.foundation.messages.models import HeldItem
from casewright.foundation.reference.queries import calendar
from casewright.law.identifiers import spaced
from casewright.web import clocks, words
from casewright.web.documents.seen import visible_runs
from casewright.web.matters import worklists
from casewright.web.matters.worklists import Asked, Group, Row
from casewright.web.policy.queries import waiting_for as proposals_waiting
from casewright.web.seeing.queries import glass_to_review

DANGEROUS = 3
THEN = 8
# How the last day's acts are counted on My day; an act without a line here is counted by its own name.
CHANGED = {
    "matters.take": "taken on",
    "matters.note": "notes written",
    "traffic.receive": "received",
    "traffic.accept_keeper": "keepers named by DVLA",
    "traffic.name_keeper": "keepers named after enquiry",
    "traffic.refer_to_enquiries": "passed to enquiries",
    "traffic.produce_notice": "notices produced",
    "traffic.record_posting": "notices posted",
    "traffic.record_default": "without an answer in time",
    "tasks.give": "tasks given",
}
_SAID = {
    "late": ("nothing has passed its day", "act, or record what happened"),
    "today": ("nothing ends today", "act before midnight"),
    "lead": ("nothing needs to start today", "start now or it will be late"),
    "later": ("nothing else is open", "time in hand"),
}

# Who is told of a print run, at which of its statuses, and what is to be done.
_RUNS_WAIT = (
    ("print_run.hand_over", ("producing", "handing_over"), "to hand to the printer"),
    ("traffic.record_posting", ("handed_over",), "with the printer: record the posting"),
)


@dataclass(frozen=True, slots=True)
class Tile:
    """One band: how many, and a word on them."""

    band: str
    count: int
    said: str
    href: str


@dataclass(frozen=True, slots=True)
class Day:
    """What My day shows."""

    of: str
    tiles: tuple[Tile, ...]
    dangerous: tuple[clocks.Clock, ...]
    then: tuple[Row, ...]
    first_href: str
    changed: tuple[tuple[str, int], ...]
    waiting: tuple[tuple[str, str], ...]
    total: int
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
        waiting=_waiting(actor, today),
        total=sum(group.count for group in groups),
        takes="matter.take" in actor.permissions,
        shown=tuple(row.id for row in rows),
        officer="matter.read" not in actor.permissions and "officer_in_case" in actor.role_names,
    )


def _tiles(groups: Sequence[Group], of: str) -> tuple[Tile, ...]:
    counts = {group.band: group.count for group in groups}
    href = f"{reverse('worklist')}?of={of}"
    return tuple(
        Tile(band, counts.get(band, 0), said[1] if counts.get(band) else said[0], f"{href}#{band}")
        for band, said in _SAID.items()
    )


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


def _changed(rows: Sequence[Row], now: datetime) -> tuple[tuple[str, int], ...]:
    """What happened to these matters in the last day, counted by kind: one statement."""
    since = Entry.objects.filter(matter_id__in=[row.id for row in rows], at__gte=now - timedelta(days=1))
    counted = since.values_list("verb").annotate(count=Count("id")).order_by("-count")
    return tuple(
        (CHANGED.get(verb, verb.partition(".")[2].replace("_", " ")), count) for verb, count in counted[:6]
    )


def _waiting(actor: Any, today: date) -> tuple[tuple[str, str], ...]:
    """What waits for somebody in this role, counted up to a thousand: words and where."""
    found = []
    if "held.mend" in actor.permissions:
        mine = HeldItem.objects.filter(state="held", file__force_id__in=actor.force_ids)
        held = mine.values("id")[:1_000].count()
        found.append((f"{words.counted(held, 'row')} held, to be mended", reverse("held"), held))
    found += [
        (f"{words.counted(count, 'print run')} {act}", href, count)
        for right, statuses, act in _RUNS_WAIT
        if right in actor.permissions
        for count, href in [_runs_waiting(actor, statuses)]
    ]
    if "decision.within_policy" in actor.permissions:
        review = provisional_due(actor)
        said = f"{words.counted(review, 'provisional decision')} to look at again"
        found.append((said, reverse("to_review"), review))
    proposed = proposals_waiting(actor)
    said = f"{words.counted(proposed, 'figure or bank holiday', 'figures or bank holidays')} proposed, to be decided"
    found.append((said, reverse("figures"), proposed))
    broken, first = glass_to_review(actor, today=today)
    late = (
        "the first is overdue"
        if first and first < today
        else f"the first by {words.short_day(first, today=today)}"
    )
    found.append(
        (
            f"{words.counted(broken, 'case')} of broken glass to review, {late}",
            reverse("glass_reviews"),
            broken,
        )
    )
    return tuple((said, href) for said, href, count in found if count)


def provisional_due(actor: Any) -> int:
    """How many provisional decisions are to be looked at: their item has come, or their day is there."""
    due = Q(woken_at__isnull=False) | Q(review_on__lte=clock.today())
    rows = Decision.objects.filter(due, state="provisional", matter__in=visible_to(actor))
    return rows.values("id")[:1_000].count()


def _runs_waiting(actor: Any, statuses: tuple[str, ...]) -> tuple[int, str]:
    """How many print runs stand so, and where to find them: the run itself where there is one only."""
    runs = visible_runs(actor).filter(status__in=statuses).exclude(run__state__in=("going", "paused"))
    ids = list(
        runs.filter(parts__isnull=False).distinct().order_by("id").values_list("id", flat=True)[:1_000]
    )
    only = reverse("print_run", kwargs={"print_run_id": ids[0]}) if len(ids) == 1 else reverse("print_runs")
    return len(ids), only
