"""The warning of RTOA 1988 s.1: satisfied, excused, or a bar to conviction (R15 to R19)."""

from __future__ import annotations

from datetime import timedelta

from casewright.law.limits import service
from casewright.law.limits.catalogue import in_force
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


EXCEPTIONS = (warned, excused, accident, fixed_penalty)


@rule("R15")
def within_14_days(case: Case) -> Verdict | None:
    """The first notice was served, or is presumed served, within 14 days after the offence (s.1(1)(c), (1ZA))."""
    if not case.offence.nip_needed or any(each(case) for each in EXCEPTIONS):
        return None
    facts = case.facts
    last = facts.offence_on + timedelta(days=in_force("nip-14", facts.offence_on).data["days"])
    served = facts.notice_served_on
    if served is None and facts.notice_posted_on:
        served = service.serve(
            service.by("post", facts.notice_posted_on), facts.notice_posted_on, case.calendar
        ).served
    if served is not None and served <= last:
        return Verdict(PASSED, f"The notice was served by {full(served)}; the last day was {full(last)}.")
    post_by = service.latest(service.by("post", facts.offence_on), last, case.calendar)[1]
    if served is None and case.on <= post_by:
        return Verdict(
            NOT_KNOWN, f"No notice has been sent; it can be posted up to {full(post_by)}.", "NOTICE_NOT_SENT"
        )
    late_source = facts.received_on is not None and facts.received_on > post_by
    said = f"was served on {full(served)}" if served else "was never sent"
    return Verdict(FAILED, f"The first notice {said}; the last day was {full(last)}.",
                   "NIP_LATE_SOURCE" if late_source else "NIP_LATE_UNIT")  # fmt: skip
