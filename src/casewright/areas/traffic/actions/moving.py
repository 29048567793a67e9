"""Moving traffic matters, a set at a time: one conditional UPDATE per move, with the next action and its day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, F, Q

from casewright.areas.deadlines import actions as deadlines
from casewright.areas.deadlines.models import Deadline
from casewright.areas.traffic.lifecycle import LIFECYCLE, NEXT
from casewright.areas.traffic.models import Allegation
from casewright.foundation.matters.models import Matter

KEEP_CLOSED = timedelta(days=6 * 365)  # unit's own figure until the retention schedule is built; see docs

# Which of a notice's dates binds next, by status: first it is produced, then posted, then it must have been served.
_NOTICE_DAY = {
    "awaiting_keeper": "produce_by",
    "enquiries": "produce_by",
    "keeper_found": "produce_by",
    "notice_produced": "post_by",
}
_MOVE = """
UPDATE matters_matter m SET status = %(status)s, next_act = %(act)s, queue = %(queue)s, next_lead_days = %(lead)s,
  next_act_by = d.day, next_consequence = d.lost, version = m.version + 1
FROM (SELECT id, (SELECT min(CASE WHEN rule_id = 'nip-14' THEN coalesce({notice_day}, act_by) ELSE act_by END)
                  FROM deadlines_deadline d WHERE d.matter_id = x.id AND d.state = 'running') AS day,
        CASE WHEN %(status)s = 'notice_posted' THEN 2 ELSE 1 END AS lost
      FROM unnest(%(ids)s::bigint[]) AS x(id)) d
WHERE m.id = d.id AND m.status = ANY(%(starts)s) AND m.closed_at IS NULL RETURNING m.id
"""


_NEXT_DAY = """
UPDATE matters_matter m SET next_act_by = (
  SELECT min(CASE WHEN rule_id = 'nip-14' THEN coalesce({notice_day}, act_by) ELSE act_by END)
  FROM deadlines_deadline d WHERE d.matter_id = m.id AND d.state = 'running')
WHERE m.id = ANY(%s) AND m.status = %s
"""


def lock(matter_ids: Iterable[int]) -> dict[int, str]:
    """Lock matters in id order and give their statuses."""
    rows = Matter.objects.filter(id__in=list(matter_ids)).order_by("id").select_for_update(of=("self",))
    return dict(rows.values_list("id", "status"))


def move(matter_ids: Iterable[int], name: str) -> set[int]:
    """Make a named move for a set; returns those that could make it. Locks first, so the order never varies."""
    ids = sorted(matter_ids)
    if not ids:
        return set()
    wanted = LIFECYCLE.named(name)
    act, queue, lead = NEXT[wanted.end]
    lock(ids)
    with connection.cursor() as cursor:
        cursor.execute(
            _MOVE.format(notice_day=_NOTICE_DAY.get(wanted.end, "act_by")),
            {
                "status": wanted.end,
                "act": act,
                "queue": queue,
                "lead": lead,
                "ids": ids,
                "starts": sorted(wanted.start),
            },
        )
        return {row[0] for row in cursor.fetchall()}


def end_allegations(allegation_ids: Iterable[int], *, reason: str, at: datetime) -> set[int]:
    """End allegations with a reason and stop their clocks; returns the matters they belong to."""
    ids = list(allegation_ids)
    Allegation.objects.filter(id__in=ids).exclude(status="ended").update(status="ended", ended_reason=reason)
    deadlines.end(of=Q(subject_kind="allegation", subject_id__in=ids), state="stopped", at=at)
    return set(Allegation.objects.filter(id__in=ids).values_list("incident_id", flat=True))


def close_if_over(
    matter_ids: Iterable[int], *, name: str, reason: str, today: date, at: datetime
) -> set[int]:
    """Close those matters that have no allegation left, with the reason; stop what still runs on them."""
    ids = list(matter_ids)
    alive = set(
        Allegation.objects.filter(incident_id__in=ids)
        .exclude(status="ended")
        .values("incident_id")
        .annotate(n=Count("id"))
        .values_list("incident_id", flat=True)
    )
    over = sorted(set(ids) - alive)
    wanted = LIFECYCLE.named(name)
    lock(over)
    Matter.objects.filter(id__in=over, status__in=wanted.start, closed_at__isnull=True).update(
        status=wanted.end,
        closed_at=at,
        closed_reason=reason,
        next_act="",
        next_act_by=None,
        queue="",
        retain_until=today + KEEP_CLOSED,
        version=F("version") + 1,
    )
    deadlines.end(of=Q(matter_id__in=over), state="stopped", at=at)
    return set(over)


def set_next_days(matter_ids: Iterable[int]) -> None:
    """Work out the next day of open matters again after a clock has ended, keeping their status."""
    ids = list(matter_ids)
    for status in (
        Matter.objects.filter(id__in=ids, closed_at__isnull=True).values_list("status", flat=True).distinct()
    ):
        day = _NOTICE_DAY.get(status, "act_by")
        with connection.cursor() as cursor:
            cursor.execute(_NEXT_DAY.format(notice_day=day), [ids, status])


def running(matter_ids: Iterable[int], rule_id: str) -> dict[int, Deadline]:
    """The running clock of a rule by matter (the first, where several allegations carry the same)."""
    rows = Deadline.objects.filter(matter_id__in=list(matter_ids), rule_id=rule_id, state="running")
    return {d.matter_id: d for d in rows.order_by("-act_by")}


def actor_id(by: Any) -> int | None:
    """The user's id, or None for the system."""
    return by.id if by is not None else None
