"""The bridge from traffic rows to the frozen facts that `law` understands."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from casewright.areas.traffic.detections import Detection, Register
from casewright.areas.traffic.models import Allegation, Device, DeviceCertificate, Incident, Requirement, Site
from casewright.foundation.clock import LONDON, london_day
from casewright.law.offences import known as offence_of


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


def allegation_facts(allegation: Allegation, incident: Incident) -> dict[str, Any]:
    """The facts of an allegation as its rows hold them, in plain JSON values; what a person adds comes beside.

    Days are London days. Two statements: the certificate of its device, and what was served.
    """
    day = london_day(incident.offence_at)
    found: dict[str, Any] = {
        "offence_code": allegation.offence_code,
        "offence_on": day.isoformat(),
        "detected_by": "officer" if incident.source == "stop" else "camera",
        "warned_at_time": incident.warned_at_time,
        "vehicle_class": incident.vehicle_class or "car",
        "received_on": london_day(incident.matter.opened_at).isoformat(),
    }
    others = Allegation.objects.filter(incident_id=incident.matter_id).exclude(id=allegation.id)
    found["same_occasion"] = list(others.order_by("number").values_list("offence_code", flat=True))
    if incident.recorded_mph is not None and offence_of(allegation.offence_code).family.startswith("speed"):
        found |= _readings(incident, day)
    return {name: value for name, value in (found | _served(incident)).items() if value not in (None, "", [])}


def _readings(incident: Incident, day: date) -> dict[str, Any]:
    readings: dict[str, Any] = {
        "recorded_mph": incident.recorded_mph,
        "limit_mph": incident.limit_mph,
        "secondary_mph": incident.secondary_mph,
        "road_kind": incident.site.road_kind if incident.site else "built-up",
    }
    held = DeviceCertificate.objects.filter(
        device=incident.device, valid_from__lte=day, valid_until__gt=day
    )
    certificate = held.order_by("-valid_until").first()
    if certificate is not None:
        readings["device_certified_from"] = certificate.valid_from.isoformat()
        readings["device_certified_until"] = certificate.valid_until.isoformat()
    return readings


def _served(incident: Incident) -> dict[str, Any]:
    first = (
        Requirement.objects.select_related("letter")
        .filter(incident_id=incident.matter_id)
        .order_by("hop")
        .first()
    )
    if first is None or first.served_on is None:
        return {}
    posted = first.letter.posted_on if first.letter else None
    return {
        "notice_posted_on": posted and posted.isoformat(),
        "requirement_served_on": first.served_on.isoformat(),
        "answer": "none" if first.state == "defaulted" else "",
    }
