"""Nothing can start by a route the law does not allow: every offence, accused, route and prosecutor."""

from __future__ import annotations

import csv
import itertools
from datetime import date
from pathlib import Path

import pytest

from casewright import law
from casewright.law import charging, offences
from casewright.law.charging import (
    Accused,
    CaseToCharge,
    Proceedings,
    police_may_charge,
    read_accused,
    specified,
)

ON = date(2026, 6, 1)
TABLE = Path(offences.__file__).parent / "data" / "offences.csv"
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
PEOPLE = {
    "adult": Accused(age=18), "older": Accused(age=70), "youth": Accused(age=17), "youth under 16": Accused(age=15),
    "youth of 10": Accused(age=10), "child": Accused(age=9), "unknown": Accused(), "company": Accused(company=True),
}  # fmt: skip


def lawful(row: dict[str, str], who: str, route: str, prosecutor: str) -> bool:
    """The law of routes said once more, from the bare table: CJA 2003 s.29, PACE s.37, CYPA 1933 s.50."""
    if who == "child":
        return False
    relevant = prosecutor != "other"
    if route == "summons":
        return not relevant
    if route == "charge":
        return prosecutor == "police" and who != "company"
    if route == "requisition":
        return relevant
    custody = any(word in row["maximum"] for word in ("month", "yrs", "life", "ind."))
    return relevant and row["mode"] == "S" and not custody and who in {"adult", "older", "company", "unknown"}


@pytest.mark.parametrize(
    ("prosecutor", "doubtful"), [(each, each != "other") for each in charging.PROSECUTORS]
)
def test_the_summons_of_a_relevant_prosecutor_is_refused_and_both_readings_are_said(
    prosecutor: str, doubtful: bool
) -> None:
    found = {
        each.key: each for each in charging.routes(CAMERA, Accused(age=40), prosecutor=prosecutor, on=ON)
    }
    summons = found.pop("summons")
    assert summons.lawful is not doubtful
    assert ("two readings" in summons.doubt) is doubtful
    assert summons.confidence == ("M S" if doubtful else "H S")
    assert str(summons.authority) == "CJA 2003 s.29(4)"
    assert summons.as_json()["doubt"] == summons.doubt
    assert not any(each.doubt for each in found.values())


def test_every_offence_accused_route_and_prosecutor() -> None:
    tried = 0
    for row, (who, accused), prosecutor in itertools.product(ROWS, PEOPLE.items(), charging.PROSECUTORS):
        on = max(ON, date.fromisoformat(row["effective_from"] or "2020-01-01"))
        offence = offences.known(row["code"])
        found = charging.routes(offence, accused, prosecutor=prosecutor, on=on)
        assert [each.key for each in found] == list(charging.ROUTES)
        for route in found:
            tried += 1
            assert route.lawful == lawful(row, who, route.key, prosecutor), (
                row["code"],
                who,
                prosecutor,
                route,
            )
            assert route.reasons
            assert route.lawful or not (route.open or route.needs)
            for_cps = prosecutor == "police" and row["mode"] != "S" and route.lawful
            assert ("cps_decision" in route.needs) == for_cps
            assert ("age" in route.needs) == (
                route.key == "single_justice" and who == "unknown" and route.lawful
            )
            assert str(route.authority)
    assert tried == len(ROWS) * len(PEOPLE) * 4 * 4 == 19712


def test_the_table_says_of_the_single_justice_what_the_law_says() -> None:
    for row in ROWS:
        assert row["single_justice"].startswith("Y") == lawful(row, "adult", "single_justice", "police"), row[
            "code"
        ]
        assert bool(row["custody"]) == any(w in row["maximum"] for w in ("month", "yrs", "life", "ind.")), (
            row["code"]
        )


SPEED, CAUSING, DEATH = (offences.known(code) for code in ("RT88218", "RT88026", "RT88500"))
CAMERA = offences.known("RR84221")


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        ("2008-06-01", "2026-05-31", 17), ("2008-06-01", "2026-06-01", 18), ("2008-06-01", "2026-06-02", 18),
        ("2008-02-29", "2026-02-28", 17), ("2008-02-29", "2026-03-01", 18), ("2026-06-01", "2026-06-01", 0),
        ("2025-06-02", "2026-06-01", 0), ("2025-06-01", "2026-06-01", 1),
    ],
)  # fmt: skip
def test_an_age_is_attained_on_the_birthday_and_safely_on_1_march(born: str, on: str, age: int) -> None:
    assert read_accused(on=date.fromisoformat(on), born_on=date.fromisoformat(born)).age == age


