"""A camera detection becomes a notice, or ends with its reason: vectors of the traffic reference, section 12.1."""

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from casewright import law
from casewright.law import traffic

OFFENCE = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
DECIDED = date(2026, 6, 4)
FACTS: dict[str, Any] = {
    "offence_at": OFFENCE,
    "recorded_mph": 45,
    "limit_mph": 30,
    "device_certified_from": date(2026, 1, 1),
    "device_certified_until": date(2027, 1, 1),
}

BANDS = [
    ("1", 30, 34, "below"),
    ("3", 30, 42, "course"),
    ("4", 30, 43, "conditional_offer"),
    ("6", 30, 50, "court"),
    ("7", 20, 23, "below"),
    ("9", 20, 31, "course"),
    ("10", 20, 32, "conditional_offer"),
    ("15", 40, 46, "course"),
    ("16", 40, 53, "course"),
    ("18", 40, 66, "court"),
    ("19", 50, 57, "course"),
    ("21", 50, 76, "court"),
    ("22", 60, 68, "course"),
    ("24", 60, 76, "conditional_offer"),
    ("25", 60, 86, "court"),
    ("27", 70, 79, "course"),
    ("28", 70, 86, "course"),
    ("30", 70, 95, "conditional_offer"),
    ("31", 70, 96, "court"),
]


def decide(policy: dict[str, Any] | None = None, on: date = DECIDED, **facts: Any) -> traffic.Disposal:
    return traffic.decide(FACTS | facts, on=on, policy=policy)


@pytest.mark.parametrize(("vector", "limit", "speed", "band"), BANDS)
def test_a_speed_falls_in_the_band_of_its_limit(vector: str, limit: int, speed: int, band: str) -> None:
    found = decide(limit_mph=limit, recorded_mph=speed, road_kind="motorway" if limit == 70 else "built-up")
    assert found.band == band, vector
    assert found.taken == ("no_further_action" if band == "below" else "send_notice")
    assert found.reason_code == ("BELOW_THRESHOLD" if band == "below" else "")


def test_every_threshold_follows_the_formula_of_the_guidance() -> None:
    for limit in (20, 30, 40, 50, 60, 70):
        row = traffic.threshold(limit, on=DECIDED, policy={})
        assert (row.start, row.course_to) == (limit * 11 // 10 + 2, limit * 11 // 10 + 9)


def test_a_force_may_raise_its_threshold_vectors_12_and_13() -> None:
    wales = {"speed.start.20": 26}
    assert decide(wales, limit_mph=20, recorded_mph=25).reason_code == "BELOW_THRESHOLD"
    assert decide(wales, limit_mph=20, recorded_mph=26).band == "course"


def test_thresholds_of_a_force_that_do_not_rise_are_refused() -> None:
    with pytest.raises(law.InvalidFacts, match="rise"):
        decide({"speed.start.30": 60})


def test_a_goods_vehicle_is_held_to_its_own_limit_vector_34() -> None:
    found = decide(limit_mph=60, recorded_mph=58, road_kind="single", vehicle_class="goods up to 7.5 t")
    assert (found.band, found.taken) == ("course", "send_notice")
    assert "speed.start.50" in found.values
    assert decide(limit_mph=60, recorded_mph=58, road_kind="single").reason_code == "BELOW_THRESHOLD"


def test_the_limit_of_heavy_goods_vehicles_rose_on_6_april_2015() -> None:
    def limit(on: date) -> int:
        return traffic.values.class_limit("goods over 7.5 t", "single", on=on)

    assert (limit(date(2015, 4, 5)), limit(date(2015, 4, 6))) == (40, 50)


def test_an_expired_certificate_ends_it_vector_49() -> None:
    assert decide(device_certified_until=date(2026, 6, 1)).reason_code == "CALIBRATION_OUT"
    assert decide(device_certified_until=date(2026, 6, 2)).taken == "send_notice"
    assert decide(device_certified_from=None, device_certified_until=None).reason_code == "CALIBRATION_OUT"


def test_a_variable_limit_set_long_enough_before_is_relied_on_vector_33() -> None:
    motorway = {"limit_mph": 40, "recorded_mph": 47, "road_kind": "motorway", "variable_limit": True}
    assert decide(limit_changed_seconds_ago=95, **motorway).band == "course"
    assert decide(limit_changed_seconds_ago=10, **motorway).reason_code == "VSL_CHANGE_WINDOW"
    assert decide(limit_changed_seconds_ago=11, **motorway).taken == "send_notice"


def test_a_variable_limit_without_the_moment_it_was_set_is_held() -> None:
    found = decide(variable_limit=True)
    assert (found.taken, found.reason_code) == ("hold", "VSL_CHANGE_WINDOW")
    assert found.blocking == ("The moment the variable limit was set is missing.",)
    assert not found.options[0].lawful


@pytest.mark.parametrize(
    ("second", "code"), [(41, ""), (40, "SECONDARY_CHECK_FAIL"), (49, ""), (50, "SECONDARY_CHECK_FAIL")]
)
def test_a_secondary_check_must_be_within_ten_per_cent(second: int, code: str) -> None:
    assert decide(secondary_mph=second).reason_code == code


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"order_in_force": False}, "SIGNAGE_TRO"),
        ({"plate_legible": False}, "UNREADABLE"),
        ({"vehicles_in_frame": 2}, "MULTI_VEHICLE"),
        ({"same_journey": True}, "DUPLICATE"),
    ],
)
def test_each_guard_that_fails_gives_its_own_reason(facts: dict[str, Any], code: str) -> None:
    found = decide(**facts)
    assert (found.taken, found.reason_code) == ("no_further_action", code)
    assert len(found.reasons) == 1


