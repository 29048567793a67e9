"""The time bar: six months, or longer from sufficient evidence, and offers that would outlast it (R40, R41)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from casewright.law.limits import deadline
from casewright.law.traffic.case import FAILED, NOT_KNOWN, OFFERS, PASSED, PROSECUTIONS, Case, Verdict, rule
from casewright.law.wording import full, listed

PLAIN, FROM_EVIDENCE = ("summary-6m", "s172-charge-by"), ("rtoa-s6", "vera-s47", "twoc-extended")
LEAST_OFFER = 28  # RTOA 1988 s.75
NAMES = {"course": "a course", "conditional_offer": "an offer"}


def last_day(case: Case, option: str) -> date | None:
    """The last day an offer made today stays open; None for an option that has none."""
    if option == "conditional_offer":
        return case.offer_by
    return case.course_by if option == "course" else None


@lru_cache(maxsize=4096)
def offer_by(on: date, days: int) -> date:
    """The last day of a conditional offer made on a day: never less than the 28 days of RTOA 1988 s.75."""
    return on + timedelta(days=max(days, LEAST_OFFER))


@lru_cache(maxsize=16384)
def course_by(offence_on: date, months: int | None) -> date:
    """The unit's last day for a course: so many months after the offence, the reference's where it set none."""
    policy = {} if months is None else {"ndors-complete.number": months}
    return date.fromisoformat(
        str(deadline("ndors-complete", {"offence_on": offence_on}, on=offence_on, policy=policy).act_by)
    )


@rule("R40")
def six_months(case: Case) -> Verdict | None:
    """MCA 1980 s.127: charged by the same day six months on; RTOA s.76(4): an offer bars a charge while it runs."""
    if case.offence.limit_rule not in PLAIN or case.act_by is None or case.outer is None:
        return None
    if case.on > case.outer:
        return Verdict(FAILED, f"The last day to charge was {full(case.outer)}.", "TIME_BARRED_6M")
    if case.on > case.act_by:
        said = f"On one reading the last day to charge was {full(case.act_by)}, on the other it is {full(case.outer)}."
        return Verdict(PASSED, said, "BAR_UNCERTAIN", warns=(*OFFERS, *PROSECUTIONS))
    return _in_time(case, case.act_by)


def _in_time(case: Case, act_by: date) -> Verdict:
    return _until(act_by, case.course_by, case.offer_by, case.setting("days_to_charge"))


@lru_cache(maxsize=16384)
def _until(act_by: date, course_by: date, offer_by: date, spare_days: int) -> Verdict:
    """In time up to a day; with the finding *no fall-back* for what would leave no time to charge before the bar."""
    before = act_by - timedelta(days=spare_days)
    found = tuple(o for o, last in (("course", course_by), ("conditional_offer", offer_by)) if last > before)
    if not found:
        return Verdict(PASSED, f"A charge is in time up to {full(act_by)}.")
    named = listed([NAMES[each] for each in found], "or")
    said = f"No fall-back: {named} made now would end too late to charge by {full(act_by)}."
    return Verdict(PASSED, said, "NO_FALL_BACK", warns=found)


@rule("R41")
def from_evidence(case: Case) -> Verdict | None:
    """RTOA 1988 s.6 and its like: six months from sufficient evidence, three years from the offence."""
    if case.offence.limit_rule not in FROM_EVIDENCE or case.act_by is None or case.outer is None:
        return None
    if case.on <= case.act_by:
        return _in_time(case, case.act_by)
    if case.on > case.outer:
        return Verdict(FAILED, f"The last day to charge was {full(case.outer)}.", "TIME_BARRED_6M")
    if case.facts.sufficient_evidence_on is None:
        said = "Six months have passed: the day on which the evidence was sufficient must be certified."
        return Verdict(NOT_KNOWN, said, "CHECK_S6_KNOWLEDGE")
    said = f"In time up to {full(case.outer)} only by the day of sufficient evidence, which a supervisor certifies."
    return Verdict(PASSED, said, "CERTIFICATE", warns=(*OFFERS, *PROSECUTIONS))
