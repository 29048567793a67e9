"""A finding is kept whole, never changed, and given back in its own words."""

import json
import pickle
from datetime import date, datetime

import pytest

from casewright import law

DAY = date(2026, 12, 12)
NOTICE = law.deadline("nip-14", {"offence_on": DAY}, on=DAY)


def test_a_finding_cannot_be_changed() -> None:
    with pytest.raises(AttributeError, match="never changed"):
        NOTICE.act_by = DAY
    with pytest.raises(AttributeError, match="never changed"):
        del NOTICE.act_by


def test_a_finding_is_kept_as_json_and_given_back_in_its_own_words() -> None:
    kept = json.loads(json.dumps(NOTICE.as_json()))
    again = law.Finding.from_json(kept)
    assert again == NOTICE
    assert (again.act_by, again.steps, again.working) == (NOTICE.act_by, NOTICE.steps, NOTICE.working)
    assert (again.authority, again.counted, again.strip) == (NOTICE.authority, NOTICE.counted, NOTICE.strip)
    assert law.draw(again) == law.draw(NOTICE)
    kept["name"] = "An older name"
    assert law.Finding.from_json(kept).name == "An older name"
    assert law.Finding.from_json(kept) != NOTICE


def test_a_finding_of_an_instant_keeps_it() -> None:
    found = law.deadline("pace-24", {"relevant_at": "2026-10-24T22:00+01:00"}, on=date(2026, 10, 24))
    again = law.Finding.from_json(json.loads(json.dumps(found.as_json())))
    assert isinstance(again.act_by, datetime)
    assert again.act_by == found.act_by
    assert again.facts["relevant_at"] == "2026-10-24T22:00:00+01:00"


def test_a_finding_with_periods_is_plain_json() -> None:
    facts = {"limit_days": 56, "custody": [("2026-01-05", "2026-01-19")], "remanded_again_on": "2026-02-02"}
    found = law.deadline("ctl-stop", facts, on=date(2026, 2, 2))
    assert found.as_json()["facts"]["custody"] == [["2026-01-05", "2026-01-19"]]
    assert law.Finding.from_json(found.as_json()).as_json() == found.as_json()


def test_a_finding_may_be_compared_hashed_and_sent_between_processes() -> None:
    assert pickle.loads(pickle.dumps(NOTICE)) == NOTICE
    assert len({NOTICE, law.deadline("nip-14", {"offence_on": DAY}, on=DAY)}) == 1
    assert NOTICE != "nip-14"
    assert repr(NOTICE) == "Finding(nip-14, act by 2026-12-26, outer 2026-12-26)"


def test_a_step_is_found_by_its_key() -> None:
    assert NOTICE.step("post_by").on == date(2026, 12, 22)
    with pytest.raises(KeyError):
        NOTICE.step("sing_by")


def test_the_brief_answer_leaves_out_only_the_count_and_the_drawing() -> None:
    assert set(NOTICE.as_json()) - set(NOTICE.brief()) == {"counted", "strip"}


def test_what_the_rule_states_is_on_the_finding() -> None:
    assert (NOTICE.name, NOTICE.flag) == ("Serve the notice of intended prosecution", "Bars conviction")
    assert NOTICE.binds.startswith("police")
    assert (NOTICE.consequence, NOTICE.confidence) == ("bar", "H T")
    assert NOTICE.if_missed.startswith("No one can be convicted")
    assert str(NOTICE.authority[0]) == "RTOA 1988 s.1(1)(c), (1ZA) to (1ZC)"
    assert NOTICE.law_version == law.VERSION
    assert NOTICE.rule.name == NOTICE.name


def test_a_finding_without_a_day_is_kept_too() -> None:
    found = law.deadline("s10-admission", {}, on=DAY)
    assert law.Finding.from_json(found.as_json()) == found
    assert (found.act_by, found.steps, found.strip, found.applies) == (None, (), None, False)
