"""Changing a setting takes two people: one proposes, another approves."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from casewright.foundation.journal.record import Line, record
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.policy.models import Setting
from casewright.foundation.two_people import take_second


def propose(
    *,
    key: str,
    value: Any,
    effective_from: date,
    reason: str,
    by: Any,
    at: datetime,
    force_id: int | None = None,
) -> Setting:
    """Propose a setting from a future (London) day.

    :raises NotAllowed: without the right, or for a day that has begun
    """
    _must_hold(by, "policy.propose")
    if effective_from <= at.date():
        raise NotAllowed("A setting takes effect from a future day; choose tomorrow or later.")
    row = Setting.objects.create(
        force_id=force_id,
        key=key,
        value=value,
        effective_from=effective_from,
        reason=reason,
        proposed_by_id=by.id,
        proposed_at=at,
    )
    record(
        [
            Line(
                "policy.propose",
                subject_kind="setting",
                subject_id=row.id,
                facts={"key": key, "from": effective_from.isoformat()},
            )
        ],
        by=by.id,
        at=at,
    )
    return row


def approve(*, setting_id: int, by: Any, at: datetime) -> Setting:
    """Approve a proposed setting; it ends the value before it.

    :raises NotAllowed: without the right, or if the proposer approves
    """
    _must_hold(by, "policy.approve")
    row = take_second(Setting.objects.filter(id=setting_id), by=by, at=at)
    Setting.objects.filter(
        key=row.key,
        force=row.force,
        approved_at__isnull=False,
        effective_until__isnull=True,
        effective_from__lt=row.effective_from,
    ).exclude(id=row.id).update(effective_until=row.effective_from)
    record(
        [Line("policy.approve", subject_kind="setting", subject_id=row.id, facts={"key": row.key})],
        by=by.id,
        at=at,
    )
    return row


def _must_hold(by: Any, permission: str) -> None:
    if permission not in by.permissions:
        raise NotAllowed(f"Your roles do not include “{permission.replace('.', ' ')}”; ask the unit manager.")
