"""Who can see a matter and why, whose conflicts stand, and which broken glass waits for review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from casewright.foundation import clock
from casewright.foundation.journal.models import Consultation
from casewright.foundation.matters.glass import to_review_by
from casewright.foundation.matters.models import Conflict, GlassBroken, Grant, Matter, SearchKey
from casewright.foundation.matters.rights import hidden_from, visible_to
from casewright.foundation.parties.models import Vehicle
from casewright.foundation.people import roles
from casewright.foundation.people.models import Delegation, User
from casewright.foundation.policy import queries as policy
from casewright.foundation.policy.own import OWN
from casewright.web import words

MOST = 200


@dataclass(frozen=True, slots=True)
class Sees:
    """One person who can see a matter, and every reason why."""

    name: str
    role: str
    why: tuple[str, ...]
    leave: tuple[Leave, ...]


@dataclass(frozen=True, slots=True)
class Leave:
    """Leave in force that can be ended."""

    id: int
    words: str


@dataclass(frozen=True, slots=True)
class Seeing:
    """The whole answer: who can see it, and who would but for a declared conflict."""

    matter: Matter
    people: tuple[Sees, ...]
    shut_out: tuple[str, ...]


def seeing(actor: Any, matter_id: int, *, now: datetime) -> Seeing | None:
    """Everybody who can see a matter, with the reasons: nine statements whatever the number of people.

    One or two more for each person who stands in for its owner today.
    """
    matter = visible_to(actor).select_related("force", "owner").filter(id=matter_id).first()
    if matter is None:
        return None
    shut = _shut_out(matter)
    grants = list(
        Grant.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now), matter_id=matter.id)
        .select_related("given_by")
        .order_by("id")
    )
    by_role = Q(forces=matter.force_id, roles__role__in=roles.PERMISSIONS["matter.read"])
    deputies = _deputies(matter)
    asked = Q(id__in=[each.user_id for each in grants]) | Q(id__in=deputies)
    people = (
        User.objects.filter(asked if matter.sensitivity == "restricted" else asked | by_role, is_active=True)
        .distinct()
        .prefetch_related("roles", "forces")
        .order_by("name")
    )
    found = [
        (one.id, _sees(one, matter, [g for g in grants if g.user_id == one.id], deputies.get(one.id, "")))
        for one in people
    ]
    seen = tuple(each for who, each in found if who not in shut and (each.why or each.leave))
    return Seeing(matter, seen, tuple(sorted(shut.values())))


def _sees(person: User, matter: Matter, grants: list[Grant], deputy_for: str) -> Sees:
    held = {each.role for each in person.roles.all()}
    first = next((roles.ROLES[each] for each in roles.ROLES if each in held), "No role")
    why = []
    if matter.sensitivity == "ordinary":
        of_force = any(force.id == matter.force_id for force in person.forces.all())
        if of_force and _reads(person, held):
            reading = next(r for r in roles.ROLES if r in held & roles.PERMISSIONS["matter.read"])
            why.append(f"{roles.ROLES[reading]} of {matter.force.name}; the matter is not restricted")
        if deputy_for:
            why.append(deputy_for)
    return Sees(person.name, first, tuple(why), tuple(Leave(each.id, _leave(each)) for each in grants))


def _reads(person: User, held: set[str]) -> bool:
    """Whether the roles held let a person read matters today, with the vetting there is."""
    return "matter.read" in roles.in_force(
        held, frozenset(), person.vetting, person.vetted_until, clock.today()
    )


def _deputies(matter: Matter) -> dict[int, str]:
    """Who sees the matter only because he stands in for another today, and for whom."""
    if matter.sensitivity == "restricted":
        return {}
    today = clock.today()
    lent = Delegation.objects.filter(ended_at=None, starts_on__lte=today, ends_on__gt=today).filter(
        Q(giver_id=matter.owner_id, own_matters=True) | Q(permissions__contains=["matter.read"])
    )
    lends = matter.owner is not None and matter.force_id in matter.owner.force_ids
    found = {}
    for each in User.objects.filter(id__in=lent.values("receiver_id")):
        reads = "matter.read" in each.permissions
        if reads and matter.owner and lends and matter.owner_id in each.held.givers_of_matters:
            found[each.id] = f"Deputy of {matter.owner.name}, who owns it"
        elif "matter.read" in each.held.for_others and matter.force_id in each.force_ids:
            found[each.id] = "Deputy of a colleague who reads matters"
    return found


def _leave(grant: Grant) -> str:
    by = f" by {grant.given_by.name}" if grant.given_by and grant.how != "glass" else ""
    said = grant.reason.rstrip(".")
    why = f": {said}" if said.casefold() != grant.get_how_display().casefold() else ""
    until = f", until {words.moment(grant.ends_at)}" if grant.ends_at else ", without an end"
    return f"{grant.get_how_display()}{by}{why}{until}"


def _shut_out(matter: Matter) -> dict[int, str]:
    """People whose declared conflicts shut this matter: three statements."""
    names = list(SearchKey.objects.filter(matter_id=matter.id).values_list("key", flat=True))
    marks = list(Vehicle.objects.filter(matter_id=matter.id).values_list("registration_mark", flat=True))
    standing = Conflict.objects.filter(
        Q(matter_id=matter.id) | Q(name__in=names) | Q(mark__in=marks), ended_at__isnull=True
    )
    return dict(standing.values_list("user_id", "user__name"))


@dataclass(frozen=True, slots=True)
class Known:
    """One declared conflict as its page shows it."""

    id: int
    person: str
    what: str
    why: str
    at: datetime
    mine: bool
    matter_id: int | None


def conflicts(actor: Any) -> list[Known]:
    """One's own standing conflicts, and for whoever may end them everybody's: two statements."""
    standing = Conflict.objects.filter(ended_at__isnull=True).select_related("user", "matter")
    if "matter.end_conflict" not in actor.permissions:
        standing = standing.filter(user_id=actor.id)
    rows = list(standing.order_by("-declared_at")[:MOST])
    seen = set(visible_to(actor).filter(id__in=[r.matter_id for r in rows if r.matter_id]).values_list("id"))
    return [
        Known(
            each.id,
            each.user.name,
            _with_what(each, (each.matter_id,) in seen),
            each.why,
            each.declared_at,
            each.user_id == actor.id,
            each.matter_id if (each.matter_id,) in seen else None,
        )
        for each in rows
        if each.user_id == actor.id or each.matter_id is None or (each.matter_id,) in seen
    ]


def _with_what(conflict: Conflict, seen: bool) -> str:
    if conflict.matter is not None:
        return f"Matter {conflict.matter.reference}" if seen else "One matter"
    return f"Mark {conflict.mark}" if conflict.mark else f"Name {conflict.name.title()}"


@dataclass(frozen=True, slots=True)
class Broken:
    """Broken glass to review: who, for what reference, why, and how often the matter was looked at under it."""

    row: GlassBroken
    looked: int
    by: date


def glass_to_review(actor: Any, *, today: date) -> tuple[int, date | None]:
    """How much broken glass waits for this person, up to a thousand, and the first day it is to be reviewed by.

    Two statements; none for whoever does not review.
    """
    if "matter.review_glass" not in actor.permissions:
        return 0, None
    waiting = _others(actor).filter(reviewed_at__isnull=True).order_by("at", "id")
    moments = list(waiting.values_list("at", flat=True)[:1_000])
    return len(moments), review_by(moments[0], days_to_review(today)) if moments else None


def _others(actor: Any) -> QuerySet[GlassBroken]:
    """Broken glass of a reviewer's forces without the reviewer's own."""
    return to_review_by(actor).exclude(user_id=actor.id)


def days_to_review(today: date) -> int:
    """In how many days broken glass is to be reviewed: the unit's own figure in force, dated."""
    own = OWN["glass.review_days"]  # the unit's own habit; no law gives one
    return int(policy.in_force(force_id=None, on=today).get(own.key, own.default))


