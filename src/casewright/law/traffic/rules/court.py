"""Who is prosecuted, and in which court: R34 and R42 to R48."""

from __future__ import annotations

from functools import cache

from casewright.law import charges
from casewright.law.charging import CaseToCharge, police_may_charge
from casewright.law.offences import known
from casewright.law.traffic.case import (
    APPLIED,
    FAILED,
    NOT_KNOWN,
    OFFERS,
    PASSED,
    PROSECUTIONS,
    Case,
    Verdict,
    rule,
)

ADULT, SPECIFIED_FROM, RESPONSIBLE = 18, 16, 10


@rule("R46", asks="deceased vulnerable")
def person(case: Case) -> Verdict | None:
    """A death ends it; vulnerability stops letters until a person has looked at the public interest."""
    if case.facts.deceased:
        return Verdict(FAILED, "The person has died. Every letter stops.", "DECEASED")
    if case.facts.vulnerable:
        said = "The person is vulnerable or capacity is in doubt: the public interest is looked at first."
        return Verdict(NOT_KNOWN, said, "VULNERABLE")
    return None


@rule("R34", asks="accused driver_identified")
def who_committed(case: Case) -> Verdict | None:
    """A driver must be known for a driver's offence; a company answers only for use that it admits."""
    by = case.offence.committed_by
    if not case.company:
        if case.facts.driver_identified or by != "driver":
            return None
        return Verdict(NOT_KNOWN, "It is not known who drove.", "DRIVER_NOT_KNOWN")
    if by in {"keeper", "anyone"}:
        return None
    if by == "user" and case.facts.admits_use:
        said = "The company admits that it used the vehicle; an offer is for a person."
        return Verdict(APPLIED, said, declines=OFFERS)
    why = (
        "only the driver commits this offence"
        if by != "user"
        else "the company has not admitted that it used the vehicle"
    )
    return Verdict(NOT_KNOWN, f"The accused is a company, and {why}.", "DRIVER_NOT_KNOWN")


@rule("R44")
def for_the_cps(case: Case) -> Verdict | None:
    """Whatever the police may not charge goes to the CPS (Director's Guidance, Annex 1)."""
    against = _beyond_police(case.offence.code)
    grave = case.offence.involves or (
        "injury" if case.offence.family == "" and case.facts.collision == "injury" else ""
    )
    if not against and not grave:
        return None
    said = f"The CPS decides: {against[0]}." if against else f"The CPS decides, because of {grave}."
    return Verdict(APPLIED, said, declines=(*OFFERS, *PROSECUTIONS))


@cache
def _beyond_police(code: str) -> tuple[str, ...]:
    return police_may_charge(CaseToCharge((known(code),)))


@rule("R43")
def with_custody(case: Case) -> Verdict | None:
    """A summary offence with custody is not for a single justice; if it is not specified the CPS conducts it."""
    offence = case.offence
    if not offence.summary_only or not offence.imprisonable:
        return None
    said = f"The offence carries up to {offence.custody}, so it is not for a single justice"
    if offence.specified.startswith("Y"):
        return Verdict(APPLIED, f"{said}; the police may conduct it.", bars=("single_justice",))
    return Verdict(
        APPLIED, f"{said}, and the CPS conducts it.", bars=("single_justice",), declines=("requisition",)
    )


@rule("R42", asks="age born_on")
def under_18(case: Case) -> Verdict | None:
    """Under 18 at charge: a requisition to the youth court; whether an offer comes first is the unit's policy."""
    if case.age is None or case.age >= ADULT:
        return None
    if case.age < RESPONSIBLE:
        return Verdict(
            FAILED, f"Nobody under {RESPONSIBLE} can be guilty of an offence.", "UNDER_AGE_CRIMINAL_RESP"
        )
    said = f"The accused is {case.age}: no single justice deals with anyone under {ADULT}."
    if case.age < SPECIFIED_FROM:
        said += f" Under {SPECIFIED_FROM} the proceedings are not specified, and the CPS conducts them."
    declined = () if case.setting("offer_under_18") else OFFERS
    return Verdict(APPLIED, said, bars=("single_justice",), declines=declined)


@rule("R45", asks="welsh")
def in_welsh(case: Case) -> Verdict | None:
    """Documents in both languages; where no Welsh wording is held, a person provides it."""
    if not case.facts.welsh:
        return None
    found = charges.pattern(case.offence)
    if found is not None and found.welsh:
        return Verdict(PASSED, "Every document is in Welsh and English.")
    said = "Every document is in Welsh and English; no Welsh wording of the charge is held yet."
    return Verdict(APPLIED, said, "WELSH_NOT_HELD", warns=PROSECUTIONS)


@rule("R47", asks="same_occasion")
def in_the_alternative(case: Case) -> Verdict | None:
    """The offence and the failure to say who drove are charged in the alternative and never both proved."""
    if "RT88567" not in case.facts.same_occasion:
        return None
    return Verdict(
        APPLIED, "With the failure to say who drove it is charged in the alternative; only one is proved."
    )


@rule("R48", asks="same_occasion")
def several_offences(case: Case) -> Verdict | None:
    """RTOA 1988 s.28(4): of several offences on one occasion the highest points only, unless the court says more."""
    if not case.facts.same_occasion:
        return None
    return Verdict(
        APPLIED,
        "Of several offences on one occasion only the highest points count, unless a court says more.",
    )
