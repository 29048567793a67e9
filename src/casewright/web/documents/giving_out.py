"""Files that leave: each is logged, and outside one's own work the reason is asked before."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpResponse

from casewright.flows.give_out_copy import give_out_copy
from casewright.foundation import clock
from casewright.foundation.journal.looks import consulted
from casewright.foundation.matters.models import Matter
from casewright.web.doors import ask_why
from casewright.web.reasons import reason_of

COPIES = {"letter_copy": "letter", "document": "document", "manifest": "print_run"}  # files that leave


def given_out(request: Any, matter: Matter | None, shown: dict[str, Any]) -> HttpResponse | None:
    """Log that a file was given out: what no page shows (DPA 2018 s.62).

    Outside one's own work the reason is asked first: then the page that asks it is returned, and nothing was given out.
    """
    name = request.resolver_match.url_name
    reason = reason_of(request, matter) if matter else name
    if not reason and matter:
        return ask_why(request, matter)
    matter_id, at = matter.id if matter else None, clock.now()
    with transaction.atomic():
        consulted(by=request.user.id, page=name, at=at, matter_id=matter_id, reason=reason, shown=shown)
        if name in COPIES:
            give_out_copy(
                kind=COPIES[name], row_id=shown[COPIES[name]], matter_id=matter_id, reason=reason,
                by=request.user, at=at,
            )  # fmt: skip
    return None
