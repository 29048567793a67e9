"""What somebody tried and was refused: no right to a page, or what is not there for them (ASVS 5.0 16.3.2, 16.3.3).

The same is written whether there is such a matter or only none for this person, so that neither the answer, nor the
time it takes, nor the log says which. Nothing of the attempt but ids and codes is kept.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from casewright.foundation import clock
from casewright.foundation.journal.models import Operation
from casewright.foundation.journal.record import Line, record

NO_RIGHT, NOT_THERE, TOO_OFTEN = "no right to it", "not there for them", "too often"


def refused(request: Any, why: str) -> None:
    """Write to the journal that this person was refused; outside any transaction of the act itself."""
    place = request.resolver_match
    matter_id = place.kwargs.get("matter_id")
    asked = matter_id or next((each for each in place.kwargs.values() if isinstance(each, int)), None)
    line = Line(
        "people.refuse", matter_id, "asked", asked, {"page": place.url_name, "why": why},
        operation=Operation.CONSULTATION,
    )  # fmt: skip
    with transaction.atomic():
        record([line], by=request.user.id, at=clock.now())
