"""Receiving collision reports and letting their time limit pass."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery

from casewright import law
from casewright.areas.collisions.lifecycle import LIFECYCLE, NEXT
from casewright.areas.collisions.models import Casualty, Collision, CollisionVehicle
from casewright.areas.deadlines import actions as deadlines
from casewright.areas.deadlines.facts import last_day, outer_day
from casewright.areas.deadlines.models import Deadline
from casewright.foundation import clock
from casewright.foundation.copying import copy_rows, reserve_ids
from casewright.foundation.journal.models import Operation
from casewright.foundation.journal.record import Line, record
from casewright.foundation.lifecycle import NEW, NotAllowed
from casewright.foundation.matters.models import Consequence, Matter
from casewright.foundation.matters.opening import Opened, open_matters
from casewright.foundation.matters.references import new_references
from casewright.foundation.matters.rights import must_hold, visible_to
from casewright.foundation.policy import queries as policy
from casewright.foundation.reference.queries import calendar

SEVERITY = {1: "Fatal", 2: "Serious", 3: "Slight"}
KEEP = "unit.keep_closed_days"


@dataclass(slots=True)
class Report:
    """One collision as reported, with its vehicles and casualties: typed fields and every column as given."""

    collision_index: str
    happened_at: datetime
    severity: int
    vehicles_stated: int
    casualties_stated: int
    speed_limit: int | None
    police_force_code: str
    columns: dict[str, str]
    vehicles: list[tuple[int, int, dict[str, str]]] = field(default_factory=list)
    casualties: list[tuple[int, int, int, int, dict[str, str]]] = field(default_factory=list)
    matter_id: int = 0
    late: bool = False

    @property
    def title(self) -> str:
        """The matter's title: severity and how many were involved."""
        return (
            f"{SEVERITY.get(self.severity, 'Unknown')} collision, {self.vehicles_stated} vehicles, "
            f"{self.casualties_stated} casualties"
        )


def receive_reports(
    reports: Sequence[Report], *, force_id: int, today: date, by: Any, at: datetime
) -> list[Report]:
    """Write collision matters in constant statements; a report known already is left out. Returns those written.

    Each runs its six months from the day of the collision (MCA 1980 s.127(1)); where these have passed before the
    report came, the matter is closed with that reason and the clock kept as missed.
    """
    known = set(
        Collision.objects.filter(collision_index__in=[r.collision_index for r in reports]).values_list(
            "collision_index", flat=True
        )
    )
    fresh = list({r.collision_index: r for r in reports if r.collision_index not in known}.values())
    if not fresh:
        return []
    found = _findings(fresh)
    for report, matter_id in zip(fresh, reserve_ids(Matter, len(fresh)), strict=True):
        report.matter_id = matter_id
        report.late = outer_day(found[clock.london_day(report.happened_at)]) < today
    _write_matters(fresh, found, force_id, today, at)
    _write_reports(fresh)
    _start_clocks(fresh, found, at)
    record([_line(r) for r in fresh], by=by and by.id, at=at)
    return fresh


def _start_clocks(fresh: list[Report], found: dict[date, law.Finding], at: datetime) -> None:
    clocks = []
    for r in fresh:
        finding = found[clock.london_day(r.happened_at)]
        mover = "collisions.pass_time_limit"
        clocks.append(deadlines.Clock(r.matter_id, "collision", r.matter_id, "Collision", finding, mover))
    deadlines.start(clocks, at=at)
    deadlines.end(of=Q(matter_id__in=[r.matter_id for r in fresh if r.late]), state="missed", at=at)


def _line(r: Report) -> Line:
    verb = "collisions.receive_late" if r.late else "collisions.receive"
    facts = {"index": r.collision_index}
    return Line(verb, r.matter_id, "collision", r.matter_id, facts, operation=Operation.COLLECTION)


def _findings(reports: Sequence[Report]) -> dict[date, law.Finding]:
    days, found = {clock.london_day(r.happened_at) for r in reports}, calendar()
    return {day: law.deadline("summary-6m", {"offence_on": day}, on=day, calendars=found) for day in days}


