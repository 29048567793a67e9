"""Restricting a matter to named people, lifting that, and giving or ending leave to see it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F, Q

from casewright.foundation.journal.record import Line, record
from casewright.foundation.lifecycle import OWN_ACT, NotAllowed, NotYours
from casewright.foundation.matters.models import Grant, Matter, Restriction
from casewright.foundation.matters.rights import must_hold, must_see
from casewright.foundation.people.models import User

REASON_LIMIT = 200


def restrict(*, matter_id: int, reason: str, by: Any, at: datetime) -> Restriction:
    """Restrict a matter: from now on it is there only for people with leave; the actor and its owner have it at once.

    :raises NotAllowed: without the right or a reason, or if it is restricted already
    """
    must_hold(by, "matter.restrict")
    matter, reason = must_see(by, matter_id), stated(reason)
    if matter.sensitivity == "restricted":
        raise NotAllowed("This matter is restricted already. Give leave to whoever must see it.")
    Matter.objects.filter(id=matter.id).update(sensitivity="restricted", version=F("version") + 1)
    placed = Restriction.objects.create(matter=matter, reason=reason, placed_by=by, placed_at=at)
    for user_id in {by.id, matter.owner_id or by.id}:
        _give(matter.id, user_id, "Restricted it" if user_id == by.id else "Owns it", None, by, at)
    record([Line("matters.restrict", matter.id, "matter", matter.id, text=reason)], by=by.id, at=at)
    return placed


def lift(*, matter_id: int, reason: str, by: Any, at: datetime) -> None:
    """Lift a restriction: everybody of the force who may read matters sees it again.

    :raises NotAllowed: without the right or a reason, or if it is not restricted
    """
    must_hold(by, "matter.restrict")
    matter, reason = must_see(by, matter_id), stated(reason)
    lifted = Restriction.objects.filter(matter=matter, lifted_at__isnull=True).update(
        lifted_by=by, lifted_at=at, lifted_reason=reason
    )
    if not lifted and matter.sensitivity == "ordinary":
        raise NotAllowed("This matter is not restricted.")
    Matter.objects.filter(id=matter.id).update(sensitivity="ordinary", version=F("version") + 1)
    record([Line("matters.lift_restriction", matter.id, "matter", matter.id, text=reason)], by=by.id, at=at)


def give_leave(
    *, matter_id: int, user_id: int, reason: str, ends_at: datetime | None, by: Any, at: datetime
) -> Grant:
    """Give one person leave to see a matter, with a reason and, where one is known, an end.

    :raises NotAllowed: without the right or a reason, to oneself, or with an end that has passed
    """
    must_hold(by, "matter.give_leave")
    matter, reason = must_see(by, matter_id), stated(reason)
    if user_id == by.id:
        raise NotYours("You cannot give leave to yourself; a colleague with this right can.", OWN_ACT)
    if ends_at is not None and ends_at <= at:
        raise NotAllowed("The end of the leave must lie in the future.")
    if not User.objects.filter(id=user_id, is_active=True).exists():
        raise NotAllowed("Choose a person who works here.")
    given = _give(matter.id, user_id, reason, ends_at, by, at)
    facts = {"user": user_id, "until": ends_at.isoformat() if ends_at else ""}
    record([Line("matters.give_leave", matter.id, "grant", given.id, facts, reason)], by=by.id, at=at)
    return given


def end_leave(*, grant_id: int, by: Any, at: datetime) -> None:
    """End leave before its time.

    :raises NotAllowed: without the right, if it has ended, or if nobody would be left who sees a restricted matter
    """
    must_hold(by, "matter.give_leave")
    grant = Grant.objects.filter(id=grant_id).first()
    matter = must_see(by, grant.matter_id if grant else 0)
    running = Q(ends_at__isnull=True) | Q(ends_at__gt=at)
    lasting = Grant.objects.filter(matter=matter, ends_at__isnull=True, user__is_active=True)
    if matter.sensitivity == "restricted" and not lasting.exclude(id=grant_id).exists():
        raise NotAllowed(
            "Nobody else has leave without an end, so nobody would be left to act. Give it first."
        )
    if not Grant.objects.filter(running, id=grant_id).update(ends_at=at):
        raise NotAllowed("This leave has ended already.")
    facts = {"user": grant.user_id if grant else 0}
    record([Line("matters.end_leave", matter.id, "grant", grant_id, facts)], by=by.id, at=at)


def stated(reason: str, limit: int = REASON_LIMIT) -> str:
    """A reason as it is kept.

    :raises NotAllowed: if there is none, or it is too long
    """
    said = reason.strip()
    if not said:
        raise NotAllowed(f"Give the reason, in up to {limit} characters.")
    if len(said) > limit:
        raise NotAllowed(f"Give the reason in up to {limit} characters; this one has {len(said):,}.")
    return said


def _give(
    matter_id: int, user_id: int, reason: str, ends_at: datetime | None, by: Any, at: datetime
) -> Grant:
    return Grant.objects.create(
        matter_id=matter_id, user_id=user_id, reason=reason, given_at=at, ends_at=ends_at, given_by=by
    )
