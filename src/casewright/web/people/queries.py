"""Who works here, in what roles, and what each role may do: rows for the people page."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch

from casewright.foundation.people.models import RoleGiven, User
from casewright.foundation.people.roles import PERMISSIONS, ROLES, TITLES


@dataclass(frozen=True, slots=True)
class Colleague:
    """One person of the unit as the people page shows them."""

    name: str
    email: str
    team: str
    forces: tuple[str, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Right:
    """One permission and the roles that give it."""

    name: str
    area: str
    holders: tuple[str, ...]


def colleagues() -> list[Colleague]:
    """Everyone active, by name: four statements whatever their number."""
    given = Prefetch("roles", queryset=RoleGiven.objects.order_by("role"))
    people = (
        User.objects.filter(is_active=True)
        .select_related("team")
        .prefetch_related(given, "forces")
        .order_by("name")
    )
    return [
        Colleague(
            person.name,
            person.email,
            person.team.name if person.team else "",
            tuple(force.name for force in person.forces.all()),
            tuple(ROLES[each.role] for each in person.roles.all()),
        )
        for person in people
    ]


def rights() -> list[Right]:
    """Every permission and who holds it, as the table in roles.py stands."""
    return [
        Right(
            TITLES[name],
            name.partition(".")[0].replace("_", " "),
            tuple(title for role, title in ROLES.items() if role in holders),
        )
        for name, holders in PERMISSIONS.items()
    ]
