"""Every worked example in the catalogue is a test: its facts give its dates."""

from datetime import date

import pytest

from casewright import law
from casewright.law.limits.catalogue import Example, Rule, versions

CASES = [
    pytest.param(rule, example, id=f"{rule.id} {rule.effective_from} {number}")
    for rules in versions().values()
    for rule in rules
    for number, example in enumerate(rule.examples)
]


def law_day(rule: Rule) -> date:
    """A day on which this version of the rule is stated."""
    return rule.effective_from


def iso(when: object) -> str | None:
    return None if when is None else str(when).replace(" ", "T")


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_a_worked_example_gives_the_dates_its_source_gives(rule: Rule, example: Example) -> None:
    found = law.deadline(rule.id, example.facts, on=law_day(rule), policy=example.policy)
    assert (iso(found.act_by), iso(found.outer_limit)) == (iso(example.act_by), iso(example.outer_limit))
    for key, on in example.steps.items():
        assert iso(found.step(key).on) == iso(on), key
    kept = found.as_json()
    assert law.Finding.from_json(kept).as_json() == kept
    assert found.working
    assert all(sentence.endswith(".") for sentence in found.working)
