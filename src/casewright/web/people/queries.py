"""Who works here and what each role may do: rows for the people page, one person's page, one's own account."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Prefetch, Q

from casewright.foundation import clock
from casewright.foundation.people import own_checks, sessions
from casewright.foundation.people.models import Delegation, RoleGiven, RoleProposal, Team, User, Workplace
from casewright.foundation.people.right_words import words_of_right
from casewright.foundation.people.roles import NEEDS, PERMISSIONS, ROLES, SKILLS, VETTING, cleared
from casewright.foundation.reference.models import Force

MOST = 200  # people on the page of the unit; officers in the case are counted, not listed


@dataclass(frozen=True, slots=True)
class Colleague:
    """One person of the unit as the people page shows them."""

    id: int
    name: str
    email: str
    team: str
    forces: tuple[str, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Right:
    """One permission, the roles that give it, and what else it needs."""

    words: str
    name: str
    holders: tuple[str, ...]
    needs: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A role proposal that waits for its second person."""

    id: int
    person: str
    user_id: int
    said: str
    reason: str
    by: str
    decidable: bool


def colleagues() -> list[Colleague]:
    """Everyone active who works in the unit, by name: four statements whatever their number."""
    given = Prefetch("roles", queryset=RoleGiven.objects.order_by("role"))
    people = (
        User.objects.filter(is_active=True)
        .annotate(elsewhere=Count("roles", filter=Q(roles__role="officer_in_case")), all=Count("roles"))
        .exclude(elsewhere=1, all=1, is_demo=False)
        .select_related("team")
        .prefetch_related(given, "forces")
        .order_by("name")[:MOST]
    )
    return [
        Colleague(
            person.id,
            person.name,
            person.email,
            person.team.name if person.team else "",
            tuple(force.name for force in person.forces.all()),
            tuple(ROLES[each.role] for each in person.roles.all()),
        )
        for person in people
    ]


def officers() -> int:
    """How many officers in the case single sign-on has brought in."""
    return RoleGiven.objects.filter(role="officer_in_case", user__is_active=True, user__is_demo=False).count()


def rights() -> list[Right]:
    """Every permission, who holds it and what it needs, as the table in roles.py stands."""
    return [
        Right(
            words_of_right(name),
            name,
            tuple(title for role, title in ROLES.items() if role in holders),
            needs_of(name),
        )
        for name, holders in PERMISSIONS.items()
    ]


def needs_of(permission: str) -> str:
    """The vetting and skill a permission also needs, in words; empty for none."""
    level, skill = NEEDS.get(permission, ("", ""))
    return "; ".join(each for each in (VETTING.get(level, ""), SKILLS.get(skill, "")) if each)


def waiting(asker: User, *, user_id: int | None = None) -> list[Waiting]:
    """Role proposals that wait for their second person: all, or one person's."""
    rows = RoleProposal.objects.filter(approved_at=None).select_related("user", "proposed_by").order_by("id")
    mine = rows.filter(user_id=user_id) if user_id else rows
    return [
        Waiting(
            row.id,
            row.user.name,
            row.user_id,
            f"{'Give' if row.gives else 'Take away'} {ROLES[row.role]}",
            row.reason,
            row.proposed_by.name,
            "people.approve_role" in asker.permissions and asker.id not in (row.proposed_by_id, row.user_id),
        )
        for row in mine[:MOST]
    ]


@dataclass(frozen=True, slots=True)
class TeamsPage:
    """Teams and places with how many people each has, and the forces served."""

    teams: list[tuple[str, int]]
    workplaces: list[tuple[str, int]]
    forces: list[str]


def teams_page() -> TeamsPage:
    """Teams, places of work and forces: three statements."""
    here = Count("user", filter=Q(user__is_active=True))
    return TeamsPage(
        list(Team.objects.annotate(people=here).order_by("name").values_list("name", "people")),
        list(Workplace.objects.annotate(people=here).order_by("name").values_list("name", "people")),
        list(Force.objects.order_by("name").values_list("name", flat=True)),
    )


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person as colleagues see them; vetting and skills only where the asker keeps them."""

    person: User
    roles: list[str]
    forces: list[str]
    vetting: str
    vetted: bool
    skills: list[Any]
    waiting: list[Waiting]
    passport: bool
    keeps: bool
    assesses: bool
    proposes: bool
    today: date


def person_page(person: User, *, asker: User) -> PersonPage:
    """What one person's page shows to another."""
    other = asker.id != person.id
    held = asker.permissions
    return PersonPage(
        person,
        [title for role, title in ROLES.items() if role in person.role_names],
        list(person.forces.order_by("name").values_list("name", flat=True)),
        VETTING.get(person.vetting, ""),
        cleared(person.vetting, person.vetted_until, clock.today()),
        list(person.skills.select_related("assessed_by").order_by("skill")),
        waiting(asker, user_id=person.id),
        not other or bool({"people.manage", "people.assess_skill"} & held),
        other and "people.manage" in held,
        other and "people.assess_skill" in held,
        other and "people.propose_role" in held,
        clock.today(),
    )


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One session of one's own."""

    name: str
    where: str
    machine: str
    since: datetime
    seen: datetime
    this: bool


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """Everything one's account page shows."""

    person: User
    factors: list[Any]
    codes_left: int
    sessions: list[SignedIn]
    lent: list[Any]
    borrowed: list[Any]
    told: list[Any]
    checked: list[own_checks.OwnChecks]


def own_account(person: User, *, this_session: str) -> OwnAccount:
    """One's own account: a constant number of statements."""
    runs = Q(ended_at=None, ends_on__gt=clock.today())
    both = Delegation.objects.filter(runs).select_related("giver", "receiver").order_by("starts_on")
    return OwnAccount(
        person,
        list(person.factors.order_by("id")),
        person.recovery_codes.filter(used_at=None).count(),
        [
            SignedIn(
                _name(row.session_key), row.browser, row.machine, row.started_at, row.last_seen_at,
                row.session_key == this_session,
            )
            for row in sessions.of_person(person.id)
        ],
        [_lent(row, row.receiver.name) for row in both.filter(giver=person)],
        [_lent(row, row.giver.name) for row in both.filter(receiver=person)],
        list(person.security_notices.order_by("-id")[:20]),
        own_checks.of_oneself(person, today=clock.today()),
    )  # fmt: skip


def session_keys(person: User) -> dict[str, str]:
    """One's own sessions by the name the page gives them: a session's key never stands in a page."""
    return {_name(row.session_key): row.session_key for row in sessions.of_person(person.id)}


def _name(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def _lent(row: Delegation, other: str) -> dict[str, Any]:
    what = [words_of_right(name) for name in row.permissions] + (["matters owned"] if row.own_matters else [])
    return {
        "id": row.id,
        "other": other,
        "what": what,
        "from": row.starts_on,
        "until": row.ends_on,
        "why": row.reason,
    }
