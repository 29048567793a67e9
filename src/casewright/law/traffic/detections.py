"""Whether a camera detection becomes a notice, with every rule spoken and every value kept."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from casewright.law.calendars import ENGLAND_AND_WALES, Calendar
from casewright.law.limits.catalogue import version
from casewright.law.refusals import InvalidFacts
from casewright.law.traffic import guards, values
from casewright.law.traffic.disposals import Disposal, Option, Spoken
from casewright.law.traffic.facts import DetectionFacts, read_detection
from casewright.law.traffic.values import Threshold, threshold

TITLES = {
    "send_notice": "Send a notice and ask who drove",
    "no_further_action": "Take no further action",
    "hold": "Hold until the missing fact is known",
}
BANDS = {
    "below": "",
    "course": "The speed is in the band for which a course may be offered.",
    "conditional_offer": "The speed is above the course band and below court level.",
    "court": "The speed is at court level.",
}


def decide(
    facts: Any, *, on: date, policy: Mapping[str, Any] | None = None, calendars: Calendar | None = None
) -> Disposal:
    """Decide a camera detection on the day `on`: send a notice, take no further action, or hold.

    `facts`: DetectionFacts or a mapping of its names. `policy`: the force's own figures by name
    ("speed.start.20"); the `values` of an earlier decision replay it. Raises InvalidFacts, NoLawInForce.
    """
    if not isinstance(on, date) or isinstance(on, datetime):
        raise InvalidFacts("on", on, "the day of the decision (a date)")
    own = policy or {}
    read = read_detection(facts, values.guard("fastest", own))
    if read.offence_on > on:
        raise InvalidFacts("offence_at", read.offence_at, "a moment no later than the day of the decision")
    limit, by_class = guards.class_of_vehicle(read)
    row = threshold(limit, on=read.offence_on, policy=own)
    spoken = _speak(read, limit, row, own, on, calendars or ENGLAND_AND_WALES, by_class)
    return _conclude(read, limit, row, spoken, own, on)


def _speak(
    facts: DetectionFacts, limit: int, row: Threshold, policy: Mapping[str, Any], on: date, calendar: Calendar,
    by_class: Spoken,
) -> tuple[Spoken, ...]:  # fmt: skip
    """Every rule in the order of precedence: evidence and exemption, threshold, then the warning."""
    return (
        guards.calibration(facts), guards.secondary(facts, policy), by_class, guards.one_vehicle(facts),
        guards.variable_limit(facts, policy), guards.order_and_signs(facts), guards.double_detection(facts),
        guards.speed(facts, limit, row), guards.warning(facts, on, calendar),
    )  # fmt: skip


def band(recorded_mph: int, row: Threshold) -> str:
    """Where a speed falls: below, course, conditional_offer or court (rule sheet R10 to R13)."""
    if recorded_mph < row.start:
        return "below"
    if recorded_mph <= row.course_to:
        return "course"
    return "conditional_offer" if recorded_mph < row.court_from else "court"


def _conclude(
    facts: DetectionFacts,
    limit: int,
    row: Threshold,
    spoken: tuple[Spoken, ...],
    policy: Mapping[str, Any],
    on: date,
) -> Disposal:
    failed = [rule for rule in spoken if rule.outcome == guards.FAILED]
    missing = [rule for rule in spoken if rule.outcome == guards.NOT_KNOWN and rule.code]
    found = band(facts.recorded_mph, row)
    taken = "no_further_action" if failed else "hold" if missing else "send_notice"
    reasons = tuple(rule.sentence for rule in failed or missing or _for(spoken))
    return Disposal(
        taken=taken, taken_title=TITLES[taken], reason_code=(failed or missing)[0].code if failed or missing else "",
        band=found, options=_options(facts, row, failed, missing, reasons, found), rules=spoken, reasons=reasons,
        values=_used(limit, row, policy), blocking=tuple(rule.sentence for rule in missing), on=on,
        law_version=version(),
    )  # fmt: skip


REASONS = ("G2", "G3", "G6", "G1")


def _for(spoken: tuple[Spoken, ...]) -> list[Spoken]:
    """The rules that speak for a notice, the threshold first."""
    passed = [rule for rule in spoken if rule.rule in REASONS and rule.outcome == guards.PASSED]
    return sorted(passed, key=lambda rule: REASONS.index(rule.rule))


def _options(
    facts: DetectionFacts, row: Threshold, failed: list[Spoken], missing: list[Spoken], reasons: tuple[str, ...],
    found: str,
) -> tuple[Option, ...]:  # fmt: skip
    """A notice, or no further action: which are lawful on these facts, and why."""
    only_policy = [rule.code for rule in failed] == ["BELOW_THRESHOLD"] and facts.recorded_mph > row.tolerance
    lawful = not missing and (not failed or only_policy)
    why = reasons if not only_policy else (*reasons, DISCRETION)
    banded = (BANDS[found],) if not failed else ()
    return (
        Option("send_notice", TITLES["send_notice"], lawful, why + banded, values.source("choice").authority),
        Option(
            "no_further_action", TITLES["no_further_action"], True,
            reasons if failed else ("No one is bound to proceed; the reason is recorded.",),
            values.source("discretion").authority,
        ),
    )  # fmt: skip


DISCRETION = "Above the device's own tolerance a supervisor may still decide to proceed."


def _used(limit: int, row: Threshold, policy: Mapping[str, Any]) -> dict[str, Any]:
    used: dict[str, Any] = {f"speed.{name}.{limit}": getattr(row, name) for name in values.SETTINGS}
    for name in ("secondary_percent", "variable_limit_seconds"):
        used[f"speed.{name}"] = values.guard(name, policy)
    return used