def test_every_guard_that_fails_is_said_not_only_the_first() -> None:
    found = decide(recorded_mph=34, device_certified_until=date(2026, 5, 1))
    assert found.reason_code == "CALIBRATION_OUT"
    assert len(found.reasons) == 2


def test_a_detection_that_came_too_late_to_post_ends_with_its_reason() -> None:
    assert decide(on=date(2026, 6, 11)).taken == "send_notice"
    late = decide(on=date(2026, 6, 12))
    assert (late.taken, late.reason_code) == ("no_further_action", "NIP_LATE_SOURCE")
    assert decide(on=date(2026, 7, 1), warned_at_time=True).taken == "send_notice"
    assert decide(on=date(2026, 7, 1)).reason_code == "NIP_LATE_SOURCE"


def test_a_decision_is_replayed_from_its_own_values() -> None:
    first = decide({"speed.start.30": 37, "speed.secondary_percent": 5}, secondary_mph=44)
    assert decide(first.values, secondary_mph=44) == first
    assert decide({"speed.start.30": 40}, recorded_mph=39).reason_code == "BELOW_THRESHOLD"


def test_above_the_tolerance_of_the_device_a_supervisor_may_still_proceed() -> None:
    assert decide(recorded_mph=33).options[0].lawful
    assert not decide(recorded_mph=32).options[0].lawful


def test_a_decision_is_plain_json() -> None:
    import json

    kept = decide(secondary_mph=44, vehicles_in_frame=1).as_json()
    assert json.loads(json.dumps(kept)) == kept
    assert (
        kept["reasons"][0]
        == "Reading of 45 mph is at or above the threshold of 35 and below court level at 50."
    )


@pytest.mark.parametrize(
    ("facts", "fact"),
    [
        ({"offence_at": OFFENCE.replace(tzinfo=None)}, "offence_at"),
        ({"offence_at": OFFENCE + timedelta(days=10)}, "offence_at"),
        ({"recorded_mph": 0}, "recorded_mph"),
        ({"recorded_mph": 900}, "recorded_mph"),
        ({"recorded_mph": "45"}, "recorded_mph"),
        ({"limit_mph": 35}, "limit_mph"),
        ({"vehicle_class": "hovercraft"}, "vehicle_class"),
        ({"road_kind": "ford"}, "road_kind"),
        ({"colour": "red"}, "colour"),
        ({"limit_mph": None}, "limit_mph"),
    ],
)
def test_impossible_facts_are_refused_by_name(facts: dict[str, Any], fact: str) -> None:
    with pytest.raises(law.InvalidFacts) as refused:
        decide(**facts)
    assert refused.value.fact == fact


def test_facts_may_be_a_record_and_the_day_must_be_a_day() -> None:
    record = traffic.DetectionFacts(**FACTS)
    assert traffic.decide(record, on=DECIDED) == decide()
    with pytest.raises(law.InvalidFacts):
        traffic.decide(record, on=OFFENCE)
    with pytest.raises(law.InvalidFacts):
        traffic.decide(42, on=DECIDED)


def test_before_the_guidance_no_threshold_is_stated() -> None:
    with pytest.raises(law.NoLawInForce):
        traffic.threshold(30, on=date(2013, 9, 30), policy={})


def test_a_guard_that_passes_says_so() -> None:
    found = decide(order_in_force=True, vehicles_in_frame=1, plate_legible=True)
    said = {rule.rule: rule.sentence for rule in found.rules}
    assert said["G5"] == "The traffic order was in force and signed."
    assert said["G6"] == "One vehicle in frame."


