"""The catalogue is whole: every rule has facts, authority, confidence, dates and worked examples."""

import json
import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from casewright import law
from casewright.law.authority import cite, titles
from casewright.law.limits import WORKS, lengths, plain
from casewright.law.limits.catalogue import CONSEQUENCES, Rule, checked, in_force, version, versions

CHECKOUT = Path(__file__).resolve().parents[2]
EVERY = [rule for newest in versions().values() for rule in newest]
IDS = [f"{rule.id} from {rule.effective_from}" for rule in EVERY]
# Every rule there is to be, kept by hand in this list and nowhere else.
LISTED = Path(__file__).with_name("rule_ids.txt").read_text(encoding="utf-8").split()


def test_every_row_of_the_reference_is_a_rule_and_no_rule_is_without_a_row() -> None:
    assert sorted(versions()) == sorted(LISTED), "tests/law/rule_ids.txt lists every rule: change it there"
    assert len(law.rules()) == len(LISTED)


def test_how_many_rules_there_are_is_written_nowhere_by_hand() -> None:
    counted = re.compile(
        rf"\b{len(LISTED)} (rules|limits|time limits)\b|(rules|LISTED)\)+ == {len(LISTED)}\b"
    )
    files = [*CHECKOUT.glob("*.md"), *CHECKOUT.glob("docs/**/*.md"), *CHECKOUT.glob("tests/**/*.py")]
    written = {
        CHECKOUT / "docs" / "reference" / "law.md",
        CHECKOUT / "CHANGELOG.md",
    }  # by a command; what was so then
    found = [
        str(each.relative_to(CHECKOUT))
        for each in sorted({*files} - written)
        if counted.search(each.read_text(encoding="utf-8"))
    ]
    assert found == [], "take the number out: tests/law/rule_ids.txt is the one list of rules"


@pytest.mark.parametrize("rule", EVERY, ids=IDS)
def test_a_rule_states_everything_about_itself(rule: Rule) -> None:
    assert all((rule.name, rule.binds, rule.length, rule.code, rule.starts, rule.if_missed, rule.section))
    assert rule.consequence in CONSEQUENCES
    assert rule.authority
    assert all(authority.title for authority in rule.authority)
    assert re.match(r"[HML]( |$|, )", rule.confidence)
    assert rule.works in WORKS
    assert rule.effective_from >= date(2015, 1, 1)
    assert rule.effective_until is None or rule.effective_until > rule.effective_from
    assert rule.examples
    assert all(example.source for example in rule.examples)
    # a row that fixes no day ("as soon as practicable") asks for no fact; any other names what it counts from
    assert rule.facts or not any(example.act_by for example in rule.examples)
    assert rule.if_missed.endswith(".")
    assert not any(dash in f"{rule.name}{rule.moves}{rule.if_missed}" for dash in ("\u2013", "\u2014"))


