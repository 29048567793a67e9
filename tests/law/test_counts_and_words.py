"""What holds for every count: starts and ends that decide, what binds, what is said and on which authority."""

from datetime import date, timedelta
from typing import Any

from casewright import law
from casewright.law.limits.catalogue import versions

DAY = timedelta(days=1)


def find(rule_id: str, **facts: Any) -> law.Finding:
    return law.deadline(rule_id, facts, on=law.law_day(rule_id, facts))


def test_a_longer_time_in_the_notice_prevails_and_a_shorter_does_not() -> None:
    assert find("cond-offer-28", offer_on="2026-02-02", days_stated=35).act_by == date(2026, 3, 9)
    assert find("cond-offer-28", offer_on="2026-02-02", days_stated=7).act_by == date(2026, 3, 2)


def test_days_served_are_deducted_but_never_below_nothing() -> None:
    whole = find("ctl-indictment-112", preferred_on="2026-02-02", days_served=200)
    assert whole.act_by == date(2026, 2, 2)
    assert "It is that day itself." in whole.answer


def test_the_latest_of_several_starts_decides_where_the_rule_says_the_last() -> None:
    found = find("hearsay-object", notice_on="2026-01-12", plea_on="2026-01-05", evidence_on="2026-01-19")
    assert found.act_by == date(2026, 2, 2)
    assert "the latest decides" in found.answer


def test_an_earlier_end_decides_where_nothing_else_is_said() -> None:
    assert find("endorse-4y", convicted_on="2024-02-29").act_by == date(2028, 2, 29)


def test_a_period_that_ends_at_midnight_is_said_as_the_end_of_the_day_before() -> None:
    found = find("murder-bail-48h", appeared_on="2026-01-09")
    assert "the end of Tuesday 13 January 2026" in found.answer
    dvpn = find("dvpn-48h", served_at="2026-04-03T10:00+01:00")
    assert "so it ends at the end of Tuesday 7 April 2026." in dvpn.answer


def test_a_computed_year_is_said_only_where_holidays_were_counted() -> None:
    assert "computed" in find("badchar-object", served_on="2029-01-05").uncertain
    assert find("cond-offer-28", offer_on="2029-01-05").uncertain == ""
    assert "computed" in find("bail-breach-24", arrested_at="2029-01-05T10:00+00:00").uncertain


def test_service_by_any_way_is_one_rule() -> None:
    for sent_by, served in {"post": 9, "computer": 10, "hand": 5, "left": 8, "dx": 9}.items():
        found = find("svc-nip-crimpr", acted_on="2026-06-05", sent_by=sent_by)
        assert found.act_by == date(2026, 6, served), sent_by
    assert find("svc-nip-crimpr", acted_on="2026-06-05", answered_on="2026-06-06").act_by == date(2026, 6, 6)


def test_nothing_in_a_published_year_is_called_computed() -> None:
    for rules in versions().values():
        for rule in rules:
            for example in rule.examples:
                if (example.outer_limit or "2026") < "2029":
                    found = law.deadline(
                        rule.id, example.facts, on=rule.effective_from, policy=example.policy
                    )
                    assert "computed" not in found.uncertain, rule.id


def test_only_lawful_last_days_bind_and_presumed_events_do_not() -> None:
    binding = {
        "svc-computer": [False, False, False],
        "nip-14": [True, True, False, True],
        "s172-28": [False, False, False, True],
        "sjp-response-15bd": [False, False, False, True, False, False],
        "rtoa-s6": [True, False, False],
        "s172-charge-by": [False, True, False],
        "foi-20wd": [True],
    }
    facts = {
        "svc-computer": {"produced_on": "2026-01-08"},
        "nip-14": {"offence_on": "2026-01-08"},
        "s172-28": {"produced_on": "2026-01-08"},
        "sjp-response-15bd": {"produced_on": "2026-01-08"},
        "rtoa-s6": {"offence_on": "2026-01-08"},
        "s172-charge-by": {"period_ended_on": "2026-01-08"},
        "foi-20wd": {"received_on": "2026-01-08"},
    }
    assert {
        rule_id: [step.binds for step in find(rule_id, **facts[rule_id]).steps] for rule_id in facts
    } == binding
    fresh = find("foi-20wd", received_on="2026-02-02", clarified_on="2026-02-16")
    assert [step.binds for step in fresh.steps] == [True, False]


def test_steps_of_a_plain_rule_bind_only_where_they_decide() -> None:
    assert [s.binds for s in find("s16-certificate", hearing_on="2026-02-09").steps] == [True, False]
    assert [s.binds for s in find("pcb-6m", arrested_on="2026-01-10").steps] == [False, True]


def test_each_sentence_of_a_plain_count_has_its_authority() -> None:
    counted = find("cond-offer-28", offer_on="2026-02-02").counted
    assert [each.authority for each in counted] == [
        law.newest("cond-offer-28").cited,
        "Radcliffe v Bartholomew [1892] 1 QB 161; Stewart v Chapman [1951] 2 KB 792",
    ]
    assert [each.sentence for each in counted] == list(find("cond-offer-28", offer_on="2026-02-02").working)
    assert law.newest("dg6-triage").setting == ""


