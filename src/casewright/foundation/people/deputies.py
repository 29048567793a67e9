"""Deputising: some of one's rights, or the matters one owns, lent to a colleague from a day until a day (work.md D230).

A deputy never holds more than the giver holds today, cannot lend on, needs the same skills and vetting, and acts under
their own name *for* the giver.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from casewright.foundation.clock import london_day
from casewright.foundation.journal.record import Line, record
from casewright.foundation.lifecycle import NOT_THERE, NotAllowed, NotYours
from casewright.foundation.people.models import Delegation, User
from casewright.foundation.people.notices import notify
from casewright.foundation.people.staff import must_hold
from casewright.foundation.policy import queries as policy

LONGEST = "unit.delegation_days"
# What stays with the person: one's own proposal seconded, or one's own act reviewed, by a deputy acting *for* oneself
# would undo the two-person rule and the separation of duties.
NEVER = frozenset(
    {
        "people.approve_role",
        "people.delegate",
        "policy.approve",
        "records.approve_destroy",
        "matter.review_glass",
        "matter.end_conflict",
    }
)


def delegate(
    *,
    to: User,
    permissions: Iterable[str],
    own_matters: bool,
    starts_on: date,
    ends_on: date,
    reason: str,
    by: User,
    at: datetime,
) -> Delegation:
    """Lend rights, or the matters one owns, from a day until a day (until exclusive).

    :raises NotAllowed: for rights one does not hold or may not lend, without scope, reason or end
    """
    must_hold(by, "people.delegate")
    wanted = sorted(set(permissions))
    longest = policy.figure(LONGEST, on=london_day(at))
    if not starts_on < ends_on <= starts_on + timedelta(days=longest):
        raise NotAllowed(f"A delegation ends: choose a day after its first, at most {longest} days on.")
    _check(to, wanted, own_matters, reason, by)
    row = Delegation.objects.create(
        giver=by,
        receiver=to,
        permissions=wanted,
        own_matters=own_matters,
        reason=reason.strip()[:200],
        starts_on=starts_on,
        ends_on=ends_on,
    )
    _journal("people.delegate", row, by, at)
    notify(to, "You deputise for a colleague now; My account shows for whom, in what and until when.", at=at)
    return row


def _check(to: User, wanted: list[str], own_matters: bool, reason: str, by: User) -> None:
    if to.id == by.id or not to.works_here:
        raise NotAllowed("Choose a colleague who works here.")
    if not reason.strip() or not (wanted or own_matters):
        raise NotAllowed("Say what you lend (a right, your matters or both) and why.")
    if set(wanted) & NEVER:
        raise NotYours("The right to be the second person cannot be lent; another holder has it.")
    if not set(wanted) <= by.held.own:
        raise NotYours("You can lend only rights of your own, not those you hold for another.")


def end_delegation(*, delegation_id: int, by: User, at: datetime) -> None:
    """End a delegation before its day; its giver or its deputy may. It stops on the next request.

    :raises NotAllowed: if it is neither's, or has ended
    """
    row = Delegation.objects.select_for_update().filter(id=delegation_id, ended_at=None).first()
    if row is None or by.id not in (row.giver_id, row.receiver_id):
        raise NotYours("There is no such delegation of yours that still runs.", NOT_THERE)
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    _journal("people.end_delegation", row, by, at)


def _journal(verb: str, row: Delegation, by: User, at: datetime) -> None:
    facts = {
        "to": row.receiver_id,
        "from": row.starts_on.isoformat(),
        "until": row.ends_on.isoformat(),
        "permissions": row.permissions,
        "own_matters": row.own_matters,
    }
    record([Line(verb, subject_kind="delegation", subject_id=row.id, facts=facts)], by=by.id, at=at)
