"""The guards a speed must pass before it becomes an allegation: G1 to G8 and the warning, one function each.

Each says what it found in a sentence, with its authority; a guard that cannot be judged says so.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from casewright.law import wording
from casewright.law.calendars import Calendar
from casewright.law.limits import service
from casewright.law.limits.catalogue import in_force
from casewright.law.traffic import values
from casewright.law.traffic.disposals import Spoken
from casewright.law.traffic.facts import DetectionFacts
from casewright.law.traffic.values import Threshold

DAY = timedelta(days=1)
PER_CENT = 100
PASSED, FAILED, NOT_KNOWN = "passed", "failed", "not_known"


@lru_cache(maxsize=16384)
def _spoken(key: str, outcome: str, sentence: str, code: str = "") -> Spoken:
    found = values.source(key)
    return Spoken(
        key, outcome, sentence, found.authority, found.confidence, code if outcome != PASSED else ""
    )


def calibration(facts: DetectionFacts) -> Spoken:
    """G1: the device's certificate is valid on the day of the offence (RTOA 1988 s.20)."""
    return _certified(facts.device_certified_from, facts.device_certified_until, facts.offence_on)


@lru_cache(maxsize=16384)
def _certified(starts: date | None, until: date | None, day: date) -> Spoken:
    if starts is None or until is None:
        return _spoken("G1", FAILED, "No certificate of the device covers that day.", "CALIBRATION_OUT")
    if starts <= day < until:
        return _spoken("G1", PASSED, f"Device certificate in date to {wording.full(until - DAY)}.")
    ran = f"Device certificate ran from {wording.full(starts)} to {wording.full(until - DAY)} and not on that day."
    return _spoken("G1", FAILED, ran, "CALIBRATION_OUT")


def speed(facts: DetectionFacts, limit: int, row: Threshold) -> Spoken:
    """G2: the recorded speed is at or above the speed from which the force enforces (R10 to R13)."""
    mph = facts.recorded_mph
    if mph < row.start:
        below = f"Reading of {mph} mph is below {row.start}, from which a {limit} mph limit is enforced."
        return _spoken("G2", FAILED, below, "BELOW_THRESHOLD")
    band = f"at or above court level at {row.court_from}"
    if mph < row.court_from:
        band = f"below court level at {row.court_from}"
    return _spoken(
        "G2", PASSED, f"Reading of {mph} mph is at or above the threshold of {row.start} and {band}."
    )


def secondary(facts: DetectionFacts, policy: Mapping[str, Any]) -> Spoken:
    """G3: the secondary check agrees with the reading within the share practice allows (R02)."""
    second, mph, share = facts.secondary_mph, facts.recorded_mph, values.guard("secondary_percent", policy)
    if second is None:
        return _spoken("G3", NOT_KNOWN, "No secondary check of the speed is recorded.")
    if abs(second - mph) * PER_CENT <= share * mph:
        return _spoken(
            "G3", PASSED, f"Secondary check of {second} mph is within {share} per cent of the reading."
        )
    apart = (
        f"Secondary check of {second} mph differs by more than {share} per cent from the reading of {mph}."
    )
    return _spoken("G3", FAILED, apart, "SECONDARY_CHECK_FAIL")


def variable_limit(facts: DetectionFacts, policy: Mapping[str, Any]) -> Spoken:
    """G4: a variable limit had been shown for longer than the window before the capture (R05)."""
    ago, window = facts.limit_changed_seconds_ago, values.guard("variable_limit_seconds", policy)
    if ago is None and not facts.variable_limit:
        return _spoken("G4", PASSED, "The limit is fixed.")
    if ago is None:
        return _spoken(
            "G4", NOT_KNOWN, "The moment the variable limit was set is missing.", "VSL_CHANGE_WINDOW"
        )
    if ago > window:
        return _spoken("G4", PASSED, f"The limit had been set for {wording.count(ago, 'second')}.")
    changed = (
        f"The limit had changed {wording.count(ago, 'second')} before, within the {window} second window."
    )
    return _spoken("G4", FAILED, changed, "VSL_CHANGE_WINDOW")


def order_and_signs(facts: DetectionFacts) -> Spoken:
    """G5: the traffic order is in force and the signs lawful (RTRA 1984 s.85; R06)."""
    if facts.order_in_force is None:
        return _spoken(
            "G5", NOT_KNOWN, "The traffic order and signs of the site are taken as the unit holds them."
        )
    if facts.order_in_force:
        return _spoken("G5", PASSED, "The traffic order was in force and signed.")
    return _spoken("G5", FAILED, "The traffic order or its signs were not in force.", "SIGNAGE_TRO")


def one_vehicle(facts: DetectionFacts) -> Spoken:
    """G6: one vehicle in the field and its plate legible (R04)."""
    if facts.plate_legible is False:
        return _spoken("G6", FAILED, "The registration mark cannot be read.", "UNREADABLE")
    if facts.vehicles_in_frame is None:
        return _spoken("G6", NOT_KNOWN, "The images have not yet been viewed.")
    if facts.vehicles_in_frame == 1:
        return _spoken("G6", PASSED, "One vehicle in frame.")
    many = (
        f"{wording.count(facts.vehicles_in_frame, 'vehicle')} in frame: the reading cannot be given to one."
    )
    return _spoken("G6", FAILED, many, "MULTI_VEHICLE")


def class_of_vehicle(facts: DetectionFacts) -> tuple[int, Spoken]:
    """G7: the lower of the road's limit and the limit of the class of vehicle applies (R03)."""
    own = values.class_limit(facts.vehicle_class, facts.road_kind, on=facts.offence_on)
    if own is not None and own < facts.limit_mph:
        name = values.vehicle_classes()[facts.vehicle_class]
        return own, _spoken("G7", PASSED, f"The limit for a {name} here is {own} mph, not {facts.limit_mph}.")
    return facts.limit_mph, _spoken(
        "G7", PASSED, f"The limit of {facts.limit_mph} mph applies to this vehicle."
    )


def double_detection(facts: DetectionFacts) -> Spoken:
    """G8: one journey past linked cameras is one incident."""
    if facts.same_journey:
        return _spoken("G8", FAILED, "The same vehicle was detected on the same journey.", "DUPLICATE")
    return _spoken("G8", PASSED, "No other detection of this journey is held.")


def warning(facts: DetectionFacts, on: date, calendar: Calendar) -> Spoken:
    """The notice can still be served in time by first class post sent on `on` (RTOA 1988 s.1; R15)."""
    if facts.warned_at_time:
        return _spoken("NIP", PASSED, "The driver was warned at the time, so no notice is needed.")
    days = in_force("nip-14", facts.offence_on).data["days"]
    last = facts.offence_on + timedelta(days=days)
    served = service.serve(service.by("post", on), on, calendar).served if on <= last else on
    if served <= last:
        return _spoken(
            "NIP",
            PASSED,
            f"The last day to serve the notice, {wording.full(last)}, can still be met by first class post.",
        )
    late = f"A notice posted on {wording.full(on)} would not be presumed served by {wording.full(last)}, the last day."
    return _spoken("NIP", FAILED, late, "NIP_LATE_SOURCE")
