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
from casewright.foundation import clock
from casewright.foundation.documents.models import Letter
from casewright.foundation.matters.models import Matter
from casewright.foundation.policy import queries as policy

MATTER_ENDED = "The matter ended before the letter was posted."
KEEP_CLOSED = "unit.keep_closed_days"

# Which of a notice's dates binds next, by status: it is produced, then posted, then it must have been served. A date
# that has passed gives way to the next one: too late to produce, it may still be posted against a receipt; too late
# to post, it may still be handed over.
_TO_PRODUCE = """CASE WHEN d.produce_by >= %(today)s THEN d.produce_by
  WHEN d.post_by >= %(today)s THEN d.post_by ELSE d.act_by END"""
_TO_POST = "CASE WHEN d.post_by >= %(today)s THEN d.post_by ELSE d.act_by END"
_NOTICE_DAY = {
    "awaiting_keeper": _TO_PRODUCE,
    "enquiries": _TO_PRODUCE,
    "keeper_found": _TO_PRODUCE,
    "notice_produced": _TO_POST,
}
# The unit's own task comes before the bar it serves, where a decision waits for a person.
_WITH_TASKS = frozenset({"s172_default"})
# IS TRUE keeps PostgreSQL from the indexes of all that runs or waits, which it thinks small just after a great intake,
# when nothing has counted the tables yet: each look-up here is by its matter, and some thirty times slower through
# those (measured: 2.0 s for 1,000 matters, 0.07 s by the matter).
_CLOCKS = """SELECT CASE WHEN d.rule_id = 'nip-14' THEN {notice_day}
  WHEN d.rule_id = 's172-28' THEN d.outer_limit ELSE d.act_by END AS day,
  CASE WHEN d.rule_id = 's172-28' THEN 2 ELSE 1 END AS lost, NULL AS act
  FROM deadlines_deadline d WHERE d.matter_id = m.id AND (d.state = 'running') IS TRUE"""
_TASKS = """ UNION ALL SELECT t.due_on, 4, NULL
  FROM tasks_task t WHERE t.matter_id = m.id AND (t.state = 'open') IS TRUE AND t.type_id <> 'carry_out_disposal'"""
# What was decided and is still to be carried out, and provisional decisions whose day or item has come, at any status.
# The next act is then that one and not what the status waits for, else the day stands beside another act's name.
_DECIDED = """ UNION ALL SELECT t.due_on, 4, 'Carry out what was decided'
  FROM tasks_task t WHERE t.matter_id = m.id AND (t.state = 'open') IS TRUE AND t.type_id = 'carry_out_disposal'
  UNION ALL SELECT coalesce((p.woken_at AT TIME ZONE 'Europe/London')::date, p.review_on), 4,
    'Look again at the provisional decision'
  FROM decisions_decision p WHERE p.matter_id = m.id AND (p.state = 'provisional') IS TRUE"""
_NEXT = "SELECT day, lost, act FROM ({sources}) all_days ORDER BY day NULLS LAST, lost LIMIT 1"
_MOVE = """
UPDATE matters_matter m SET status = %(status)s, queue = %(queue)s, next_lead_days = %(lead)s,
  (next_act_by, next_consequence, next_act) = (
    SELECT n.day, coalesce(n.lost, 4), coalesce(n.act, %(act)s) FROM (SELECT 1) one
    LEFT JOIN LATERAL ({next}) n ON true),
  version = m.version + 1
WHERE m.id = ANY(%(ids)s) AND m.status = ANY(%(starts)s) AND m.closed_at IS NULL RETURNING m.id
"""
_NEXT_DAY = """
UPDATE matters_matter m SET (next_act_by, next_consequence, next_act) = (
  SELECT n.day, coalesce(n.lost, 4), coalesce(n.act, %(act)s::text, m.next_act) FROM (SELECT 1) one
  LEFT JOIN LATERAL ({next}) n ON true)
WHERE m.id = ANY(%(ids)s) AND m.status = %(status)s AND m.closed_at IS NULL
"""


# Once a charge has been decided on, the clock of that charge is the one to watch.
_ONLY = {
    "prosecution_file": """ AND d.rule_id NOT IN ('nip-14', 's172-28') AND EXISTS (SELECT 1 FROM traffic_allegation a
      WHERE a.id = d.subject_id AND d.subject_kind = 'allegation' AND a.status = 'prosecution_file')"""
}


def _next_of(status: str) -> str:
    """SQL for the day that binds next at a status, what is lost with it, and the act if it is not the status's own."""
    sources = _CLOCKS.format(notice_day=_NOTICE_DAY.get(status, "d.act_by")) + _ONLY.get(status, "")
    return _NEXT.format(sources=sources + (_TASKS if status in _WITH_TASKS else "") + _DECIDED)


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
            _MOVE.format(next=_next_of(wanted.end)),
            {
                "status": wanted.end,
                "act": act,
                "queue": queue,
                "lead": lead,
                "ids": ids,
                "starts": sorted(wanted.start),
                "today": clock.today(),
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
        retain_until=today + timedelta(days=policy.figure(KEEP_CLOSED, on=today)),
        version=F("version") + 1,
    )
    deadlines.end(of=Q(matter_id__in=over), state="stopped", at=at)
    Letter.objects.filter(matter_id__in=over, state="produced").update(state="withdrawn", why=MATTER_ENDED)
    return set(over)


def set_next_days(matter_ids: Iterable[int]) -> None:
    """Work out the next act and day of open matters again after a clock has ended, keeping their status."""
    ids = list(matter_ids)
    for status in (
        Matter.objects.filter(id__in=ids, closed_at__isnull=True).values_list("status", flat=True).distinct()
    ):
        act, *_ = NEXT.get(status, (None,))  # of another kind of matter, which keeps its own
        with connection.cursor() as cursor:
            cursor.execute(
                _NEXT_DAY.format(next=_next_of(status)),
                {"ids": ids, "status": status, "act": act, "today": clock.today()},
            )


def step_on(today: date) -> int:
    """Bring matters whose day has passed to the next date that binds, where one is left; returns how many."""
    passed = Matter.objects.filter(
        kind=LIFECYCLE.kind, status__in=_NOTICE_DAY, next_act_by__lt=today, closed_at__isnull=True
    )
    ids = list(passed.values_list("id", flat=True))
    set_next_days(ids)
    return len(ids)


def running(matter_ids: Iterable[int], rule_id: str) -> dict[int, Deadline]:
    """The running clock of a rule by matter (the first, where several allegations carry the same)."""
    rows = Deadline.objects.filter(matter_id__in=list(matter_ids), rule_id=rule_id, state="running")
    return {d.matter_id: d for d in rows.order_by("-act_by")}


def actor_id(by: Any) -> int | None:
    """The user's id, or None for the system."""
    return by.id if by is not None else None
