"""Why somebody looks at a matter: told from the work at hand, and asked only outside one's own (DPA 2018 s.62(2))."""

from __future__ import annotations

from typing import Any

from casewright.areas.tasks.models import Task
from casewright.foundation.matters.models import Grant, Matter

# What is asked for where the work at hand does not say it; the code is kept with each look.
ASKED = {
    "call": "Somebody telephoned about it",
    "post": "A letter or e-mail came about it",
    "absence": "Its owner is away",
    "court": "The court or the CPS asked",
    "information": "A complaint or a request for information",
    "linked": "It belongs to a matter of mine",
}
# Roles whose task is other people's matters.
OF_ROLE = {
    "supervisor": "supervision",
    "senior_processing_officer": "supervision",
    "senior_prosecution_officer": "supervision",
    "records_manager": "records",
}
KEPT = 50  # reasons remembered in a session, the last ones


def reason_of(request: Any, matter: Matter) -> str:
    """The reason for this look as a code; empty where it must be asked for."""
    actor = request.user
    if matter.owner_id == actor.id:
        return "own"
    if matter.closed_at is None and matter.owner_id is None and matter.queue:
        return f"queue {matter.queue}"
    if matter.owner is not None and actor.team_id and matter.owner.team_id == actor.team_id:
        return "team"
    if role := next((OF_ROLE[each] for each in OF_ROLE if each in actor.role_names), ""):
        return role
    asked: str = request.session.get("reasons", {}).get(str(matter.id), "")
    return asked or _given_to(actor, matter)


def _given_to(actor: Any, matter: Matter) -> str:
    """A task of his on the matter, or leave to see it: two statements, asked last."""
    if Task.objects.filter(matter_id=matter.id, given_to_id=actor.id).exists():
        return "task"
    grant = Grant.objects.filter(matter_id=matter.id, user_id=actor.id).order_by("-id").first()
    return grant.how if grant else ""


def remember(request: Any, matter_id: int, reason: str) -> None:
    """Keep what was said for the rest of the session, so that it is asked once."""
    kept = request.session.get("reasons", {}) | {str(matter_id): reason}
    request.session["reasons"] = dict(list(kept.items())[-KEPT:])
