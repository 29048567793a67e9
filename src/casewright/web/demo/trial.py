"""The file of the first step: 800 detections of the last three days with 37 planted faults, made on the spot."""

from __future__ import annotations

from datetime import date, timedelta

from casewright.foundation.messages.adapters import adapter

ROWS, FAULTS = 800, 37


def trial_file(today: date) -> bytes:
    """The bytes of the file, the same for the same day."""
    maker = adapter("trial_detections")
    rows = list(maker.rows(ROWS, last_day=today - timedelta(days=1), seed=20, first_sequence=500_000))
    lines: list[bytes] = maker.with_faults(rows, FAULTS, seed=3, tomorrow=today + timedelta(days=1))
    return bytes(maker.header() + b"".join(lines))
