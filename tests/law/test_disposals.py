"""A disposal: every option with its standing and reasons, the one taken, and the figures it kept."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.law.allegations import DECIDED, alleged, decide, said, speeding

from casewright import law
from casewright.law import offences, settings, traffic
from casewright.law.traffic.case import defaults


def test_a_person_at_42_gets_what_the_law_and_policy_leave_and_each_is_explained() -> None:
    found = decide(speeding(30, 42))
    keys = [each.key for each in found.options]
    assert keys == [
        "course", "rectification", "conditional_offer", "single_justice", "requisition", "refer_cps",
        "no_further_action",
    ]  # fmt: skip
    assert [each.key for each in found.options if each.lawful] == [keys[0], *keys[2:]]
    assert [each.key for each in found.options if each.in_policy] == [
        "course",
        "conditional_offer",
        "single_justice",
        "requisition",
    ]
    assert all(each.reasons and str(each.authority) and each.title for each in found.options)
    assert found.reasons == ("42 mph is in the course band, 35 to 42.", "The course for this road is NSAC.")
    assert (found.taken, found.taken_title, found.band) == ("course", "Offer a course", "course")
    assert (found.option("course").detail, found.option("conditional_offer").detail) == ("NSAC", "100/3")
    assert found.option("course").last_day == date(2026, 10, 1)
    assert found.option("single_justice").last_day is None
    assert found.charge_by == date(2026, 12, 1)
    assert (found.on, found.law_version) == (DECIDED, law.VERSION)
    assert found.option("refer_cps").reasons == ("The police may decide this themselves.",)
    assert found.option("no_further_action").reasons == (
        "No one is bound to proceed; the reason is recorded.",
    )
    assert found.option("conditional_offer").reasons[-1] == "The offer is 100 pounds and 3 points."


def test_what_ends_a_case_leaves_only_no_further_action() -> None:
    found = decide(speeding(30, 45, notice_posted_on="2026-06-12"))
    assert [each.key for each in found.options if each.lawful] == ["no_further_action"]
    assert found.option("no_further_action").in_policy
    assert found.reasons == found.option("no_further_action").reasons
    assert found.blocking == ()


def test_every_rule_that_spoke_carries_its_authority() -> None:
    found = decide(speeding(30, 45, live_points=3, same_occasion=["RT88567", "RT88509"]))
    assert all(str(each.authority) and each.confidence and each.sentence for each in found.rules)
    assert str(said(found, "R30").authority) == "RTOA 1988 ss.54(3), 76(3), (6)"  # type: ignore[union-attr]


def test_a_decision_keeps_the_figures_it_used() -> None:
    found = decide(
        speeding(30, 45),
        policy={"speed.court_from.30": 46, "sjp-platform-28.number": 30, "traffic.chain_days": 10},
    )
    assert found.values["speed.court_from.30"] == 46
    assert found.values["sjp-platform-28.number"] == 30
    assert found.values["traffic.chain_days"] == 10
    assert set(found.values) <= set(settings.settings())
    assert set(found.values) == {
        "speed.start.30", "speed.course_to.30", "speed.court_from.30", "speed.secondary_percent",
        "speed.variable_limit_seconds", "sjp-platform-28.number", *defaults(),
    }  # fmt: skip
    assert not any(name.startswith("speed") for name in decide(alleged("RT88509")).values)


@pytest.mark.parametrize("code", sorted(offences.all_offences()))
@pytest.mark.parametrize(
    "who", [{"age": 30}, {"age": 17}, {"age": 15}, {"accused": "company", "admits_use": True}]
)
def test_nothing_is_taken_that_is_not_lawful_and_every_offence_can_be_decided(
    code: str, who: dict[str, Any]
) -> None:
    offence = offences.known(code)
    number = next((int(word) for word in offence.wording.split() if word.isdigit()), 30)
    speed = {"limit_mph": number, "recorded_mph": number + 20} if offence.family.startswith("speed") else {}
    for wants in ("", "court"):
        facts = alleged(code, answer="none", warned_at_time=True, wants=wants) | speed | who
        found = decide(facts)
        if found.taken in {"hold", "no_further_action"}:
            assert found.reasons
            continue
        taken = found.option(found.taken)
        assert taken.lawful
        if found.taken == "single_justice":
            assert offence.summary_only
            assert not offence.imprisonable
            assert who.get("age", 18) >= 18
        if found.taken == "conditional_offer":
            assert offence.penalty_pounds


def test_detections_are_still_decided_by_the_same_door() -> None:
    from tests.law.test_detections import FACTS

    assert traffic.decide(FACTS, on=date(2026, 6, 4)).taken == "send_notice"
    with pytest.raises(law.InvalidFacts):
        traffic.decide([], on=DECIDED)


@pytest.mark.parametrize(("age", "cps"), [(15, True), (16, False), (17, False)])
def test_under_sixteen_the_proceedings_are_not_specified(age: int, cps: bool) -> None:
    spoken = said(decide(speeding(30, 55, age=age)), "R42")
    assert spoken is not None
    assert spoken.sentence.startswith(f"The accused is {age}: no single justice deals with anyone under 18.")
    assert (
        "Under 16 the proceedings are not specified, and the CPS conducts them." in spoken.sentence
    ) is cps


def test_a_new_driver_without_points_needs_six_for_the_offence() -> None:
    """New Drivers Act 1995 s.2: six, whatever is not known of the record."""
    assert said(decide(alleged("RT88191", qualified_on="2025-01-01")), "ND") is not None
    assert said(decide(speeding(30, 45, qualified_on="2025-01-01", live_points=2)), "ND") is None
    assert said(decide(speeding(30, 45, qualified_on="2025-01-01", live_points=3)), "ND") is not None


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("RR84221", True), ("RT88967", True), ("RR84127", True), ("RT88575", False), ("RT88191", False),
        ("RT88567", False),
    ],
)  # fmt: skip
def test_a_certificate_is_asked_for_only_where_the_device_s_record_is_the_evidence(
    code: str, asked: bool
) -> None:
    """RTOA 1988 s.20(2): speed, signs and signals; never insurance, careless driving or who drove."""
    none = {"device_certified_from": None, "device_certified_until": None}
    speed = {"recorded_mph": 45, "limit_mph": 30} if code == "RR84221" else {}
    found = decide(alleged(code, detected_by="camera", notice_posted_on="2026-06-05", **none, **speed))
    assert (said(found, "R01") is not None) is asked
    assert (found.reason_code == "CALIBRATION_OUT") is asked


def test_without_a_camera_no_certificate_is_asked_for() -> None:
    none = {"device_certified_from": None, "device_certified_until": None}
    assert said(decide(speeding(30, 45, detected_by="officer", **none)), "R01") is None


def test_a_step_that_a_rule_takes_stands_first_lawful_and_within_policy() -> None:
    found = decide(speeding(30, 42, set_aside=True))
    step = found.options[0]
    assert (found.taken, step.key) == ("relist", "relist")
    assert (step.lawful, step.in_policy, step.blocks, step.last_day) == (True, True, (), None)
    assert step.reasons == found.reasons
    assert step.reasons == ("The conviction is set aside: the same proceedings are served and listed again.",)


def test_what_warns_of_an_option_stands_in_its_blocks_and_among_no_reasons() -> None:
    found = decide(speeding(30, 45), on="2026-11-10")  # an offer would leave no time before the bar
    warned = {block.sentence for option in found.options for block in option.blocks}
    assert warned
    assert not warned & {reason for option in found.options for reason in option.reasons}
