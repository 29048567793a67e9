"""`casewright law decide`, `offence`, `route` and `check`: for a person, as JSON, and for many lines."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from random import Random

import pytest
from tests.law.allegations import DECIDED, alleged, speeding
from tests.law.test_command import law
from tests.law.test_detections import FACTS as FACTS_OF_A_CAMERA

from casewright.law import identifiers, traffic
from casewright.law.questions import QUESTIONS, answer_lines

FACTS = [
    f"--fact={name}={value}"
    for name, value in speeding(30, 45).items()
    if value is not True and name != "order_in_force"
] + ["--fact=code_checked=yes", "--fact=order_in_force=true", "--on=2026-07-16"]


def test_a_decision_is_told_in_words_with_every_option() -> None:
    code, told, _ = law("decide", *FACTS)
    assert code == 0
    assert told.startswith("Make a conditional offer (COFP 100/3)\n  45 mph is above the course band")
    assert "Refer to the Crown Prosecution Service: lawful, not the unit's policy." in told
    assert "Give time for repair: not lawful." in told
    unchecked = [each for each in FACTS if "code_checked" not in each]
    _, told, _ = law("decide", *unchecked, "--fact=live_points=9", "--fact=code_checked=no")
    assert "Waits for a person: Dates not held for RR84221" in told
    assert "a court must decide, and no offer may be made. [RTOA 1988 s.75]" in told


def test_a_decision_as_json_under_a_setting_is_that_of_the_library() -> None:
    _, told, _ = law("decide", *FACTS, "--setting=speed.court_from.30=44", "--json")
    found = traffic.decide(speeding(30, 45), on=DECIDED, policy={"speed.court_from.30": 44})
    assert json.loads(told) == json.loads(json.dumps(found.as_json()))


def test_contradictory_facts_are_one_sentence_and_exit_code_2() -> None:
    code, told, problem = law("decide", *FACTS, "--fact=licence=none", "--fact=live_points=6")
    assert (code, told) == (2, "")
    assert problem == "live_points cannot be 6: expected no points with the licence, given as none.\n"
    assert law("decide", "--fact=nonsense")[0] == 2
    assert "name=value" in law("decide", "--fact=nonsense")[2]
    assert (
        "on is missing" in law("decide", *FACTS[:-1])[2]
        or "the day asked about" in law("decide", *FACTS[:-1])[2]
    )
    assert law("decide", *FACTS, "--setting=speed.start.30=many")[0] == 2


def test_a_list_of_codes_and_a_detection_may_be_given() -> None:
    _, told, _ = law("decide", *FACTS, "--fact=same_occasion=RT88509,RT88567", "--json")
    assert {"R47", "R48"} <= {each["rule"] for each in json.loads(told)["rules"]}
    camera = ["offence_at=2026-06-01T12:00:00+01:00", "recorded_mph=45", "limit_mph=30"]
    code, told, _ = law("decide", *(f"--fact={each}" for each in camera), "--on=2026-06-04")
    assert code == 0
    assert told.startswith("Take no further action (CALIBRATION_OUT)")


def test_many_decisions_are_answered_line_by_line_in_order() -> None:
    asked = [{"facts": speeding(30, 35 + n), "on": "2026-07-16", "id": n} for n in range(20)]
    wrong = [{"facts": speeding(30, 20), "on": "2026-07-16", "id": "low"}, {"facts": [], "on": "2026-07-16"}]
    lines = "\n".join(json.dumps(each) for each in [*asked, *wrong]) + "\nnot json\n\n"
    code, told, _ = law("decide", lines=lines)
    answers = [json.loads(line) for line in told.splitlines()]
    assert code == 2
    assert len(answers) == 23
    assert [each["id"] for each in answers[:21]] == [*range(20), "low"]
    assert answers[8]["summary"] == "COFP 100/3"
    assert "limit_mph of 30" in answers[20]["error"]
    assert all("error" in each for each in answers[20:])


def test_an_offence_is_shown_with_its_dates_or_that_none_are_held() -> None:
    code, told, _ = law("offence", "rt88567", "--on=2026-01-01")
    assert code == 0
    assert "RT88567 Fail to give driver information" in told
    assert "dates not held" in told
    assert json.loads(law("offence", "RR84235", "--on=2026-01-01", "--json")[1])["standing"] == "in force"
    code, _, problem = law("offence", "RR84235", "--on=2023-09-16")
    assert code == 2
    assert "in force from Sunday 17 September 2023" in problem
    assert len(law("offence", "red", "light")[1].splitlines()) == 2
    assert json.loads(law("offence", "wales,", "--json")[1].splitlines()[0])["code"] == "RR84235"


def test_an_offence_says_how_it_is_charged_or_that_the_wording_is_not_held() -> None:
    assert "charge: On {date} at {town}" in law("offence", "RT88567")[1]
    assert law("offence", "RT88333")[1].endswith(
        "charge: Wording not held: take it from the national list.\n"
    )
    held, none = (json.loads(law("offence", code, "--json")[1])["charge"] for code in ("RT88567", "RT88333"))
    assert (held["held"], held["welsh"], held["confidence"]) == (True, None, "H")
    assert "alleged_on" in held["placeholders"]
    assert none == {"held": False, "said": "Wording not held: take it from the national list."}


def test_the_summons_of_the_police_is_refused_with_both_readings() -> None:
    told = law("route", "RR84221", "--age=40", "--on=2026-06-01")[1]
    (line,) = [each for each in told.splitlines() if each.startswith("Information and summons")]
    assert "not lawful." in line
    assert "two readings" in line


def test_a_line_that_names_a_fact_twice_is_refused_naming_it() -> None:
    (line,) = answer_lines("check", ['{"kind": "vrm", "kind": "urn", "text": "QX25 RTL"}'])
    assert json.loads(line)["fact"] == "kind"


def test_a_code_outside_the_table_is_looked_up_in_the_national_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heading = (
        "cjsCode,title,offenceCategory,recordableOnPnc,pncTitle,pncRecordable,resultHalfLifeHours,inCjsList"
    )
    (tmp_path / "offences").mkdir()
    (tmp_path / "offences" / "offence-codes.csv").write_text(
        f"{heading}\nQX26001,Ride a mill wheel,CM,N,,,,Y\n"
    )
    monkeypatch.delenv("CASEWRIGHT_REFERENCE_DATA", raising=False)
    assert "offence_code cannot be QX26001" in law("offence", "QX26001")[2]
    monkeypatch.setenv("CASEWRIGHT_REFERENCE_DATA", str(tmp_path))
    assert (
        law("offence", "qx26001")[1]
        == "QX26001 Ride a mill wheel. summary, motoring; dates not held (CJS list)\n"
    )
    assert law("offence", "QX26002")[0] == 2


def test_a_route_is_told_and_refused_with_both_facts() -> None:
    code, told, _ = law("route", "RR84221", "--age=17", "--on=2026-06-01")
    assert code == 0
    assert "Written charge and single justice procedure notice: not lawful. The accused is 17" in told
    assert "Conduct: police." in told
    code, _, problem = law("route", "RR84221", "--age=17", "--route=single_justice", "--on=2026-06-01")
    assert code == 2
    assert "--route cannot be single_justice: expected a lawful one for a person aged 17." in problem
    assert (
        "once there is a decision of the Crown Prosecution Service"
        in law("route", "RT88026", "--age=40", "--on=2026-06-01")[1]
    )
    assert "once there is the age of the accused" in law("route", "RR84221", "--on=2026-06-01")[1]
    assert (
        json.loads(law("route", "RR84221", "--company", "--on=2026-06-01", "--json")[1])["taken"]
        == "single_justice"
    )
    by_birth = law("route", "RR84221", "--born=2008-06-02", "--on=2026-06-01", "--json", "--route=charge")
    assert json.loads(by_birth[1])["accused"] == "a person aged 17"
    assert json.loads(by_birth[1])["specified"]["conduct"] == "cps"
    assert law("route", "RR84221", "--age=30")[0] == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("route", "RT88218"), "--on is missing: law route needs the day asked about, such as --on 2026-07-16."),
        (("decide", "--fact=offence_code=RT88218"),
         "--on is missing: law decide needs the day asked about, such as --on 2026-07-16."),
        (("check", "vrm"), 'What is to be read is missing: type it after the kind, such as law check vrm "…".'),
        (("route", "RT88218", "--on=soon"), "--on cannot be soon: expected the day asked about, such as 2026-07-16."),
        (("offence", "RT88218", "--on=soon"), "--on cannot be soon: expected the day asked about, such as 2026-07-16."),
        (("deadline", "nip-14", "--on=soon"), "--on cannot be soon: expected a date such as 2026-12-12."),
        (("impact", "--proclaim=soon"), "--proclaim cannot be soon: expected a date such as 2026-12-12."),
        (("impact",), "Nothing to try is given: add --proclaim DAY=NAME or --policy FILE."),
        (("route", "RT88218", "--on=2026-07-16", "--born=soon"),
         "--born cannot be soon: expected the date of birth, such as 2026-07-16."),
        (("decide", "--fact=offence_code=RT88218", "--setting=x", "--on=2026-07-16"),
         "setting cannot be x: expected name=value."),
    ],
)  # fmt: skip
def test_what_is_missing_or_wrong_is_called_by_the_option_it_is_given_by(
    arguments: tuple[str, ...], said: str
) -> None:
    assert law(*arguments) == (2, "", f"{said}\n")


def test_an_empty_day_in_a_line_is_called_empty() -> None:
    (told,) = answer_lines("route", ['{"code": "RR84221", "on": ""}'])
    assert json.loads(told)["error"] == "on is empty: expected the day asked about, such as 2026-07-16."


def test_an_identifier_is_read_or_its_wrong_character_named() -> None:
    assert law("check", "pnc_id", "79/163001B")[1] == "1979/0163001B (year 1979, serial 163001)\n"
    assert law("check", "typed_reference", "05/A1/12345/01")[1] == "05A11234501\n"
    code, _, problem = law("check", "vrm", "QX2B RTL")
    assert (code, problem) == (2, "Character 4 must be a figure, not B; QX28 RTL would fit.\n")
    assert law("check", "moon", "1")[0] == 2


def test_many_identifiers_are_checked_in_order() -> None:
    dice = Random(3)
    asked = [
        {"kind": kind, "text": identifiers.invent(kind, dice)} for kind in identifiers.KINDS for _ in range(5)
    ]
    answers = [json.loads(each) for each in answer_lines("check", [json.dumps(each) for each in asked])]
    assert all("normal" in each for each in answers)
    wrong = json.loads(next(iter(answer_lines("check", ['{"kind": "vrm", "text": "QX2B RTL", "id": 9}']))))
    assert (wrong["position"], wrong["likely"], wrong["id"]) == (4, "QX28 RTL", 9)


@pytest.mark.parametrize("kind", list(QUESTIONS))
def test_every_kind_of_question_answers_its_own_example_and_refuses_what_it_does_not_know(kind: str) -> None:
    (answer,) = answer_lines(kind, [QUESTIONS[kind].example])
    assert not answer.startswith('{"error"')
    (answer,) = answer_lines(kind, ['{"colour": "red"}'])
    assert json.loads(answer)["error"].startswith("colour cannot be red")


def test_what_cannot_be_read_as_a_day_or_a_moment_is_refused() -> None:
    for question in (
        {"facts": {"offence_at": "soon"}, "on": "2026-06-04"},
        {"facts": alleged("RT88509"), "on": 7},
    ):
        (answer,) = answer_lines("decide", [json.dumps(question)])
        assert "error" in json.loads(answer)
    (answer,) = answer_lines("route", ['{"code": "RR84221", "born_on": "never", "on": "2026-06-01"}'])
    assert "error" in json.loads(answer)


def test_an_offence_asked_about_without_a_day_has_no_standing_and_none_is_assumed() -> None:
    without, on_a_day = (json.loads(each) for each in answer_lines(
        "offence", ['{"code": "RR84235"}', '{"code": "RR84235", "on": "2026-01-01"}']))  # fmt: skip
    assert "standing" not in without
    assert on_a_day == without | {"standing": "in force"}


def test_the_text_of_a_decision_is_its_json() -> None:
    for mph in (34, 42, 45, 50):
        found = traffic.decide(speeding(30, mph, same_occasion=["RT88567"]), on=date(2026, 12, 1))
        assert json.loads(found.as_text()) == json.loads(json.dumps(found.as_json()))
    camera = traffic.decide(FACTS_OF_A_CAMERA, on=date(2026, 6, 4))
    assert json.loads(camera.as_text()) == json.loads(json.dumps(camera.as_json()))
