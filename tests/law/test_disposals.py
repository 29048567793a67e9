"""From facts to disposal: every vector of the traffic reference, section 12.1, and what a decision carries with it."""

# ruff: noqa: E501 - one refusal a line reads as a table

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from tests.law.allegations import DECIDED, alleged, decide, said, speeding, unanswered

from casewright import law
from casewright.law import charges, offences, settings, traffic
from casewright.law.traffic.allegation import AllegationFacts
from casewright.law.traffic.case import defaults

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


def test_a_code_whose_dates_are_not_held_waits_for_a_person() -> None:
    found = decide(speeding(30, 45, code_checked=False))
    assert found.taken == "conditional_offer"
    assert found.blocking == ("Dates not held for RR84221: look up whether it was in force on the day.",)
    assert {b.code for o in found.options for b in o.blocks} == {"DATES_NOT_HELD"}
    assert {b.decides for o in found.options for b in o.blocks} == {"a person"}
    held = {o.key for o in found.options if o.blocks}
    assert held == {"course", "rectification", "conditional_offer", "single_justice", "requisition"}
    dated = decide(speeding(20, 33, offence_code="RR84235", code_checked=False))
    assert dated.automatic
    assert said(dated, "CODE").sentence == "RR84235 is in force from Sunday 17 September 2023."  # type: ignore[union-attr]


def test_a_code_out_of_force_is_refused_with_its_dates() -> None:
    with pytest.raises(
        law.InvalidFacts, match=r"RR84235.*16 September 2023.*in force from Sunday 17 September 2023"
    ):
        decide(speeding(20, 33, offence_code="RR84235", offence_on="2023-09-16"), on="2023-10-01")


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


def test_below_the_threshold_a_supervisor_may_still_proceed() -> None:
    found = decide(speeding(30, 34))
    assert found.taken == "no_further_action"
    offer = found.option("conditional_offer")
    assert (offer.lawful, offer.in_policy) == (True, False)
    assert offer.blocks[0].decides == "a supervisor"
    assert offer.reasons == ("Above the device's own tolerance a supervisor may still decide to proceed.",)
    two = decide(speeding(30, 34, clone="satisfied"))
    assert not two.option("conditional_offer").lawful
    assert two.reason_code == "CLONE_CONFIRMED"
    assert len(two.reasons) == 2


def test_what_ends_a_case_leaves_only_no_further_action() -> None:
    found = decide(speeding(30, 45, notice_posted_on="2026-06-12"))
    assert [each.key for each in found.options if each.lawful] == ["no_further_action"]
    assert found.option("no_further_action").in_policy
    assert found.reasons == found.option("no_further_action").reasons
    assert found.blocking == ()


