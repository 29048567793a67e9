"""Courses, offers and points: what may be offered before a court (R20 to R33)."""

from __future__ import annotations

from functools import cache

from casewright.law.limits import deadline
from casewright.law.offences import Offence, known
from casewright.law.traffic import points
from casewright.law.traffic.allegation import AllegationFacts
from casewright.law.traffic.case import APPLIED, PASSED, Case, Verdict, rule
from casewright.law.traffic.rules.time import last_day
from casewright.law.wording import full

COURSES = {"NSAC(20)": "NSAC20", "WDU / SCD": "WDU", "cycle course": "cycle course"}
NOT_OFFERED = frozenset({"", "none", "VDRS"})
OFFER = ("conditional_offer",)
ON_ROAD = frozenset({"SCD"})  # NDORS condition C7 names this one


def course_of(offence: Offence, facts: AllegationFacts, *, speeding: bool) -> str:
    """The course a case would be offered, or nothing: by the road, by the offence, by what came of it."""
    kind = offence.course.rstrip("?")
    if kind in NOT_OFFERED:
        return ""
    if offence.family == "careless":
        return {"injury": "", "minor": "SCD"}.get(facts.collision, "WDU")
    if speeding and facts.road_kind == "motorway":
        return "NMAC"
    return COURSES.get(kind, kind)


@rule("R33", asks="wants")
def asks_for_court(case: Case) -> Verdict | None:
    """A driver who asks for a court gets one; an offer is withdrawn."""
    if case.facts.wants != "court":
        return None
    said = "The driver asks for a court, so nothing is offered."
    return Verdict(APPLIED, said, declines=("course", "rectification", "conditional_offer"))


@rule("R32", asks="wants")
def chooses_offer(case: Case) -> Verdict | None:
    """A driver who chooses the offer is not sent on a course."""
    if case.facts.wants != "offer":
        return None
    return Verdict(APPLIED, "The driver chooses the offer.", declines=("course",))


@rule("R23", family="careless")
def careless(case: Case) -> Verdict | None:
    """Careless driving: no collision, one course; a minor one, the other; injury or aggravation, a court."""
    if case.offence.family != "careless":
        return None
    if case.facts.collision == "injury" or case.facts.aggravated:
        why = "Someone was injured" if case.facts.collision == "injury" else "There are aggravating features"
        return Verdict(APPLIED, f"{why}, so a court decides.", declines=("course", "conditional_offer"))
    came = "A minor collision came of it" if case.facts.collision == "minor" else "No collision came of it"
    return Verdict(PASSED, f"{came}: the course is {case.course}.")


@rule("R24", family="sign")
def signals(case: Case) -> Verdict | None:
    """Signals, lines and signs: What's Driving Us; a red X or a motorway: the motorway course."""
    if case.offence.family != "sign" or not case.course:
        return None
    return Verdict(PASSED, f"For a signal, line or sign the course is {case.course}.")


@rule("R25")
def belts(case: Case) -> Verdict | None:
    """Seat belts: an online course first, then the penalty."""
    if case.course != "YBYL":
        return None
    return Verdict(PASSED, f"For a seat belt the course is YBYL, else {case.offence.penalty_pounds} pounds.")


@rule("R20", family="speed speed-variable speed-class")
def by_road(case: Case) -> Verdict | None:
    """The speed course of the road: 20 mph, motorway, or the general one."""
    if not case.speeding or case.band != "course":
        return None
    return Verdict(PASSED, f"The course for this road is {case.course}.")


@rule("R21", asks="earlier_course_offence_on")
def earlier_course(case: Case) -> Verdict | None:
    """Not where a course of the same kind was for an offence not more than three years before: offence to offence."""
    earlier, facts = case.facts.earlier_course_offence_on, case.facts
    if earlier is None or _kin(facts.earlier_course) != _kin(case.course):
        return None
    until = deadline("ndors-3y", {"offence_on": earlier}, on=earlier).step("barred_until").on
    said = f"A course of the same kind was for an offence on {full(earlier)}"
    if facts.offence_on <= until:
        return Verdict(APPLIED, f"{said}, within three years.", declines=("course",))
    return Verdict(PASSED, f"{said}, more than three years before.")


def _kin(course: str) -> str:
    """The 20 mph variant is the same kind of course as the general one."""
    return "NSAC" if course == "NSAC20" else course


@rule("R22")
def too_late(case: Case) -> Verdict | None:
    """After the unit's last day for a course there would be no time to fall back on."""
    if not case.course:
        return None
    last = last_day(case, "course")
    if last is None or case.on <= last:
        return None
    return Verdict(APPLIED, f"The last day for a course was {full(last)}.", declines=("course",))


