"""What a person holds today, and what it lets them do: roles, gated by vetting and skills, and others' rights.

A right whose gate has gone is gone from the first day without it, on the next request; nobody has to take it away.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import CharField, Value
from django.db.models.functions import Cast

from casewright.foundation.people import roles

if TYPE_CHECKING:
    from casewright.foundation.people.models import User


@dataclass(frozen=True, slots=True)
class Held:
    """What one person holds on one day."""

    roles: frozenset[str]
    skills: frozenset[str]
    own: frozenset[str]
    for_others: dict[str, int] = field(default_factory=dict)
    givers_of_matters: frozenset[int] = frozenset()

    @property
    def permissions(self) -> frozenset[str]:
        """Own rights and those held for another."""
        return self.own | frozenset(self.for_others)


def held_by(person: User, *, on: date) -> Held:
    """What a person holds on a London day: one statement, and a few more only for a deputy."""
    found = _rows(person.pk, on)
    named, skills, own = _own(found, person, on)
    lent = [name for kind, name in found if kind == "lent"]
    return Held(named, skills, own, *(_lent(lent, own, skills, person, on) if lent else ()))


def _own(
    found: list[tuple[str, str]], person: User, on: date
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    named = frozenset(name for kind, name in found if kind == "role")
    skills = frozenset(name for kind, name in found if kind == "skill")
    return named, skills, roles.in_force(named, skills, person.vetting, person.vetted_until, on)


def _rows(user_id: int, on: date) -> list[tuple[str, str]]:
    """Roles, skills in force and delegations in force, as (kind, name or id) from one statement."""
    role, skill, delegation = (
        apps.get_model("people", name) for name in ("RoleGiven", "SkillHeld", "Delegation")
    )
    text = CharField(max_length=200)
    given = role.objects.filter(user_id=user_id).values_list(Value("role"), Cast("role", text))
    able = skill.objects.filter(user_id=user_id, valid_from__lte=on, valid_until__gt=on)
    lent = delegation.objects.filter(
        receiver_id=user_id, starts_on__lte=on, ends_on__gt=on, ended_at__isnull=True
    )
    return list(
        given.union(
            able.values_list(Value("skill"), Cast("skill", text)),
            lent.values_list(Value("lent"), Cast("id", text)),
            all=True,
        )
    )


def _lent(
    lent: list[str], own: frozenset[str], skills: frozenset[str], person: User, on: date
) -> tuple[dict[str, int], frozenset[int]]:
    """Rights held for others, and whose matters.

    Never more than the giver has of their own today, never one's own, and only with the skill and vetting it needs.
    """
    if not roles.cleared(person.vetting, person.vetted_until, on):
        return {}, frozenset()
    delegation = apps.get_model("people", "Delegation")
    rows: list[Any] = list(delegation.objects.filter(id__in=lent).select_related("giver").order_by("id"))
    rights: dict[str, int] = {}
    givers: set[int] = set()
    for row in rows:
        if not row.giver.works_here:
            continue
        theirs = _own(_rows(row.giver_id, on), row.giver, on)[2]
        for name in set(row.permissions) & theirs - own:
            if roles.fit(name, skills, person.vetting):
                rights.setdefault(name, row.giver_id)
        if row.own_matters and roles.READS & theirs:
            givers.add(row.giver_id)
    return rights, frozenset(givers)
