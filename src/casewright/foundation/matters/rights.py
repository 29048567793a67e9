"""Who may see which matters, and `may`: the one test of a right on a matter."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from casewright.foundation import clock
from casewright.foundation.lifecycle import NOT_THERE, NotYours
from casewright.foundation.matters.models import Conflict, Destruction, GlassBroken, Grant, Matter, SearchKey
from casewright.foundation.parties.models import Vehicle
from casewright.foundation.people.models import User


def visible_to(actor: Any) -> QuerySet[Matter]:
    """The matters a person may see: of their forces, restricted ones only under a grant, never one in conflict.

    Every door's query over matters begins here. An officer in the case sees only matters granted to them.
    """
    seen = Q(in_force(actor))
    if "matter.read" in actor.permissions:
        ours = Q(force_id__in=actor.force_ids)
        if actor.held.givers_of_matters:
            ours |= lent_to(actor)
        seen |= ours & Q(sensitivity="ordinary")
    found = Matter.objects.filter(seen)
    shut = in_conflict(actor)
    return found.exclude(shut) if shut else found


def lent_to(actor: Any) -> Q:
    """Matters owned by whom a person deputises for, of forces that owner serves today: no deputy sees more."""
    serves = User.forces.through.objects.filter(user_id=OuterRef("owner_id"), force_id=OuterRef("force_id"))
    return Q(Exists(serves), owner_id__in=actor.held.givers_of_matters)


def in_force(actor: Any) -> Exists:
    """Whether leave for this person to see the matter is in force now."""
    return Exists(
        Grant.objects.filter(
            Q(ends_at__isnull=True) | Q(ends_at__gt=clock.now()), matter_id=OuterRef("pk"), user_id=actor.id
        )
    )


def in_conflict(actor: Any) -> Q | None:
    """Which matters a person's declared conflicts shut; None for the most, who declared none.

    One statement, then kept with the person for this request, as roles and forces are.
    """
    if not hasattr(actor, "declared_conflicts"):
        open_ones = Conflict.objects.filter(user_id=actor.id, ended_at__isnull=True)
        actor.declared_conflicts = list(open_ones.values_list("matter_id", "name", "mark"))
    if not actor.declared_conflicts:
        return None
    matters, names, marks = (
        [each for each in column if each] for column in zip(*actor.declared_conflicts, strict=True)
    )
    named = SearchKey.objects.filter(key__in=names).values("matter_id")
    marked = Vehicle.objects.filter(registration_mark__in=marks).values("matter_id")
    return Q(id__in=matters) | Q(id__in=named) | Q(id__in=marked)


def hidden_from(actor: Any) -> QuerySet[Matter]:
    """The few matters of the actor's forces that he may not see: counts over sets of rows leave them out.

    It starts from the restricted ones and conflicts, of which there are few, so that a count of many rows stays cheap.
    """
    restricted, shut = Q(sensitivity="restricted"), in_conflict(actor)
    few = Matter.objects.filter(restricted | shut if shut else restricted)
    return few.exclude(id__in=visible_to(actor).filter(id__in=few.values("id")).values("id"))


def counted_for(actor: Any) -> QuerySet[Matter]:
    """The matters of which a person may be told how many there are: of his forces, without those hidden from him.

    For counts of what hangs on matters (messages, clocks), also by whoever keeps the machine and reads no matter.
    """
    return Matter.objects.filter(force_id__in=actor.force_ids).exclude(id__in=hidden_from(actor).values("id"))


def destroyed_for(actor: Any) -> QuerySet[Destruction]:
    """What is left of destroyed matters of the actor's forces, and of those he proposed or approved himself.

    Every door's query over certificates begins here: the matters are gone, so `visible_to` cannot say it any more.
    """
    his_own = Q(proposed_by_id=actor.id) | Q(approved_by_id=actor.id)
    done = Destruction.objects.filter(approved_at__isnull=False)
    return done.filter(his_own | Q(force_id__in=actor.force_ids))


def may(actor: Any, permission: str, matter: Matter) -> bool:
    """Whether a person may do something to a matter: the permission by role, the matter visible, not his own half."""
    return (
        permission in actor.permissions
        and visible_to(actor).filter(pk=matter.pk).exists()
        and not did_the_first_half(actor, permission, matter.pk)
    )


def did_the_first_half(actor: Any, permission: str, matter_id: int) -> bool:
    """Separation of duties: whether this person did what this permission is to check on the same matter."""
    first: dict[str, QuerySet[Any]] = {
        "records.approve_destroy": Destruction.objects.filter(matter_id=matter_id, proposed_by_id=actor.id),
        "matter.review_glass": GlassBroken.objects.filter(matter_id=matter_id, user_id=actor.id),
        "matter.end_conflict": Conflict.objects.filter(matter_id=matter_id, user_id=actor.id),
    }
    return permission in first and first[permission].exists()


def must_see(actor: Any, matter_id: int) -> Matter:
    """The matter, locked for the act that follows.

    :raises NotAllowed: in the same words whether there is no such matter or only not for this person
    """
    found = visible_to(actor).filter(id=matter_id).select_for_update(of=("self",)).first()
    if found is None:
        raise NotYours("There is no such matter for you.", NOT_THERE)
    return found


def must_hold(actor: Any, permission: str) -> None:
    """Refuse an act for which no role of the actor gives the permission.

    :raises NotAllowed: with a sentence that says whom to ask
    """
    if actor is not None and permission not in actor.permissions:
        words = permission.split(".")[1].replace("_", " ")
        raise NotYours(
            f"Your roles do not let you {words}. A colleague with that right can do it; "
            "the people page shows who."
        )