def _write_matters(
    fresh: list[Report], found: dict[date, law.Finding], force_id: int, today: date, at: datetime
) -> None:
    references = new_references(prefix="C", sequence="matters_reference", count=len(fresh), on=today)
    act, queue, lead = NEXT["received"]
    rows, kept_until = [], _kept_until(today)
    for r, reference in zip(fresh, references, strict=True):
        move = "collisions.receive_late" if r.late else "collisions.receive"
        opened = Opened(
            r.matter_id, reference, "collision", LIFECYCLE.after(NEW, move), r.title, force_id, at
        )
        if r.late:
            opened = opened._replace(closed_at=at, closed_reason="TIME_BARRED_6M", retain_until=kept_until)
        else:
            day = last_day(found[clock.london_day(r.happened_at)])
            opened = opened._replace(
                queue=queue,
                next_act=act,
                next_act_by=day,
                next_lead_days=lead,
                next_consequence=Consequence.BAR,
            )
        rows.append(opened)
    open_matters(rows)


def _write_reports(fresh: list[Report]) -> None:
    copy_rows(
        Collision,
        (
            "matter_id",
            "collision_index",
            "happened_at",
            "severity",
            "vehicles_stated",
            "casualties_stated",
            "speed_limit",
            "police_force_code",
            "columns",
        ),
        [
            (
                r.matter_id,
                r.collision_index,
                r.happened_at,
                r.severity,
                r.vehicles_stated,
                r.casualties_stated,
                r.speed_limit,
                r.police_force_code,
                r.columns,
            )
            for r in fresh
        ],
    )
    copy_rows(
        CollisionVehicle,
        ("collision_id", "vehicle_reference", "vehicle_type", "columns"),
        [(r.matter_id, *v) for r in fresh for v in r.vehicles],
    )
    copy_rows(
        Casualty,
        ("collision_id", "vehicle_reference", "casualty_reference", "casualty_class", "severity", "columns"),
        [(r.matter_id, *c) for r in fresh for c in r.casualties],
    )


def set_next_days(matter_ids: Iterable[int]) -> None:
    """Work out the next day of open matters again after their clock was counted again: one statement."""
    running = Deadline.objects.filter(matter_id=OuterRef("id"), state="running").order_by("act_by")
    Matter.objects.filter(id__in=list(matter_ids), kind="collision", closed_at__isnull=True).update(
        next_act_by=Subquery(running.values("act_by")[:1])
    )


def pass_time_limit(passed: Sequence[Deadline], *, today: date, at: datetime) -> None:
    """The six months ended with no decision to prosecute: those matters close with that reason (a bar)."""
    ids = [d.matter_id for d in passed]
    deadlines.end(of=Q(id__in=[d.id for d in passed]), state="missed", at=at)
    _close(ids, "collisions.pass_time_limit", "TIME_BARRED_6M", today, at)
    record(
        [
            Line(
                "collisions.pass_time_limit",
                d.matter_id,
                "collision",
                d.matter_id,
                {"last_day": d.act_by.isoformat()},
                authority="MCA 1980 s.127(1)",
            )
            for d in passed
        ],
        by=None,
        at=at,
    )


def end(*, matter_id: int, reasons: str, by: Any, at: datetime, today: date) -> None:
    """Decide that nobody is to be prosecuted for a collision.

    :raises NotAllowed: without the right or reasons, or if it is closed
    """
    must_hold(by, "collisions.decide")
    matter = visible_to(by).filter(id=matter_id, kind="collision").first()
    if matter is None or not reasons.strip():
        raise NotAllowed("Write the reasons for taking no further action.")
    LIFECYCLE.after(matter.status, "collisions.end")
    deadlines.end(of=Q(matter_id=matter_id), state="stopped", at=at)
    _close([matter_id], "collisions.end", "NO_PROSECUTION", today, at)
    record([Line("collisions.end", matter_id, "collision", matter_id, {}, reasons)], by=by.id, at=at)


def _kept_until(today: date) -> date:
    return today + timedelta(days=policy.figure(KEEP, on=today))


def _close(ids: list[int], name: str, reason: str, today: date, at: datetime) -> None:
    wanted = LIFECYCLE.named(name)
    Matter.objects.filter(id__in=ids, status__in=wanted.start).update(
        status=wanted.end,
        closed_at=at,
        closed_reason=reason,
        next_act="",
        next_act_by=None,
        queue="",
        retain_until=_kept_until(today),
        version=F("version") + 1,
    )
