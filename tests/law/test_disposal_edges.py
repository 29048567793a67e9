"""The edges of decisions: the first and last day, the exact share, and which of two reasons is said."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.law.allegations import alleged, decide, said, speeding

from casewright import law
from casewright.law import traffic

DAY = timedelta(days=1)
OFFENCE = date(2026, 6, 1)
SEEN: dict[str, Any] = {
    "offence_at": datetime(2026, 6, 1, 12, tzinfo=UTC),
    "recorded_mph": 50,
    "limit_mph": 30,
    "device_certified_from": date(2026, 1, 1),
    "device_certified_until": date(2027, 1, 1),
}


def detected(**facts: Any) -> traffic.Disposal:
    """A camera's detection with facts changed."""
    return traffic.decide(SEEN | facts, on=date(2026, 6, 4))


def outcome(found: traffic.Disposal, rule: str) -> str:
    """Whether one guard passed."""
    return next(each.outcome for each in found.rules if each.rule == rule)


@pytest.mark.parametrize(
    ("starts", "until", "told"),
    [
        (OFFENCE - DAY, OFFENCE + DAY, "passed"), (OFFENCE, OFFENCE + DAY, "passed"),
        (OFFENCE + DAY, OFFENCE + 2 * DAY, "failed"), (OFFENCE - DAY, OFFENCE, "failed"),
        (None, OFFENCE + DAY, "failed"), (OFFENCE, None, "failed"),
    ],
)  # fmt: skip
def test_a_certificate_holds_from_its_first_day_up_to_the_day_before_it_ends(
    starts: date | None, until: date | None, told: str
) -> None:
    found = detected(device_certified_from=starts, device_certified_until=until)
    assert outcome(found, "G1") == told
    assert found.reason_code == ("" if told == "passed" else "CALIBRATION_OUT")


@pytest.mark.parametrize(("second", "told"), [(45, "passed"), (44, "failed"), (55, "passed"), (56, "failed")])
def test_a_second_reading_agrees_up_to_the_very_share(second: int, told: str) -> None:
    assert outcome(detected(secondary_mph=second), "G3") == told


@pytest.mark.parametrize(("mph", "told"), [(49, "below court level at 50"), (50, "at or above court level at 50")])
def test_court_level_begins_at_its_figure(mph: int, told: str) -> None:
    spoken = next(each.sentence for each in detected(recorded_mph=mph).rules if each.rule == "G2")
    assert told in spoken


def test_thresholds_are_stated_from_the_first_day_of_the_guidance() -> None:
    first = date(2013, 10, 1)  # traffic reference 3.1
    assert traffic.threshold(30, on=first, policy={}).limit == 30
    with pytest.raises(law.NoLawInForce):
        traffic.threshold(30, on=first - DAY, policy={})


@pytest.mark.parametrize(
    ("start", "course_to", "court_from", "fits"),
    [(31, 42, 50, True), (30, 42, 50, False), (43, 42, 50, True), (44, 42, 50, False), (35, 49, 50, True),
     (35, 50, 50, False)],
)  # fmt: skip
def test_the_unit_s_thresholds_may_touch_but_not_cross(
    start: int, course_to: int, court_from: int, fits: bool
) -> None:
    own = {"speed.start.30": start, "speed.course_to.30": course_to, "speed.court_from.30": court_from}
    if fits:
        assert traffic.threshold(30, on=OFFENCE, policy=own).start == start
    else:
        with pytest.raises(law.InvalidFacts, match=r"speed\.start\.30"):
            traffic.threshold(30, on=OFFENCE, policy=own)


@pytest.mark.parametrize("name", ["offence_at", "recorded_mph"])
def test_a_detection_without_a_fact_that_each_has_is_refused_by_its_name(name: str) -> None:
    with pytest.raises(law.InvalidFacts, match=name):
        traffic.decide({key: value for key, value in SEEN.items() if key != name}, on=date(2026, 6, 4))


def test_nought_is_a_reading_and_less_is_none() -> None:
    assert outcome(detected(secondary_mph=0), "G3") == "failed"
    with pytest.raises(law.InvalidFacts, match="secondary_mph"):
        detected(secondary_mph=-1)


CARELESS = "RT88576"


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"collision": "injury"}, "Someone was injured, so a court decides."),
        ({"aggravated": True}, "There are aggravating features, so a court decides."),
        ({"collision": "minor"}, "A minor collision came of it: the course is SCD."),
        ({}, "No collision came of it: the course is WDU."),
    ],
)
def test_careless_driving_says_what_came_of_it(facts: dict[str, Any], told: str) -> None:
    spoken = said(decide(alleged(CARELESS, **facts)), "R23")
    assert spoken is not None
    assert spoken.sentence == told


@pytest.mark.parametrize(("fact", "why"), [("repeated", "repeated within a year"), ("aggravated", "aggravated")])
def test_moving_up_says_which_reason_it_has(fact: str, why: str) -> None:
    spoken = said(decide(speeding(30, 45, **{fact: True})), "R29")
    assert spoken is not None
    assert spoken.sentence == f"It is {why}: a supervisor may move it up one step."


@pytest.mark.parametrize(
    ("logged", "told"), [(False, "the log is missing"), (True, "a supervisor's signature is missing")]
)
def test_a_claimed_exemption_says_which_proof_is_missing(logged: bool, told: str) -> None:
    spoken = said(decide(speeding(30, 45, exempt_purpose=True, exemption_logged=logged)), "R07")
    assert spoken is not None
    assert (spoken.outcome, spoken.code) == ("not_known", "EXEMPTION_NOT_SHOWN")
    assert told in spoken.sentence


def test_a_certificate_that_does_not_cover_the_day_is_told_with_its_first_and_last_day() -> None:
    found = detected(device_certified_from=date(2025, 6, 1), device_certified_until=OFFENCE)
    assert found.reasons == (
        "Device certificate ran from Sunday 1 June 2025 to Sunday 31 May 2026 and not on that day.",
    )


@pytest.mark.parametrize(("road", "course"), [("motorway", "NMAC"), ("built-up", "NSAC")])
def test_speeding_on_a_motorway_has_a_course_of_its_own_whatever_the_limit(road: str, course: str) -> None:
    assert decide(speeding(40, 47, road_kind=road)).option("course").detail == course
