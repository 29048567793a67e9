"""Who decides that somebody is charged: the police, or the Crown Prosecution Service (Director's Guidance, Annex 1)."""

from __future__ import annotations

from dataclasses import dataclass

from casewright.law.authority import Authority, cite
from casewright.law.offences import Offence

ANNEX = "Director's Guidance on Charging, sixth edition, Annex 1"
# What takes a case from the police whatever the offence.
EXCLUDED = {
    "death": "the case involves a death",
    "terrorism": "it is connected with terrorist activity or official secrets",
    "domestic_abuse": "it is classified as domestic abuse",
    "hate_crime": "it is classified as hate crime",
    "stalking": "it is harassment or stalking",
    "violent_disorder": "it is violent disorder or affray",
    "serious_violence": "it is wounding, grievous or actual bodily harm",
    "sexual_under_18": "it is a sexual offence by or on a person under 18",
    "licensing": "it is an offence under the Licensing Act 2003",
    "consent": "the consent of the DPP or a Law Officer is needed",
}


@dataclass(frozen=True, slots=True)
class CaseToCharge:
    """The offences of one case and what decides who charges. Not known counts as not so: then the CPS decides."""

    offences: tuple[Offence, ...]
    flags: frozenset[str] = frozenset()
    plea_anticipated: str = ""
    fits_magistrates: bool = False
    over_12_months_likely: bool = False
    retail_theft: bool = False


def police_may_charge(case: CaseToCharge) -> tuple[str, ...]:
    """Why the police may not decide to charge; nothing if they may. One offence for the CPS takes the whole case.

    Authority: the Director's Guidance (DPP6) Annex 1, confidence H S; mixed cases M.
    """
    found = [said for flag, said in EXCLUDED.items() if flag in _flags(case)]
    return (*found, *(f"{o.code}: {said}" for o in case.offences if (said := _beyond(o, case))))


def _flags(case: CaseToCharge) -> frozenset[str]:
    deaths = {"death"} if any(o.involves == "death" for o in case.offences) else set()
    return case.flags | deaths


def _beyond(offence: Offence, case: CaseToCharge) -> str:
    """Why one offence is beyond the police, or nothing."""
    if offence.summary_only:
        return ""
    if offence.mode == "I":
        return "an offence triable only on indictment is for the CPS"
    if not case.fits_magistrates or case.over_12_months_likely:
        return "an either-way offence not shown to fit a magistrates' court's sentence is for the CPS"
    if case.retail_theft or case.plea_anticipated == "guilty":
        return ""
    return "an either-way offence without an anticipated guilty plea is for the CPS"


def authority() -> Authority:
    """What the division of charging rests on."""
    return cite(ANNEX)