def test_a_class_without_a_limit_that_day_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(traffic.values, "_holds", lambda row, on: False)
    with pytest.raises(law.NoLawInForce, match="class limit of car"):
        decide()


@pytest.mark.parametrize("recorded", [34, 35, 47, 50])
def test_the_time_of_day_decides_nothing_so_rows_of_a_day_may_share_a_decision(recorded: int) -> None:
    day = date(2026, 11, 20)
    told = {
        "recorded_mph": recorded, "limit_mph": 30, "secondary_mph": recorded, "device_certified_from": date(2026, 1, 1),
        "device_certified_until": date(2027, 1, 1),
    }  # fmt: skip
    moments = [datetime.combine(day, time(hour, 59, 59), ZoneInfo("Europe/London")) for hour in range(24)]
    decided = [traffic.decide({**told, "offence_at": m}, on=date(2026, 11, 23)).as_json() for m in moments]
    assert all(each == decided[0] for each in decided)


def test_the_figures_a_page_shows_are_those_that_decide() -> None:
    assert traffic.values.guidance_began() == date(2013, 10, 1)
    rows = traffic.values.class_rows()
    assert {row["key"] for row in rows} == set(traffic.vehicle_classes())
    with pytest.raises(law.NoLawInForce):
        traffic.threshold(30, on=date(2013, 9, 30), policy={})


def test_a_detection_may_be_decided_on_its_own_day_and_not_before() -> None:
    assert traffic.decide(FACTS, on=date(2026, 6, 1)).taken == "send_notice"
    with pytest.raises(law.InvalidFacts, match="offence_at"):
        traffic.decide(FACTS, on=date(2026, 5, 31))


def test_the_last_day_of_the_certificate_is_said_and_its_text_is_the_same_in_json() -> None:
    found = traffic.decide(FACTS, on=DECIDED)
    said = {each.rule: each for each in found.rules}
    assert said["G1"].sentence == "Device certificate in date to Thursday 31 December 2026."
    assert said["G1"].code == ""
    assert json.loads(found.as_text()) == json.loads(json.dumps(found.as_json()))


def test_a_class_whose_limit_is_the_roads_own_has_no_limit_of_its_own() -> None:
    facts = FACTS | {"vehicle_class": "goods up to 7.5 t", "road_kind": "single", "recorded_mph": 58}
    same = {each.rule: each for each in traffic.decide(facts | {"limit_mph": 50}, on=DECIDED).rules}
    lower = {each.rule: each for each in traffic.decide(facts | {"limit_mph": 60}, on=DECIDED).rules}
    assert same["G7"].sentence == "The limit of 50 mph applies to this vehicle."
    assert lower["G7"].sentence.endswith("here is 50 mph, not 60.")


def test_facts_of_a_detection_come_back_from_their_text() -> None:
    stored = {name: value.isoformat() if isinstance(value, date) else value for name, value in FACTS.items()}
    assert traffic.facts_from_text(stored) == FACTS


def test_above_the_devices_tolerance_a_supervisor_may_still_proceed() -> None:
    inside, below = (traffic.decide(FACTS | {"recorded_mph": mph}, on=DECIDED).options[0] for mph in (34, 31))
    assert inside.lawful
    assert inside.reasons[-1].startswith("Above the device's own tolerance")
    assert not below.lawful
    assert "tolerance" not in " ".join(below.reasons)


def standing(found: traffic.Disposal) -> list[tuple[str, bool, tuple[str, ...]]]:
    """Each option with whether it is lawful and why, without the sentences of the rules."""
    said = {rule.sentence for rule in found.rules}
    return [(o.key, o.lawful, tuple(each for each in o.reasons if each not in said)) for o in found.options]


def test_a_detection_that_stands_may_be_noticed_or_left_with_a_reason_of_its_own() -> None:
    assert standing(decide()) == [
        ("send_notice", True, ("The speed is above the course band and below court level.",)),
        ("no_further_action", True, ("No one is bound to proceed; the reason is recorded.",)),
    ]


def test_a_detection_that_fails_may_only_be_left_and_the_failure_is_the_reason() -> None:
    found = decide(device_certified_until=date(2026, 6, 1))
    assert standing(found) == [("send_notice", False, ()), ("no_further_action", True, ())]
    assert found.options[1].reasons == found.reasons
    assert len(found.reasons) == 1


def test_a_detection_below_the_threshold_alone_may_still_be_noticed_by_a_supervisor() -> None:
    found = decide(recorded_mph=34)
    assert standing(found) == [
        ("send_notice", True, ("Above the device's own tolerance a supervisor may still decide to proceed.",)),
        ("no_further_action", True, ()),
    ]
