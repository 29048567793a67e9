"""Doors to collision reports."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from casewright.areas.collisions import actions
from casewright.foundation import clock
from casewright.web.collisions.forms import EndCollision
from casewright.web.doors import door
from casewright.web.traffic.views import asked


@door("collisions.decide")
def end_collision(request: Any, matter_id: int) -> HttpResponse:
    """Decide that nobody is prosecuted for a collision."""

    def act(typed: dict[str, Any]) -> None:
        actions.end(
            matter_id=matter_id,
            reasons=typed["reasons"],
            by=request.user,
            at=clock.now(),
            today=clock.today(),
        )

    return asked(
        request,
        matter_id,
        EndCollision,
        act,
        title="Prosecute nobody",
        button="Record the decision",
        refused="Your decision is not recorded yet",
    )
