"""Rules that are more than a length: their branches, each with a day worked out by hand."""

import random
from datetime import date, timedelta
from typing import Any

import pytest
from tests.law import naive

from casewright import law

DAY = timedelta(days=1)


def find(rule_id: str, **facts: Any) -> law.Finding:
    return law.deadline(rule_id, facts, on=law.law_day(rule_id, facts))


def test_without_a_day_of_evidence_the_offence_itself_is_the_day() -> None:
    for rule_id in ("rtoa-s6", "vera-s47"):
        found = find(rule_id, offence_on="2026-01-15")
        assert found.act_by == found.outer_limit == date(2026, 7, 15)
        assert found.facts["evidence_on"] == date(2026, 1, 15)


def test_section_6_says_why_it_is_acted_on_early_until_the_list_is_checked() -> None:
    unchecked = find("rtoa-s6", offence_on="2026-12-12", evidence_on="2026-12-15")
    assert "column 3" in unchecked.uncertain
    assert "To be safe, act by 6 months from the offence, Saturday 12 June 2027." in unchecked.answer
    checked = find("rtoa-s6", offence_on="2026-12-12", evidence_on="2026-12-15", schedule_checked=True)
    assert checked.uncertain == ""
    assert checked.act_by == date(2027, 6, 15)
    assert law.draw_months(checked)[0].on == date(2026, 12, 15)
    assert law.draw_months(unchecked)[0].on == date(2026, 12, 12)


def test_a_cap_beginning_with_the_offence_is_a_day_shorter() -> None:
    found = find("twoc-extended", offence_on="2023-05-14", evidence_on="2026-01-20")
    assert found.step("cap").on == date(2026, 5, 13)
    assert "The law gives 6 months beginning with that day, to Sunday 19 July 2026." in found.working
    assert (
        "The law gives 6 months from that day, to Wednesday 15 July."
        in find("vera-s47", offence_on="2026-01-15").working
    )
    assert law.draw_months(found)[0].on == date(2023, 5, 14)


def test_a_remark_is_made_where_the_last_day_is_not_a_working_day() -> None:
    assert (
        find("vera-s47", offence_on="2026-06-25").working[-1]
        == "That is Christmas Day, and nothing moves it."
    )
    assert (
        find("summary-6m", offence_on="2026-06-28").working[-1] == "That is Boxing Day, and nothing moves it."
    )
    assert find("summary-6m", offence_on="2026-01-15").working[-1] == (
        "The law gives 6 months, ending on the same day of the month, so the last day is Wednesday 15 July."
    )
    assert (
        find("summary-6m", offence_on="2026-01-11").working[-1] == "That is a Saturday, and nothing moves it."
    )
    spring = "That is the Spring bank holiday, and nothing moves it."
    assert find("summary-6m", offence_on="2025-11-25").working[-1] == spring


def test_a_requirement_posted_or_produced_is_served_first() -> None:
    posted, produced = find("s172-28", posted_on="2026-06-05"), find("s172-28", produced_on="2026-06-04")
    assert posted.act_by == produced.act_by == date(2026, 7, 6)
    assert [step.key for step in produced.steps] == [
        "acted",
        "presumed_posted",
        "presumed_served",
        "answer_by",
    ]
    assert produced.answer.startswith("The requirement was produced by a computer")
    assert "computed" in find("s172-28", posted_on="2029-06-05").uncertain
    assert find("s172-28", served_on="2029-06-05").uncertain == ""


def test_before_28_june_2022_the_requirement_was_posted_under_the_interpretation_act() -> None:
    older, newer = find("s172-28", posted_on="2022-06-27"), find("s172-28", posted_on="2022-06-28")
    assert "Interpretation Act 1978 s.7" in [str(a) for a in older.authority]
    assert "CrimPR r.4.11" in [str(a) for a in newer.authority]
    assert older.counted[0].authority != newer.counted[0].authority
    with pytest.raises(law.InvalidFacts, match="only the facts"):
        find("s172-28", produced_on="2022-06-27")


