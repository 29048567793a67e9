"""The register that detections are read against: sites, devices of an approved type, and their certificates.

A reading is evidence only from a device of a type the Secretary of State has approved (RTOA 1988 s.20(4)), and this
unit takes it only under a certificate in date (rule G1). So what is wrong here is wrong in thousands of matters.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from casewright.areas.traffic.models import Device, DeviceCertificate, Site
from casewright.foundation.clock import london_day
from casewright.foundation.journal.models import Operation
from casewright.foundation.journal.record import Line, record
from casewright.foundation.lifecycle import NotAllowed, NotYours
from casewright.foundation.matters.rights import must_hold
from casewright.foundation.policy import queries as policy
from casewright.law.offences import all_offences
from casewright.law.traffic import ROAD_KINDS
from casewright.law.traffic.values import national
from casewright.law.wording import full

KINDS = (
    "Fixed radar", "Piezo or loop", "Tracking radar", "Average speed", "Laser, hand-held", "Pace or odometer",
    "Red light",
)  # fmt: skip
_CODE = re.compile(r"[A-Z0-9]{2,12}")
LONGEST = "unit.certificate_days"
AUTHORITY = "RTOA 1988 s.20(4)"


def limits() -> tuple[int, ...]:
    """The speed limits that there are, in mph."""
    return tuple(sorted(row.limit for row in national()))


def register_site(
    *,
    code: str,
    location: str,
    limit_mph: int,
    road_kind: str,
    offence_code: str,
    force_id: int,
    by: Any,
    at: datetime,
) -> Site:
    """Register a place where a device stands.

    :param limit_mph: the limit its traffic order sets
    :param offence_code: what exceeding the limit here is charged as
    :raises NotAllowed: without the right, for a code there is already, or a limit, road or offence there is not
    """
    _must_keep(by, force_id)
    code = _code(code, "site")
    if Site.objects.filter(code=code).exists():
        raise NotAllowed(f"Site {code} is registered already. Give the new site a code of its own.")
    if not location.strip():
        raise NotAllowed("Say where the site is, as the letters will say it.")
    if limit_mph not in limits() or road_kind not in ROAD_KINDS:
        raise NotAllowed("Choose the limit and the kind of road as its traffic order has them.")
    if offence_code not in all_offences():
        raise NotAllowed(
            f"No offence {offence_code} is held. Type a code of the offence table, such as RR84707."
        )
    row = Site.objects.create(
        code=code, location=location.strip(), limit_mph=limit_mph, road_kind=road_kind, offence_code=offence_code,
        force_id=force_id,
    )  # fmt: skip
    _journal("traffic.register_site", "site", row.id, {"code": code, "limit": limit_mph}, by, at)
    return row


def register_device(*, code: str, kind: str, approval: str, by: Any, at: datetime) -> Device:
    """Register a device of an approved type; it takes nothing in until it has a certificate.

    :param approval: the type as approved, such as "Gatso Type 24"
    :raises NotAllowed: without the right, for a code there is already, or without kind or approval
    """
    _must_keep(by)
    code = _code(code, "device")
    if Device.objects.filter(code=code).exists():
        raise NotAllowed(f"Device {code} is registered already. Open it to add a certificate.")
    if kind not in KINDS or not approval.strip():
        raise NotAllowed("Choose the kind and type the approved type, as the approval order names it.")
    row = Device.objects.create(code=code, kind=kind, approval=approval.strip())
    _journal("traffic.register_device", "device", row.id, {"code": code, "approval": row.approval}, by, at)
    return row


def add_certificate(*, device_id: int, first: date, last: date, by: Any, at: datetime) -> DeviceCertificate:
    """Add a calibration certificate, in force from its first to its last day, both included.

    :raises NotAllowed: without the right, or if the days cannot be right
    """
    _must_keep(by)
    device = _device(device_id)
    if last < first:
        raise NotAllowed(
            f"It ends on {full(last)}, before it begins. Type the days as the certificate has them."
        )
    longest = policy.figure(LONGEST, on=london_day(at))
    if (last - first).days >= longest:
        raise NotAllowed(
            f"Calibration is yearly, and this is more than the {longest} days a certificate may run. Look at the "
            "years again."
        )
    if DeviceCertificate.objects.filter(
        device=device, valid_from=first, valid_until=date.fromordinal(last.toordinal() + 1)
    ).exists():
        raise NotAllowed(f"A certificate of {device.code} for these days is there already; see above.")
    row = DeviceCertificate.objects.create(
        device=device, valid_from=first, valid_until=date.fromordinal(last.toordinal() + 1)
    )
    facts = {"code": device.code, "first": first.isoformat(), "last": last.isoformat()}
    _journal("traffic.add_certificate", "device", device.id, facts, by, at)
    return row


def end_certificate(
    *, certificate_id: int, last: date, reason: str, by: Any, at: datetime
) -> DeviceCertificate:
    """End a certificate sooner, because the device was found faulty or moved. Matters taken in before are not touched.

    :param last: its last good day; the day before its first means that it never held
    :raises NotAllowed: without the right or a reason, or if it would last longer
    """
    _must_keep(by)
    row = (
        DeviceCertificate.objects.select_for_update()
        .select_related("device")
        .filter(id=certificate_id)
        .first()
    )
    if row is None:
        raise NotAllowed("There is no such certificate any more. Open the device again.")
    until = date.fromordinal(last.toordinal() + 1)
    if not reason.strip():
        raise NotAllowed("Say why it ends: what was found, and who found it.")
    if not row.valid_from <= until < row.valid_until:
        first, end = full(row.valid_from), full(date.fromordinal(row.valid_until.toordinal() - 1))
        raise NotAllowed(f"It runs from {first} to {end}. Give a last good day before that end.")
    row.valid_until = until
    row.save(update_fields=["valid_until"])
    facts = {"code": row.device.code, "last": last.isoformat()}
    _journal("traffic.end_certificate", "device", row.device_id, facts, by, at, reason.strip())
    return row


def _must_keep(by: Any, force_id: int | None = None) -> None:
    must_hold(by, "traffic.keep_register")
    if by is not None and force_id is not None and force_id not in by.force_ids:
        raise NotYours("You do not work for this force. Ask one of its people to register the site.")


def _code(given: str, what: str) -> str:
    code = given.strip().upper()
    if not _CODE.fullmatch(code):
        raise NotAllowed(f"A {what}'s code has 2 to 12 letters and figures, as the files write it.")
    return code


def _device(device_id: int) -> Device:
    found = Device.objects.filter(id=device_id).first()
    if found is None:
        raise NotAllowed("There is no such device. Register it first.")
    return found


def _journal(
    verb: str, kind: str, row_id: int, facts: dict[str, Any], by: Any, at: datetime, text: str = ""
) -> None:
    line = Line(verb, None, kind, row_id, facts, text, AUTHORITY, Operation.COLLECTION)
    record([line], by=by and by.id, at=at)
