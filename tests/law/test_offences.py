"""Offences as dated data: what the process needs of each, what is not held, and the wording of a charge."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from casewright import law
from casewright.law import charges, national_offences, offences

CAMERA = offences.known("RR84221")
VALUES = {
    "date": "1 June 2026", "town": "Fernhithe", "county": "Fen", "make": "Alder", "mark": "QX25 RTL",
    "road": "Mill Lane", "limit": "30", "order": "the Fernhithe Order 2019",
}  # fmt: skip


def test_the_table_holds_every_row_of_the_reference_with_all_the_process_needs() -> None:
    table = offences.all_offences()
    assert len(table) == 154
    for code, offence in table.items():
        assert national_offences.well_formed(code)
        assert offence.title
        assert offence.provision
        assert offence.mode in offences.MODES
        assert offence.nip in {"Y", "Y*", "N"}
        assert law.newest(offence.limit_rule)
        assert offence.committed_by in {"driver", "user", "keeper", "rider", "anyone"}
        assert offence.family == "" or offence.family in charges.patterns()
        assert offence.charge_pattern == "" or offence.charge_pattern in charges.patterns()
        assert offence.specified in {"Y", "Y (2012)", "N", "N?", "?"}
        assert offence.single_justice in {"Y", "Y?", "N"}
        assert offence.court
        assert offence.maximum
        assert (offence.penalty_pounds is None) == (offence.points_offered is None)
        assert offence.fixed_penalty == (offence.penalty_pounds is not None)
        assert offence.as_json()["mode_of_trial"] == offences.MODES[offence.mode]


def test_a_code_whose_dates_are_not_held_says_so_and_is_never_taken_as_in_force() -> None:
    assert CAMERA.standing(date(2026, 6, 1)) == CAMERA.period == "dates not held"
    assert not CAMERA.dates_held
    assert CAMERA.as_json()["effective_from"] is None


def test_a_code_is_in_force_from_its_day_and_refused_the_day_before() -> None:
    wales = offences.known("RR84235")
    assert wales.standing(date(2023, 9, 17)) == "in force"
    with pytest.raises(law.InvalidFacts, match="in force on Saturday 16 September 2023"):
        wales.standing(date(2023, 9, 16))
    assert wales.as_json()["effective_from"] == "2023-09-17"


def test_a_code_that_has_ended_is_refused_from_that_day() -> None:
    from dataclasses import replace

    ended = replace(CAMERA, effective_from=date(2010, 1, 1), effective_until=date(2020, 1, 1))
    assert ended.standing(date(2019, 12, 31)) == "in force"
    with pytest.raises(law.InvalidFacts, match="no longer from Wednesday 1 January 2020"):
        ended.standing(date(2020, 1, 1))
    assert ended.as_json()["effective_until"] == "2020-01-01"


def test_what_an_offence_says_of_itself() -> None:
    assert (CAMERA.nip_needed, CAMERA.summary_only, CAMERA.imprisonable, CAMERA.endorsable) == (
        True,
        True,
        False,
        True,
    )
    assert CAMERA.recordable is False
    dangerous = offences.known("RT88026")
    assert (dangerous.summary_only, dangerous.imprisonable, dangerous.recordable) == (False, True, True)
    assert offences.known("RR84054").uncertain
    assert not CAMERA.uncertain
    with pytest.raises(law.InvalidFacts, match="offence_code cannot be XX00001"):
        offences.known("XX00001")


def test_a_charge_is_worded_with_every_placeholder_filled() -> None:
    text = charges.charge(CAMERA, VALUES)
    assert text.startswith(
        "On 1 June 2026 at Fernhithe in the county of Fen drove a motor vehicle, namely Alder QX25 RTL"
    )
    assert "exceeding 30 miles an hour" in text
    assert "Road Traffic Regulation Act 1984 s.89(1)" in text
    assert "{" not in text
    found = charges.pattern(CAMERA)
    assert found is not None
    assert found.placeholders == tuple(VALUES)
    assert "speed recorded" in found.facts


def test_a_charge_with_something_missing_is_refused_naming_it() -> None:
    for name in VALUES:
        with pytest.raises(law.InvalidFacts, match=f"{name} is missing"):
            charges.charge(CAMERA, VALUES | {name: " "})
    with pytest.raises(law.InvalidFacts, match="no more than 2500"):
        charges.charge(CAMERA, VALUES | {"road": "x" * 2500})
    with pytest.raises(law.InvalidFacts, match="take it from the national list"):
        charges.charge(offences.known("RT88333"), VALUES)
    with pytest.raises(law.InvalidFacts, match="no Welsh wording is held for RR84221"):
        charges.charge(CAMERA, VALUES, welsh=True)


def test_a_welsh_wording_fills_its_slot_once_held(monkeypatch: pytest.MonkeyPatch) -> None:
    held = {"speed": charges.patterns()["speed"]._replace(welsh="Ar {date}: {provision}")}
    monkeypatch.setattr(charges, "patterns", lambda: held)
    assert charges.charge(CAMERA, VALUES, welsh=True).startswith("Ar 1 June 2026: ")


def test_every_pattern_can_be_filled() -> None:
    for offence in offences.all_offences().values():
        found = charges.pattern(offence)
        if found is not None:
            assert charges.charge(offence, dict.fromkeys(found.placeholders, "something"))
            assert found.confidence in {"H", "M", "L"}


def test_a_wording_no_source_gives_is_not_made_up() -> None:
    held = {code for code, each in offences.all_offences().items() if charges.pattern(each)}
    assert len(held) == 78
    # Causing the use of a telephone, and supervising a learner, are not the wording for driving while using one.
    assert not {"RC86821", "RC86823", "RT88578", "RT88333", "RC86814"} & held
    assert charges.to_show(offences.known("RC86821")) == charges.patterns()["phone"].facts
    assert charges.to_show(offences.known("RT88333")) == ()
    assert charges.NOT_HELD == "Wording not held: take it from the national list."


@pytest.mark.parametrize(
    ("code", "begins", "ends"),
    [
        ("RT88026", "drove a mechanically propelled vehicle", "Schedule 2 to the Road Traffic Offenders Act 1988."),
        ("VE94014", "used a vehicle", "Vehicle Excise and Registration Act 1994 s.29."),
        ("VE94152", "drove a vehicle", "Vehicle Excise and Registration Act 1994 s.43."),
        ("FA06001", "committed fraud by dishonestly", "Fraud Act 2006 s.1."),
        ("RC86066", "used a motor vehicle", "Schedule 2 to the Road Traffic Offenders Act 1988."),
    ],
)  # fmt: skip
def test_schedule_2_is_named_only_where_it_tells_the_punishment(code: str, begins: str, ends: str) -> None:
    offence = offences.known(code)
    found = charges.pattern(offence)
    assert found is not None
    text = charges.charge(offence, dict.fromkeys(found.placeholders, "x") | {"used": "used"})
    assert f"of x {begins}" in text
    assert text.endswith(ends)


LINES = [
    "cjsCode,title,offenceCategory,recordableOnPnc,pncTitle,pncRecordable,resultHalfLifeHours,inCjsList",
    "QX26001,Ride a mill wheel,CM,N,RIDING WHEEL,Y,,Y",
    "QX26002,,,,TAKING A BOAT,Y,,N",
    "QX26003,,,,,,,N",
    ",No code,CS,N,,,,Y",
]


def test_the_national_list_gives_the_title_of_the_court_else_of_the_older_list() -> None:
    first, second = national_offences.read_national(LINES)
    assert (first.code, first.title, first.source, first.recordable) == (
        "QX26001",
        "Ride a mill wheel",
        "CJS",
        False,
    )
    assert first.category_in_words == "summary, motoring"
    assert (second.title, second.source, second.recordable) == ("TAKING A BOAT", "PNC", True)
    assert second.as_json()["period"] == "dates not held"
    assert second.category_in_words == ""


def test_a_list_without_its_columns_is_refused() -> None:
    with pytest.raises(law.InvalidFacts, match="without cjsCode, title"):
        list(national_offences.read_national(["code,name", "A,B"]))
    with pytest.raises(law.InvalidFacts):
        list(national_offences.read_national([]))
    assert not national_offences.well_formed("local1")


@pytest.mark.reference_data
def test_every_code_of_the_table_is_in_the_national_list() -> None:
    path = Path(os.environ["CASEWRIGHT_REFERENCE_DATA"]) / "offences" / "offence-codes.csv"
    with path.open(encoding="utf-8", newline="") as file:
        national = {each.code: each for each in national_offences.read_national(file)}
    assert len(national) > 24000
    missing = set(offences.all_offences()) - set(national)
    assert not missing
    modes = {"CM": "S", "CS": "S", "CE": "E", "CI": "I"}
    wrong = {
        code: (offence.mode, national[code].category)
        for code, offence in offences.all_offences().items()
        if national[code].category in modes and modes[national[code].category] != offence.mode
    }
    assert not wrong
