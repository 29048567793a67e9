"""Changing a setting takes two people: one proposes, another approves."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from casewright.foundation.clock import london_day
from casewright.foundation.journal.record import Line, record
from casewright.foundation.lifecycle import NotAllowed, NotYours
from casewright.foundation.policy import own, queries
from casewright.foundation.policy.models import Setting
from casewright.foundation.two_people import take_back, take_second
from casewright.law import InvalidFacts, settings
from casewright.law.traffic.values import threshold


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

    :param key: one of `law.settings`, or of the unit's own (`own.OWN`)
    :raises NotAllowed: without the right or a reason, for a day that has begun or one already proposed for
    :raises InvalidFacts: for a key that is no setting, or a value that is impossible for it or beside the others
    """
    _must_hold(by, "policy.propose")
    if not _may_begin(key, effective_from, at=at):
        raise NotAllowed("A setting takes effect from a future day; choose tomorrow or later.")
    if not reason.strip():
        raise NotAllowed(
            "Say why: the person who approves it reads the reason, and so will whoever asks later."
        )
    value = check(key, value, force_id=force_id, on=effective_from)
    waiting = Setting.objects.filter(key=key, effective_from=effective_from, approved_at=None)
    if force_id in waiting.values_list("force_id", flat=True):
        raise NotAllowed(
            "A value from that day waits for its second person already. Have it turned down first."
        )
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
    """Approve a proposed setting; it ends the value before it, one of the same day too: never two at once.

    :raises NotAllowed: without the right, or if the proposer approves
    """
    _must_hold(by, "policy.approve")
    row = take_second(Setting.objects.filter(id=setting_id), by=by, at=at)
    if not _may_begin(row.key, row.effective_from, at=at, but=row.id):
        raise NotAllowed("The day it was to take effect from has begun. Propose it again from a later day.")
    check(row.key, row.value, force_id=row.force_id, on=row.effective_from)
    Setting.objects.filter(
        key=row.key,
        force=row.force,
        approved_at__isnull=False,
        turned_down=False,
        effective_until__isnull=True,
        effective_from__lte=row.effective_from,
    ).exclude(id=row.id).update(effective_until=row.effective_from)
    record(
        [Line("policy.approve", subject_kind="setting", subject_id=row.id, facts={"key": row.key})],
        by=by.id,
        at=at,
    )
    return row


def turn_down(*, setting_id: int, by: Any, at: datetime) -> Setting:
    """Turn a proposal down as the second person: it stays on record and never takes effect.

    :raises NotAllowed: without the right, by the proposer, or if it was decided already
    """
    _must_hold(by, "policy.approve")
    row = take_second(Setting.objects.filter(id=setting_id), by=by, at=at)
    row.turned_down = True
    row.save(update_fields=["turned_down"])
    line = Line("policy.turn_down", subject_kind="setting", subject_id=row.id, facts={"key": row.key})
    record([line], by=by.id, at=at)
    return row


def withdraw(*, setting_id: int, by: Any, at: datetime) -> Setting:
    """Take one's own proposal back before anybody has decided it: the journal says what it was.

    :raises NotAllowed: by anybody else, or once it was decided
    """
    row = take_back(Setting.objects.filter(id=setting_id), by=by)
    facts = {"key": row.key, "from": row.effective_from.isoformat()}
    record([Line("policy.withdraw", subject_kind="setting", subject_id=row.id, facts=facts)], by=by.id, at=at)
    return row


def check(key: str, value: Any, *, force_id: int | None, on: date) -> Any:
    """The value as it is to be kept, if it is possible for the key and beside the force's other figures of that day.

    :raises InvalidFacts: naming the setting and what it must be
    """
    if key in own.OWN:
        return own.check(key, value)
    settings.check(key, value)
    if settings.settings()[key].every_force and force_id is not None:
        raise InvalidFacts(key, f"{value} for one force", "one figure for every force of the unit")
    area, _, rest = key.partition(".")
    limit = rest.rpartition(".")[2]
    if area == "speed" and limit.isdecimal():
        threshold(int(limit), on=on, policy={**queries.in_force(force_id=force_id, on=on), key: value})
    return value


def _may_begin(key: str, day: date, *, at: datetime, but: int = 0) -> bool:
    """Whether a setting may still begin on a day: tomorrow or later, as what was counted or printed today stays so.

    The first value of what the unit must set before it can work may begin today: nothing was printed with another.
    """
    today = london_day(at)
    if day != today or key not in own.OWN or own.OWN[key].default is not None:
        return day > today
    approved = Setting.objects.filter(key=key, approved_at__isnull=False, turned_down=False)
    return not approved.exclude(id=but).exists()


_DOES = {"policy.propose": "propose this", "policy.approve": "approve this"}


def _must_hold(by: Any, permission: str) -> None:
    if permission not in by.permissions:
        raise NotYours(
            f"Your roles do not let you {_DOES[permission]}. The people page shows whose do; ask one of them."
        )
