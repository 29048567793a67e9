"""Giving and taking a role: proposed by one person, approved by another, and neither is the one whose role it is."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from casewright.foundation.journal.record import Line, record
from casewright.foundation.lifecycle import OWN_ACT, NotAllowed, NotYours
from casewright.foundation.people import roles
from casewright.foundation.people.models import RoleGiven, RoleProposal, User
from casewright.foundation.people.notices import notify
from casewright.foundation.people.staff import must_hold
from casewright.foundation.two_people import take_second


def propose_role(
    *, person: User, role: str, gives: bool, reason: str, by: User, at: datetime
) -> RoleProposal:
    """Propose to give or take a role.

    :raises NotAllowed: without the right, for oneself, without reason or vetting, or if it changes nothing
    """
    must_hold(by, "people.propose_role")
    _check(person, role, gives, reason, by)
    try:
        with transaction.atomic():
            row = RoleProposal.objects.create(
                user=person,
                role=role,
                gives=gives,
                reason=reason.strip()[:200],
                proposed_by=by,
                proposed_at=at,
            )
    except IntegrityError as twice:
        raise NotAllowed(
            "This role is proposed for this person already; it waits for its second person."
        ) from twice
    _journal("people.propose_role", row, by, at)
    for second in _who_may_second(row):
        notify(second, "A role waits for a second person: open People in Casewright to decide it.", at=at)
    return row


def _who_may_second(row: RoleProposal) -> QuerySet[User]:
    """Everybody who could be the second person, so that no proposal waits unseen."""
    holders = User.objects.filter(is_active=True, roles__role__in=roles.PERMISSIONS["people.approve_role"])
    return holders.exclude(id__in=[row.user_id, row.proposed_by_id]).distinct()


def _check(person: User, role: str, gives: bool, reason: str, by: User) -> None:
    if person.id == by.id:
        raise NotYours("You cannot propose a role for yourself. Ask another person with this right.", OWN_ACT)
    if role not in roles.ROLES or not reason.strip():
        raise NotAllowed("Choose the role, and say why: the second person reads the reason.")
    if gives and not person.works_here:
        raise NotAllowed("This person has left, so a role would open nothing.")
    if gives and not person.vetting:
        raise NotAllowed("Record this person's vetting first: nobody has a role without it.")
    if RoleGiven.objects.filter(user=person, role=role).exists() is gives:
        raise NotAllowed(
            "Nothing would change: the person " + ("has" if gives else "does not have") + " this role."
        )


def approve_role(*, proposal_id: int, by: User, at: datetime) -> RoleProposal:
    """Approve as the second person, and do it; a role taken stops working on the next request.

    :raises NotAllowed: without the right, for oneself, by the proposer, or if it was decided already
    """
    row = take_second(_open(proposal_id, by), by=by, at=at)
    if row.gives:
        RoleGiven.objects.get_or_create(user_id=row.user_id, role=row.role)
    else:
        RoleGiven.objects.filter(user_id=row.user_id, role=row.role).delete()
    _journal("people.approve_role", row, by, at)
    done = "given to" if row.gives else "taken from"
    notify(row.user, f"The role {roles.ROLES[row.role]} was {done} your account.", at=at)
    return row


def turn_down_role(*, proposal_id: int, by: User, at: datetime) -> RoleProposal:
    """Turn a proposal down as the second person; nothing changes but that it no longer waits.

    :raises NotAllowed: as for approving
    """
    row = take_second(_open(proposal_id, by), by=by, at=at)
    row.turned_down = True
    row.save(update_fields=["turned_down"])
    _journal("people.turn_down_role", row, by, at)
    return row


def first_role(*, person: User, role: str, at: datetime) -> None:
    """Give a role from the server's command line: how a new installation gets its first people.

    :raises NotAllowed: for a role that is not in the table
    """
    if role not in roles.ROLES:
        raise NotAllowed(f"There is no role {role!r}. The roles are: {', '.join(roles.ROLES)}.")
    RoleGiven.objects.get_or_create(user=person, role=role)
    line = Line("people.first_role", subject_kind="person", subject_id=person.id, facts={"role": role})
    record([line], by=None, at=at)


def _open(proposal_id: int, by: User) -> QuerySet[RoleProposal]:
    must_hold(by, "people.approve_role")
    rows = RoleProposal.objects.filter(id=proposal_id)
    if rows.filter(user_id=by.id).exists():
        raise NotYours("This is about your own role. Another person with this right decides it.", OWN_ACT)
    return rows


def _journal(verb: str, row: RoleProposal, by: User, at: datetime) -> None:
    facts = {"change": "give" if row.gives else "take", "role": roles.ROLES[row.role], "proposal": row.id}
    line = Line(verb, subject_kind="person", subject_id=row.user_id, facts=facts)
    record([line], by=by.id, at=at)
