"""What happens when a clock of a traffic matter has run out. Each mover is named on the deadline it acts on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Q

from casewright import law
from casewright.areas.deadlines import actions as deadlines
from casewright.areas.deadlines.models import Deadline
from casewright.areas.decisions import actions as decisions
from casewright.areas.tasks import actions as tasks
from casewright.areas.traffic.actions.moving import close_if_over, end_allegations, move, set_next_days
from casewright.areas.traffic.models import Allegation, Requirement
from casewright.foundation.copying import reserve_ids
from casewright.foundation.journal.record import Line, record
from casewright.foundation.reference.queries import calendar
from casewright.law.offences import offence
from casewright.law.wording import full

FAIL_TO_IDENTIFY = "RT88567"


def end_late_notices(passed: Sequence[Deadline], *, today: date, at: datetime) -> None:
    """The fourteen days ended without service: those allegations end (a bar), the matter with the last of them."""
    _end(passed, "NIP_LATE_UNIT", "traffic.end_late_notices", "RTOA 1988 s.1(1)(c)", today, at)


def end_time_barred(passed: Sequence[Deadline], *, today: date, at: datetime) -> None:
    """The time to charge ended: those allegations end (a bar), the matter with the last of them."""
    _end(passed, "TIME_BARRED_6M", "traffic.end_time_barred", "MCA 1980 s.127(1)", today, at)


def _end(
    passed: Sequence[Deadline], reason: str, verb: str, authority: str, today: date, at: datetime
) -> None:
    deadlines.end(of=Q(id__in=[d.id for d in passed]), state="missed", at=at)
    matters = end_allegations([d.subject_id for d in passed], reason=reason, at=at)
    record(
        [
            Line(
                verb,
                d.matter_id,
                d.subject_kind,
                d.subject_id,
                {"subject": d.subject_label, "last_day": d.act_by.isoformat(), "reason": reason},
                authority=authority,
            )
            for d in passed
        ],
        by=None,
        at=at,
    )
    over = close_if_over(matters, name="traffic.end_without_action", reason=reason, today=today, at=at)
    for kind in ("find_keeper", "keeper_abroad", "decide_default", "carry_out_disposal"):
        tasks.end(matter_ids=over, type_code=kind, outcome="overtaken", at=at)
    set_next_days(matters - over)


def record_defaults(passed: Sequence[Deadline], *, today: date, at: datetime) -> None:
    """Twenty-eight days ended without an answer: the addressee is alleged to have failed to identify the driver.

    RTA 1988 s.172(3), (7)(a). The new allegation has its own six months (s172-charge-by); the first day on which it
    can be recorded is the day after the period, never a day early.
    """
    deadlines.end(of=Q(id__in=[d.id for d in passed]), state="missed", at=at)
    requirements = {r.id: r for r in Requirement.objects.filter(id__in=[d.subject_id for d in passed])}
    Requirement.objects.filter(id__in=requirements).update(state="defaulted")
    made = _allege(list(requirements.values()), today, at)
    moved = move([r.incident_id for r in requirements.values()], "traffic.record_default")
    decisions.wake(matter_ids=[r.incident_id for r in requirements.values()], item="answer", at=at)
    tasks.give(
        type_code="decide_default",
        matter_ids=sorted(moved),
        today=today,
        by=None,
        at=at,
        detail="No answer to the requirement to say who was driving.",
    )
    set_next_days(moved)
    record(
        [
            Line(
                "traffic.record_default",
                a.incident_id,
                "allegation",
                a.id,
                {"last_day": requirements_day(requirements, a.incident_id), "number": a.number},
                authority="RTA 1988 s.172(3), (7)(a)",
            )
            for a in made
        ],
        by=None,
        at=at,
    )


def requirements_day(requirements: dict[int, Requirement], matter_id: int) -> str:
    """The last day of the period a matter's requirement gave, in ISO form."""
    return next(str(r.reply_by) for r in requirements.values() if r.incident_id == matter_id)


def _allege(requirements: list[Requirement], today: date, at: datetime) -> list[Allegation]:
    law_of = offence(FAIL_TO_IDENTIFY, on=today)
    last = dict(
        Allegation.objects.filter(incident_id__in=[r.incident_id for r in requirements])
        .values("incident_id")
        .annotate(n=Max("number"))
        .values_list("incident_id", "n")
    )
    ids, days = reserve_ids(Allegation, len(requirements)), calendar()
    made = Allegation.objects.bulk_create(
        [
            Allegation(
                id=i,
                incident_id=r.incident_id,
                number=last[r.incident_id] + 1,
                offence_code=law_of.code,
                title=law_of.wording,
                detail=f"Requirement {r.hop}, no answer by {_said(r.reply_by)}",
                nip_needed=False,
                limit_rule="s172-charge-by",
                accused_id=r.addressee_id,
            )
            for i, r in zip(ids, requirements, strict=True)
        ]
    )
    deadlines.start(
        [
            deadlines.Clock(
                a.incident_id,
                "allegation",
                a.id,
                f"Allegation {a.number}",
                _charge_by(r, days),
                "traffic.end_time_barred",
            )
            for a, r in zip(made, requirements, strict=True)
        ],
        at=at,
    )
    return made


def _said(day: date | None) -> str:
    return full(day) if day else "the last day"


def _charge_by(requirement: Requirement, days: law.Calendar) -> law.Finding:
    facts: dict[str, Any] = {"served_on": requirement.served_on}
    return law.deadline("s172-charge-by", facts, on=requirement.served_on or date.max, calendars=days)
