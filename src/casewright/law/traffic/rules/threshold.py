"""Speed and its band: the force's own threshold, below, course, offer, court (R10 to R14)."""

from __future__ import annotations

from functools import lru_cache

from casewright.law.traffic.case import APPLIED, FAILED, PASSED, Case, Verdict, rule
from casewright.law.traffic.values import SETTINGS, Threshold


def _row(case: Case, band: str) -> Threshold | None:
    return case.row if case.band == band else None


@rule("R14", family="speed speed-variable speed-class")
def own_threshold(case: Case) -> Verdict | None:
    """The force has set its own threshold for this limit; replayed values that equal the national ones say nothing."""
    if case.row is None or case.row == case.national:
        return None
    changed = [f"{name.replace('_', ' ')} at {getattr(case.row, name)}" for name in SETTINGS
               if getattr(case.row, name) != getattr(case.national, name)]  # fmt: skip
    return Verdict(APPLIED, f"The force's own threshold for {case.limit} mph applies: {', '.join(changed)}.")


@rule("R10", family="speed speed-variable speed-class")
def below(case: Case) -> Verdict | None:
    """Below the speed from which the force enforces: no further action, though a supervisor may proceed."""
    row = _row(case, "below")
    if row is None:
        return None
    said = f"{case.facts.recorded_mph} mph is below {row.start}, from which a {case.limit} mph limit is enforced."
    return Verdict(FAILED, said, "BELOW_THRESHOLD")


@rule("R11", family="speed speed-variable speed-class")
def course_band(case: Case) -> Verdict | None:
    """Between the start and the top of the course band a course may be offered."""
    row = _row(case, "course")
    return row and Verdict(
        PASSED, f"{case.facts.recorded_mph} mph is in the course band, {row.start} to {row.course_to}."
    )


@rule("R12", family="speed speed-variable speed-class")
def offer_band(case: Case) -> Verdict | None:
    """Above the course band and below court level a conditional offer is made."""
    row = _row(case, "conditional_offer")
    return row and _between(case.facts.recorded_mph, row.course_to, row.court_from)


@lru_cache(maxsize=4096)
def _between(mph: int | None, course_to: int, court_from: int) -> Verdict:
    said = f"{mph} mph is above the course band, to {course_to}, and below court level, {court_from}."
    return Verdict(PASSED, said, declines=("course",))


@rule("R13", family="speed speed-variable speed-class")
def court_band(case: Case) -> Verdict | None:
    """At court level neither a course nor an offer is made."""
    row = _row(case, "court")
    if row is None:
        return None
    said = f"{case.facts.recorded_mph} mph is at or above court level for a {case.limit} mph limit, {row.court_from}."
    return Verdict(PASSED, said, declines=("course", "conditional_offer"))
