"""Breaking the glass: seeing a matter without leave, by its exact reference only, and the review afterwards.

The answer is the same whether or not there is such a matter, in words and in work done: one INSERT … SELECT gives
leave where there is one, and the same statements run where there is none. Glass stands between a person and the
restricted matters of their own forces; between forces there is a wall (docs/decisions/broken-glass-within-a-force.md).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from casewright.foundation.journal.models import Operation
from casewright.foundation.journal.record import Line, record
from casewright.foundation.lifecycle import OWN_ACT, NotAllowed, NotYours
from casewright.foundation.matters.models import GlassBroken, Grant
from casewright.foundation.matters.references import as_written
from casewright.foundation.matters.restricting import stated
from casewright.foundation.matters.rights import must_hold
from casewright.foundation.people.models import User

LASTS = timedelta(hours=4)
REASON_LIMIT = 300

# Leave where there is such a matter of this person's forces and no conflict with it; nothing where there is none.
_LEAVE = """
INSERT INTO matters_grant (matter_id, user_id, how, reason, given_at, ends_at, given_by_id)
SELECT m.id, %(user)s, 'glass', %(reason)s, %(at)s, %(ends)s, %(user)s FROM matters_matter m
WHERE m.reference = %(reference)s AND m.force_id = ANY (%(forces)s) AND NOT EXISTS (
  SELECT FROM matters_conflict c WHERE c.user_id = %(user)s AND c.ended_at IS NULL AND (
    c.matter_id = m.id
    OR EXISTS (SELECT FROM matters_searchkey k WHERE k.matter_id = m.id AND k.key = c.name)
    OR EXISTS (SELECT FROM parties_vehicle v WHERE v.matter_id = m.id AND v.registration_mark = c.mark)))
RETURNING matter_id
"""


def break_glass(*, reference: str, reason: str, by: Any, at: datetime) -> GlassBroken:
    """See a matter of one's forces for four hours by its exact reference, with a reason that will be reviewed.

    :raises NotAllowed: without the right or a reason, or if what was given is no whole reference
    """
    must_hold(by, "matter.break_glass")
    wanted, reason = as_written(reference), stated(reason, REASON_LIMIT)
    if wanted is None:
        raise NotAllowed(
            "Give the whole reference, for example T26-000123. Names and marks are not taken here."
        )
    ends = at + LASTS
    with connection.cursor() as cursor:
        given = {"user": by.id, "reason": reason[:200], "at": at, "ends": ends, "reference": wanted}
        cursor.execute(_LEAVE, given | {"forces": list(by.force_ids)})
        found = cursor.fetchone()
    matter_id = found[0] if found else None
    broken = GlassBroken.objects.create(
        user=by, reference=wanted, reason=reason, at=at, ends_at=ends, matter_id=matter_id
    )
    line = Line(
        "matters.break_glass", matter_id, "glass", broken.id, {"reference": wanted}, reason,
        operation=Operation.CONSULTATION, reason="glass",
    )  # fmt: skip
    record([line], by=by.id, at=at)
    return broken


def to_review_by(actor: Any) -> QuerySet[GlassBroken]:
    """Broken glass of a reviewer's forces: of their matters, and of none by their people. One's own is among it."""
    people = User.forces.through.objects.filter(force_id__in=actor.force_ids).values("user_id")
    of_none = Q(matter__isnull=True, user_id__in=people)
    return GlassBroken.objects.filter(of_none | Q(matter__force_id__in=actor.force_ids))


def review(*, broken_id: int, proper: bool, words: str, by: Any, at: datetime) -> GlassBroken:
    """Say whether breaking the glass was proper; leave that was not ends at once.

    :raises NotAllowed: without the right, of one's own, twice, or without words
    """
    must_hold(by, "matter.review_glass")
    broken = to_review_by(by).select_for_update(of=("self",)).filter(id=broken_id).first()
    if broken is None:
        raise NotAllowed("There is nothing to review here.")
    if broken.user_id == by.id:
        raise NotYours("You cannot review yourself. Another person with this right can.", OWN_ACT)
    if broken.reviewed_at is not None:
        raise NotAllowed("This has been reviewed already.")
    broken.review = stated(words, REASON_LIMIT)
    broken.found, broken.reviewed_by, broken.reviewed_at = "proper" if proper else "improper", by, at
    broken.save(update_fields=["review", "found", "reviewed_by", "reviewed_at"])
    if not proper and broken.matter_id is not None:
        running = Grant.objects.filter(Q(ends_at__gt=at), user_id=broken.user_id, how="glass")
        running.filter(matter_id=broken.matter_id).update(ends_at=at)
    facts = {
        "reference": broken.reference,
        "found": broken.get_found_display().lower(),
        "user": broken.user_id,
    }
    line = Line("matters.review_glass", broken.matter_id, "glass", broken.id, facts, broken.review)
    record([line], by=by.id, at=at)
    return broken
