"""The data of a notice with its s.172 requirement: every word that varies, from the record, none of it empty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from casewright import law
from casewright.areas.deadlines.facts import last_day
from casewright.areas.traffic.models import Allegation
from casewright.foundation.clock import LONDON
from casewright.foundation.matters.models import Matter
from casewright.foundation.parties.models import Party, Vehicle
from casewright.foundation.reference.queries import calendar
from casewright.law.identifiers import spaced
from casewright.law.wording import full


def letters_data(matter_ids: Sequence[int], *, today: date) -> list[dict[str, Any]]:
    """The data of one letter per matter, in the order given: four statements, whatever their number."""
    matters = {m.id: m for m in Matter.objects.filter(id__in=matter_ids).select_related("incident")}
    keepers = {
        p.matter_id: p for p in Party.objects.filter(matter_id__in=matter_ids, role="keeper").order_by("id")
    }
    allegations: dict[int, list[Allegation]] = defaultdict(list)
    for each in (
        Allegation.objects.filter(incident_id__in=matter_ids).exclude(status="ended").order_by("number")
    ):
        allegations[each.incident_id].append(each)
    makes = _makes(matter_ids)
    courtesy = _courtesy_date(today)
    return [_letter(matters[m], keepers[m], allegations[m], makes.get(m, ""), courtesy) for m in matter_ids]


def _makes(matter_ids: Sequence[int]) -> dict[int, str]:
    rows = Vehicle.objects.filter(matter_id__in=matter_ids).values_list(
        "matter_id", "colour", "make", "model"
    )
    return {m: " ".join(word for word in words if word) for m, *words in rows}


def _courtesy_date(today: date) -> date:
    """The last day to answer if posted on the business day after production (CrimPR 4.11(3)): for information.

    Posted sooner, the law's own day is earlier; whoever reads this date is held to no earlier one (posting.py).
    """
    return last_day(law.deadline("s172-28", {"produced_on": today}, on=today, calendars=calendar()))


def _letter(
    matter: Matter, keeper: Party, allegations: Sequence[Allegation], make: str, courtesy: date
) -> dict[str, Any]:
    incident = matter.incident
    moment = incident.offence_at.astimezone(LONDON)
    warned = [a.title[0].lower() + a.title[1:] for a in allegations if a.nip_needed]
    return {
        "id": matter.id,
        "reference": matter.reference,
        "recipient_id": keeper.id,
        "mark": spaced(incident.registration_mark),
        "make": make,
        "addressee": {"name": keeper.name, "lines": list(keeper.address)},
        "heading": "Notice of intended prosecution and requirement to identify the driver"
        if warned
        else "Requirement to identify the driver",
        "allegations": [
            {"number": a.number, "title": a.title, "detail": f"{a.detail}." if a.detail else ""}
            for a in allegations
        ],
        "when": f"{full(moment.date())} at {moment:%H:%M}",
        "where": incident.location,
        "warning": bool(warned),
        "warned": "; ".join(warned),
        "courtesy_date": full(courtesy),
        "courtesy_on": courtesy.isoformat(),
    }


def run_data(
    letters: Sequence[Mapping[str, Any]], *, unit: Mapping[str, Any], force: str, title: str, today: date
) -> dict[str, Any]:
    """The data of one document that holds these letters.

    :param unit: name and address lines of the unit, from its settings
    """
    return {
        "title": title,
        "unit": dict(unit),
        "force": force,
        "produced": full(today),
        "marking": "OFFICIAL",
        "copy": "",
        "year": today.year,
        "month": today.month,
        "day": today.day,
        "letters": list(letters),
    }


EXAMPLE: dict[str, Any] = {
    "id": 1, "recipient_id": 1, "reference": "T26-100001", "mark": "QX26 RTL", "make": "grey Hartwell Pippin",
    "addressee": {"name": "Edwin Marlow-Tate", "lines": ["4 Mill Lane", "Fernhithe", "FX2 1AA"]},
    "heading": "Notice of intended prosecution and requirement to identify the driver",
    "allegations": [{"number": 1, "title": "Exceeding a 30 mph speed limit", "detail": "47 mph recorded in a 30."}],
    "when": "Saturday 12 December 2026 at 14:07", "where": "Tallow Lane, Fernhithe", "warning": True,
    "warned": "exceeding a 30 mph speed limit", "courtesy_date": "Tuesday 19 January 2027", "courtesy_on": "2027-01-19",
}  # fmt: skip
