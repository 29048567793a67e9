"""Rows of the published collision files into reports. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from casewright.areas.collisions.actions import Report
from casewright.foundation.clock import LONDON
from casewright.foundation.messages.actions import Fault

OLD_NAMES = {"accident_reference": "collision_ref_no", "accident_ref_no": "collision_ref_no"}
LIMITS = frozenset({20, 30, 40, 50, 60, 70})
Row = Mapping[str, str]
Read = Callable[[Report, dict[str, str]], Fault | None]
Held = tuple[str, Row, Fault]


def with_new_names(row: Row) -> dict[str, str]:
    """A row under the column names of the 2024 guide, whichever of the two spellings it came in."""
    return {
        OLD_NAMES.get(
            name, name.replace("accident_", "collision_", 1) if name.startswith("accident_") else name
        ): (value or "").strip()
        for name, value in row.items()
        if name
    }


def reports(
    collisions: Iterable[Row], vehicles: Iterable[Row], casualties: Iterable[Row]
) -> tuple[list[Report], list[Held]]:
    """All collisions with their vehicles and casualties, and the rows that cannot be taken in, with the fault."""
    found: dict[str, Report] = {}
    held: list[Held] = []
    for row in map(with_new_names, collisions):
        made = _report(row)
        if isinstance(made, Fault):
            held.append(("collisions", row, made))
        elif made.collision_index in found:
            held.append(
                (
                    "collisions",
                    row,
                    _fault("collision_index", made.collision_index, "The same index comes twice."),
                )
            )
        else:
            found[made.collision_index] = made
    held += _attach("vehicles", vehicles, found, _vehicle)
    held += _attach("casualties", casualties, found, _casualty)
    return list(found.values()), held


def _fault(field: str, value: str, reason: str) -> Fault:
    return Fault(field, value, reason, "Correct the row in the file and take it in again.", f"crash_{field}")


def _report(row: dict[str, str]) -> Report | Fault:
    if not row.get("collision_index"):
        return _fault("collision_index", "", "The row has no index.")
    try:
        day, month, year = row["date"].split("/")
        moment = datetime.fromisoformat(f"{year}-{month}-{day}T{row.get('time') or '00:00'}")
    except (ValueError, KeyError):
        return _fault("date", f"{row.get('date')} {row.get('time')}", "This is not a day and time.")
    try:
        severity = int(row["collision_severity"])
        vehicles, casualties = int(row["number_of_vehicles"]), int(row["number_of_casualties"])
        limit = int(row.get("speed_limit") or -1)
    except (ValueError, KeyError) as problem:
        return _fault("collision_severity", str(problem)[:60], "A number is missing or is not one.")
    if severity not in (1, 2, 3):
        return _fault("collision_severity", str(severity), "Severity is 1 fatal, 2 serious or 3 slight.")
    return Report(
        row["collision_index"],
        moment.replace(tzinfo=LONDON),
        severity,
        vehicles,
        casualties,
        limit if limit in LIMITS else None,
        row.get("police_force", ""),
        row,
    )


def _attach(file: str, rows: Iterable[Row], found: dict[str, Report], read: Read) -> list[Held]:
    held: list[Held] = []
    for row in map(with_new_names, rows):
        report = found.get(row.get("collision_index", ""))
        if report is None:
            held.append(
                (
                    file,
                    row,
                    _fault(
                        "collision_index",
                        row.get("collision_index", ""),
                        "No collision of this index is in the file.",
                    ),
                )
            )
            continue
        try:
            fault = read(report, row)
        except (ValueError, KeyError) as problem:
            fault = _fault("vehicle_reference", str(problem)[:60], "A number is missing or is not one.")
        if fault:
            held.append((file, row, fault))
    return held


def _vehicle(report: Report, row: dict[str, str]) -> Fault | None:
    number = int(row["vehicle_reference"])
    if any(v[0] == number for v in report.vehicles):
        return _fault("vehicle_reference", str(number), "The same vehicle comes twice.")
    report.vehicles.append((number, int(row["vehicle_type"]), row))
    return None


def _casualty(report: Report, row: dict[str, str]) -> Fault | None:
    vehicle, number = int(row["vehicle_reference"]), int(row["casualty_reference"])
    if any(c[:2] == (vehicle, number) for c in report.casualties):
        return _fault("casualty_reference", str(number), "The same casualty comes twice.")
    report.casualties.append(
        (vehicle, number, int(row["casualty_class"]), int(row["casualty_severity"]), row)
    )
    return None