def review_by(broken_at: datetime, days: int) -> date:
    """The last day for the review, a London day."""
    return clock.london_day(broken_at) + timedelta(days=days)


def to_review(actor: Any) -> list[Broken]:
    """Broken glass not reviewed yet, oldest first, without the reviewer's own: three statements."""
    waiting = _others(actor).filter(reviewed_at__isnull=True)
    rows = list(waiting.select_related("user").order_by("at", "id")[:MOST])
    days = days_to_review(clock.today())
    return [
        Broken(each, looked, review_by(each.at, days))
        for each, looked in zip(rows, _looked(rows), strict=True)
    ]


def reviewed(actor: Any) -> list[GlassBroken]:
    """The last reviews, newest first."""
    done = _others(actor).filter(reviewed_at__isnull=False)
    return list(done.select_related("user", "reviewed_by").order_by("-reviewed_at")[:20])


def one_to_review(actor: Any, broken_id: int) -> Broken | None:
    """One of them, whatever became of it; never the reviewer's own."""
    row = _others(actor).filter(id=broken_id).select_related("user").first()
    return Broken(row, _looked([row])[0], review_by(row.at, days_to_review(clock.today()))) if row else None


def _looked(rows: list[GlassBroken]) -> list[int]:
    """How often each person was shown each matter while the glass was broken: one statement."""
    wanted = Q(pk__in=[])
    for each in rows:
        if each.matter_id:
            wanted |= Q(
                actor_id=each.user_id, matter_id=each.matter_id, at__gte=each.at, at__lte=each.ends_at
            )
    counted = Consultation.objects.filter(wanted).values("actor_id", "matter_id").annotate(times=Count("id"))
    times = {(one["actor_id"], one["matter_id"]): one["times"] for one in counted}
    return [times.get((each.user_id, each.matter_id), 0) for each in rows]


def hidden_among(actor: Any, rows: Any) -> Any:
    """Those of a set of rows with a matter that this person may not see."""
    return rows.filter(matter_id__in=hidden_from(actor).values("id"))
