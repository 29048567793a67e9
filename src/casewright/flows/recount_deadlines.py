"""Counting open deadlines again when a bank holiday is proclaimed, a setting changes or the law data is renewed.

Matters of one day share their working, so each distinct working is counted once to find what moves; only clocks that
rest on one of those are replaced, a chunk at a time in one run. The old stays with its working and points to the new.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from casewright import law
from casewright.areas.collisions.actions import set_next_days as set_collision_days
from casewright.areas.deadlines import actions as deadlines
from casewright.areas.deadlines import queries
from casewright.areas.deadlines.models import Deadline
from casewright.areas.traffic.actions import recounted as traffic
from casewright.foundation import clock
from casewright.foundation.matters.models import Matter
from casewright.foundation.policy import queries as policy
from casewright.foundation.reference import holidays
from casewright.foundation.reference.queries import calendar
from casewright.foundation.runs import actions as runs
from casewright.foundation.runs.models import Chunk, Run
from casewright.law.wording import full

RUN_KIND = "recount_deadlines"
PART = 500
Settings = Callable[[int], Mapping[str, Any]]
Key = tuple[Any, int]

# What each kind of matter keeps beside its clocks, put right once they have moved.
FOLLOW: dict[str, Callable[[Sequence[Deadline]], None]] = {
    "traffic": traffic.follow,
    "collision": lambda clocks: set_collision_days(d.matter_id for d in clocks),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One open clock that moves: as it stands, what it becomes (None: it can no longer be counted), and why."""

    deadline: Deadline
    moved: law.Moved

    @property
    def replaceable(self) -> bool:
        """Whether there is a new day to put in the old one's place."""
        return self.moved.new is not None and self.moved.new.act_by is not None


def approve_holiday(*, holiday_id: int, by: Any, at: datetime) -> Run:
    """Approve a proposed bank holiday and begin to count again every open clock that it moves.

    :raises NotAllowed: as `holidays.approve`
    """
    row = holidays.approve(holiday_id=holiday_id, by=by, at=at)
    said = "is no longer a bank holiday" if row.withdraws else "was proclaimed a bank holiday"
    return start(why=f"{full(row.on)} {said} ({row.name}).", by=by, at=at)


def start(*, why: str, by: Any, at: datetime) -> Run:
    """Begin the run that counts again whatever the calendar and settings in force now move."""
    return _run(_clocks(_moved(calendar(), _settings(clock.london_day(at)))), why, by, at)


def start_if_moved(day: date, *, at: datetime) -> Run | None:
    """Hold the open book against the law as it stands on a day: a run if anything moves, else None.

    Called by the daily round: settings take effect on their day, and new law data with the version that brings it.
    """
    clocks = _clocks(_moved(calendar(), _settings(day)))
    return _run(clocks, "The settings or the law data in force have changed.", None, at) if clocks else None


def _run(clocks: Mapping[int, list[int]], why: str, by: Any, at: datetime) -> Run:
    """Parts of one force each, so that nobody is told how much another force has."""
    payloads = [
        runs.Part(len(part), {"deadlines": part}, force_id)
        for force_id, ids in sorted(clocks.items())
        for part in (ids[n : n + PART] for n in range(0, len(ids), PART))
    ]
    title = "Deadlines counted again"
    return runs.start(kind=RUN_KIND, title=title, payloads=payloads, by=by, at=at, params={"why": why})


def work_chunk(run: Run, chunk: Chunk) -> dict[str, int]:
    """Count one chunk of clocks again and replace those that move: constant statements, one transaction."""
    at = clock.now()
    _lock(chunk.payload["deadlines"])
    changes = list(
        _changes(queries.counted_as(chunk.payload["deadlines"]), calendar(), _settings(clock.today()))
    )
    good = [each for each in changes if each.replaceable]
    if good:
        fresh = deadlines.supersede(
            deadlines=[each.deadline for each in good],
            findings=[each.moved.new for each in good if each.moved.new],
            why=run.params["why"],
            by=run.started_by,
            at=at,
        )
        _follow([each.deadline for each in good], fresh)
    told = {each.deadline.id: _told(each) for each in changes}
    chunk.payload["told"] = [told.get(each, "") for each in chunk.payload["deadlines"]]
    return {**Counter(told.values()), "matters": len({each.deadline.matter_id for each in good})}


def _told(change: Change) -> str:
    if not change.replaceable:
        return "could not be counted"
    return "now sooner" if change.moved.earlier else "now later"


def _lock(ids: list[int]) -> None:
    """Lock the matters first and in order, as every move does."""
    matters = Matter.objects.filter(deadlines__id__in=ids).values("id")
    list(
        Matter.objects.filter(id__in=matters).order_by("id").select_for_update(of=("self",)).values_list("id")
    )


def _follow(old: Sequence[Deadline], fresh: Sequence[Deadline]) -> None:
    kinds = {d.matter_id: d.matter.kind for d in old}
    for kind in sorted(set(kinds.values())):
        FOLLOW[kind]([d for d in fresh if kinds[d.matter_id] == kind])


def preview(
    days: law.Calendar | None = None, *, tried: Mapping[str, Any] | None = None, on: date
) -> Iterator[Change]:
    """What a calendar or settings would move in the open book, were they in force on a day; nothing is kept.

    :param days: the calendar to try, or None for the one in force
    :param tried: settings to try over each force's own
    """
    found, under = days or calendar(), _settings(on, tried or {})
    moved = _moved(found, under)
    rows = queries.resting_on(moved).select_related("matter", "matter__owner")
    for each in rows.iterator(chunk_size=2000):
        yield Change(each, moved[each.told_id, each.matter.force_id])


def who_must_act(run: Run) -> list[Deadline]:
    """The clocks that replaced others in a run, the first day first: with matter, its owner or queue, and the old day.

    Those now sooner stand here however little time is left; a matter closed since is left out.
    """
    ids = [i for payload in run.chunks.values_list("payload", flat=True) for i in payload["deadlines"]]
    rows = Deadline.objects.filter(deadline__id__in=ids, state="running", matter__closed_at__isnull=True)
    return list(
        rows.select_related("matter", "matter__owner").order_by("matter__next_act_by", "matter_id", "id")
    )


def _settings(on: date, tried: Mapping[str, Any] | None = None) -> Settings:
    """The settings of each force on a day: one statement a force."""
    return cache(lambda force_id: {**policy.in_force(force_id=force_id, on=on), **(tried or {})})


def _moved(days: law.Calendar, settings: Settings) -> dict[Key, law.Moved]:
    """Which distinct workings move, each counted once."""
    found: dict[Key, law.Moved] = {}
    for told_id, force_id, content in queries.workings():
        for moved in law.impact([law.Finding.from_json(content)], days, policy=settings(force_id)):
            found[told_id, force_id] = moved
    return found


def _clocks(moved: Mapping[Key, law.Moved]) -> dict[int, list[int]]:
    """The open clocks that move, by force: one statement."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = queries.resting_on(moved).values_list("matter__force_id", "id") if moved else ()
    for force_id, deadline_id in rows:
        found[force_id].append(deadline_id)
    return found


def _changes(clocks: Sequence[Deadline], days: law.Calendar, settings: Settings) -> Iterator[Change]:
    counted: dict[Key, law.Moved | None] = {}
    for each in clocks:
        key = (each.told_id, each.matter.force_id)
        if key not in counted:
            old = law.Finding.from_json(each.working)
            counted[key] = next(law.impact([old], days, policy=settings(key[1])), None)
        moved = counted[key]
        if moved:
            yield Change(each, moved)
