"""What is not disposed of by itself: who must look first, a person or a supervisor, and at what."""

from __future__ import annotations

import pytest
from tests.law.allegations import alleged, decide, said, speeding, unanswered

from casewright import law
from casewright.law import charges


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


def test_a_code_is_not_taken_as_checked_unless_it_is_said() -> None:
    facts = {name: value for name, value in speeding(30, 45).items() if name != "code_checked"}
    assert decide(facts).blocking
    assert not decide(speeding(30, 45)).blocking


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


def test_below_the_threshold_every_open_option_is_for_a_supervisor() -> None:
    found = decide(speeding(30, 34))
    option = found.option("single_justice")
    assert option.lawful
    assert option.reasons[-1] == "Above the device's own tolerance a supervisor may still decide to proceed."
    assert [(block.code, block.decides) for block in option.blocks] == [("BELOW_THRESHOLD", "a supervisor")]
    assert "supervisor" not in " ".join(found.option("rectification").reasons)


def test_what_holds_a_case_says_what_is_missing_and_blocks_every_option() -> None:
    found = decide(speeding(30, 45, clone="claimed"))
    assert (found.taken, found.summary, found.automatic) == ("hold", "CLONE_CLAIMED", False)
    assert found.blocking == found.reasons == ("A cloned mark is claimed and not yet decided.",)
    assert all(each.blocks for each in found.options if each.key != "no_further_action")
    assert found.option("conditional_offer").blocks[0].decides == "a person"


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
