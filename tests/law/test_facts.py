"""Facts that are missing, unknown, contradictory or impossible are refused by name; nothing is guessed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from casewright import law

DAY = date(2026, 12, 12)
EARLY = date(2026, 12, 1)
NAIVE = datetime(2026, 12, 12, 9, tzinfo=UTC).replace(tzinfo=None)


def ask(rule_id: str, facts: Any, on: date = DAY) -> law.Finding:
    return law.deadline(rule_id, facts, on=on)


@pytest.mark.parametrize(
    ("rule_id", "facts", "fact", "expected"),
    [
        ("nip-14", {}, "offence_on", "the day of the offence"),
        ("nip-14", {"offence_on": None}, "offence_on", "the day of the offence"),
        ("nip-14", {"offence_on": "12/12/2026"}, "offence_on", "such as 2026-12-12"),
        ("nip-14", {"offence_on": "2026-02-30"}, "offence_on", "such as 2026-12-12"),
        ("nip-14", {"offence_on": "2026-02-30T10:00"}, "offence_on", "such as 2026-12-12"),
        ("nip-14", {"offence_on": 20261212}, "offence_on", "such as 2026-12-12"),
        ("nip-14", {"offence_on": date(1066, 10, 14)}, "offence_on", "such as 2026-12-12"),
        ("nip-14", {"offence_on": date(2200, 1, 1)}, "offence_on", "such as 2026-12-12"),
        ("nip-14", {"offence_on": NAIVE}, "offence_on", "its offset"),
        ("nip-14", {"offence_on": "2026-12-12T10:00"}, "offence_on", "its offset"),
        ("nip-14", {"offence_on": DAY, "colour": "red"}, "colour", "only the facts of nip-14"),
        ("nip-14", {"offence_on": DAY, "sent_by": "pigeon"}, "sent_by", "hand, left, dx or electronic"),
        ("nip-14", {"offence_on": DAY, "accident": "perhaps"}, "accident", "yes or no"),
        ("nip-14", {"offence_on": DAY, "accident": 1.5}, "accident", "yes or no"),
        ("nip-14", [DAY], "facts", "a mapping"),
        ("s172-28", {}, "served_on", "one of served_on, posted_on or produced_on"),
        ("s172-28", {"served_on": DAY, "posted_on": DAY}, "posted_on", "only one of"),
        ("s10-admission", {"plea_on": DAY}, "plea_on", "none"),
        ("fpn-sep-21", {"notice_on": DAY, "days_stated": "many"}, "days_stated", "a whole number"),
        ("fpn-sep-21", {"notice_on": DAY, "days_stated": -1}, "days_stated", "a whole number"),
        ("fpn-sep-21", {"notice_on": DAY, "days_stated": True}, "days_stated", "a whole number"),
        ("pace-24", {"relevant_at": DAY}, "relevant_at", "with its offset"),
        ("pace-24", {"relevant_at": NAIVE}, "relevant_at", "with its offset"),
        ("pace-24", {"relevant_at": "2026-01-01T09:00"}, "relevant_at", "with its offset"),
        ("pace-46-court", {"charged_on": DAY, "sittings": 7}, "sittings", "a list of dates"),
        ("rtoa-s6", {"offence_on": DAY, "evidence_on": DAY - timedelta(days=1)}, "evidence_on", "no earlier than"),
        ("totting-3y", {"earlier_offence_on": DAY, "later_offence_on": EARLY}, "later_offence_on", "no earlier"),
        ("disq-removal", {"banned_on": DAY}, "ban_months", "the length of the ban"),
        ("foi-20wd", {"received_on": DAY, "fees_notice_on": DAY}, "fees_paid_on", "in order"),
        ("foi-20wd", {"received_on": DAY, "fees_paid_on": DAY}, "fees_paid_on", "in order"),
        ("foi-20wd", {"received_on": DAY, "fees_notice_on": EARLY, "fees_paid_on": DAY}, "fees_paid_on", "order"),
        ("foi-20wd", {"received_on": DAY, "fees_notice_on": DAY, "fees_paid_on": EARLY}, "fees_paid_on", "order"),
        ("foi-20wd", {"received_on": DAY, "clarified_on": EARLY}, "clarified_on", "no earlier than"),
    ],
)  # fmt: skip
def test_a_bad_fact_is_named_with_its_value_and_what_is_expected(
    rule_id: str, facts: Any, fact: str, expected: str
) -> None:
    with pytest.raises(law.InvalidFacts) as refused:
        ask(rule_id, facts)
    assert refused.value.fact == fact
    assert expected in refused.value.expected
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("custody", "expected"),
    [
        ("2026-01-05", "each two dates"),
        (5, "each two dates"),
        ("2026-01-19/2026-01-05", "no earlier than"),
        ("2026-01-05/2026-12-12", "do not meet"),
        ("2026-01-05/2026-01-09,2026-01-09/2026-01-12", "do not meet"),
    ],
)
def test_periods_of_custody_must_make_sense(custody: Any, expected: str) -> None:
    with pytest.raises(law.InvalidFacts) as refused:
        ask("ctl-stop", {"limit_days": 56, "custody": custody, "remanded_again_on": DAY})
    assert refused.value.fact == "custody"
    assert expected in refused.value.expected


def test_a_refusal_is_one_sentence() -> None:
    assert str(law.InvalidFacts("offence_on", None, "a day")) == "offence_on is missing: expected a day."
    assert str(law.InvalidFacts("offence_on", "x", "a day")) == "offence_on cannot be x: expected a day."


def test_refusals_survive_being_sent_between_processes() -> None:
    import pickle

    kept = [
        law.InvalidFacts("a", "b", "c"), law.NoHolidays(date(2050, 1, 1), 2012, 2035),
        law.NoHolidays(date(2050, 1, 1), 2012, 2035, "offence_on", DAY), law.UnknownRule("x", "y"),
        law.NoLawInForce("r", DAY, "never"),
    ]  # fmt: skip
    for each in kept:
        again = pickle.loads(pickle.dumps(each))
        assert (type(again), str(again)) == (type(each), str(each))


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ("2026-12-12", DAY),
        (DAY, DAY),
        ("2026-12-12T23:59+00:00", DAY),
        (datetime(2026, 12, 12, 0, 5, tzinfo=UTC), DAY),
        (datetime(2026, 6, 1, 23, 30, tzinfo=UTC), date(2026, 6, 2)),
        (datetime(2026, 6, 1, 20, 0, tzinfo=timezone(timedelta(hours=-5))), date(2026, 6, 2)),
    ],
)
def test_a_day_is_the_london_day(given: Any, day: date) -> None:
    assert ask("summary-6m", {"offence_on": given}).facts["offence_on"] == day


@pytest.mark.parametrize("word", [True, "yes", "Yes", "true"])
def test_yes_may_be_said_in_words(word: Any) -> None:
    assert not ask("nip-14", {"offence_on": DAY, "accident": word}).applies


@pytest.mark.parametrize("word", [False, "no", "FALSE"])
def test_no_may_be_said_in_words(word: Any) -> None:
    assert ask("nip-14", {"offence_on": DAY, "accident": word}).applies


def test_facts_may_be_a_record() -> None:
    @dataclass
    class Facts:
        offence_on: date
        sent_by: str | None = None

    assert ask("nip-14", Facts(DAY)) == ask("nip-14", {"offence_on": DAY})


def test_the_day_of_the_law_must_be_a_day() -> None:
    for wrong in (None, "2026-12-12", datetime(2026, 12, 12, tzinfo=UTC)):
        with pytest.raises(law.InvalidFacts, match="whose law applies"):
            ask("nip-14", {"offence_on": DAY}, on=wrong)  # type: ignore[arg-type]


def test_numbers_lists_and_periods_may_be_written_as_text() -> None:
    assert ask("fpn-sep-21", {"notice_on": DAY, "days_stated": "28"}).act_by == date(2027, 1, 9)
    assert ask("pace-46-court", {"charged_on": DAY, "sittings": "2026-12-15,2026-12-14"}).act_by == date(
        2026, 12, 14
    )
    periods = {"limit_days": "56", "custody": "2026-01-05/2026-01-19", "remanded_again_on": "2026-02-02"}
    assert ask("ctl-stop", periods).act_by == date(2026, 3, 13)


def test_text_facts_are_words() -> None:
    from casewright.law.limits.catalogue import Fact
    from casewright.law.limits.facts import READERS

    fact = Fact("why", "text", True, "the reason")
    assert READERS["text"](fact, "posted late") == "posted late"
    with pytest.raises(law.InvalidFacts, match="words"):
        READERS["text"](fact, 5)


def test_a_count_that_runs_off_the_calendar_is_refused() -> None:
    with pytest.raises(law.InvalidFacts):
        ask("fpn-sep-21", {"notice_on": DAY, "days_stated": 10**9})
    with pytest.raises(law.InvalidFacts):
        ask("fpn-sep-21", {"notice_on": DAY, "days_stated": 10**19})
    with pytest.raises(law.InvalidFacts, match="within the calendar"):
        law.deadline("ndors-complete", {"offence_on": DAY}, on=DAY, policy={"ndors-complete.number": 10**9})


def test_a_day_in_a_year_without_holidays_is_refused_only_where_holidays_count() -> None:
    far = date(2040, 1, 5)
    assert ask("summary-6m", {"offence_on": far}).act_by == date(2040, 7, 5)
    assert ask("summary-6m", {"offence_on": far}).working
    with pytest.raises(law.NoHolidays) as refused:
        ask("nip-14", {"offence_on": far})
    assert (refused.value.fact, refused.value.value) == ("offence_on", far)
    assert str(refused.value) == (
        "offence_on cannot be 2040-01-05: expected a date in a year whose bank holidays are loaded, 2012 to 2035; "
        "the count comes to 2040-01-19."
    )
    with pytest.raises(law.NoHolidays, match=r"acted_on cannot be 2036-01-03.*2012 to 2035\.$"):
        ask("svc-nip-crimpr", {"acted_on": date(2036, 1, 3), "sent_by": "post"})
    with pytest.raises(law.NoHolidays, match=r"notified_at cannot be 2036-06-02"):
        ask("custody-court-cutoff", {"notified_at": "2036-06-01T23:30+00:00"})


def test_the_day_whose_law_applies_is_found_among_the_facts() -> None:
    assert law.law_day("s172-28", {"posted_on": "2026-06-05"}) == date(2026, 6, 5)
    assert law.law_day("pace-24", {"relevant_at": "2026-06-01T23:30+00:00"}) == date(2026, 6, 2)
    assert law.law_day("licence-before-hearing", {"hearing_on": "2022-02-14"}) == date(2022, 2, 14)
    assert law.law_day("dg6-triage", {}) == date(2020, 12, 31)
    with pytest.raises(law.UnknownRule):
        law.law_day("nonsense", {})


def test_a_rule_that_looks_back_over_years_takes_the_law_as_it_stands() -> None:
    long_ago = {
        "youth-sjp": "born_on",
        "mopi-g1": "born_on",
        "totting-3y": "earlier_offence_on",
        "ndors-3y": "offence_on",
    }
    for rule_id, fact in long_ago.items():
        facts = {fact: "2008-02-29"}
        assert law.law_day(rule_id, facts) == law.newest(rule_id).effective_from
        assert law.deadline(rule_id, facts, on=law.law_day(rule_id, facts)).act_by


def test_a_birth_more_than_120_years_ago_or_after_what_the_person_did_is_refused() -> None:
    on = date(2026, 6, 1)
    with pytest.raises(law.InvalidFacts, match=r"born_on cannot be Thursday 1 June 1905.*120 years before"):
        law.deadline("youth-turn18", {"born_on": "1905-06-01"}, on=on)
    assert law.deadline("youth-turn18", {"born_on": "1905-06-02"}, on=on).act_by == date(1923, 6, 2)
    with pytest.raises(
        law.InvalidFacts, match=r"last_event_on.*no earlier than born_on, Friday 2 January 1981"
    ):
        law.deadline("mopi-g1", {"born_on": "1981-01-02", "last_event_on": "1981-01-01"}, on=on)
    same = {"born_on": "1981-01-02", "last_event_on": "1981-01-02"}
    assert law.deadline("mopi-g1", same, on=on).act_by


def test_the_look_back_rule_does_not_read_its_law_from_a_fact() -> None:
    assert law.newest("totting-3y").law_of == ""
    assert law.newest("nip-14").law_of == "offence_on"