def test_what_holds_a_case_says_what_is_missing_and_blocks_every_option() -> None:
    found = decide(speeding(30, 45, clone="claimed"))
    assert (found.taken, found.summary, found.automatic) == ("hold", "CLONE_CLAIMED", False)
    assert found.blocking == found.reasons == ("A cloned mark is claimed and not yet decided.",)
    assert all(each.blocks for each in found.options if each.key != "no_further_action")
    assert found.option("conditional_offer").blocks[0].decides == "a person"


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


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (speeding(30, 45, licence="none", live_points=6), r"live_points cannot be 6.*licence, given as none"),
        (speeding(30, 30), r"recorded_mph cannot be 30.*limit_mph of 30"),
        (speeding(30, 28), r"recorded_mph cannot be 28.*limit_mph of 30"),
        (speeding(30, 45, licence="full", age=15), r"licence cannot be full.*age of 15"),
        (speeding(30, 45, age=17, route="single_justice"), r"route cannot be single_justice.*aged 17"),
        (speeding(30, 45, age=9, route="requisition"), r"route cannot be requisition.*aged 9.*under 10"),
        (speeding(30, 45, accused="company", age=30), r"company cannot be yes.*age 30"),
        (speeding(30, 45, accused="company", route="charge"), r"route cannot be charge.*a company"),
        (speeding(30, 45, accused="company", licence="full"), r"licence cannot be full.*accused, given as company"),
        (speeding(30, 45, accused="company", live_points=3), r"live_points cannot be 3.*accused, given as company"),
        (speeding(30, 45, accused="company", qualified_on="2020-01-01"), r"qualified_on.*accused, given as company"),
        (speeding(30, 45, licence="none", qualified_on="2020-01-01"), r"qualified_on.*licence, given as none"),
        (speeding(30, 45, licence="provisional", qualified_on="2020-01-01"), r"qualified_on.*licence, given as provisional"),
        (speeding(30, 45, limit_mph=40), r"limit_mph cannot be 40.*30, the limit of offence_code RR84221"),
        (speeding(30, 45, offence_on="2026-07-17", notice_posted_on=None), r"offence_on.*no later than Thursday 16 July 2026"),
        (speeding(30, 45, notice_posted_on="2026-05-31"), r"notice_posted_on.*no earlier than offence_on"),
        (speeding(30, 45, notice_served_on="2026-06-04"), r"notice_served_on.*no earlier than notice_posted_on"),
        (speeding(30, 45, earlier_course="NSAC"), r"earlier_course_offence_on is missing.*NSAC"),
        (speeding(30, 251), r"recorded_mph cannot be 251"),
        (speeding(30, 45, recorded_mph=None), r"recorded_mph is missing.*RR84221"),
        (speeding(30, 45, limit_mph=None), r"limit_mph is missing.*45"),
        (alleged("RT88509", recorded_mph=45), r"limit_mph is missing"),
        (speeding(30, 45, offered="course"), r"offered_on is missing.*course"),
        (speeding(30, 45, offered="conditional_offer"), r"offered_on is missing.*conditional_offer"),
        (speeding(30, 45, offered="single_justice", offered_on="2026-06-20", served_on="2026-06-19"), "served_on.*offered_on"),
        (speeding(30, 45, colour="red"), "colour cannot be red"),
        (speeding(30, 45, wants="money"), "course, offer or court"),
        (speeding(30, 45, live_points=-1), "live_points cannot be -1"),
        (speeding(30, 45, live_points=2.5), "live_points"),
        (speeding(30, 45, live_points=True), "live_points"),
        (speeding(30, 45, deceased="no"), "deceased cannot be no"),
        (speeding(30, 45, deceased=1), "deceased cannot be 1"),
        (speeding(30, 45, born_on="yesterday"), "born_on cannot be yesterday"),
        (speeding(30, 45, born_on=1980), "born_on cannot be 1980"),
        (speeding(30, 45, offence_on=None), "offence_on is missing"),
        (speeding(30, 45, offence_code=""), "offence_code is missing"),
        (speeding(30, 45, offence_code="XX99999"), "offence_code cannot be XX99999"),
        (speeding(30, 45, same_occasion=["XX99999"]), "offence_code cannot be XX99999"),
        (speeding(30, 45, same_occasion="RT88567"), "same_occasion"),
        (speeding(30, 45, same_occasion=[1]), "same_occasion"),
    ],
)  # fmt: skip
def test_facts_that_are_wrong_or_contradict_each_other_are_refused_naming_both(
    facts: dict[str, Any], words: str
) -> None:
    with pytest.raises(law.InvalidFacts, match=words):
        decide(facts)


def test_facts_just_inside_what_is_possible_are_taken() -> None:
    for facts in (
        speeding(30, 31), speeding(30, 250), speeding(30, 45, licence="none", live_points=0),
        speeding(30, 45, licence="full", age=16), speeding(30, 45, licence="full", qualified_on="2020-01-01"),
        speeding(30, 45, offence_on="2026-07-16", notice_posted_on="2026-07-16", notice_served_on="2026-07-16"),
        speeding(30, 45, age=17, route="requisition"), speeding(30, 45, route="single_justice", age=18),
        speeding(30, 45, offered="course", offered_on="2026-07-01"), speeding(30, 45, live_points=None),
    ):  # fmt: skip
        assert decide(facts).taken
    facts = AllegationFacts(offence_code="RT88509", offence_on=date(2026, 6, 1), detected_by="officer")
    assert traffic.decide(facts, on=DECIDED).summary == "COURSE:YBYL"
    with pytest.raises(law.InvalidFacts, match="day of the decision"):
        traffic.decide(facts, on="2026-07-16")  # type: ignore[arg-type]


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


