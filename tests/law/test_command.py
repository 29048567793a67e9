"""`casewright law`: the doors for a person and for a million lines."""

import json
import sys
from pathlib import Path

import pytest
from tests.law.test_catalogue import LISTED
from typer.testing import CliRunner

from casewright.commands.law import app

RUN = CliRunner()


def law(*arguments: str, lines: str = "") -> tuple[int, str, str]:
    told = RUN.invoke(app, list(arguments), input=lines)
    return told.exit_code, told.stdout, told.stderr


def test_a_deadline_is_told_in_words() -> None:
    code, told, _ = law("deadline", "nip-14", "--fact", "offence_on=2026-12-12")
    assert code == 0
    assert "the letter must go by Tuesday 22 and be printed by Monday 21." in told
    assert "Post by: 2026-12-22" in told
    assert "Confidence: H T (high, provision text read)" in told


def test_both_dates_and_what_is_uncertain_are_told() -> None:
    _, told, _ = law("deadline", "s172-charge-by", "--fact", "period_ended_on=2026-02-01")
    assert "Act by 2026-08-01; outer limit 2026-08-02." in told
    assert "Uncertain: Whether the offence" in told


def test_a_deadline_is_told_as_json() -> None:
    code, told, _ = law("deadline", "summary-6m", "--fact", "offence_on=2026-12-12", "--json")
    assert (code, json.loads(told)["act_by"]) == (0, "2027-06-12")


def test_a_setting_and_the_day_of_the_law_may_be_given() -> None:
    fact = ("--fact", "offered_on=2026-01-09", "--json")
    _, told, _ = law("deadline", "ndors-accept-28", *fact, "--setting", "ndors-accept-28.number=14")
    assert json.loads(told)["act_by"] == "2026-01-23"
    code, _, said = law(
        "deadline", "ctl-covid-238", "--fact", "first_remand_on=2021-01-04", "--on", "2026-01-01"
    )
    assert code == 2
    assert said.startswith(
        "No version of ctl-covid-238 is stated for 2026-01-01: it is stated from Monday 28 Sep"
    )
    assert said.strip().endswith("to Sunday 27 June 2021.")


@pytest.mark.parametrize(
    "arguments",
    [
        ("deadline", "nip-14"),
        ("deadline", "nip-14", "--fact", "offence_on=2026-13-01"),
        ("deadline", "nip-14", "--fact", "offence_on"),
        ("deadline", "nip-14", "--fact", "=2026-12-12"),
        ("deadline", "nip-14", "--fact", "offence_on=2026-12-12", "--fact", "colour=red"),
        ("deadline", "nip-14", "--fact", "offence_on=2026-12-12", "--on", "soon"),
        ("deadline", "nip-14", "--fact", "offence_on=2026-12-12", "--setting", "x=many"),
        ("deadline", "nip-14", "--fact", "offence_on=2026-12-12", "--fact", "offence_on=2026-12-13"),
        ("deadline", "nip-14", "--fact", "offence_on=2026-12-12", "--setting", "ndors-acept-28.number=21"),
        ("decide", "--fact", "offence_code=RR84221", "--fact", "offence_code=RR84222"),
        ("working-time", "2026-12-23T16:00", "2:00"),
        ("working-time", "soon", "2:00"),
        ("working-time", "2026-12-23T16:00+00:00", "two"),
        ("working-time", "2026-12-23T16:00+00:00", "2:60"),
        ("working-time", "2026-12-23T16:00+00:00", "2:00", "--opens", "dawn"),
        ("working-time", "2026-12-23T16:00+00:00", "2:00", "--opens", "17:00"),
        ("working-time", "2026-12-23T16:00+00:00", "2:00", "--closed", "24 December"),
        ("working-time", "2026-12-23T16:00+00:00", "99999:00"),
        ("deadline", "nip-99"),
        ("show", "nip-99"),
        ("show", "nip-14", "--on", "2001-01-01"),
        ("show", "nip-14", "--on", "yesterday"),
        ("impact", "--proclaim", "2050-01-03"),
        ("impact", "--proclaim", "soon"),
        ("impact",),
        ("impact", "--policy", "no such file"),
    ],
)
def test_wrong_input_is_one_sentence_and_exit_code_2(arguments: tuple[str, ...]) -> None:
    code, told, said = law(*arguments)
    assert (code, told) == (2, "")
    assert said.strip().endswith(".")
    assert len(said.strip().splitlines()) == 1


