"""The Commissioner's export: every field of DPA 2018 s.62, and the row's place under its seal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import Any

from casewright.foundation.spreadsheets import pieces
from casewright.web.audit.telling import Row

HEADING = (
    "at (UTC)", "operation", "what", "who", "for whom", "matter", "subject", "sentence", "reason", "recipient",
    "authority", "source", "facts", "hash of words", "table", "row", "transaction",
)  # fmt: skip


def as_table(rows: Iterable[Row]) -> Iterator[str]:
    """The answer as CSV, line by line, with no cell that a spreadsheet takes for a formula."""
    return pieces(HEADING, map(_cells, rows))


def _cells(row: Row) -> tuple[Any, ...]:
    return (
        row.at.astimezone(UTC).isoformat(), row.operation, row.verb, row.who, row.for_whom, row.reference,
        row.subject, row.said, row.reason, row.recipient, row.authority, row.source,
        json.dumps(row.facts, ensure_ascii=False) if row.facts else "", row.text_hash,
        "journal_consultation" if row.look else "journal_entry", row.id, row.tx,
    )  # fmt: skip
