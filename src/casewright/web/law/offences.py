"""Doors to the offences: the table, one offence with its charge and its routes into court."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import Http404, HttpResponse

from casewright.foundation import clock
from casewright.foundation.reference.models import Code
from casewright.law import charges, charging, offences
from casewright.law.offences import MODES, Offence
from casewright.web.doors import door, show

MOST_NATIONAL = 50
PEOPLE = (
    ("An adult", charging.Accused(age=40)),
    ("A youth of 17", charging.Accused(age=17)),
    ("A youth of 15", charging.Accused(age=15)),
    ("A company", charging.Accused(company=True)),
)
FAMILIES = {
    "speed": "Speed", "speed-variable": "Speed, variable limits", "speed-class": "Speed, by class of vehicle",
    "sign": "Signs and signals", "section-172": "Saying who drove", "careless": "Careless driving",
    "insurance": "Insurance", "licence": "Licence", "phone": "Hand-held devices", "belt": "Seat belts",
    "test-certificate": "Test certificate", "excise": "Vehicle excise", "condition": "Condition of the vehicle",
    "accident": "Accidents", "": "Others",
}  # fmt: skip


@door("law.read")
def table(request: Any) -> HttpResponse:
    """Every offence the law here knows, by family; words narrow the list, and look into the national list too."""
    sought = request.GET.get("about", "").strip()
    found = sorted(
        (each for each in offences.all_offences().values() if _is_about(each, sought)),
        key=lambda each: list(FAMILIES).index(each.family),
    )
    sections = [(FAMILIES[key], list(group)) for key, group in groupby(found, key=lambda each: each.family)]
    return show(
        request, "law/offences.html", area="rules", sections=sections, count=len(found), sought=sought,
        national=_national(sought), held=sum(each.dates_held for each in found),
        worded=sum(bool(each.charge_pattern) for each in found),
    )  # fmt: skip


def _is_about(offence: Offence, sought: str) -> bool:
    text = f"{offence.code} {offence.title} {offence.wording} {offence.provision} {offence.endorsement}".casefold()
    return all(word in text for word in sought.casefold().split())


def _national(sought: str) -> list[Code]:
    """Codes of the national list that the table has not, where it was loaded and words are sought: one statement."""
    if not sought:
        return []
    rows = Code.objects.filter(list="offence").exclude(code__in=list(offences.all_offences()))
    for word in sought.split():
        rows = (
            rows.filter(title__icontains=word)
            if len(word) < 7 or not word[-1].isdigit()
            else rows.filter(code=word)
        )
    return list(rows.order_by("code")[:MOST_NATIONAL])


@dataclass(frozen=True, slots=True)
class Into:
    """By which routes one kind of accused may be brought to court by the police."""

    who: str
    routes: tuple[charging.Route, ...]
    conduct: charging.Standing


@door("law.read")
def one(request: Any, code: str) -> HttpResponse:
    """One offence: what the process needs of it, how it is charged, by which routes, and who conducts."""
    offence = offences.all_offences().get(code.upper())
    if offence is None:
        raise Http404
    every = list(offences.all_offences())
    place = every.index(offence.code)
    return show(
        request, "law/offence.html", area="rules", offence=offence, mode=MODES[offence.mode], sure=_sure(offence),
        court=spelt(offence.court), most=spelt(offence.maximum),
        pattern=charges.pattern(offence), provision=charges.provision(offence), into=_into(offence),
        before=every[place - 1] if place else None, after=every[place + 1] if place + 1 < len(every) else None,
    )  # fmt: skip


# How the source writes what a court may do, and how it is read out.
_SPELT = (
    (re.compile(r"\boblig\b"), "obligatory"),
    (re.compile(r"\bdisc DQ\b"), "discretionary disqualification"),
    (re.compile(r"\bdisc\b"), "discretionary disqualification"),
    (re.compile(r"\bDQ\b"), "disqualification"),
    (re.compile(r" (\d+)m\b"), r" of \1 months"),
    (re.compile(r"\b(\d+)y\b"), r"\1 years"),
    (re.compile(r"\byrs\b"), "years"),
    (re.compile(r"^(\d+)-(\d+)"), r"\1 to \2 points"),
    (re.compile(r"^(\d+)(?= or)"), r"\1 points"),
    (re.compile(r"/L(\d)"), r" or level \1"),
    (re.compile(r"\bL(\d)"), r"level \1"),
    (re.compile(r"/(\d)"), r" or \1"),
    (re.compile(r"\bext\."), "extended"),
    (re.compile(r"\bind\."), "on indictment"),
    (re.compile(r"^-$"), "none"),
)


def spelt(short: str) -> str:
    """What a court may do, read out: ``3 to 6 points or discretionary disqualification`` for ``3-6 or disc``."""
    said = short
    for pattern, words in _SPELT:
        said = pattern.sub(words, said)
    return said


SURE = {"H": "high", "M": "middling", "L": "low"}


def _sure(offence: Offence) -> str:
    """How sure the source is of the offence, and of whether a warning is needed, in words."""
    whole, _, warning = offence.confidence.removesuffix(" uncertain").partition(" nip ")
    said = f"{SURE[whole]}; of the warning, {SURE[warning]}"
    return f"{said}; some of it is marked as not certain" if offence.uncertain else said


def _into(offence: Offence) -> list[Into]:
    today = clock.today()
    return [
        Into(
            who,
            charging.routes(offence, accused, prosecutor="police", on=today),
            charging.specified(offence, charging.Proceedings("requisition", today, accused.age)),
        )
        for who, accused in PEOPLE
    ]
