"""What a finding says, whole and word for word: no sentence too many, none missing, none in a place that misleads."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from casewright import law
from casewright.law.limits.facts import read_facts


def find(rule_id: str, **facts: Any) -> law.Finding:
    return law.deadline(rule_id, facts, on=law.law_day(rule_id, facts))


SAID: list[tuple[str, dict[str, Any], list[str]]] = [
    (
        "s172-28",
        {"served_on": "2026-01-05"},
        [
            "The requirement was served on Monday 5 January 2026.",
            "The law gives 28 days beginning with the day of service, so the last day is Sunday 1 February.",
            "That is a Sunday, and nothing moves it.",
        ],
    ),
    (
        "s172-28",
        {"posted_on": "2026-01-05"},
        [
            "The requirement was posted on Monday 5 January 2026.",
            "It is presumed served on the second business day after that, Wednesday 7 January.",
            "The law gives 28 days beginning with the day of service, so the last day is Tuesday 3 February.",
        ],
    ),
    (
        "s172-28",
        {"produced_on": "2026-01-05"},
        [
            "The requirement was produced by a computer for posting on Monday 5 January 2026.",
            "It is presumed posted on the next business day, Tuesday 6 January.",
            "It is presumed served on the second business day after posting, Thursday 8 January.",
            "The law gives 28 days beginning with the day of service, so the last day is Wednesday 4 February.",
        ],
    ),
    (
        "s172-charge-by",
        {"posted_on": "2026-01-05"},
        [
            "The requirement was posted on Monday 5 January 2026.",
            "It is presumed served on the second business day after that, Wednesday 7 January.",
            "The 28 days to answer ended on Tuesday 3 February 2026.",
            "The law gives 6 months to charge, so act by Monday 3 August.",
            ("Counted from the day after, the outer limit is Tuesday 4 August; no authority settles which day is "
            "the offence, so use the earlier."),
        ],
    ),
    (
        "svc-post",
        {"posted_on": "2026-04-02"},
        [
            "The letter was posted on Thursday 2 April 2026.",
            "It is presumed served on the second business day after that, Wednesday 8 April.",
            "Nothing is presumed delivered on Good Friday or Easter Monday or at a weekend.",
        ],
    ),
    (
        "svc-electronic",
        {"sent_at": "2026-01-09T14:30+00:00"},
        [
            "The message was sent at 14:30 GMT on Friday 9 January 2026.",
            "It is served that day, Friday 9 January.",
        ],
    ),
    (
        "rtoa-s6",
        {"offence_on": "2023-04-01", "evidence_on": "2025-12-15"},
        [
            "The offence was on Saturday 1 April 2023.",
            "The evidence was known on Monday 15 December 2025.",
            "The law gives 6 months from that day, to Monday 15 June 2026.",
            ("It is never more than 3 years after the offence, Wednesday 1 April 2026, so the last day is "
            "Wednesday 1 April 2026."),
            "To be safe, act by 6 months from the offence, Sunday 1 October.",
            "That is a Sunday, and nothing moves it.",
        ],
    ),
    (
        "twoc-extended",
        {"offence_on": "2025-05-14", "evidence_on": "2026-01-20"},
        [
            "The offence was on Wednesday 14 May 2025.",
            "The evidence was known on Tuesday 20 January 2026.",
            "The law gives 6 months beginning with that day, to Sunday 19 July 2026.",
            ("It is never more than 3 years after the offence, Saturday 13 May 2028, so the last day is "
            "Sunday 19 July 2026."),
            "That is a Sunday, and nothing moves it.",
        ],
    ),
    (
        "foi-20wd",
        {"received_on": "2026-05-22"},
        [
            "The request was received on Friday 22 May 2026.",
            ("The law gives 20 working days, leaving out weekends and bank holidays anywhere in the United Kingdom, "
            "so answer by Tuesday 23 June."),
        ],
    ),
    (
        "totting-3y",
        {"earlier_offence_on": "2023-01-10", "later_offence_on": "2023-01-10"},
        [
            "The earlier offence was on Tuesday 10 January 2023.",
            "It counts with a new offence up to Saturday 10 January 2026: the period is 3 years.",
            "The new offence was on Tuesday 10 January, so it counts.",
        ],
    ),
    (
        "sjp-response-15bd",
        {"served_on": "2026-01-12"},
        [
            "The notice was served on Monday 12 January 2026.",
            "The rules give 15 business days after service, so the defendant answers by Monday 2 February.",
            "The day of posting is not known, so the court platform's own wait is not counted here.",
            "The case is not ready before Monday 2 February.",
        ],
    ),
    (
        "sjp-response-15bd",
        {"posted_on": "2026-01-12", "printed_on": "2026-02-16"},
        [
            "The notice was posted on Monday 12 January 2026.",
            "It is presumed served on the second business day after that, Wednesday 14 January.",
            "The rules give 15 business days after service, so the defendant answers by Wednesday 4 February.",
            "The notice prints Monday 16 February.",
            "The court platform waits until Monday 9 February.",
            "The case is not ready before Monday 16 February.",
        ],
    ),
    (
        "sjp-response-15bd",
        {"produced_on": "2026-03-27"},
        [
            "The notice was produced by a computer for posting on Friday 27 March 2026.",
            "It is presumed posted on the next business day, Monday 30 March.",
            "It is presumed served on the second business day after posting, Wednesday 1 April.",
            "Nothing is presumed delivered at a weekend.",
            "The rules give 15 business days after service, so the defendant answers by Friday 24 April.",
            "The court platform waits until Monday 27 April.",
            "The case is not ready before Monday 27 April.",
        ],
    ),
    (
        "svc-electronic",
        {"sent_at": "2026-01-09T14:31+00:00"},
        [
            "The message was sent at 14:31 GMT on Friday 9 January 2026.",
            "It is served on Monday 12 January.",
            "Nothing is presumed delivered at a weekend.",
        ],
    ),
    (
        "svc-hand",
        {"handed_on": "2026-01-10"},
        [
            "The document was handed over on Saturday 10 January 2026.",
            "It is served that day, Saturday 10 January.",
        ],
    ),
    (
        "svc-post",
        {"posted_on": "2026-01-05", "answered_on": "2026-01-06"},
        [
            "The letter was posted on Monday 5 January 2026.",
            "It is presumed served on the second business day after that, Wednesday 7 January.",
            "The person answered on Tuesday 6 January, which shows it came by then.",
        ],
    ),
    (
        "hearsay-object",
        {"notice_on": "2026-01-12", "plea_on": "2026-01-05"},
        [
            "The notice was served on Monday 12 January 2026.",
            (
                "The rules give 10 business days, not counting that day and leaving out weekends and holidays, "
                "so the last day is Monday 26 January."
            ),
            "Counted from the plea: Monday 19 January; the latest decides.",
        ],
    ),
    (
        "pace-46-court",
        {"charged_on": "2026-01-09", "sittings": "2026-01-12"},
        ["The charge was on Friday 9 January 2026.", "The court next sits on Monday 12 January."],
    ),
    (
        "pace-46-court",
        {"charged_on": "2026-01-09", "sittings": "2026-01-08"},
        [
            "The charge was on Friday 9 January 2026.",
            "The court's list has no later sitting: the court must be told.",
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rule_id", "facts", "said"), SAID, ids=[f"{each[0]} {each[1]}" for each in SAID])
def test_a_finding_says_this_and_nothing_else(rule_id: str, facts: dict[str, Any], said: list[str]) -> None:
    assert list(find(rule_id, **facts).working) == said


def test_a_limit_from_knowledge_is_drawn_from_the_day_it_ends_by() -> None:
    early = find("rtoa-s6", offence_on="2023-04-01", evidence_on="2025-12-15").strip
    assert early is not None
    assert (early.event, early.start, early.last, early.first) == (
        "Offence", date(2023, 4, 1), date(2023, 10, 1), 0,
    )  # fmt: skip
    capped = find("twoc-extended", offence_on="2023-05-14", evidence_on="2026-01-20").strip
    assert capped is not None
    assert (capped.event, capped.start, capped.first) == ("Offence", date(2023, 5, 14), 1)
    known = find("twoc-extended", offence_on="2025-05-14", evidence_on="2026-01-20").strip
    assert known is not None
    assert (known.event, known.start, known.first) == ("Evidence known", date(2026, 1, 20), 1)


def test_a_court_without_a_later_sitting_gives_no_day_and_no_step() -> None:
    found = find("pace-46-court", charged_on="2026-01-09", sittings="2026-01-08")
    assert (found.act_by, found.steps) == (None, ())


def test_a_court_beyond_the_loaded_holidays_is_drawn_without_a_number() -> None:
    found = find("pace-46-court", charged_on="2036-03-10", sittings="2036-03-12")
    assert found.act_by == date(2036, 3, 12)
    assert [day.count for day in law.draw(found)[1:]] == [None] * (len(law.draw(found)) - 1)


def test_the_days_a_rule_is_dated_by_are_its_days_and_instants_alone() -> None:
    assert [fact.name for fact in law.newest("nip-14").dated_facts] == ["offence_on"]
    assert [fact.name for fact in law.newest("pace-24").dated_facts] == ["relevant_at"]


def test_no_is_kept_as_no_and_the_first_and_last_year_are_taken() -> None:
    assert find("nip-14", offence_on="2026-06-01", accident="no").facts["accident"] is False
    rule = law.newest("pace-24")
    for year in ("1900", "2199"):
        assert read_facts(rule, {"relevant_at": f"{year}-06-01T12:00+00:00"})
    for year in ("1899", "2200"):
        with pytest.raises(law.InvalidFacts, match="relevant_at"):
            read_facts(rule, {"relevant_at": f"{year}-06-01T12:00+00:00"})


def test_of_the_three_clocks_of_a_single_justice_notice_only_the_answer_binds() -> None:
    found = find("sjp-response-15bd", posted_on="2026-01-12", printed_on="2026-02-06")
    assert [(step.key, step.binds) for step in found.steps] == [
        ("acted", False), ("presumed_served", False), ("respond_by", True), ("printed", False),
        ("platform_ready", False), ("ready_on", False),
    ]  # fmt: skip
    assert found.strip is not None
    assert (found.strip.unit, found.strip.kind) == ("open_days", "business")
    older = find("sjp-response-15bd", served_on="2019-01-14").strip
    assert older is not None
    assert older.unit == "days"
