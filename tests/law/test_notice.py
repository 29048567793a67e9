"""The notice of intended prosecution: what the page says, what it draws, and that its days are safe."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.law import naive

from casewright import law
from casewright.law.limits import service

DAY = timedelta(days=1)
OFFENCE = date(2026, 12, 12)


def notice(on: date = OFFENCE, **facts: object) -> law.Finding:
    return law.deadline("nip-14", {"offence_on": on, **facts}, on=on)


def test_the_answer_is_what_the_matter_page_says() -> None:
    assert notice().answer == (
        "The offence was on Saturday 12 December 2026. The law gives 14 days, not counting that day, so the last "
        "day is Saturday 26 December. No post is presumed delivered on Christmas Day or Boxing Day, so the letter "
        "must go by Tuesday 22 and be printed by Monday 21."
    )


def test_the_chain_is_produce_post_presumed_served_last_lawful_day() -> None:
    assert [(s.key, s.label, s.on, s.binds) for s in notice().steps] == [
        ("produce_by", "Produce by", date(2026, 12, 21), True),
        ("post_by", "Post by", date(2026, 12, 22), True),
        ("presumed_served", "Presumed served", date(2026, 12, 24), False),
        ("serve_by", "Last lawful day", date(2026, 12, 26), True),
    ]


def test_where_the_last_day_is_a_business_day_the_presumption_itself_is_said() -> None:
    said = {
        "computer": "A letter is presumed delivered on the second business day after posting, "
        "so the letter must go by Thursday 11 and be printed by Wednesday 10.",
        "post": "A letter is presumed delivered on the second business day after posting, "
        "so the letter must go by Thursday 11.",
        "left": "A notice left at an address is presumed served on the next business day, "
        "so it must be left by Friday 12.",
        "hand": "A notice is served on the day it is handed over, so it must be handed over by Monday 15.",
    }
    for sent_by, sentence in said.items():
        assert notice(date(2026, 6, 1), sent_by=sent_by).working[2] == sentence


def test_the_count_is_told_step_by_step_with_authority() -> None:
    counted = notice().counted
    assert [each.authority for each in counted] == [
        "Stewart v Chapman [1951] 2 KB 792",
        "RTOA 1988 s.1(1)(c)",
        "CrimPR r.4.11(3); RTOA 1988 s.1(1ZA) to (1ZC)",
        "CrimPR r.4.11(3)",
    ]
    assert counted[0].sentence == "The day of the offence is not counted. Day 1 is Sunday 13 December."
    assert counted[3].sentence.endswith("produce by Monday 21 December.")


def test_the_strip_is_what_the_matter_page_draws() -> None:
    cells = law.draw(notice(), today=date(2026, 12, 16))
    assert [(c.on.day, " ".join(c.classes), c.flag, c.count, c.note) for c in cells] == [
        (12, "from rest gone low", "Offence", 0, ""),
        (13, "in rest gone", "", 1, ""),
        (14, "in gone", "", 2, ""),
        (15, "in gone", "", 3, ""),
        (16, "in now low", "Today", 4, ""),
        (17, "in", "", 5, ""),
        (18, "in", "", 6, ""),
        (19, "in rest", "", 7, ""),
        (20, "in rest", "", 8, ""),
        (21, "in do low", "Produce by", 9, ""),
        (22, "in do in-post a up", "Post by", 10, ""),
        (23, "in in-post", "", 11, "2 business days"),
        (24, "in in-post z low", "Presumed served", 12, ""),
        (25, "in rest hol", "", 13, ""),
        (26, "in rest hol last up", "Last day", 14, ""),
        (27, "rest beyond", "", None, ""),
        (28, "rest hol beyond", "", None, ""),
    ]
    assert [c.named for c in cells[-4:]] == ["Christmas Day", "Boxing Day", "", "Boxing Day, substitute"]


def test_every_notice_produced_or_posted_by_its_day_is_presumed_served_in_time() -> None:
    chance = random.Random("nip")
    for _ in range(5000):
        offence = date(2022, 6, 28) + chance.randint(0, 4800) * DAY
        found = notice(offence)
        produce, post, served, last = (step.on for step in found.steps)
        assert last == naive.after(offence, 14) == found.act_by == found.outer_limit
        assert naive.open_after(naive.open_after(produce, 1, "business"), 2, "business") == served <= last
        assert naive.open_after(post, 2, "business") == served
        assert naive.open_after(naive.open_after(post, 1, "business"), 2, "business") > last


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        ("warned_at_time", "warned at the time"),
        ("accident", "accident"),
        ("fixed_penalty_notice", "fixed penalty notice"),
        ("could_not_be_found", "reasonable diligence"),
        ("accused_contributed", "contributed"),
    ],
)
def test_each_exception_lifts_the_bar_and_says_why(fact: str, words: str) -> None:
    for on in (OFFENCE, date(2022, 6, 27)):
        found = notice(on, **{fact: True})
        assert (found.applies, found.act_by, found.outer_limit, found.steps) == (False, None, None, ())
        assert words in found.answer
        assert found.counted[1].authority.startswith("RTOA 1988 s.")
        assert law.draw(found) == ()
        assert law.draw_months(found) == ()


@pytest.mark.parametrize(
    ("sent_by", "steps", "words"),
    [
        ("post", {"produce_by": 11, "post_by": 11, "presumed_served": 15}, "must go by Thursday 11."),
        ("hand", {"hand_by": 15}, "handed over by Monday 15."),
        ("left", {"leave_by": 12, "presumed_served": 15}, "must be left by Friday 12."),
        ("dx", {"leave_by": 11, "presumed_served": 15}, "must be left there by Thursday 11."),
        ("electronic", {"send_by": 15, "presumed_served": 15}, "must be sent by Monday 15 at 14:30."),
    ],
)
def test_each_way_of_serving_has_its_own_chain(sent_by: str, steps: dict[str, int], words: str) -> None:
    found = notice(date(2026, 6, 1), sent_by=sent_by)
    assert {s.key: s.on.day for s in found.steps} == {**steps, "serve_by": 15}
    assert found.working[-1].endswith(words)
    assert found.act_by == date(2026, 6, 15)


def test_a_notice_handed_over_needs_no_presumption() -> None:
    assert len(notice(sent_by="hand").counted) == 2
    assert len(notice(sent_by="electronic").counted) == 3
    assert len(notice(sent_by="post").counted) == 3


def test_handing_over_may_be_done_on_a_day_that_is_not_a_business_day() -> None:
    assert notice(sent_by="hand").step("hand_by").on == date(2026, 12, 26)
    assert notice(sent_by="electronic").step("send_by").on == date(2026, 12, 24)


def test_before_28_june_2022_the_older_way_of_serving_is_used() -> None:
    found = notice(date(2022, 6, 27))
    assert str(found.authority[0]) == "RTOA 1988 s.1(1)(c), (1A), (2)"
    assert found.uncertain
    assert found.step("produce_by").on == found.step("post_by").on
    with pytest.raises(law.InvalidFacts):
        notice(date(2022, 6, 27), sent_by="computer")


def test_a_date_resting_on_computed_holidays_says_so() -> None:
    assert "computed" in notice(date(2029, 5, 1)).uncertain
    assert notice(date(2028, 12, 1)).uncertain == ""
    assert "computed" in notice(date(2028, 12, 20)).uncertain


def test_what_would_change_it_names_proof_of_posting_first() -> None:
    assert notice().changes[0] == "Proof of posting: produce by Tuesday 22."
    assert not notice(sent_by="post").changes[0].startswith("Proof of posting")


def test_post_by_is_its_own_rule() -> None:
    posted = law.deadline("nip-post-by", {"offence_on": OFFENCE}, on=OFFENCE)
    produced = law.deadline("nip-post-by", {"offence_on": OFFENCE, "sent_by": "computer"}, on=OFFENCE)
    assert (posted.act_by, produced.act_by) == (date(2026, 12, 22), date(2026, 12, 21))


def test_service_is_the_earlier_of_presumption_and_answer() -> None:
    facts = {"posted_on": date(2026, 4, 2)}
    found = law.deadline("svc-post", facts | {"answered_on": date(2026, 4, 4)}, on=facts["posted_on"])
    assert found.act_by == date(2026, 4, 4)
    assert found.working[-1] == "The person answered on Saturday 4 April, which shows it came by then."
    late = law.deadline("svc-post", facts | {"answered_on": date(2026, 4, 30)}, on=facts["posted_on"])
    assert late.act_by == date(2026, 4, 8)


def test_service_in_a_computed_year_says_so() -> None:
    found = law.deadline("svc-post", {"posted_on": date(2030, 1, 2)}, on=date(2030, 1, 2))
    assert "computed" in found.uncertain


def test_second_class_post_takes_the_fourth_working_day() -> None:
    facts = {"posted_on": date(2026, 1, 5), "post_class": "second"}
    found = law.deadline("svc-interp-act", facts, on=date(2026, 1, 5))
    assert found.act_by == date(2026, 1, 9)
    assert "fourth business day" in found.answer


@pytest.mark.parametrize(
    ("sent_at", "served"),
    [
        (datetime(2026, 1, 9, 14, 30, tzinfo=UTC), date(2026, 1, 9)),
        (datetime(2026, 1, 9, 14, 30, 1, tzinfo=UTC), date(2026, 1, 12)),
        (datetime(2026, 7, 3, 13, 30, tzinfo=UTC), date(2026, 7, 3)),
        (datetime(2026, 7, 3, 14, 0, tzinfo=UTC), date(2026, 7, 6)),
        (datetime(2026, 1, 10, 9, 0, tzinfo=UTC), date(2026, 1, 12)),
        (datetime(2026, 7, 2, 23, 30, tzinfo=UTC), date(2026, 7, 3)),
    ],
)
def test_electronic_service_is_judged_by_london_time(sent_at: datetime, served: date) -> None:
    assert law.deadline("svc-electronic", {"sent_at": sent_at}, on=sent_at.date()).act_by == served


def test_the_latest_days_are_the_last_that_serve_in_time() -> None:
    calendar = law.calendars.ENGLAND_AND_WALES
    chance = random.Random("latest")
    for sent_by in ("post", "left", "dx"):
        via = service.by(sent_by, date(2026, 1, 1))
        for _ in range(1000):
            by = date(2023, 1, 1) + chance.randint(0, 2000) * DAY
            _, act, served = service.latest(via, by, calendar)
            assert service.serve(via, act, calendar).served == served <= by
            following = naive.open_after(act, 1, "business")
            assert service.serve(via, following, calendar).served > by