def test_the_charge_for_not_answering_is_the_same_however_it_was_served() -> None:
    ended = find("s172-charge-by", period_ended_on="2026-07-06")
    served = find("s172-charge-by", served_on="2026-06-09")
    produced = find("s172-charge-by", produced_on="2026-06-04")
    assert ended.act_by == served.act_by == produced.act_by == date(2027, 1, 6)
    assert ended.outer_limit == served.outer_limit == date(2027, 1, 7)
    assert len(served.steps) == 3
    assert "28 days to answer ended" in ended.answer


def test_the_three_clocks_of_the_single_justice_are_all_shown() -> None:
    served = find("sjp-response-15bd", served_on="2026-01-12")
    assert "court platform's own wait is not counted" in served.answer
    assert [s.key for s in served.steps] == ["respond_by", "ready_on"]
    printed = find("sjp-response-15bd", served_on="2026-01-12", printed_on="2026-02-20")
    assert printed.outer_limit == date(2026, 2, 20)
    own = law.deadline(
        "sjp-response-15bd",
        {"posted_on": "2026-01-12"},
        on=date(2026, 1, 12),
        policy={"sjp-platform-28.number": 35},
    )
    assert own.step("platform_ready").on == date(2026, 2, 16)
    assert "computed" in find("sjp-response-15bd", served_on="2029-01-12").uncertain


def test_before_5_october_2020_the_single_justice_gave_21_days() -> None:
    found = find("sjp-response-15bd", served_on="2020-01-13")
    assert found.act_by == date(2020, 2, 3)
    assert "21 days after service" in found.answer


@pytest.mark.parametrize(
    ("later", "counts", "words"),
    [
        ("2026-01-10", True, "so it counts"),
        ("2026-01-11", False, "so it does not count"),
        (None, True, "It counts"),
    ],
)
def test_totting_up_looks_back_three_years(later: str | None, counts: bool, words: str) -> None:
    facts = {"earlier_offence_on": "2023-01-10"} | ({"later_offence_on": later} if later else {})
    found = find("totting-3y", **facts)
    assert found.applies is counts
    assert words in found.working[-1]
    assert found.outer_limit == date(2026, 1, 10)


def test_a_drink_driving_conviction_on_the_exact_anniversary_is_for_a_person() -> None:
    found = find("drink-drive-10y", convicted_on="2016-03-05", offence_on="2026-03-05")
    assert not found.applies
    assert (found.act_by, found.outer_limit) == (date(2026, 3, 4), date(2026, 3, 5))
    assert "ask a person" in found.uncertain


@pytest.mark.parametrize(
    ("months", "asked"), [(47, 24), (48, 24), (49, 24), (120, 60), (121, 60), (180, 60), (60, 30)]
)
def test_removal_of_a_ban_may_be_asked_for_by_its_length(months: int, asked: int) -> None:
    found = find("disq-removal", banned_on="2020-01-10", ban_months=months)
    assert found.act_by == naive.months_after(date(2020, 1, 10), asked)


def test_time_not_counted_puts_off_the_end_of_detention() -> None:
    plain = find("pace-24", relevant_at="2026-01-12T09:00+00:00")
    paused = find("pace-24", relevant_at="2026-01-12T09:00+00:00", minutes_not_counted=45)
    assert paused.act_by - plain.act_by == timedelta(minutes=45)
    assert "45 minutes are not counted." in paused.working
    assert len(plain.working) == 2


def test_the_next_court_day_leaves_out_sundays_christmas_and_good_friday_only() -> None:
    cases = {
        "2026-12-24": "2026-12-26",
        "2026-04-02": "2026-04-04",
        "2026-01-10": "2026-01-12",
        "2026-08-30": "2026-08-31",
    }
    for charged, court in cases.items():
        assert str(find("pace-46-court", charged_on=charged).act_by) == court


def test_a_list_without_a_later_sitting_says_that_the_court_must_be_told() -> None:
    found = find("pace-46-court", charged_on="2026-04-04", sittings=["2026-04-03"])
    assert (found.act_by, found.applies, found.steps, found.uncertain) == (None, False, (), "")
    assert "the court must be told" in found.answer
    without = find("police-bail-to-court", charged_on="2026-04-04")
    assert "not given" in without.answer
    same_day = find("police-bail-to-court", charged_on="2026-04-04", sittings=["2026-04-04"])
    assert same_day.act_by == date(2026, 4, 4)


