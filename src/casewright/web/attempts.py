"""What somebody tried and was refused: a page or an act that is not theirs (ASVS 5.0 16.3.2, 16.3.3).

The same is written whether there is such a matter or only none for this person, so that neither the answer, nor the
time it takes, nor the log says which. Nothing of the attempt but ids and codes is kept, and a number that no
id can be is nobody's id.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from casewright.foundation import clock
from casewright.foundation.journal.models import Operation
from casewright.foundation.journal.record import Line, record
from casewright.foundation.lifecycle import NOT_THERE, NotYours
from casewright.foundation.matters.rights import visible_to
from casewright.web.numbers import LARGEST

TOO_OFTEN = "too often"


def sentence(request: Any, refusal: Exception) -> str:
    """What a refusal says, for the page that says it; one for who asks is written down before it is said.

    Every view that catches a refusal takes its words from here (tests/architecture), the door for the others: what
    was mistyped, or stands otherwise by now, is nobody's attempt and leaves nothing.
    """
    if isinstance(refusal, NotYours) and request.user.is_authenticated:
        refused(request, refusal.why)
    return str(refusal)


def kept(request: Any, refusal: Exception) -> str:
    """The same for a form that is shown again with what was typed."""
    return f"{sentence(request, refusal)} What you typed is kept below."


def left_out(request: Any, matter_ids: Iterable[int]) -> None:
    """Write down each matter of a set sent at once that is not there for this person: two statements, however many.

    As one asked for alone is: the rest of the set is done, and neither the page nor the log tells a hidden matter from
    none. What another took or finished meanwhile is nobody's attempt.
    """
    asked = {each for each in matter_ids if each <= LARGEST}
    seen = visible_to(request.user).filter(id__in=asked).values_list("id", flat=True)
    missing = sorted(asked.difference(seen))
    page = request.resolver_match.url_name
    lines = [_line(page, NOT_THERE, matter_id, matter_id) for matter_id in missing]
    with transaction.atomic():
        record(lines, by=request.user.id, at=clock.now())


def refused(request: Any, why: str) -> None:
    """Write to the journal that this person was refused, once the act itself is undone or never began."""
    place = request.resolver_match
    ids = {name: each for name, each in place.kwargs.items() if isinstance(each, int) and each <= LARGEST}
    matter_id = ids.get("matter_id")
    asked = matter_id or next(iter(ids.values()), None)
    line = _line(place.url_name, why, matter_id, asked)
    with transaction.atomic():
        record([line], by=request.user.id, at=clock.now())


def _line(page: str, why: str, matter_id: int | None, asked: int | None) -> Line:
    facts = {"page": page, "why": why}
    return Line("people.refuse", matter_id, "asked", asked, facts, operation=Operation.CONSULTATION)