def test_rules_are_listed_and_searched() -> None:
    code, told, _ = law("rules")
    assert code == 0
    assert len(told.splitlines()) == len(LISTED)
    _, found, _ = law("rules", "custody", "unicorn")
    assert found == ""
    _, found, _ = law("rules", "custody", "crown")
    assert "ctl-crown-182" in found
    _, found, _ = law("rules", "pre-charge bail arrest before", "--on", "2020-01-01")
    assert "pcb-legacy-28d" in found


def test_rules_as_json_tell_a_stranger_how_to_call_each() -> None:
    rules = json.loads(law("rules", "--json")[1])
    assert len(rules) == len(LISTED)
    for rule in rules:
        for example in rule["examples"]:
            facts = [f"--fact={name}={_text(value)}" for name, value in example["facts"].items()]
            policy = [f"--setting={name}={value}" for name, value in example["policy"].items()]
            code, told, _ = law(
                "deadline", rule["id"], *facts, *policy, "--on", rule["effective_from"], "--json"
            )
            assert code == 0
            assert json.loads(told)["act_by"] == (
                example["act_by"] and str(example["act_by"]).replace(" ", "T")
            )


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ",".join("/".join(each) if isinstance(each, list) else str(each) for each in value)
    return str(value)


def test_one_rule_is_shown_in_words_and_as_json() -> None:
    _, told, _ = law("show", "s172-28")
    assert "| `served_on` | date | one of these | the day the requirement was served |" in told
    assert json.loads(law("show", "s172-28", "--json")[1])["one_of"] == [
        ["served_on", "posted_on", "produced_on"]
    ]
    assert "until" not in told
    assert "to Tuesday 28 June 2022 (not included)" in law("show", "nip-14", "--on", "2020-01-01")[1]
    assert "- Facts: none" in law("show", "s10-admission")[1]


def test_lines_are_answered_in_order_over_several_processes() -> None:
    given = "".join(
        json.dumps({"rule": "summary-6m", "facts": {"offence_on": f"2026-01-{1 + n % 28:02}"}, "id": n})
        + "\n"
        for n in range(9000)
    )
    code, told, _ = law("deadline", "--jobs", "2", lines=given)
    assert code == 0
    assert [json.loads(line)["id"] for line in told.splitlines()] == list(range(9000))
    assert law("deadline", "--jobs", "1", lines=given)[1] == told


def test_a_bad_line_is_an_error_among_the_answers_and_exit_code_2() -> None:
    good = json.dumps({"rule": "summary-6m", "facts": {"offence_on": "2026-01-01"}})
    code, told, _ = law("deadline", lines=f"{good}\nnonsense\n\n{good}\n")
    assert code == 2
    assert ["error" in json.loads(line) for line in told.splitlines()] == [False, True, False]
    assert law("deadline", lines="") == (0, "", "")


def test_impact_lists_what_a_proclaimed_holiday_would_move() -> None:
    kept = "".join(
        law("deadline", rule, "--fact", fact, "--json")[1]
        for rule, fact in (("nip-14", "offence_on=2026-11-18"), ("summary-6m", "offence_on=2026-06-01"))
    )
    code, told, said = law("impact", "--proclaim", "2026-12-01", "--findings", lines=kept)
    assert (code, said.strip()) == (0, "1 of 2 would move.")
    assert told.startswith("nip-14: Produce by moves from 2026-11-27 to 2026-11-26")
    _, told, _ = law("impact", "--proclaim", "2026-12-01=A day", "--findings", "--json", lines=kept)
    assert json.loads(told)["earlier"] is True
    assert law("impact", "--proclaim", "2026-12-01", "--findings", lines="{}")[0] == 2


def test_the_reference_is_written_where_it_is_asked_for(tmp_path: Path) -> None:
    page = tmp_path / "law.md"
    assert law("docs", str(page))[0] == 0
    assert law("docs")[1] == page.read_text(encoding="utf-8")
    assert sys.getsizeof(page.read_text(encoding="utf-8")) > 100_000


def test_an_offices_own_working_time_is_counted_in_its_hours() -> None:
    asked = ("working-time", "2026-12-23T16:00+00:00", "2:00", "--opens", "08:30", "--closed", "2026-12-24")
    assert law(*asked)[1] == "The office has worked 2:00 by 09:30 GMT on Tuesday 29 December 2026.\n"
    assert json.loads(law(*asked, "--json")[1]) == {"ends_at": "2026-12-29T09:30:00+00:00"}
    assert "17:00 GMT on Wednesday 23 December 2026" in law(*asked[:2], "1:00")[1]