@pytest.mark.parametrize("rule", EVERY, ids=IDS)
def test_no_sentence_of_a_rule_names_another_by_its_id(rule: Rule) -> None:
    """A clerk reads "the six months to charge", not "summary-6m"."""
    said = (
        rule.name,
        rule.binds,
        rule.length,
        rule.moves,
        rule.if_missed,
        rule.starts,
        rule.uncertain,
        *rule.changes,
    )
    ids = {each.id for each in law.rules() if "-" in each.id}
    for sentence in said:
        assert not ids & set(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+", sentence)), sentence


@pytest.mark.parametrize("rule", EVERY, ids=IDS)
def test_a_rule_counts_only_from_facts_it_asks_for(rule: Rule) -> None:
    named = {fact.name for fact in rule.facts}
    assert all(fact.description for fact in rule.facts)
    assert rule.law_of in named | {""}
    for place, fact in enumerate(rule.facts):
        if fact.default_from:
            before = [earlier.name for earlier in rule.facts[:place] if earlier.required]
            assert fact.default_from in before
    assert all(set(group) <= named for group in rule.one_of)
    if rule.works != "plain":
        return
    keys: set[str] = set()
    for part in plain.parts(rule):
        assert part.start in named | keys
        assert {name for name, _ in part.when} <= named
        assert {part.longer, part.less, part.plus, part.unless} <= named | {""}
        assert part.base in lengths.SHAPES
        assert lengths.why_counted(part.base)
        assert lengths.rule_of(part.base)
        keys.add(part.key)
    assert rule.facts or not keys
    assert rule.dated_facts or not keys


@pytest.mark.parametrize("rule", EVERY, ids=IDS)
def test_a_rule_without_a_day_says_so_and_any_other_has_one(rule: Rule) -> None:
    dated = [example for example in rule.examples if example.act_by]
    if not dated:
        found = law.deadline(rule.id, rule.examples[0].facts, on=rule.effective_from)
        assert not found.applies
        assert len(found.answer) > 20
    for example in dated:
        found = law.deadline(rule.id, example.facts, on=rule.effective_from, policy=example.policy)
        assert found.act_by is not None
        assert found.outer_limit is not None
        assert found.steps
        assert found.counted


def test_versions_of_a_rule_never_overlap() -> None:
    for newest in versions().values():
        for later, earlier in pairwise(newest):
            assert earlier.effective_until is not None
            assert earlier.effective_until <= later.effective_from


def test_what_the_reference_marks_uncertain_says_so() -> None:
    for rule in EVERY:
        if rule.confidence.startswith("L") and rule.examples[0].act_by:
            assert rule.uncertain or rule.consequence == "policy" or rule.id.startswith(("vrr", "vc")), (
                rule.id
            )


def test_two_readings_give_both_dates() -> None:
    two = [
        "s172-charge-by",
        "s11-certificate",
        "ctl-extend-notice",
        "vc-outcome",
        "sar-part3",
        "uls-2026-change",
    ]
    for rule_id in two:
        rule = law.newest(rule_id)
        found = law.deadline(rule_id, rule.examples[0].facts, on=rule.effective_from)
        assert found.act_by < found.outer_limit, rule_id
        assert found.uncertain


def test_the_flag_is_only_where_the_case_the_evidence_or_liberty_is_lost() -> None:
    for rule in EVERY:
        assert not rule.flag or rule.consequence == "bar", rule.id
    assert law.newest("nip-14").flag == "Bars conviction"


def test_rules_are_plain_json_that_a_stranger_can_call() -> None:
    told = json.loads(json.dumps([rule.as_json() for rule in law.rules()], default=str))
    nip = next(rule for rule in told if rule["id"] == "nip-14")
    assert nip["facts"][0] == {
        "name": "offence_on",
        "type": "date",
        "required": True,
        "description": "the day of the offence",
        "default": None,
        "choices": [],
        "default_from": "",
    }
    assert nip["effective_from"] == "2022-06-28"
    assert nip["effective_until"] is None
    assert all(rule["facts"] or rule["id"] for rule in told)


def test_rules_may_be_asked_for_as_they_stood_on_a_day() -> None:
    then = {rule.id for rule in law.rules(date(2020, 1, 1))}
    assert "pcb-legacy-28d" in then
    assert "pcb-6m" not in then
    assert "ctl-covid-238" not in {rule.id for rule in law.rules(date(2026, 1, 1))}


def test_the_version_is_chosen_by_the_day_and_never_guessed() -> None:
    assert law.in_force("sjp-response-15bd", date(2020, 10, 4)).code == "C1"
    assert law.in_force("sjp-response-15bd", date(2020, 10, 5)).code == "C5"
    with pytest.raises(law.NoLawInForce) as refused:
        law.deadline("ctl-covid-238", {"first_remand_on": date(2026, 1, 5)}, on=date(2026, 1, 5))
    assert str(refused.value) == (
        "No version of ctl-covid-238 is stated for 2026-01-05: it is stated from Monday 28 September 2020 to "
        "Sunday 27 June 2021."
    )
    with pytest.raises(law.NoLawInForce, match="stated from Thursday 1 January 2015"):
        law.in_force("summary-6m", date(2014, 12, 31))


def test_an_unknown_rule_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(law.UnknownRule, match="nip-14"):
        law.in_force("nip-41", date(2026, 1, 1))
    with pytest.raises(law.InvalidFacts, match=r"law\.rules"):
        law.newest("zzzzzz")


def test_policy_targets_are_settings_with_the_reference_value_as_default() -> None:
    rule = law.newest("ndors-accept-28")
    assert rule.setting == "ndors-accept-28.number"
    assert law.newest("summary-6m").setting == ""
    day, facts = date(2026, 1, 9), {"offered_on": date(2026, 1, 9)}
    assert law.deadline(rule.id, facts, on=day, policy={rule.setting: 0}).act_by == day
    for wrong in (-1, "14", 1.5, True):
        with pytest.raises(law.InvalidFacts, match="set by the unit"):
            law.deadline(rule.id, facts, on=day, policy={rule.setting: wrong})


def test_no_policy_moves_a_bar() -> None:
    day = date(2026, 1, 9)
    found = law.deadline("summary-6m", {"offence_on": day}, on=day, policy={"summary-6m.number": 99})
    assert found.act_by == date(2026, 7, 9)


def test_a_citation_is_read_into_title_and_provision() -> None:
    cited = cite("RTOA 1988 s.1(1)(c)")
    assert (str(cited), cited.full) == ("RTOA 1988 s.1(1)(c)", "Road Traffic Offenders Act 1988 s.1(1)(c)")
    assert cited.as_json()["short"] == "RTOA 1988"
    assert str(cite("Brown v DPP [2019] EWHC 798 (Admin)")) == "Brown v DPP [2019] EWHC 798 (Admin)"
    assert str(cite("PACE")) == "PACE"
    assert cite("CrimPR 2025 r.4.1").title == "Criminal Procedure Rules 2025"
    assert all(full for full in titles().values())


def test_nothing_is_cited_by_a_bare_section() -> None:
    for rule in EVERY:
        for authority in rule.authority:
            assert not re.match(r"(ss?|regs?|rr?|para|arts?)\.? ?\d", str(authority), re.IGNORECASE), rule.id
            assert str(authority).lower() not in ("as above", "local", "local agreements only."), rule.id


def test_the_fact_whose_law_applies_is_asked_first_and_the_day_of_checking_is_stated() -> None:
    for rule in EVERY:
        dated = [fact.name for fact in rule.dated_facts]
        assert rule.law_of not in dated or dated[0] == rule.law_of, rule.id
    assert date(2026, 1, 1) < checked() <= date(2026, 11, 22)


@pytest.mark.parametrize("rule", [rule for rule in EVERY if rule.effective_until], ids=lambda rule: rule.id)
def test_a_version_holds_to_the_day_before_the_next_and_no_longer(rule: Rule) -> None:
    until = rule.effective_until
    assert until is not None
    before, first = until - timedelta(days=1), rule.effective_from
    assert in_force(rule.id, before) is rule
    assert in_force(rule.id, first) is rule
    assert rule in law.rules(before)
    assert rule in law.rules(first)
    assert rule not in law.rules(until)
    assert rule not in law.rules(first - timedelta(days=1))
    following = [each for each in EVERY if each.id == rule.id and each.effective_from == until]
    if following:
        assert in_force(rule.id, until) is following[0]
    else:
        with pytest.raises(law.NoLawInForce, match=rule.id):
            in_force(rule.id, until)
    assert rule.as_json()["effective_until"] == until.isoformat()


def test_a_rule_that_goes_on_has_no_last_day_in_json() -> None:
    assert in_force("nip-14", date(2026, 11, 23)).as_json()["effective_until"] is None


def test_the_law_data_has_a_version_that_says_its_month() -> None:
    assert re.fullmatch(r"20\d\d\.\d{1,2}\.\d+", version())
    assert version() == law.VERSION
