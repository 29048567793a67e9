"""JSON Lines: one answer or one error for each line, in order, whatever the line holds."""

import json
from datetime import date
from typing import Any

import pytest

from casewright import law
from casewright.law.lines import answer_line, answer_lines


def ask(**question: Any) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(answer_line(json.dumps(question)))
    return answer


def test_a_question_is_answered_with_its_days_working_and_authority() -> None:
    answer = ask(rule="nip-14", facts={"offence_on": "2026-12-12"}, id="T26-1")
    assert answer["id"] == "T26-1"
    assert (answer["rule"], answer["act_by"], answer["outer_limit"]) == ("nip-14", "2026-12-26", "2026-12-26")
    assert answer["steps"]["produce_by"] == "2026-12-21"
    assert answer["working"][0] == "The offence was on Saturday 12 December 2026."
    assert answer["authority"].startswith("RTOA 1988 s.1(1)(c)")
    assert (answer["consequence"], answer["confidence"], answer["applies"]) == ("bar", "H T", True)
    assert answer["law_version"] == law.VERSION


def test_the_answer_is_that_of_the_library() -> None:
    for rule in law.rules():
        for example in rule.examples:
            facts = json.loads(json.dumps(dict(example.facts), default=str))
            found = law.deadline(rule.id, facts, on=rule.effective_from, policy=example.policy)
            answer = ask(
                rule=rule.id, facts=facts, on=rule.effective_from.isoformat(), policy=dict(example.policy)
            )
            assert answer["act_by"] == (found.act_by.isoformat() if found.act_by else None)
            assert answer["working"] == list(found.working)


def test_the_day_of_the_law_may_be_given() -> None:
    answer = ask(rule="sjp-response-15bd", facts={"served_on": "2026-01-12"}, on="2020-01-01")
    assert answer["act_by"] == "2026-02-02"
    assert "21 days" in " ".join(answer["working"])


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        ("not json", "line"),
        ("[1, 2]", "line"),
        ('"words"', "line"),
        ("{}", "rule"),
        ('{"rule": 5}', "rule"),
        ('{"rule": "nip-15"}', "rule"),
        ('{"rule": "nip-14", "facts": []}', "line"),
        ('{"rule": "nip-14", "facts": {}}', "offence_on"),
        ('{"rule": "nip-14", "facts": {"offence_on": "never"}}', "offence_on"),
        ('{"rule": "nip-14", "facts": {"offence_on": ["2026-12-12"]}}', "offence_on"),
        ('{"rule": "nip-14", "facts": {"offence_on": "2026-12-12"}, "on": "soon"}', "on"),
        ('{"rule": "nip-14", "facts": {"offence_on": "2026-12-12"}, "on": 5}', "on"),
        ('{"rule": "nip-14", "facts": {"offence_on": "2040-12-12"}}', "offence_on"),
        (
            '{"rule": "nip-14", "facts": {"offence_on": "2026-12-12", "offence_on": "2026-12-13"}}',
            "offence_on",
        ),
        ('{"rule": "nip-14", "rule": "summary-6m", "facts": {"offence_on": "2026-12-12"}}', "rule"),
        ('{"rule": "ndors-accept-28", "facts": {"offered_on": "2026-12-12"}, "policy": 21}', "policy"),
        (
            '{"rule": "nip-14", "facts": {"offence_on": "2026-12-12"}, "policy": {"ndors.number": 21}}',
            "setting",
        ),
        (
            (
                '{"rule": "ndors-accept-28", "facts": {"offered_on": "2026-12-12"}, '
                '"policy": {"ndors-accept-28.number": 99999999}}'
            ),
            "ndors-accept-28.number",
        ),
        (
            '{"rule": "pace-24", "facts": {"relevant_at": "2026-12-12T10:00Z", "minutes_not_counted": 99999999999}}',
            "minutes_not_counted",
        ),
        ('{"rule": "nip-14", "facts": {"offence_on": "2010-12-12"}}', "on"),
        ('{"rule": "nip-14", "facts": {"offence_on": "2026-12-12"}, "mood": 1}', "mood"),
        ('{"rule": "nip-14", "facts": {"offence_on": "2026-12-12", "<b>": 1}}', "<b>"),
    ],
)
def test_a_bad_line_is_one_error_that_names_what_is_wrong(line: str, fact: str) -> None:
    answer = json.loads(answer_line(line))
    assert set(answer) == {"error", "fact", "value", "expected"}
    assert answer["fact"] == fact
    assert answer["error"].endswith(".")
    assert answer_line(line).startswith('{"error"')


def test_an_error_gives_back_the_id() -> None:
    assert ask(rule="nip-14", facts={}, id=7)["id"] == 7


def test_each_line_gives_one_line_in_order_and_blank_lines_are_left_out() -> None:
    given = [
        json.dumps({"rule": "summary-6m", "facts": {"offence_on": f"2026-01-{day:02}"}, "id": day})
        for day in range(1, 29)
    ]
    answers = [json.loads(line) for line in answer_lines([*given[:5], "  \n", "nonsense", *given[5:]])]
    assert len(answers) == 29
    assert [answer.get("id", "error") for answer in answers] == [*range(1, 6), "error", *range(6, 29)]
    assert all("\n" not in line for line in answer_lines(given))


def test_a_date_is_read_as_json_gives_it() -> None:
    assert ask(rule="summary-6m", facts={"offence_on": "2026-06-01T23:30+00:00"})["act_by"] == str(
        date(2026, 12, 2)
    )
