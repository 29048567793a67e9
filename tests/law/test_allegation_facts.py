"""The facts of an allegation: wrong, impossible or contradictory ones are refused naming both, the nearest are taken."""

# ruff: noqa: E501 - one refusal a line reads as a table

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.law.allegations import DECIDED, alleged, decide, speeding

from casewright import law
from casewright.law import traffic
from casewright.law.traffic.allegation import AllegationFacts


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (speeding(30, 45, licence="none", live_points=6), r"live_points cannot be 6.*licence, given as none"),
        (speeding(30, 30), r"recorded_mph cannot be 30.*limit_mph of 30"),
        (speeding(30, 28), r"recorded_mph cannot be 28.*limit_mph of 30"),
        (speeding(30, 45, licence="full", age=15), r"licence cannot be full.*age of 15"),
        (speeding(30, 45, age=17, route="single_justice"), r"route cannot be single_justice.*aged 17"),
        (speeding(30, 45, age=9, route="requisition"), r"route cannot be requisition.*aged 9.*under 10"),
        (speeding(30, 45, accused="company", age=30), r"company cannot be yes.*age 30"),
        (speeding(30, 45, accused="company", route="charge"), r"route cannot be charge.*a company"),
        (speeding(30, 45, accused="company", licence="full"), r"licence cannot be full.*accused, given as company"),
        (speeding(30, 45, accused="company", live_points=3), r"live_points cannot be 3.*accused, given as company"),
        (speeding(30, 45, accused="company", qualified_on="2020-01-01"), r"qualified_on.*accused, given as company"),
        (speeding(30, 45, licence="none", qualified_on="2020-01-01"), r"qualified_on.*licence, given as none"),
        (speeding(30, 45, licence="provisional", qualified_on="2020-01-01"), r"qualified_on.*licence, given as provisional"),
        (speeding(30, 45, limit_mph=40), r"limit_mph cannot be 40.*30, the limit of offence_code RR84221"),
        (speeding(30, 45, offence_on="2026-07-17", notice_posted_on=None), r"offence_on.*no later than Thursday 16 July 2026"),
        (speeding(30, 45, notice_posted_on="2026-05-31"), r"notice_posted_on.*no earlier than offence_on"),
        (speeding(30, 45, notice_served_on="2026-06-04"), r"notice_served_on.*no earlier than notice_posted_on"),
        (speeding(30, 45, earlier_course="NSAC"), r"earlier_course_offence_on is missing.*NSAC"),
        (speeding(30, 251), r"recorded_mph cannot be 251"),
        (speeding(30, 45, recorded_mph=None), r"recorded_mph is missing.*RR84221"),
        (speeding(30, 45, limit_mph=None), r"limit_mph is missing.*45"),
        (alleged("RT88509", recorded_mph=45), r"limit_mph is missing"),
        (speeding(30, 45, offered="course"), r"offered_on is missing.*course"),
        (speeding(30, 45, offered="conditional_offer"), r"offered_on is missing.*conditional_offer"),
        (speeding(30, 45, offered="single_justice", offered_on="2026-06-20", served_on="2026-06-19"), "served_on.*offered_on"),
        (speeding(30, 45, colour="red"), "colour cannot be red"),
        (speeding(30, 45, wants="money"), "course, offer or court"),
        (speeding(30, 45, live_points=-1), "live_points cannot be -1"),
        (speeding(30, 45, live_points=2.5), "live_points"),
        (speeding(30, 45, live_points=True), "live_points"),
        (speeding(30, 45, deceased="no"), "deceased cannot be no"),
        (speeding(30, 45, deceased=1), "deceased cannot be 1"),
        (speeding(30, 45, born_on="yesterday"), "born_on cannot be yesterday"),
        (speeding(30, 45, born_on=1980), "born_on cannot be 1980"),
        (speeding(30, 45, born_on="2026-07-17", offence_on="2026-06-01"), r"offence_on cannot be Monday 1 June 2026.*born_on, Friday 17 July 2026"),
        (speeding(30, 45, born_on="2026-06-02"), r"offence_on cannot be Monday 1 June 2026.*born_on, Tuesday 2 June 2026"),
        (speeding(30, 45, born_on="1905-07-16"), r"born_on cannot be Sunday 16 July 1905.*no more than 120 years before Thursday 16 July 2026"),
        (speeding(30, 45, age=121), r"age cannot be 121.*from 0 to 120"),
        (speeding(30, 45, born_on="1990-01-01", qualified_on="1989-12-31"), r"qualified_on.*no earlier than born_on"),
        (speeding(30, 45, offence_on=None), "offence_on is missing"),
        (speeding(30, 45, offence_code=""), "offence_code is missing"),
        (speeding(30, 45, offence_code="XX99999"), "offence_code cannot be XX99999"),
        (speeding(30, 45, same_occasion=["XX99999"]), "offence_code cannot be XX99999"),
        (speeding(30, 45, same_occasion="RT88567"), "same_occasion"),
        (speeding(30, 45, same_occasion=[1]), "same_occasion"),
    ],
)  # fmt: skip
def test_facts_that_are_wrong_or_contradict_each_other_are_refused_naming_both(
    facts: dict[str, Any], words: str
) -> None:
    with pytest.raises(law.InvalidFacts, match=words):
        decide(facts)


def test_facts_just_inside_what_is_possible_are_taken() -> None:
    for facts in (
        speeding(30, 31), speeding(30, 250), speeding(30, 45, licence="none", live_points=0),
        speeding(30, 45, licence="full", age=16), speeding(30, 45, licence="full", qualified_on="2020-01-01"),
        speeding(30, 45, offence_on="2026-07-16", notice_posted_on="2026-07-16", notice_served_on="2026-07-16"),
        speeding(30, 45, age=17, route="requisition"), speeding(30, 45, route="single_justice", age=18),
        speeding(30, 45, born_on="1905-07-17"), speeding(30, 45, age=120), speeding(30, 45, born_on="2016-06-01"),
        speeding(30, 45, offered="course", offered_on="2026-07-01"), speeding(30, 45, live_points=None),
    ):  # fmt: skip
        assert decide(facts).taken
    facts = AllegationFacts(offence_code="RT88509", offence_on=date(2026, 6, 1), detected_by="officer")
    assert traffic.decide(facts, on=DECIDED).summary == "COURSE:YBYL"
    with pytest.raises(law.InvalidFacts, match="day of the decision"):
        traffic.decide(facts, on="2026-07-16")  # type: ignore[arg-type]