def test_the_last_day_under_18_and_the_first_at_18_decide_the_single_justice() -> None:
    born = date(2008, 6, 1)
    for on, first in ((date(2026, 5, 31), "requisition"), (date(2026, 6, 1), "single_justice")):
        found = charging.routes(CAMERA, read_accused(on=on, born_on=born), prosecutor="police", on=on)
        taken = charging.first_lawful(found)
        assert taken is not None
        assert taken.key == first


def test_contradictions_of_the_accused_are_refused_naming_both() -> None:
    with pytest.raises(law.InvalidFacts, match=r"company cannot be yes.*age 40"):
        read_accused(on=ON, company=True, age=40)
    with pytest.raises(law.InvalidFacts, match=r"company cannot be yes.*born_on Thursday 1 January 1970"):
        read_accused(on=ON, company=True, born_on=date(1970, 1, 1))
    with pytest.raises(law.InvalidFacts, match=r"age cannot be 40.*56 on Monday 1 June 2026.*born_on"):
        read_accused(on=ON, age=40, born_on=date(1970, 1, 1))
    with pytest.raises(law.InvalidFacts, match=r"born_on cannot be Tuesday 2 June 2026"):
        read_accused(on=ON, born_on=date(2026, 6, 2))
    with pytest.raises(law.InvalidFacts, match=r"born_on cannot be Thursday 1 June 1905.*120 years before"):
        read_accused(on=ON, born_on=date(1905, 6, 1))
    assert read_accused(on=ON, born_on=date(1905, 6, 2)).age == 120
    assert read_accused(on=date(2027, 2, 28), born_on=date(1906, 3, 1)).age == 120
    with pytest.raises(law.InvalidFacts, match=r"born_on"):
        read_accused(on=date(2027, 3, 1), born_on=date(1906, 3, 1))
    for age in (-1, 121):
        with pytest.raises(law.InvalidFacts, match="from 0 to 120"):
            read_accused(on=ON, age=age)
    assert (read_accused(on=ON, age=0).age, read_accused(on=ON, age=120).age) == (0, 120)
    assert read_accused(on=ON, age=56, born_on=date(1970, 1, 1)).age == 56
    assert read_accused(on=ON, company=True) == Accused(company=True)
    assert [PEOPLE[w].words for w in ("company", "unknown", "youth")] == [
        "a company", "a person whose age is not known", "a person aged 17",
    ]  # fmt: skip


def test_a_route_somebody_means_to_take_is_refused_with_the_accused_and_the_reason() -> None:
    youth = Accused(age=17)
    found = charging.routes(CAMERA, youth, prosecutor="police", on=ON)
    with pytest.raises(
        law.InvalidFacts, match=r"route cannot be single_justice.*a person aged 17.*18 and over\.$"
    ):
        charging.ask_route(found, "single_justice", youth)
    with pytest.raises(law.InvalidFacts, match="requisition, charge or summons"):
        charging.ask_route(found, "letter", youth)
    assert charging.ask_route(found, "requisition", youth).lawful


def test_before_the_single_justice_procedure_nothing_is_said() -> None:
    with pytest.raises(law.NoLawInForce, match="13 April 2015"):
        charging.routes(CAMERA, Accused(age=30), prosecutor="police", on=date(2015, 4, 12))
    assert charging.routes(CAMERA, Accused(age=30), prosecutor="police", on=date(2015, 4, 13))
    with pytest.raises(law.InvalidFacts, match="prosecutor cannot be council"):
        charging.routes(CAMERA, Accused(age=30), prosecutor="council", on=ON)


def test_the_first_route_is_the_one_that_is_open() -> None:
    def first(offence: offences.Offence, prosecutor: str, **who: object) -> str | None:
        found = charging.routes(offence, Accused(**who), prosecutor=prosecutor, on=ON)  # type: ignore[arg-type]
        taken = charging.first_lawful(found)
        return taken.key if taken else None

    assert first(CAMERA, "police", age=40) == "single_justice"
    assert first(CAMERA, "police", company=True) == "single_justice"
    assert first(CAMERA, "police") == "requisition"
    assert first(SPEED, "police", age=40) == "requisition"
    assert first(CAUSING, "police", age=40) is None
    assert first(CAUSING, "cps", age=40) == "requisition"
    assert first(CAMERA, "other", age=40) == "summons"
    assert first(CAMERA, "police", age=9) is None