@pytest.mark.parametrize(
    ("notified", "day"),
    [
        ("2026-01-09T15:30+00:00", "2026-01-09"),
        ("2026-01-09T15:31+00:00", "2026-01-10"),
        ("2026-01-10T12:30+00:00", "2026-01-10"),
        ("2026-01-10T12:31+00:00", "2026-01-12"),
        ("2026-01-11T09:00+00:00", "2026-01-12"),
        ("2026-07-03T14:31+00:00", "2026-07-04"),
    ],
)
def test_a_prisoner_notified_by_the_time_of_the_day_is_produced_that_day(notified: str, day: str) -> None:
    assert str(find("custody-court-cutoff", notified_at=notified).act_by) == day


def test_the_words_of_production_say_which_time_applies() -> None:
    in_time = find("custody-court-cutoff", notified_at="2026-01-09T15:30+00:00")
    late = find("custody-court-cutoff", notified_at="2026-01-10T12:31+00:00")
    assert (
        in_time.working[1] == "The time for that day is 15:30, so production is the same day, if practicable."
    )
    assert late.working[1] == (
        "The time for that day is 12:30, so production is the next court day, Monday 12 January."
    )


def test_custody_across_bail_deducts_every_day_used() -> None:
    def again(custody: str, on: str, limit: int = 56) -> law.Finding:
        return find("ctl-stop", limit_days=limit, custody=custody, remanded_again_on=on)

    two = again("2026-01-05/2026-01-19,2026-02-02/2026-02-06", "2026-03-02")
    assert "19 days had been used" in two.answer
    assert two.act_by == date(2026, 4, 7)
    assert again("2026-01-05/2026-01-05", "2026-01-12").answer.startswith("0 days had been used")
    spent = again("2025-01-01/2025-06-01", "2026-03-02")
    assert "0 days of 56 are left" in spent.answer
    assert spent.act_by == date(2026, 2, 27)
    assert "computed" in again("2029-01-01/2029-01-05", "2029-02-01").uncertain


def test_custody_again_agrees_with_walking_the_days() -> None:
    chance = random.Random("ctl-stop")
    for _ in range(2000):
        first = date(2016, 1, 1) + chance.randint(0, 4000) * DAY
        bailed = first + chance.randint(0, 50) * DAY
        again = bailed + chance.randint(1, 60) * DAY
        used, on = 0, first
        while on < bailed:
            on += DAY
            used += 1
        last = again
        for _ in range(56 - used - 1):
            last += DAY
        if used < 56:
            while not naive.is_open(last, "custody"):
                last -= DAY
            found = find("ctl-stop", limit_days=56, custody=[(first, bailed)], remanded_again_on=again)
            assert found.act_by == last


def test_freedom_of_information_pauses_and_fresh_starts_are_told() -> None:
    paused = find(
        "foi-20wd", received_on="2026-02-02", fees_notice_on="2026-02-09", fees_paid_on="2026-02-13"
    )
    assert "5 working days from the fees notice to the payment are left out." in paused.working
    fresh = find("foi-20wd", received_on="2026-02-02", clarified_on="2026-02-16")
    assert "Clarification came on Monday 16 February" in fresh.working[-1]
    public = find("foi-20wd", received_on="2026-02-02", public_interest=True)
    assert "public interest test" in public.working[-1]
    assert "computed" in find("foi-20wd", received_on="2029-02-02").uncertain


def test_a_fee_asked_for_and_paid_on_the_day_of_receipt_pauses_that_day() -> None:
    same = find("foi-20wd", received_on="2026-02-02", fees_notice_on="2026-02-02", fees_paid_on="2026-02-02")
    assert same.act_by == date(2026, 3, 3)
    assert find("foi-20wd", received_on="2026-02-02", clarified_on="2026-02-02").outer_limit == date(
        2026, 3, 2
    )
