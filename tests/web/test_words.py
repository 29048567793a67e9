"""Dates, numbers and money as a person reads them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from casewright.web import words


def test_a_deadline_carries_its_week_day() -> None:
    assert words.day(date(2026, 12, 21)) == "Monday 21 December 2026"
    assert words.day(date(2026, 12, 21), year=False) == "Monday 21 December"


def test_a_table_leaves_out_the_year_only_where_no_one_can_mistake_it() -> None:
    today = date(2026, 12, 16)
    assert words.short_day(date(2026, 1, 5), today=today) == "Mon 5 Jan"
    assert words.short_day(date(2027, 3, 5), today=today) == "Fri 5 Mar"
    assert words.short_day(date(2027, 4, 5), today=today) == "Mon 5 Apr 2027"
    assert words.short_day(date(2025, 12, 5), today=today) == "Fri 5 Dec 2025"


def test_a_moment_is_shown_on_a_london_clock() -> None:
    summer_night = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert words.clock_time(summer_night) == "00:30"
    assert words.plain_day(summer_night) == "1 July 2026"
    assert words.moment(summer_night) == "1 July 2026, 00:30"


@pytest.mark.parametrize(
    ("left", "said"),
    [(5, "5 days"), (1, "1 day"), (0, "today"), (-1, "1 day over"), (-1204, "1,204 days over"), (None, "")],
)
def test_days_left_in_words(left: int | None, said: str) -> None:
    assert words.days_left(left) == said


@pytest.mark.parametrize(
    ("pence", "said"), [(10000, "£100"), (100050, "£1,000.50"), (5, "£0.05"), (-250, "-£2.50"), (0, "£0")]
)
def test_pounds_from_exact_pence(pence: int, said: str) -> None:
    assert words.pounds(pence) == said


@pytest.mark.parametrize(
    ("size", "said"), [(1, "1 byte"), (812, "812 bytes"), (14_000, "14 kB"), (1_400_000, "1.4 MB")]
)
def test_sizes(size: int, said: str) -> None:
    assert words.bytes_of(size) == said


@pytest.mark.parametrize(
    ("seconds", "said"), [(1.94, "1.9 seconds"), (250, "4 min 10 s"), (7500, "2 h 5 min")]
)
def test_how_long_it_lasted(seconds: float, said: str) -> None:
    assert words.lasted(seconds) == said


def test_days_kept_in_a_journal_entry_are_said_in_words_and_nothing_else_is_touched() -> None:
    facts = {
        "served": "2026-11-23",
        "run": "R26-000626",
        "pages": "15 to 16",
        "count": 3,
        "odd": "2026-13-45",
    }
    assert words.facts_in_words(facts) == {**facts, "served": "Monday 23 November 2026"}


def test_a_reason_code_is_read_as_words_and_typed_words_stay() -> None:
    assert words.reason("NIP_LATE_UNIT") == "no notice could be served in time any more"
    assert words.reason("nip_late_unit") == "no notice could be served in time any more"
    assert words.reason("The image shows another car") == "The image shows another car"
    assert words.facts_in_words({"reason": "BELOW_THRESHOLD", "row": 3}) == {
        "reason": "the speed is below where this force enforces",
        "row": 3,
    }


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (4.2, "A few seconds"),
        (43, "About 45 seconds"),
        (61, "About 1 minute"),
        (169, "About 3 minutes"),
        (7_300, "About 2 hours"),
    ],
)
def test_the_time_left_is_no_more_exact_than_it_is_known(seconds: float, said: str) -> None:
    assert words.about(seconds) == said
