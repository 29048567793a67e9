"""The bridge from traffic rows to the frozen facts that `law` understands."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from casewright.areas.traffic.detections import Detection, Register
from casewright.areas.traffic.models import Device, Site
from casewright.foundation.clock import LONDON


def detection_facts(row: Detection, certificate: tuple[date, date] | None) -> dict[str, Any]:
    """The facts on which a detection is decided: speeds in mph, the moment in London, the device's certificate."""
    return {
        "offence_at": row.offence_at.astimezone(LONDON),
        "recorded_mph": row.recorded_mph,
        "limit_mph": row.limit_mph,
        "secondary_mph": row.secondary_mph,
        "vehicle_class": row.vehicle_class,
        "road_kind": row.road_kind,
        "device_kind": "camera",
        "device_certified_from": certificate and certificate[0],
        "device_certified_until": certificate and certificate[1],
        "limit_changed_seconds_ago": row.limit_changed_seconds_ago,
        "warned_at_time": row.warned_at_time,
    }


def certificates() -> dict[str, list[tuple[date, date]]]:
    """Every device's certificates by device code: one statement."""
    found: dict[str, list[tuple[date, date]]] = {
        code: [] for code in Device.objects.values_list("code", flat=True)
    }
    rows = Device.objects.filter(certificates__isnull=False).values_list(
        "code", "certificates__valid_from", "certificates__valid_until"
    )
    for code, starts, ends in rows:
        found[code].append((starts, ends))
    return found


def certificate_on(
    all_certificates: dict[str, list[tuple[date, date]]], code: str, day: date
) -> tuple[date, date] | None:
    """The certificate in force for a device on a London day, or None."""
    return next((c for c in all_certificates.get(code, ()) if c[0] <= day < c[1]), None)


def register(*, received_at: datetime) -> Register:
    """Sites and devices as registered, for the reading of rows: three statements."""
    sites = Site.objects.values_list("code", "location", "road_kind", "limit_mph", "offence_code")
    return Register(
        {code: (where, road, limit, law) for code, where, road, limit, law in sites},
        certificates(),
        received_at,
    )