def test_routes_in_plain_json_values() -> None:
    found = charging.routes(CAUSING, Accused(age=40), prosecutor="police", on=ON)
    told = charging.plain(found)
    assert told["taken"] is None
    assert told["routes"][1]["needs"] == ["cps_decision"]
    assert told["routes"][1]["open"] is False
    assert "The CPS decides: RT88026" in told["routes"][1]["reasons"][1]
    assert told["routes"][0]["reasons"][0].startswith("The offence is either way")
    assert told["routes"][0]["authority"] == "CJA 2003 s.29(2AA)"


def case(*codes: str, **facts: object) -> CaseToCharge:
    return CaseToCharge(tuple(offences.known(code) for code in codes), **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "police"),
    [
        (case("RR84221"), True),
        (case("RT88333"), True),
        (case("RR84221", flags=frozenset({"domestic_abuse"})), False),
        (case("RR84221", flags=frozenset({"consent"})), False),
        (case("RT88026"), False),
        (case("RT88026", plea_anticipated="guilty"), False),
        (case("RT88026", plea_anticipated="guilty", fits_magistrates=True), True),
        (case("RT88026", plea_anticipated="not guilty", fits_magistrates=True), False),
        (case("FA06001", retail_theft=True, fits_magistrates=True), True),
        (
            case("RT88026", plea_anticipated="guilty", fits_magistrates=True, over_12_months_likely=True),
            False,
        ),
        (case("COML030", plea_anticipated="guilty", fits_magistrates=True), False),
        (case("RR84221", "RT88026"), False),
        (case("RT88565", plea_anticipated="guilty", fits_magistrates=True), False),
    ],
)
def test_who_decides_that_somebody_is_charged(given: CaseToCharge, police: bool) -> None:
    assert (police_may_charge(given) == ()) is police


def test_why_the_cps_decides_is_said() -> None:
    assert police_may_charge(case("RT88500", "COML030", flags=frozenset({"hate_crime"}))) == (
        "the case involves a death", "it is classified as hate crime",
        "RT88500: an offence triable only on indictment is for the CPS",
        "COML030: an offence triable only on indictment is for the CPS",
    )  # fmt: skip
    for flag in charging.deciding.EXCLUDED:
        assert police_may_charge(case("RR84221", flags=frozenset({flag})))
    assert "Annex 1" in str(charging.deciding.authority())


def standing(code: str, **facts: object) -> bool | None:
    given = {"started_by": "requisition", "started_on": ON} | facts
    return specified(offences.known(code), Proceedings(**given)).specified  # type: ignore[arg-type]


def test_what_is_specified_and_what_ends_it() -> None:
    assert standing("RR84221") is True
    assert standing("RT88026") is False
    assert standing("RR84030") is None  # N? in the source
    assert standing("RR84054") is None
    assert standing("RT88575") is True
    assert standing("RT88575", started_on=date(2012, 11, 18)) is False
    assert standing("RT88575", started_on=date(2012, 11, 19)) is True
    assert standing("RR84221", started_by="charge") is False
    assert standing("RR84221", started_by="charge", started_on=date(2012, 11, 18)) is True
    assert standing("RR84221", started_by="charge", started_on=date(2012, 11, 19)) is False
    assert standing("RR84221", age=15) is False
    assert standing("RR84221", age=16) is True
    assert standing("RR84221", age=15, started_on=date(2012, 11, 18)) is True
    assert standing("RR84221", age=15, started_on=date(2012, 11, 19)) is False
    assert standing("RR84221", papers_served=False) is False
    assert standing("RR84221", papers_served=False, started_by="summons") is False
    assert standing("RR84221", papers_served=False, started_by="single_justice") is True


def test_hearing_evidence_ends_it_except_in_three_ways_since_17_july_2012() -> None:
    assert standing("RR84221", evidence="witness") is False
    for kind in ("in_absence", "read_aloud", "hardship"):
        assert standing("RR84221", evidence=kind) is True
        assert standing("RR84221", evidence=kind, evidence_on=date(2012, 7, 16)) is False
        assert standing("RR84221", evidence=kind, evidence_on=date(2012, 7, 17)) is True
    assert standing("RR84221", evidence="hardship", started_on=date(2012, 7, 16)) is False


def test_a_standing_says_who_conducts_and_why() -> None:
    told = specified(CAMERA, Proceedings("requisition", ON)).as_json()
    assert (told["conduct"], told["authority"]) == ("police", "SI 1999/904")
    assert len(told["ends"]) == 2
    assert told["confidence"] == "H S"
    ended = specified(CAMERA, Proceedings("charge", ON, age=15, evidence="witness"))
    assert ended.conduct == "cps"
    assert len(ended.reasons) == 3
    unsure = specified(offences.known("RR84054"), Proceedings("requisition", ON))
    assert (unsure.conduct, unsure.confidence) == ("not certain", "M S")
