"""A decision decided again: what differs is found whole, and only what the register names is explained."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from tests.law.allegations import alleged, decide, speeding

from casewright.law import VERSION, explained, replaying
from casewright.law.traffic import case
from casewright.law.traffic.rules import evidence

OLDER = "2026.10.1"
ENTRY = """
[[entry]]
on = 2026-11-25
version = "{version}"
kind = "{kind}"
differs = {differs}
why = "The sentence was made plainer."
authority = "NPCC speed enforcement guidelines"
"""


def stored(facts: dict[str, Any], **policy: int) -> dict[str, Any]:
    """What law says, as a decision keeps it: through JSON and back."""
    kept: dict[str, Any] = json.loads(decide(facts, policy=policy).as_text())
    return kept


def entry(*differs: str, version: str = VERSION, kind: str = "allegation") -> tuple[explained.Explained, ...]:
    return explained.entries(ENTRY.format(version=version, kind=kind, differs=json.dumps(differs)))


@pytest.fixture
def rule_12_changed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """R12 says its sentence otherwise."""
    old = next(each for each in case.rules() if each.id == "R12")

    def says(asked: Any) -> Any:
        found = old.says(asked)
        return found and found._replace(sentence=found.sentence.replace("above", "over"))

    sheet = tuple(each._replace(says=says) if each.id == "R12" else each for each in case.rules())
    case.worth_asking.cache_clear()
    monkeypatch.setattr(case, "rules", lambda: sheet)
    yield
    case.worth_asking.cache_clear()


FACTS = [speeding(30, 45), speeding(30, 42), speeding(30, 55, live_points=9), alleged("RT88191"),
         speeding(30, 45, born_on="2009-03-01"), speeding(30, 45, notice_posted_on="2026-06-12")]  # fmt: skip


@pytest.mark.parametrize("facts", FACTS)
def test_what_law_said_is_what_it_says(facts: dict[str, Any]) -> None:
    assert replaying.replay(facts, stored(facts)) is None


def test_an_own_setting_is_kept_with_the_decision_and_replays() -> None:
    then = stored(speeding(30, 35), **{"speed.start.30": 36})
    assert then["taken"] == "no_further_action"
    assert replaying.replay(speeding(30, 35), then) is None
    found = replaying.replay(speeding(30, 35), then, {"speed.start.30": 35})
    assert found is not None
    assert (found.then["taken"], found.now["taken"]) == ("no_further_action", "course")
    assert {"R10", "R11", "R14"} <= {each.rule for each in found.rules}


def test_a_changed_sentence_is_found_with_both_sides(rule_12_changed: None) -> None:
    then = stored(speeding(30, 45)) | {}
    then = json.loads(json.dumps(then).replace("is over the course band", "is above the course band"))
    found = replaying.replay(speeding(30, 45), then)
    assert found is not None
    (rule,) = found.rules
    assert rule.rule == "R12"
    assert rule.then
    assert rule.now
    assert ("is above" in rule.then["sentence"], "is over" in rule.now["sentence"]) == (True, True)
    assert not rule.outcome_differs
    assert found.grounds == {
        "R12"
    }  # the options and reasons that repeat its sentence need no entry of their own


def test_the_rule_that_did_not_speak_is_not_listed(rule_12_changed: None) -> None:
    assert replaying.replay(speeding(30, 42), stored(speeding(30, 42))) is None


def test_what_no_rule_accounts_for_stands_by_its_own_name() -> None:
    then = stored(speeding(30, 45))
    for change, name in (
        (lambda d: d["options"][3].update(lawful=False), "option:single_justice"),
        (lambda d: d.update(taken="requisition"), "taken"),
        (lambda d: d.update(charge_by="2026-11-30"), "charge_by"),
        (lambda d: d["options"][0].update(last_day="2026-09-01"), "option:course"),
        (lambda d: d.update(band="court"), "band"),
        (lambda d: d["rules"].pop(), "R40"),
        (lambda d: d["rules"].append(d["rules"][0] | {"rule": "R99"}), "R99"),
        (lambda d: d["options"].pop(), "option:no_further_action"),
    ):  # fmt: skip
        altered = json.loads(json.dumps(then))
        change(altered)
        found = replaying.replay(speeding(30, 45), altered)
        assert found is not None, name
        assert found.grounds == {name}


def test_another_option_taken_is_accounted_for_only_by_an_outcome_or_a_standing() -> None:
    then = stored(speeding(30, 45))
    then["rules"][3]["sentence"] += " Reworded."
    then["taken"] = "course"
    found = replaying.replay(speeding(30, 45), then)
    assert found is not None
    assert found.grounds >= {"R12", "taken"}
    then["rules"][3]["outcome"] = "applied"
    found = replaying.replay(speeding(30, 45), then)
    assert found is not None
    assert "R12" in found.grounds
    assert "taken" not in found.grounds


def test_more_than_words_differs_only_with_the_option_its_code_a_standing_or_a_hold() -> None:
    then = stored(speeding(30, 45))
    for change, otherwise in (
        (lambda d: d.update(band="court"), False),
        (lambda d: d["rules"][0].update(sentence="Otherwise said."), False),
        (lambda d: d.update(taken="course"), True),
        (lambda d: d.update(reason_code="CLONE_CONFIRMED"), True),
        (lambda d: d.update(blocking=["Somebody must look."]), True),
        (lambda d: d["options"][3].update(lawful=False), True),
        (lambda d: d["options"][3].update(in_policy=False), True),
        (lambda d: d["options"].pop(), True),
    ):  # fmt: skip
        altered = json.loads(json.dumps(then))
        change(altered)
        found = replaying.replay(speeding(30, 45), altered)
        assert found is not None
        assert found.comes_out_otherwise is otherwise
    refused = replaying.replay(speeding(30, 45) | {"offence_code": "XX99999"}, then)
    assert refused is not None
    assert refused.comes_out_otherwise


def test_a_rule_that_speaks_on_one_side_only_is_an_outcome_that_differs() -> None:
    then = stored(speeding(30, 45))
    then["rules"].pop()
    found = replaying.replay(speeding(30, 45), then)
    assert found is not None
    assert [(each.then, each.outcome_differs) for each in found.rules] == [(None, True)]


def test_how_an_option_stands_is_said_in_words() -> None:
    assert [replaying.standing(each) for each in (
        None, {"lawful": False}, {"lawful": True}, {"lawful": True, "in_policy": False},
    )] == ["no option", "not lawful", "lawful", "lawful, not the policy"]  # fmt: skip


def test_a_detection_kept_as_text_is_decided_again() -> None:
    facts = {"offence_at": "2026-06-01T14:07:00+01:00", "recorded_mph": 47, "limit_mph": 30,
             "device_certified_from": "2026-01-01", "device_certified_until": "2027-01-01"}  # fmt: skip
    first = replaying.decide_again(facts, on=date(2026, 6, 3), values={})
    assert first["taken"] == "send_notice"
    assert replaying.replay(facts, json.loads(json.dumps(first))) is None


def test_what_can_no_longer_be_decided_is_a_difference_and_no_crash() -> None:
    then = stored(speeding(30, 45))
    found = replaying.replay(speeding(30, 45) | {"offence_code": "XX99999"}, then)
    assert found is not None
    assert found.grounds == {"refused"}
    assert "XX99999" in found.refusal


def of(
    grounds: set[str],
    entries: tuple[explained.Explained, ...],
    version: str = OLDER,
    kind: str = "allegation",
) -> bool:
    return bool(explained.explain(grounds, kind=kind, law_version=version, under=entries))


def test_an_entry_explains_only_what_it_names() -> None:
    assert of({"R12"}, entry("R12"))
    assert not of({"R12"}, entry("R13"))
    assert not of({"R12", "R13"}, entry("R12"))
    assert of({"R12", "R13"}, entry("R12") + entry("R13"))
    assert not of(set(), entry("R12"))
    assert not of({"option:course"}, entry("R12"))


def test_an_entry_explains_only_decisions_of_an_earlier_version_and_its_kind() -> None:
    assert not of({"R12"}, entry("R12"), version=VERSION)
    assert not of({"R12"}, entry("R12", version="2026.9.30"), version="2026.10.1")  # numbers, not letters
    assert of({"R12"}, entry("R12", version="2026.10.1"), version="2026.9.30")
    assert not of({"R12"}, entry("R12", version="2099.1.1"))  # of law data that is not in force here
    assert not of({"R12"}, entry("R12"), version="unknown")
    assert not of({"R12"}, entry("R12"), kind="detection")
    assert of({"R12"}, entry("R12", kind="any"), kind="detection")


def test_the_shipped_register_names_rules_and_versions_that_exist() -> None:
    known = {each.id for each in case.rules()} | {"G1", "G2", "G3", "G4", "G5", "G6", "G7", "G8", "NIP"}
    others = {"taken", "charge_by", "reasons", "refused", *replaying.FIELDS}
    for each in explained.register():
        assert each.kind in {*replaying.KINDS, explained.ANY}
        assert {name for name in each.differs if not name.startswith("option:")} <= known | others
        assert each.on >= date(2026, 11, 25)
        assert each.why


def test_the_register_explains_that_a_certificate_was_once_asked_for_whatever_the_offence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    none = {"device_certified_from": None, "device_certified_until": None}
    facts = alleged("RT88191", detected_by="camera", **none)
    with monkeypatch.context() as before:
        before.setattr(evidence, "_shown_by_device", lambda _: True)
        then = stored(facts)
    assert then["reason_code"] == "CALIBRATION_OUT"
    found = replaying.replay(facts, then)
    assert found is not None
    assert found.grounds == {"R01"}
    assert found.now["taken"] == "conditional_offer"
    (entry,) = explained.explain(
        found.grounds, kind="allegation", law_version="2026.11.1", under=explained.register()
    )
    assert "speed, signs and signals" in entry.why