def test_a_class_limit_calls_for_the_code_of_the_class() -> None:
    found = decide(speeding(60, 58, road_kind="single", vehicle_class="goods up to 7.5 t"))
    assert found.option("course").blocks[0].code == "CLASS_CODE"
    assert "RR84203 to RR84208" in found.blocking[0]
    own = decide(
        speeding(60, 58, offence_code="RR84204", road_kind="single", vehicle_class="goods up to 7.5 t")
    )
    assert own.automatic


def test_welsh_waits_for_a_person_until_a_wording_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    found = decide(speeding(30, 50, welsh=True))
    assert [block.code for block in found.option("single_justice").blocks] == ["WELSH_NOT_HELD"]
    assert found.option("conditional_offer").blocks == ()
    held = dict(charges.patterns()) | {"speed": charges.patterns()["speed"]._replace(welsh="Ar {date}")}
    monkeypatch.setattr(charges, "patterns", lambda: held)
    assert decide(speeding(30, 50, welsh=True)).automatic


def test_the_uncertain_day_of_a_failure_to_identify_is_for_a_supervisor() -> None:
    found = decide(unanswered(), on="2027-01-07")
    assert [(block.code, block.decides) for block in found.option("single_justice").blocks] == [
        ("BAR_UNCERTAIN", "a supervisor")
    ]
    assert decide(unanswered(), on="2027-01-06").automatic
    certified = decide(alleged("RT88191", sufficient_evidence_on="2026-10-01"), on="2027-01-06")
    assert certified.option("conditional_offer").blocks[0].code == "CERTIFICATE"
    assert certified.option("conditional_offer").blocks[0].decides == "a supervisor"


@pytest.mark.parametrize(("age", "cps"), [(15, True), (16, False), (17, False)])
def test_under_sixteen_the_proceedings_are_not_specified(age: int, cps: bool) -> None:
    spoken = said(decide(speeding(30, 55, age=age)), "R42")
    assert spoken is not None
    assert spoken.sentence.startswith(f"The accused is {age}: no single justice deals with anyone under 18.")
    assert (
        "Under 16 the proceedings are not specified, and the CPS conducts them." in spoken.sentence
    ) is cps


def test_a_code_is_not_taken_as_checked_unless_it_is_said() -> None:
    facts = {name: value for name, value in speeding(30, 45).items() if name != "code_checked"}
    assert decide(facts).blocking
    assert not decide(speeding(30, 45)).blocking


def test_below_the_threshold_every_open_option_is_for_a_supervisor() -> None:
    found = decide(speeding(30, 34))
    option = found.option("single_justice")
    assert option.lawful
    assert option.reasons[-1] == "Above the device's own tolerance a supervisor may still decide to proceed."
    assert [(block.code, block.decides) for block in option.blocks] == [("BELOW_THRESHOLD", "a supervisor")]
    assert "supervisor" not in " ".join(found.option("rectification").reasons)


def test_a_new_driver_without_points_needs_six_for_the_offence() -> None:
    """New Drivers Act 1995 s.2: six, whatever is not known of the record."""
    assert said(decide(alleged("RT88191", qualified_on="2025-01-01")), "ND") is not None
    assert said(decide(speeding(30, 45, qualified_on="2025-01-01", live_points=2)), "ND") is None
    assert said(decide(speeding(30, 45, qualified_on="2025-01-01", live_points=3)), "ND") is not None


@pytest.mark.parametrize(
    ("code", "asked"),
    [("RR84221", True), ("RT88967", True), ("RR84127", True), ("RT88575", False), ("RT88191", False), ("RT88567", False)],
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