def test_only_a_bar_is_said_not_to_move() -> None:
    assert len(find("pnd-21", given_on="2026-01-05").working) == 2
    assert len(find("ctl-summary-56", first_remand_on="2026-01-02").working) == 2


def test_a_limit_counted_again_says_whether_it_was_brought_back() -> None:
    kept = find("ctl-stop", limit_days=56, custody="2026-01-05/2026-01-21", remanded_again_on="2026-02-02")
    assert kept.working[-1] == "The limit expires at the end of Friday 13 March."
    back = find("ctl-stop", limit_days=56, custody="2026-01-05/2026-01-19", remanded_again_on="2026-02-02")
    assert back.working[-1] == (
        "That runs to Sunday 15 March; it cannot expire on a Sunday, so it is brought back to Friday 13 March."
    )


def test_nought_is_a_number() -> None:
    assert find("cond-offer-28", offer_on="2026-02-02", days_stated=0).act_by == date(2026, 3, 2)
    assert len(find("pace-24", relevant_at="2026-01-12T09:00+00:00", minutes_not_counted=0).working) == 2


def test_the_words_of_each_kind_of_event_and_length() -> None:
    """Sentences read out of the code's own branches: an instant, a cap, a step, an outer limit, a served message."""
    said = {
        ("pace-review-6-9", "authorised_at", "2026-10-25T01:30+01:00"): [
            "Detention was authorised at 01:30 BST on Sunday 25 October 2026.",
            "The rules give 6 hours of real time, so it ends at 06:30 GMT on Sunday 25 October 2026.",
        ],
        ("svc-electronic", "sent_at", "2026-01-09T14:31+00:00"): [
            "The message was sent at 14:31 GMT on Friday 9 January 2026.",
            "It is served on Monday 12 January.",
            "Nothing is presumed delivered at a weekend.",
        ],
        ("svc-electronic", "sent_at", "2026-01-09T14:30+00:00"): [
            "The message was sent at 14:30 GMT on Friday 9 January 2026.",
            "It is served that day, Friday 9 January.",
        ],
        ("vc-outcome", "received_on", "2026-03-03"): [
            "It was received on Tuesday 3 March 2026.",
            (
                "The Code gives 1 working day, not counting that day and leaving out weekends and holidays, "
                "so the last day is Wednesday 4 March."
            ),
            "The outer limit is Tuesday 10 March.",
        ],
        ("summary-6m", "offence_on", "2025-08-31"): [
            "The offence was on Sunday 31 August 2025.",
            (
                "The law gives 6 months, ending on the last day of February, which has no 31, "
                "so the last day is Saturday 28 February 2026."
            ),
            "That is a Saturday, and nothing moves it.",
        ],
        ("nto-serve-6m", "fixed_on", "2026-01-15"): [
            "The notice was fixed to the vehicle on Thursday 15 January 2026.",
            (
                "The law gives 6 months beginning with that day, so the last day is Tuesday 14 July, "
                "the day before the same date."
            ),
        ],
        ("nto-serve-6m", "fixed_on", "2025-08-31"): [
            "The notice was fixed to the vehicle on Sunday 31 August 2025.",
            (
                "The law gives 6 months beginning with that day, so the last day is Saturday 28 February 2026, "
                "the last day of a month that has no such date."
            ),
            "That is a Saturday, and nothing moves it.",
        ],
        ("ctl-summary-56", "first_remand_on", "2026-02-09"): [
            "The first remand was on Monday 9 February 2026.",
            (
                "The law gives 56 days, not counting the first day, which run to Monday 6 April. "
                "It cannot expire on Easter Monday, so it is brought back to Thursday 2 April."
            ),
        ],
        ("sar-ukgdpr", "received_on", "2026-01-31"): [
            "The request was received on Saturday 31 January 2026.",
            (
                "The law gives 1 month, ending on the last day of February, which has no 31, "
                "so the last day is Saturday 28 February. "
                "It cannot end on a Saturday, so it moves forward to Monday 2 March."
            ),
        ],
        ("medical-evidence", "asked_on", "2026-01-05"): [
            "They were asked for on Monday 5 January 2026.",
            "The target is 14 days, not counting that day, so the last day is Monday 19 January.",
            "Second chaser: Monday 2 February.",
        ],
        ("tsj-gap-14", "charged_on", "2026-12-28"): [
            "The charge was on Monday 28 December 2026.",
            "The target is 14 days, not counting that day, so the last day is Monday 11 January 2027.",
        ],
    }
    for (rule_id, fact, value), sentences in said.items():
        assert list(find(rule_id, **{fact: value}).working) == sentences


def test_a_date_of_the_last_published_year_is_not_called_computed_and_one_of_the_next_is() -> None:
    for served_on, computed in ((date(2028, 12, 1), False), (date(2029, 1, 3), True)):
        found = law.deadline("badchar-object", {"served_on": served_on}, on=served_on)
        assert ("are computed" in found.uncertain) is computed
