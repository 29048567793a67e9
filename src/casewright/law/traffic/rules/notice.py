"""The warning of RTOA 1988 s.1: satisfied, excused, or a bar to conviction (R15 to R19)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from casewright.law.calendars import Calendar
from casewright.law.limits import service
from casewright.law.limits.catalogue import in_force
from casewright.law.traffic.allegation import AllegationFacts
from casewright.law.traffic.case import APPLIED, FAILED, NOT_KNOWN, PASSED, Case, Verdict, rule
from casewright.law.wording import full


@rule("R16", asks="warned_at_time")
def warned(case: Case) -> Verdict | None:
    """Warned at the time that prosecution would be considered (s.1(1)(a))."""
    if case.offence.nip_needed and case.facts.warned_at_time:
        return Verdict(PASSED, "The driver was warned at the time, so no notice is needed.")
    return None


@rule("R17", asks="accused_contributed address_not_found")
def excused(case: Case) -> Verdict | None:
    """Name and address not to be found with reasonable diligence in time, or the accused contributed (s.2(3))."""
    if not case.offence.nip_needed:
        return None
    if case.facts.accused_contributed:
        return Verdict(
            APPLIED, "The accused contributed to the failure to serve the notice, so it does not bar."
        )
    if case.facts.address_not_found:
        return Verdict(
            APPLIED, "No address could be found in time with the diligence recorded, so it does not bar."
        )
    return None


@rule("R18", asks="accident")
def accident(case: Case) -> Verdict | None:
    """An accident owing to the vehicle at the time or just after (s.2(1))."""
    if case.offence.nip_needed and case.facts.accident:
        return Verdict(PASSED, "An accident occurred owing to the vehicle, so no notice is needed.")
    return None


@rule("R19", asks="fixed_penalty_given")
def fixed_penalty(case: Case) -> Verdict | None:
    """A fixed penalty notice given or fixed for the offence (s.2(2)(a)); a conditional offer is not one."""
    if case.offence.nip_needed and case.facts.fixed_penalty_given:
        return Verdict(PASSED, "A fixed penalty notice was given for the offence, so no notice is needed.")
    return None


def _excepted(facts: AllegationFacts) -> bool:
    """Whether any of R16 to R19 says that no notice is needed or that its failure does not bar."""
    by_fault = facts.accused_contributed or facts.address_not_found
    return facts.warned_at_time or by_fault or facts.accident or facts.fixed_penalty_given


class _Served(NamedTuple):
    """When a first notice was served or is presumed to be, the last day for it, and what is said where in time."""

    served: date | None
    last: date
    in_time: str


@lru_cache(maxsize=16384)
def _service(offence_on: date, served_on: date | None, posted_on: date | None, calendar: Calendar) -> _Served:
    """The service of a notice: the same for every notice of one offence day posted on one day."""
    last = offence_on + timedelta(days=in_force("nip-14", offence_on).data["days"])
    served = served_on
    if served is None and posted_on:
        served = service.serve(service.by("post", posted_on), posted_on, calendar).served
    in_time = served is not None and served <= last
    said = (
        f"The notice was served by {full(served)}; the last day was {full(last)}."
        if served and in_time
        else ""
    )
    return _Served(served, last, said)


@rule("R15")
def within_14_days(case: Case) -> Verdict | None:
    """The first notice was served, or is presumed served, within 14 days after the offence (s.1(1)(c), (1ZA))."""
    facts = case.facts
    if not case.offence.nip_needed or _excepted(facts):
        return None
    served, last, in_time = _service(
        facts.offence_on, facts.notice_served_on, facts.notice_posted_on, case.calendar
    )
    if in_time:
        return Verdict(PASSED, in_time)
    post_by = service.latest(service.by("post", facts.offence_on), last, case.calendar)[1]
    if served is None and case.on <= post_by:
        return Verdict(
            NOT_KNOWN, f"No notice has been sent; it can be posted up to {full(post_by)}.", "NOTICE_NOT_SENT"
        )
    late_source = facts.received_on is not None and facts.received_on > post_by
    said = f"was served on {full(served)}" if served else "was never sent"
    return Verdict(FAILED, f"The first notice {said}; the last day was {full(last)}.",
                   "NIP_LATE_SOURCE" if late_source else "NIP_LATE_UNIT")  # fmt: skip
