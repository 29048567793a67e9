"""What a unit may set for itself: only targets and thresholds, each with the reference's value as default."""

import pytest

from casewright import law
from casewright.law import practice
from casewright.law.settings import check, settings


def test_every_setting_has_words_a_unit_a_default_and_an_authority() -> None:
    for key, setting in settings().items():
        assert setting.key == key
        assert setting.words
        assert setting.unit
        assert setting.default >= 0
        assert setting.authority


def test_no_two_settings_are_called_the_same() -> None:
    """The unit chooses one by its words: 28 days for a green case and 5 for a green-priority one must differ."""
    called = [each.words for each in settings().values()]
    assert sorted(called) == sorted(set(called))
    assert "CPS decision in a green (bail) case: Decision by, a green-priority case" in called
    assert "Execute a fail-to-appear warrant: Execute by, category B" in called


def test_only_policy_targets_and_speed_are_settings() -> None:
    for key in settings():
        rule_id = key.split(".")[0]
        assert rule_id in {"speed", "traffic", "unit"} or law.newest(rule_id).consequence == "policy"
    assert settings()["ndors-accept-28.number"].default == 28
    assert settings()["speed.start.20"].default == 24
    assert settings()["speed.secondary_percent"].words.startswith("Secondary check")
    assert "nip-14.number" not in settings()


def test_the_default_of_each_setting_is_what_counts_without_it() -> None:
    for rule in law.rules():
        if rule.consequence == "policy" and rule.examples[0].act_by:
            facts, on = rule.examples[0].facts, rule.effective_from
            policy = {key: each.default for key, each in settings().items()}
            assert law.deadline(rule.id, facts, on=on, policy=policy) == law.deadline(rule.id, facts, on=on)


def test_the_values_of_a_decision_are_settings() -> None:
    from tests.law.test_detections import decide

    used = decide().values
    assert set(used) <= set(settings())
    assert all(check(key, value) == value for key, value in used.items())


def test_a_setting_that_is_unknown_or_impossible_is_refused() -> None:
    with pytest.raises(law.InvalidFacts, match="listed"):
        check("nip-14.number", 21)
    for wrong in (-1, 1.5, "14", True, None):
        with pytest.raises(law.InvalidFacts):
            check("ndors-accept-28.number", wrong)
    assert check("ndors-accept-28.number", 21) == 21


def test_the_practice_of_a_unit_has_the_reference_s_value_until_the_unit_sets_its_own() -> None:
    defaults = {key: each.default for key, each in settings().items() if key.startswith("unit.")}
    assert defaults == {
        "unit.certificate_days": 731, "unit.review_days": 92, "unit.reason_characters": 30,
        "unit.keep_ended_days": 90, "unit.keep_closed_days": 6 * 365,
        "unit.keep_held_days": 365, "unit.warn_held_days": 14, "unit.mistakes_days": 366, "unit.delegation_days": 92,
        "unit.skill_days": 366,
    }  # fmt: skip
    for key, default in defaults.items():
        assert practice.figure(key, {}) == default
        assert practice.figure(key, {key: default + 1}) == default + 1


def test_a_figure_of_practice_may_be_one_but_not_nought() -> None:
    assert check("unit.reason_characters", 1) == 1
    with pytest.raises(law.InvalidFacts, match="not below 1"):
        check("unit.reason_characters", 0)
    assert check("ndors-accept-28.number", 0) == 0
