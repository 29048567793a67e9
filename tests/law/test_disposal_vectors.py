"""From facts to disposal: every vector of the traffic reference, section 12.1, each replayed from its own values."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from tests.law.allegations import DECIDED, alleged, decide, speeding, unanswered

MOTORWAY = {"road_kind": "motorway"}
WALES = {"speed.start.20": 26}
EASTER = {"offence_on": "2026-03-24"}

VECTORS: list[tuple[str, dict[str, Any], str, Any, dict[str, int]]] = [
    ("1", speeding(30, 34), "NFA:BELOW_THRESHOLD", DECIDED, {}),
    ("3", speeding(30, 42), "COURSE:NSAC", DECIDED, {}),
    ("4", speeding(30, 43), "COFP 100/3", DECIDED, {}),
    ("4b", speeding(30, 49), "COFP 100/3", DECIDED, {}),
    ("6", speeding(30, 50), "SJP", DECIDED, {}),
    ("7", speeding(20, 23), "NFA:BELOW_THRESHOLD", DECIDED, {}),
    ("9", speeding(20, 31), "COURSE:NSAC20", DECIDED, {}),
    ("10", speeding(20, 32), "COFP 100/3", DECIDED, {}),
    ("12", speeding(20, 25), "NFA:BELOW_THRESHOLD", DECIDED, WALES),
    ("13", speeding(20, 26), "COURSE:NSAC20", DECIDED, WALES),
    ("15", speeding(40, 46), "COURSE:NSAC", DECIDED, {}),
    ("16", speeding(40, 53), "COURSE:NSAC", DECIDED, {}),
    ("18", speeding(40, 66), "SJP", DECIDED, {}),
    ("19", speeding(50, 57), "COURSE:NSAC", DECIDED, {}),
    ("21", speeding(50, 76), "SJP", DECIDED, {}),
    ("22", speeding(60, 68), "COURSE:NSAC", DECIDED, {}),
    ("24", speeding(60, 76), "COFP 100/3", DECIDED, {}),
    ("25", speeding(60, 86), "SJP", DECIDED, {}),
    ("27", speeding(70, 79, **MOTORWAY), "COURSE:NMAC", DECIDED, {}),
    ("28", speeding(70, 86, **MOTORWAY), "COURSE:NMAC", DECIDED, {}),
    ("30", speeding(70, 95, **MOTORWAY), "COFP 100/3", DECIDED, {}),
    ("31", speeding(70, 96, **MOTORWAY), "SJP", DECIDED, {}),
    (
        "33",
        speeding(
            40, 47, offence_code="RR84113", variable_limit=True, limit_changed_seconds_ago=95, **MOTORWAY
        ),
        "COURSE:NMAC",
        DECIDED,
        {},
    ),
    (
        "34",
        speeding(60, 58, offence_code="RR84204", road_kind="single", vehicle_class="goods up to 7.5 t"),
        "COURSE:NSAC",
        DECIDED,
        {},
    ),
    (
        "36",
        speeding(30, 38, earlier_course="NSAC", earlier_course_offence_on="2023-06-01"),
        "COFP 100/3",
        DECIDED,
        {},
    ),
    (
        "37",
        speeding(30, 38, earlier_course="NSAC", earlier_course_offence_on="2023-05-31"),
        "COURSE:NSAC",
        DECIDED,
        {},
    ),
    ("39", speeding(30, 45, live_points=9), "SJP", DECIDED, {}),
    ("40", speeding(30, 45, live_points=8), "COFP 100/3", DECIDED, {}),
    (
        "42",
        speeding(30, 38, live_points=9, earlier_course="NSAC", earlier_course_offence_on="2024-01-01"),
        "SJP",
        DECIDED,
        {},
    ),
    ("43", speeding(30, 38), "COFP 100/3", "2026-10-05", {}),
    ("45", speeding(30, 45), "COFP 100/3", "2026-12-01", {}),
    ("46", speeding(30, 45, wants="court"), "SJP", DECIDED, {}),
    ("48", speeding(30, 45, age=17), "REQ", DECIDED, {}),
    ("49", speeding(30, 45, device_certified_until="2026-06-01"), "NFA:CALIBRATION_OUT", DECIDED, {}),
    (
        "51",
        speeding(30, 55, exempt_purpose=True, exemption_logged=True, exemption_countersigned=True),
        "NFA:EXEMPT_EMERGENCY",
        DECIDED,
        {},
    ),
    ("52", speeding(30, 45, clone="satisfied"), "NFA:CLONE_CONFIRMED", DECIDED, {}),
    ("54", speeding(30, 45, notice_posted_on="2026-06-12"), "NFA:NIP_LATE_UNIT", DECIDED, {}),
    ("55", speeding(30, 45, notice_posted_on="2026-06-11"), "COFP 100/3", DECIDED, {}),
    ("57", speeding(30, 45, notice_posted_on="2026-04-01", **EASTER), "COFP 100/3", "2026-05-08", {}),
    ("58", speeding(30, 45, notice_posted_on="2026-03-31", **EASTER), "COFP 100/3", "2026-05-08", {}),
    (
        "60",
        speeding(30, 45, notice_posted_on="2026-06-30", accused_contributed=True),
        "COFP 100/3",
        DECIDED,
        {},
    ),
    (
        "61",
        alleged("RT88575", collision="minor", accident=True, detected_by="collision"),
        "COURSE:SCD",
        DECIDED,
        {},
    ),
    ("63", alleged("RT88575", detected_by="video"), "NFA:NIP_LATE_UNIT", DECIDED, {}),
    (
        "64",
        speeding(
            30, 38, offence_code="RT88967", earlier_course="NSAC", earlier_course_offence_on="2025-01-01"
        ),
        "COURSE:WDU",
        DECIDED,
        {},
    ),
    ("66", speeding(70, 71, offence_code="RT88974", **MOTORWAY), "COURSE:NMAC", DECIDED, {}),
    ("67", alleged("RT88509"), "COURSE:YBYL", DECIDED, {}),
    ("69", alleged("RC86820", live_points=0), "COFP 200/6", DECIDED, {}),
    ("70", alleged("RC86820", live_points=6), "SJP", DECIDED, {}),
    ("72", alleged("RT88191", live_points=7), "SJP", DECIDED, {}),
    ("73", alleged("RT88191"), "CHECK_S6_KNOWLEDGE", "2027-02-01", {}),
    ("75", alleged("RL89161"), "COFP 50/0", DECIDED, {}),
    ("76", alleged("RT88218"), "REQ", DECIDED, {}),
    ("78", alleged("RT88026", detected_by="video", notice_posted_on="2026-06-05"), "CPS", DECIDED, {}),
    ("79", unanswered(), "S172_SJP", DECIDED, {}),
    ("81", unanswered(answer="cannot_know", diligence=True), "NFA:DRIVER_UNDETERMINED_DEFENCE", DECIDED, {}),
    ("82", unanswered(answer="cannot_know", diligence=False), "S172_SJP", DECIDED, {}),
]


@pytest.mark.parametrize(
    ("vector", "facts", "wanted", "on", "policy"), VECTORS, ids=[each[0] for each in VECTORS]
)
def test_a_vector_of_the_reference(
    vector: str, facts: dict[str, Any], wanted: str, on: Any, policy: dict[str, int]
) -> None:
    found = decide(facts, on=on, policy=policy)
    assert found.summary == wanted, vector
    assert found.reasons
    assert decide(facts, on=on, policy=found.values) == found, "replayed from its own values"
    assert json.loads(json.dumps(found.as_json()))["summary"] == wanted


def test_vector_45_an_offer_on_the_last_day_has_no_fall_back_and_is_for_a_supervisor() -> None:
    last = decide(speeding(30, 45), on="2026-12-01")
    block = last.option("conditional_offer").blocks[0]
    assert (block.code, block.decides) == ("NO_FALL_BACK", "a supervisor")
    assert "Tuesday 1 December 2026" in block.sentence
    assert last.blocking == (block.sentence,)
    assert not last.automatic
    assert last.option("single_justice").blocks == ()
    assert decide(speeding(30, 45), on="2026-12-02").summary == "NFA:TIME_BARRED_6M"


def test_an_offer_has_a_fall_back_if_it_ends_a_day_before_the_bar() -> None:
    assert decide(speeding(30, 45), on="2026-11-02").automatic  # ends 30 November; the bar is 1 December
    assert not decide(speeding(30, 45), on="2026-11-03").automatic
    assert decide(speeding(30, 45), on="2026-11-01", policy={"traffic.days_to_charge": 2}).automatic
    assert not decide(speeding(30, 45), on="2026-11-02", policy={"traffic.days_to_charge": 2}).automatic
    assert not decide(speeding(30, 45), on="2026-11-02", policy={"traffic.offer_days": 29}).automatic
    assert decide(speeding(30, 45), policy={"traffic.offer_days": 7}).option(
        "conditional_offer"
    ).last_day == date(2026, 8, 13)
    course = decide(speeding(30, 38), on="2026-06-20", policy={"ndors-complete.number": 6})
    assert [block.code for block in course.option("course").blocks] == ["NO_FALL_BACK"]
    assert "a course made now" in course.blocking[0]
