"""A leaver, or somebody whose clearance has run out: nothing of theirs waits for someone who will not come."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Case, F, Q, Value, When

from casewright.foundation.journal.record import Line, record
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.matters.models import Matter
from casewright.foundation.people.models import Team, User
from casewright.foundation.people.staff import cut_off


def let_go(*, person: User, by: Any, at: datetime) -> int:
    """End a person's access and give their open matters back to the queues; returns how many.

    In the caller's transaction. It needs no sight of the matters: none is shown.

    :raises NotAllowed: without the right, or for oneself
    """
    cut_off(person=person, by=by, at=at)
    return hand_back(person, by=by, at=at)


def hand_back(person: User, *, by: Any, at: datetime) -> int:
    """Give a person's open matters back to their queues: a set in constant statements; returns how many."""
    theirs = Matter.objects.filter(owner_id=person.id, closed_at__isnull=True)
    ids = list(theirs.order_by("id").select_for_update(of=("self",)).values_list("id", flat=True))
    if ids:
        queue = Case(When(queue="", then=Value(_queue_of(person))), default=F("queue"))
        Matter.objects.filter(id__in=ids).update(owner=None, queue=queue, version=F("version") + 1)
    lines = [Line("matters.hand_back", each, "person", person.id) for each in ids]
    record(lines, by=by and by.id, at=at)
    return len(ids)


def hand_back_of_absent(day: date, *, at: datetime) -> int:
    """The daily round's part: matters owned by those who have left, or may see nothing from this London day on."""
    gone = Q(is_active=False) | Q(last_day__lt=day) | Q(vetted_until__lte=day) & ~Q(vetting="")
    owners = Matter.objects.filter(closed_at__isnull=True, owner__isnull=False).values("owner_id")
    return sum(hand_back(each, by=None, at=at) for each in User.objects.filter(gone, id__in=owners))


def _queue_of(person: User) -> str:
    """Where their work waits when it is nobody's: their team's queue, else the first team's."""
    team = person.team or Team.objects.order_by("id").first()
    if team is None:
        raise NotAllowed("There is no team whose queue could take their matters. Add a team first.")
    return team.queue
