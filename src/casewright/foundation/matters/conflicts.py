"""Conflicts of interest: a person declares one and is shut out before opening; another person ends it."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.db.models import F

from casewright.foundation.journal.record import Line, record
from casewright.foundation.lifecycle import OWN_ACT, NotAllowed, NotYours
from casewright.foundation.matters.actions import folded
from casewright.foundation.matters.models import Conflict, Matter
from casewright.foundation.matters.restricting import stated
from casewright.foundation.matters.rights import must_hold, must_see

BACK_TO = "notices"  # where a matter of no queue waits once its owner is shut out


def declare(*, matter_id: int, why: str, by: Any, at: datetime) -> Conflict:
    """Declare a conflict with one matter: it is gone for this person at once, and leaves his desk for its queue.

    :raises NotAllowed: without the right or a reason
    """
    must_hold(by, "matter.declare_conflict")
    matter, why = must_see(by, matter_id), stated(why)
    made = Conflict.objects.create(user=by, matter=matter, why=why, declared_at=at)
    lines = [Line("matters.declare_conflict", matter.id, "conflict", made.id, text=why)]
    if matter.owner_id == by.id and matter.closed_at is None:
        queue = matter.queue or BACK_TO
        Matter.objects.filter(id=matter.id).update(owner=None, queue=queue, version=F("version") + 1)
        lines.append(Line("matters.release", matter.id, "matter", matter.id, {"queue": queue}))
    record(lines, by=by.id, at=at)
    _forget(by)
    return made


def declare_of(*, name: str, mark: str, why: str, by: Any, at: datetime) -> Conflict:
    """Declare a conflict with a person's name or a registration mark, wherever it stands now or later.

    :raises NotAllowed: without the right, a reason, or exactly one of the two
    """
    must_hold(by, "matter.declare_conflict")
    name, mark, why = folded(name), re.sub(r"[^A-Z0-9]", "", mark.upper()), stated(why)
    if bool(name) == bool(mark) or len(name) > 200 or len(mark) > 12:
        raise NotAllowed("Give either the whole name or the registration mark of whom you know.")
    made = Conflict.objects.create(user=by, name=name, mark=mark, why=why, declared_at=at)
    record([Line("matters.declare_conflict", None, "conflict", made.id)], by=by.id, at=at)
    _forget(by)
    return made


def end(*, conflict_id: int, by: Any, at: datetime) -> None:
    """End another person's declared conflict.

    :raises NotAllowed: without the right, of one's own, or if it has ended
    """
    must_hold(by, "matter.end_conflict")
    found = (
        Conflict.objects.filter(id=conflict_id, ended_at__isnull=True).select_for_update(of=("self",)).first()
    )
    if found is None:
        raise NotAllowed("There is no such conflict, or it has ended.")
    if found.user_id == by.id:
        raise NotYours("You cannot end your own conflict. Another person with this right can.", OWN_ACT)
    if found.matter_id is None:
        found.delete()  # the name or mark of somebody's friend is not kept any longer; the journal has the rest
    else:
        Conflict.objects.filter(id=conflict_id).update(ended_at=at, ended_by=by)
    line = Line("matters.end_conflict", found.matter_id, "conflict", conflict_id, {"user": found.user_id})
    record([line], by=by.id, at=at)


def _forget(person: Any) -> None:
    """What `in_conflict` keeps with the person is out of date."""
    person.__dict__.pop("declared_conflicts", None)