@rule("R31", asks="live_points")
def points_and_course(case: Case) -> Verdict | None:
    """Points on the record do not keep a driver from a course."""
    if not case.facts.live_points or not case.course:
        return None
    return Verdict(PASSED, "Points on the record do not keep anyone from a course.")


@rule("C6", asks="offered")
def paid_offer(case: Case) -> Verdict | None:
    """Once a conditional offer is paid a course is no longer open."""
    if case.facts.offered != "conditional_offer" or case.facts.payment != "full" or not case.course:
        return None
    return Verdict(APPLIED, "A conditional offer is paid, so no course is open.", declines=("course",))


@rule("C7", asks="licence_suspended")
def no_licence_in_force(case: Case) -> Verdict | None:
    """A disqualified driver may sit in a classroom or online, not drive on the road with an instructor."""
    if not case.facts.licence_suspended or not case.course:
        return None
    if case.course in ON_ROAD:
        said = f"No licence is in force, and the course {case.course} has driving on the road."
        return Verdict(APPLIED, said, declines=("course",))
    said = f"No licence is in force; the course {case.course} is in a classroom or online, so it stays open."
    return Verdict(PASSED, said)


@rule("C10", asks="other_to_court")
def other_offence_to_court(case: Case) -> Verdict | None:
    """No course for one offence of an occasion of which another goes to court."""
    if not case.facts.other_to_court or not case.course:
        return None
    said = "Another offence of the same occasion goes to court, so no course is offered for this one."
    return Verdict(APPLIED, said, declines=("course",))


@rule("R26", family="phone")
def telephone(case: Case) -> Verdict | None:
    """A hand-held device: 200 pounds and six points, and no course."""
    if case.offence.family != "phone":
        return None
    return Verdict(APPLIED, "For a hand-held telephone there is no course.", declines=("course",))


@rule("R27", family="insurance")
def uninsured(case: Case) -> Verdict | None:
    """No insurance: 300 pounds and six points may be offered."""
    if case.offence.family != "insurance":
        return None
    return Verdict(PASSED, f"For no insurance the offer is {penalty(case.offence)}.")


@rule("R28")
def not_endorsable(case: Case) -> Verdict | None:
    """No points: the penalty of the table; a defect may first be given time for repair, if the unit does so."""
    if case.offence.penalty_pounds is None or case.offence.endorsable:
        return None
    if case.offence.course == "VDRS" and case.setting("rectification"):
        return Verdict(PASSED, "The defect is first given time for repair.")
    return Verdict(PASSED, f"The offence is not endorsable; the offer is {penalty(case.offence)}.")


def penalty(offence: Offence) -> str:
    """The fixed penalty in words: 100 pounds and 3 points."""
    return f"{offence.penalty_pounds} pounds and {points.counted(offence.points_offered or 0)}"


@rule("R30", asks="live_points")
def twelve_points(case: Case) -> Verdict | None:
    """No offer where its points, the lowest for the offence, would make twelve (RTOA 1988 ss.54(3), 76(3), (6))."""
    live = case.facts.live_points
    if not live or case.offence.penalty_pounds is None:
        return None
    return _with(live, max(_offered(case)))


@cache
def _with(live: int, offered: int) -> Verdict:
    total = live + offered
    said = f"{points.counted(live)} on the record and {offered} for this make {total}"
    if points.totting(total):
        return Verdict(APPLIED, f"{said}: a court must decide, and no offer may be made.", bars=OFFER)
    return Verdict(PASSED, f"{said}, fewer than {points.TOTTING}.")


def _offered(case: Case) -> list[int]:
    """The lowest points of each offence of the occasion: only the highest of them counts (s.28(4))."""
    others = [known(code).points_offered or 0 for code in case.facts.same_occasion]
    return [case.offence.points_offered or 0, *others]


@rule("R29", asks="repeated aggravated")
def moved_up(case: Case) -> Verdict | None:
    """Repeated within the year, aggravated, children, a school: a supervisor may move it up one step."""
    if not case.facts.repeated and not case.facts.aggravated:
        return None
    why = "repeated within a year" if case.facts.repeated else "aggravated"
    return Verdict(APPLIED, f"It is {why}: a supervisor may move it up one step.", "MAY_MOVE_UP")


@rule("ND", asks="qualified_on")
def new_driver(case: Case) -> Verdict | None:
    """Six points for an offence in the first two years revoke the licence, by an offer too."""
    qualified, offered = case.facts.qualified_on, case.offence.points_offered
    if qualified is None or not offered:
        return None
    if not points.revokes(qualified, case.facts.offence_on, (case.facts.live_points or 0) + offered):
        return None
    return Verdict(
        APPLIED,
        "The driver is in the two years after the test: with these points the licence is revoked.",
        "REVOCATION",
    )
