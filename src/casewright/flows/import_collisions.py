"""Published collision reports into collision matters, a thousand to a transaction, every row accounted for."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from casewright.areas.collisions.actions import Report, receive_reports
from casewright.foundation.messages import actions as messages
from casewright.foundation.messages.adapters import adapter

FILES = ("collisions", "vehicles", "casualties")
OLD_FILES = {"collisions": "accidents"}
AT_ONCE = 1000


def _silence(_done: int, _of: int) -> None:
    """Tell nobody how far it is."""


def import_folder(
    *,
    folder: Path,
    force_id: int,
    today: date,
    by: Any,
    at: datetime,
    tell: Callable[[int, int], None] = _silence,
) -> dict[str, dict[str, int]]:
    """Take in the three files of a folder.

    :returns: for each file: rows in the file, written, known already, held
    :raises FileRefused: if a file is missing
    """
    rows = {name: _rows(folder, name) for name in FILES}
    reports, held = adapter("crash").reports(*(rows[name] for name in FILES))
    written: Counter[str] = Counter()
    for start in range(0, len(reports), AT_ONCE):
        part = reports[start : start + AT_ONCE]
        with transaction.atomic():
            fresh = receive_reports(part, force_id=force_id, today=today, by=by, at=at)
        written += _count(fresh)
        tell(start + len(part), len(reports))
    with transaction.atomic():
        messages.keep_held(_as_held(held, today, at))
    faults, whole = Counter(name for name, _, _ in held), _count(reports)
    return {
        name: {
            "in the file": len(rows[name]),
            "written": written[name],
            "known already": whole[name] - written[name],
            "held": faults[name],
        }
        for name in FILES
    }


def _as_held(
    held: list[tuple[str, dict[str, str], messages.Fault]], today: date, at: datetime
) -> list[tuple[Any, ...]]:
    faults = [(None, json.dumps(dict(row)), dict(row), fault) for _, row, fault in held]
    return messages.what_is_held(faults, interface="crash", file_id=None, today=today, at=at)


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    for known in (name, OLD_FILES.get(name, name)):
        path = folder / f"{known}.csv"
        if path.is_file():
            with path.open(encoding="utf-8-sig", newline="") as file:
                return list(csv.DictReader(file))
    raise messages.FileRefused(
        f"There is no {name}.csv in {folder.name}; all three files are needed: "
        f"{', '.join(f'{n}.csv' for n in FILES)}."
    )


def _count(reports: list[Report]) -> Counter[str]:
    return Counter(
        {
            "collisions": len(reports),
            "vehicles": sum(len(r.vehicles) for r in reports),
            "casualties": sum(len(r.casualties) for r in reports),
        }
    )
