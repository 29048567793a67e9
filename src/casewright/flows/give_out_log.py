"""Giving the log to whoever may ask for it: the Commissioner, a court, those who look into conduct (DPA 2018 s.62)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from casewright.foundation.journal.models import Operation
from casewright.foundation.journal.record import Line, record
from casewright.foundation.matters.rights import must_hold


def give_out_log(
    *,
    matter_id: int | None,
    asked: dict[str, Any],
    rows: int,
    purpose: str,
    recipient: str,
    by: Any,
    at: datetime,
) -> None:
    """Record that a part of the log is given out: to whom, for which purpose, by what question, how many rows.

    :raises NotAllowed: without the right
    """
    must_hold(by, "journal.audit")
    line = Line(
        "journal.give_out", matter_id, "log", None, {**asked, "rows": rows}, authority="DPA 2018 s.62(4)",
        operation=Operation.DISCLOSURE, reason=purpose, recipient=recipient,
    )  # fmt: skip
    record([line], by=by.id, at=at)
