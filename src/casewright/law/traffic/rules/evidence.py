"""Evidence and exemption: the code, the device, the vehicle, who is exempt (CODE, R01 to R09)."""

from __future__ import annotations

from typing import Any

from casewright.law.offences import Offence
from casewright.law.traffic import guards
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
from casewright.law.traffic.disposals import Spoken

BY_DEVICE = frozenset({"speed", "speed-variable", "speed-class", "sign"})


def _as(spoken: Spoken) -> Verdict:
    return Verdict(spoken.outcome, spoken.sentence, spoken.code)


@rule("CODE")
def code_in_force(case: Case) -> Verdict | None:
    """A code whose dates are not held is for a person, never assumed to be in force."""
    if case.offence.dates_held:
        return Verdict(PASSED, f"{case.offence.code} is {case.offence.period}.")
    if case.facts.code_checked:
        return Verdict(PASSED, f"A person has checked that {case.offence.code} was in force on the day.")
    said = f"Dates not held for {case.offence.code}: look up whether it was in force on the day."
    return Verdict(APPLIED, said, "DATES_NOT_HELD", warns=(*OFFERS, *PROSECUTIONS))


@rule("R01")
def certificate(case: Case) -> Verdict | None:
    """The device's certificate covers the day (RTOA 1988 s.20(4)), where the device's record is the evidence."""
    if case.facts.detected_by != "camera" or not _shown_by_device(case.offence):
        return None
    return _as(guards.calibration(_detection(case)))


def _shown_by_device(offence: Offence) -> bool:
    """Whether the offence is one of those that s.20(2) lets a device's record prove: speed, signs and signals."""
    return offence.family in BY_DEVICE or offence.title.endswith(" - camera")


@rule("R02", asks="secondary_mph")
def secondary_check(case: Case) -> Verdict | None:
    """The secondary check is within the share practice allows."""
    if not case.speeding or case.facts.secondary_mph is None:
        return None
    return _as(guards.secondary(_detection(case), case.policy))


@rule("R03", family="speed speed-variable speed-class")
def class_limit(case: Case) -> Verdict | None:
    """The limit of the class of vehicle, where lower than the road's (RTRA 1984 s.86)."""
    if not case.speeding or case.limit == case.facts.limit_mph:
        return None
    if case.offence.family == "speed-class":
        return Verdict(APPLIED, case.by_class.sentence)
    said = f"{case.by_class.sentence} The code of the class is charged (RR84203 to RR84208), not {case.offence.code}."
    return Verdict(APPLIED, said, "CLASS_CODE", warns=(*OFFERS, *PROSECUTIONS))


@rule("R04", asks="plate_legible vehicles_in_frame vehicle_matches")
def one_vehicle(case: Case) -> Verdict | None:
    """One vehicle in the field, its mark legible, make and colour agreeing with the register."""
    found = guards.one_vehicle(_detection(case))
    if found.outcome == guards.FAILED:
        return _as(found)
    if case.facts.vehicle_matches is False:
        said = "Make or colour differ from the register: a second person views the images."
        return Verdict(NOT_KNOWN, said, "SECOND_VIEW")
    return None


@rule("R05", asks="variable_limit limit_changed_seconds_ago")
def variable_limit(case: Case) -> Verdict | None:
    """A variable limit that changed just before is not relied on; when it was set must be known."""
    if not case.speeding or (not case.facts.variable_limit and case.facts.limit_changed_seconds_ago is None):
        return None
    return _as(guards.variable_limit(_detection(case), case.policy))


@rule("R06", asks="order_in_force")
def order_and_signs(case: Case) -> Verdict | None:
    """The traffic order and its signs were in force (RTRA 1984 s.85)."""
    if not case.speeding or case.facts.order_in_force is None:
        return None
    return _as(guards.order_and_signs(_detection(case)))


@rule("R07", asks="exempt_purpose")
def emergency(case: Case) -> Verdict | None:
    """RTRA 1984 s.87: shown by the log and countersigned, the limit did not bind."""
    facts = case.facts
    if not facts.exempt_purpose:
        return None
    if facts.exemption_logged and facts.exemption_countersigned:
        return Verdict(
            FAILED,
            "The vehicle was used for an exempt purpose, logged and countersigned.",
            "EXEMPT_EMERGENCY",
        )
    missing = "the log" if not facts.exemption_logged else "a supervisor's signature"
    return Verdict(NOT_KNOWN, f"An exempt purpose is claimed; {missing} is missing.", "EXEMPTION_NOT_SHOWN")


@rule("R08", asks="clone")
def clone(case: Case) -> Verdict | None:
    """A cloned mark, once satisfied, ends it; a claim is enquired into."""
    if case.facts.clone == "satisfied":
        return Verdict(FAILED, "The vehicle bore a cloned mark; it was not the keeper's.", "CLONE_CONFIRMED")
    if case.facts.clone == "claimed":
        return Verdict(NOT_KNOWN, "A cloned mark is claimed and not yet decided.", "CLONE_CLAIMED")
    return None


@rule("R09", asks="immunity")
def diplomat(case: Case) -> Verdict | None:
    """Diplomatic immunity ends it unless waived; the protocol directorate is told."""
    if not case.facts.immunity:
        return None
    if case.facts.immunity_waived:
        return Verdict(PASSED, "The immunity was waived.")
    return Verdict(FAILED, "The person has diplomatic immunity, which was not waived.", "DIPLOMATIC")


def _detection(case: Case) -> Any:
    """The guards of a detection look at names that an allegation's facts have too."""
    return case.facts
