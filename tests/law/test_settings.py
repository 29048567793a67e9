"""What a unit may set for itself: only targets and thresholds, each with the reference's value as default."""

import pytest

from casewright import law
from casewright.law.settings import check, settings


def test_every_setting_has_words_a_unit_a_default_and_an_authority() -> None:
    for key, setting in settings().items():
        assert setting.key == key
        assert setting.words
        assert setting.unit
        assert setting.default >= 0
        assert setting.authority


def test_only_policy_targets_and_speed_are_settings() -> None:
    for key in settings():
        rule_id = key.split(".")[0]
        assert rule_id in {"speed", "traffic"} or law.newest(rule_id).consequence == "policy"
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
