"""The bridge from traffic rows to the frozen facts that `law` understands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from casewright.areas.traffic.detections import Detection, Register
from casewright.areas.traffic.models import Allegation, Device, DeviceCertificate, Incident, Requirement, Site
from casewright.foundation.clock import LONDON, london_day
from casewright.law.offences import known as offence_of

Certificates = Mapping[int, Sequence[tuple[date, date]]]


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
    all_certificates: Mapping[str, Sequence[tuple[date, date]]], code: str, day: date
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


def allegation_facts(allegation: Allegation) -> dict[str, Any]:
    """The facts of one allegation; see the plural."""
    return allegations_facts([allegation])[allegation.id]


def allegations_facts(allegations: Sequence[Allegation]) -> dict[int, dict[str, Any]]:
    """The facts of allegations as their rows hold them, in plain JSON values, by allegation; what a person adds comes
    beside. Days are London days. Three statements beyond the rows: other offences, certificates, what was served.

    :param allegations: with `incident__matter` and `incident__site` fetched, or they are looked up one by one
    """
    incidents = {each.incident_id: each.incident for each in allegations}
    beside, held, served = _beside(incidents), _held(incidents.values()), _first_requirements(incidents)
    return {
        each.id: _facts(each, beside[each.incident_id], held, served.get(each.incident_id))
        for each in allegations
    }


def _facts(
    allegation: Allegation, occasion: list[Allegation], held: Certificates, first: Requirement | None
) -> dict[str, Any]:
    incident = allegation.incident
    day = london_day(incident.offence_at)
    others = [each for each in occasion if each.id != allegation.id]
    found: dict[str, Any] = {
        "offence_code": allegation.offence_code,
        "offence_on": day.isoformat(),
        "detected_by": "officer" if incident.source == "stop" else "camera",
        "warned_at_time": incident.warned_at_time,
        "vehicle_class": incident.vehicle_class or "car",
        "received_on": london_day(incident.matter.opened_at).isoformat(),
        "same_occasion": [each.offence_code for each in others],
    }
    if any(each.status == "prosecution_file" for each in others):
        found["other_to_court"] = True
    if incident.recorded_mph is not None and offence_of(allegation.offence_code).family.startswith("speed"):
        found |= _readings(incident)
    found |= _certificate(incident, day, held) | _served(first)
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def _readings(incident: Incident) -> dict[str, Any]:
    return {
        "recorded_mph": incident.recorded_mph,
        "limit_mph": incident.limit_mph,
        "secondary_mph": incident.secondary_mph,
        "road_kind": incident.site.road_kind if incident.site else "built-up",
    }


def _certificate(incident: Incident, day: date, held: Certificates) -> dict[str, Any]:
    """The certificate of its device that covers the day; of several, the one that holds longest."""
    covers = [one for one in held.get(incident.device_id or 0, ()) if one[0] <= day < one[1]]
    if not covers:
        return {}
    starts, ends = max(covers, key=lambda one: one[1])
    return {"device_certified_from": starts.isoformat(), "device_certified_until": ends.isoformat()}


def _served(first: Requirement | None) -> dict[str, Any]:
    if first is None or first.served_on is None:
        return {}
    posted = first.letter.posted_on if first.letter else None
    return {
        "notice_posted_on": posted and posted.isoformat(),
        "requirement_served_on": first.served_on.isoformat(),
        "answer": "none" if first.state == "defaulted" else "",
    }


def _beside(incidents: Iterable[int]) -> dict[int, list[Allegation]]:
    found: dict[int, list[Allegation]] = defaultdict(list)
    for each in Allegation.objects.filter(incident_id__in=list(incidents)).order_by("number"):
        found[each.incident_id].append(each)
    return found


def _held(incidents: Iterable[Incident]) -> Certificates:
    found: dict[int, list[tuple[date, date]]] = defaultdict(list)
    devices = {each.device_id for each in incidents if each.device_id}
    rows = DeviceCertificate.objects.filter(device_id__in=devices)
    for device, starts, ends in rows.values_list("device_id", "valid_from", "valid_until"):
        found[device].append((starts, ends))
    return found


def _first_requirements(incidents: Iterable[int]) -> dict[int, Requirement]:
    rows = Requirement.objects.select_related("letter").filter(incident_id__in=list(incidents))
    return {each.incident_id: each for each in rows.order_by("-hop")}
