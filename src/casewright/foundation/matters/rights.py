"""Who may see which matters, and `may`: the one test of a right on a matter."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from casewright.foundation import clock
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.matters.models import Grant, Matter


def visible_to(actor: Any) -> QuerySet[Matter]:
    """The matters a person may see: of their forces, and restricted ones only under a grant in force.

    Every door's query over matters begins here. An officer in the case sees only matters granted to them.
    """
    granted = Exists(
        Grant.objects.filter(
            Q(ends_at__isnull=True) | Q(ends_at__gt=clock.now()), matter_id=OuterRef("pk"), user_id=actor.id
        )
    )
    if "matter.read" not in actor.permissions:
        return Matter.objects.filter(granted)
    ordinary = Q(force_id__in=actor.force_ids) | Q(owner_id__in=actor.held.givers_of_matters)
    return Matter.objects.filter(ordinary & Q(sensitivity="ordinary") | granted)


def may(actor: Any, permission: str, matter: Matter) -> bool:
    """Whether a person may do something to a matter: the permission by role, and the matter visible."""
    return permission in actor.permissions and visible_to(actor).filter(pk=matter.pk).exists()


def must_hold(actor: Any, permission: str) -> None:
    """Refuse an act for which no role of the actor gives the permission.

    :raises NotAllowed: with a sentence that says whom to ask
    """
    if actor is not None and permission not in actor.permissions:
        words = permission.split(".")[1].replace("_", " ")
        raise NotAllowed(
            f"Your roles do not let you {words}. A colleague with that right can do it; "
            "the people page shows who."
        )
