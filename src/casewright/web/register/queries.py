"""What the register holds, and how many held rows wait for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max, Min, Q

from casewright.areas.traffic.models import Device, DeviceCertificate, Incident, Site
from casewright.foundation.matters.rights import visible_to
from casewright.foundation.messages.models import HeldItem

SOON = timedelta(days=30)
WAITING = {"site_unknown": "site", "device_unknown": "device", "certificate": "device"}


@dataclass(frozen=True, slots=True)
class Standing:
    """A device and how its certificates stand today: in force to a last day, ending soon, ended, or none."""

    device: Device
    band: str
    word: str
    last: date | None


@dataclass(frozen=True, slots=True)
class Waits:
    """A code for which rows are held, and how many."""

    field: str
    code: str
    count: int
    held_id: int


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """Everything the register's page shows."""

    sites: list[Site]
    devices: list[Standing]
    waits: list[Waits]


def register_page(actor: Any, today: date) -> RegisterPage:
    """Sites of the actor's forces, every device, and the codes that held rows name: three statements."""
    sites = list(Site.objects.select_related("force").filter(force_id__in=actor.force_ids).order_by("code"))
    return RegisterPage(sites, [_standing(each, today) for each in _devices(today)], waits(actor))


def waits(actor: Any) -> list[Waits]:
    """The codes for which rows of the actor's forces are held, the most first."""
    rows = (
        HeldItem.objects.filter(state="held", cause__in=WAITING, file__force_id__in=actor.force_ids)
        .values_list("field", "value")
        .annotate(count=Count("id"), first=Min("id"))
        .order_by("-count", "value")[:50]
    )
    return [Waits(*row) for row in rows]


def _devices(today: date) -> list[Any]:
    begun = Q(certificates__valid_from__lte=today)
    return list(
        Device.objects.annotate(until=Max("certificates__valid_until", filter=begun)).order_by("code")
    )


def _standing(device: Any, today: date) -> Standing:
    if device.until is None:
        return Standing(device, "late", "No certificate", None)
    last = device.until - timedelta(days=1)
    if last < today:
        return Standing(device, "late", "Ended", last)
    return Standing(device, *(("lead", "Ends soon") if last - today < SOON else ("met", "In force")), last)


@dataclass(frozen=True, slots=True)
class Certificate:
    """One certificate with its last day, and whether it can still be ended sooner."""

    id: int
    first: date
    last: date
    word: str
    can_end: bool


@dataclass(frozen=True, slots=True)
class DevicePage:
    """A device, its certificates newest first, and how many matters the reader may see rest on it."""

    device: Device
    certificates: list[Certificate]
    matters: int


def device_page(actor: Any, device_id: int, today: date) -> DevicePage | None:
    """One device: three statements; None if there is none."""
    device = Device.objects.filter(id=device_id).first()
    if device is None:
        return None
    rows = DeviceCertificate.objects.filter(device=device).order_by("-valid_from", "-id")
    matters = Incident.objects.filter(device=device, matter__in=visible_to(actor)).count()
    return DevicePage(device, [_certificate(row, today) for row in rows], matters)


def _certificate(row: DeviceCertificate, today: date) -> Certificate:
    last = row.valid_until - timedelta(days=1)
    word = "Ended" if last < today else "In force" if row.valid_from <= today else "To come"
    return Certificate(row.id, row.valid_from, last, word, row.valid_from < row.valid_until)
