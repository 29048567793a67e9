"""A copy of something leaves the product with the person who took it: a disclosure (DPA 2018 s.62(1)(d))."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from casewright.foundation.journal.models import Operation
from casewright.foundation.journal.record import Line, record


def give_out_copy(
    *, kind: str, row_id: int, matter_id: int | None, reason: str, by: Any, at: datetime
) -> None:
    """Record that a letter, a document or the manifest of a print run was given out as a file.

    :param kind: ``letter``, ``document`` or ``print_run``
    :param reason: the code of the reason for the look that it belongs to
    """
    line = Line(
        "documents.take_copy", matter_id, kind, row_id, {"of": kind.replace("_", " ")},
        operation=Operation.DISCLOSURE, reason=reason, recipient=f"person {by.id}",
    )  # fmt: skip
    record([line], by=by.id, at=at)
