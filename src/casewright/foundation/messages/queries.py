"""Questions about what was received."""

from __future__ import annotations

from typing import Any

from django.db.models import Count

from casewright.foundation.messages.models import HeldItem, IntakeFile, IntakeRow, Outcome


def counts_of_file(file: IntakeFile) -> dict[str, int]:
    """Received and each outcome, counted from the rows themselves, and what is not yet read: one statement."""
    found = dict(
        IntakeRow.objects.filter(file=file)
        .values("outcome")
        .annotate(n=Count("number"))
        .values_list("outcome", "n")
    )
    counts = {str(o): found.get(o, 0) for o in Outcome}
    return {"received": file.rows, **counts, "not_yet_read": file.rows - sum(counts.values())}


def account_of_file(file_id: int) -> dict[str, Any]:
    """A file's whole account: its counts and every row that was held or refused, with its reason and remedy."""
    file = IntakeFile.objects.get(id=file_id)
    items = HeldItem.objects.filter(file=file, state__in=("held", "refused")).order_by("row_number")
    return {
        "reference": file.reference,
        "file": file.name,
        "sha256": file.sha256,
        **counts_of_file(file),
        "rows": [
            {
                "row": i.row_number,
                "outcome": i.state,
                "field": i.field,
                "value": i.value,
                "reason": i.reason,
                "remedy": i.remedy,
            }
            for i in items
        ],
    }
