"""Each counting code agrees with a naive walk over many seeded days; its edges and its refusals."""

import os
import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.law import naive

from casewright import law
from casewright.law import counting as c
from casewright.law.calendars import ENGLAND_AND_WALES

CASES = int(os.environ.get("CASEWRIGHT_CASES", "20000"))
MILLION = 1_000_000
FIRST, LAST = date(2015, 1, 1), date(2035, 12, 31)
DAY = timedelta(days=1)


def days(kind: str) -> law.calendars.Days:
    return ENGLAND_AND_WALES.days(kind)


AWKWARD = [
    date(2024, 2, 29), date(2028, 2, 29), date(2032, 2, 29), date(2023, 2, 28), date(2025, 8, 31), date(2025, 8, 30),
    date(2020, 5, 7), date(2020, 5, 8), date(2022, 6, 2), date(2022, 9, 18), date(2022, 9, 19), date(2023, 5, 7),
    date(2026, 4, 2), date(2026, 12, 24), date(2026, 12, 26), date(2027, 12, 25), date(2021, 12, 31), date(2026, 6, 14),
    date(2026, 3, 28), date(2026, 10, 24), date(2033, 12, 24), date(2034, 12, 31),
]  # fmt: skip


def seeded(code: str, longest: int, reach: int, cases: int = CASES) -> Iterator[tuple[date, int]]:
    """Days of 2015 to 2035 whose count stays inside the loaded years, awkward ones first, seeded by the code."""
    chance = random.Random(code)
    span = (LAST - FIRST).days - reach
    for each in AWKWARD:
        if (each - FIRST).days < span:
            yield each, chance.randint(1, longest)
    for _ in range(cases - len(AWKWARD)):
        yield FIRST + chance.randint(min(reach, 400), span) * DAY, chance.randint(1, longest)


Count = Callable[[date, int], Any]


def over(count: Callable[..., Any], kind: str) -> Count:
    """A count over one kind of day."""
    return lambda on, number: count(on, number, days(kind))


def walking(walk: Callable[..., Any], kind: str) -> Count:
    """The naive walk over the same kind of day."""
    return lambda on, number: walk(on, number, kind)


CODES: dict[str, tuple[Count, Count, int, int]] = {
    "C1": (c.c1_days_after, naive.after, 90, 90),
    "C1 backward": (c.c1_days_before, naive.before, 90, 90),
    "C2": (c.c2_days_beginning_with, naive.beginning_with, 90, 90),
    "C3": (c.c3_months_after, naive.months_after, 36, 1200),
    "C4": (c.c4_months_beginning_with, naive.months_beginning_with, 36, 1200),
    "C4 years": (c.c4_years_beginning_with, lambda x, n: naive.months_beginning_with(x, 12 * n), 5, 2000),
    "C5": (over(c.c5_business_days_after, "business"), walking(naive.open_after, "business"), 30, 60),
    "C5 backward": (over(c.c5_business_days_before, "business"), walking(naive.open_before, "business"), 30, 60),
    "C6": (c.c6_clear_days_before, naive.clear_before, 30, 60),
    "C6 forward": (c.c6_clear_days_after, lambda x, n: naive.after(naive.after(x, n), 1), 30, 60),
    "C6 business": (over(c.c6_clear_business_days_before, "business"), naive.clear_business_before, 15, 60),
    "C7": (over(c.c7_custody_limit, "custody"), naive.custody, 182, 200),
    "C8": (over(c.c8_second_business_day, "business"), walking(naive.open_after, "business"), 4, 30),
    "C8 backward": (over(c.c8_posted_for, "business"), naive.posted_for, 4, 30),
    "C11": (over(c.c11_working_days_after, "victims"), walking(naive.open_after, "victims"), 30, 60),
    "C11 backward": (over(c.c11_working_days_before, "victims"), walking(naive.open_before, "victims"), 30, 60),
    "C12": (over(c.c12_foi_days_after, "foi"), walking(naive.open_after, "foi"), 40, 80),
    "C13 disclosure": (
        lambda x, n: c.c13_roll_forward(x + n * DAY, days("disclosure")),
        lambda x, n: naive.roll_forward(x + n * DAY, "custody"), 30, 60,
    ),
    "C13 business": (
        lambda x, n: c.c13_roll_forward(x + n * DAY, days("business")),
        lambda x, n: naive.roll_forward(x + n * DAY, "business"), 30, 60,
    ),
    "C14": (c.c14_years_after, naive.years_after, 11, 4100),
    "C15": (c.c15_attains_age, naive.years_after, 18, 6700),
    "C17": (c.c17_target, naive.after, 90, 90),
    "C17 working": (over(c.c17_target, "victims"), walking(naive.open_after, "victims"), 30, 60),
}  # fmt: skip


@pytest.mark.parametrize("code", CODES)
def test_each_code_agrees_with_walking_the_days(code: str) -> None:
    counted, walked, longest, reach = CODES[code]
    for on, number in seeded(code, longest, reach):
        assert counted(on, number) == walked(on, number), (code, on, number)


@pytest.mark.drill
@pytest.mark.parametrize("code", CODES)
def test_each_code_agrees_with_walking_the_days_a_million_times(code: str) -> None:
    counted, walked, longest, reach = CODES[code]
    for on, number in seeded(f"{code} drill", longest, reach, MILLION):
        assert counted(on, number) == walked(on, number), (code, on, number)


def instants(code: str, minutes: int) -> Iterator[tuple[datetime, int]]:
    """Instants around the clock changes and everywhere else, at whole hours or at `minutes`."""
    chance = random.Random(code)
    changes = [datetime(2026, 3, 28, 20, tzinfo=UTC), datetime(2026, 10, 24, 20, tzinfo=UTC)]
    for number in range(CASES):
        start = changes[number % 2] if number < 100 else datetime(2015, 1, 1, tzinfo=UTC)
        hours = chance.randint(0, 30) if number < 100 else chance.randint(0, 20 * 365 * 24)
        yield (
            start + timedelta(hours=hours, minutes=minutes and chance.randrange(0, 60, minutes)),
            chance.randint(1, 72),
        )


def test_elapsed_hours_agree_with_walking_the_hours() -> None:
    for at, number in instants("C9", 1):
        assert c.c9_hours_after(at, number).astimezone(UTC) == naive.hours(at, number)


@pytest.mark.parametrize("kind", ["custody", "custody_court", "protection"])
def test_hours_leaving_days_out_agree_with_walking_the_hours(kind: str) -> None:
    share = 3 if kind != "custody" else 1
    for place, (at, number) in enumerate(instants(f"C10 {kind}", 0)):
        if place % share:
            continue
        ends = c.c10_hours_leaving_out(at, number, days(kind)).astimezone(UTC)
        walked = naive.hours_leaving_out(at, number, kind)
        assert ends == walked, (at, number)


def test_hours_leaving_days_out_agree_to_the_minute() -> None:
    for place, (at, number) in enumerate(instants("C10 minutes", 5)):
        if place >= 300:
            break
        step = timedelta(minutes=5)
        ends = c.c10_hours_leaving_out(at, number, days("custody")).astimezone(UTC)
        assert ends == naive.hours_leaving_out(at, number, "custody", step)


@pytest.mark.parametrize(
    "kind", ["business", "custody", "disclosure", "custody_court", "protection", "foi", "victims"]
)
def test_every_day_of_every_kind_agrees_with_its_definition(kind: str) -> None:
    on, words = FIRST, "custody" if kind == "disclosure" else kind
    while on <= LAST:
        assert days(kind).is_open(on) == naive.is_open(on, words), (kind, on)
        on += DAY


def test_easter_agrees_with_another_computus() -> None:
    from casewright.law.bank_holidays import easter

    assert [easter(year) for year in range(1900, 2100)] == [naive.easter(year) for year in range(1900, 2100)]


def test_exactly_the_years_apart_is_inside() -> None:
    assert c.c14_not_more_than_apart(date(2023, 1, 10), date(2026, 1, 10), 3)
    assert not c.c14_not_more_than_apart(date(2023, 1, 10), date(2026, 1, 11), 3)
    assert c.c14_not_more_than_apart(date(2023, 1, 10), date(2023, 1, 10), 3)
    assert not c.c14_not_more_than_apart(date(2023, 1, 10), date(2023, 1, 9), 3)


def test_someone_born_on_29_february_attains_an_age_early_or_late() -> None:
    born = date(2008, 2, 29)
    assert c.c15_attains_age(born, 18) == date(2026, 2, 28)
    assert c.c15_attains_age_late(born, 18) == date(2026, 3, 1)
    assert c.c15_attains_age_late(born, 20) == date(2028, 2, 29)
    assert c.c15_attains_age(born, 18, late=True) == date(2026, 3, 1)


def test_the_next_sitting_comes_from_the_courts_own_list() -> None:
    sittings = [date(2026, 1, 9), date(2026, 1, 5), date(2026, 1, 7)]
    assert c.c16_next_sitting(date(2026, 1, 6), sittings) == date(2026, 1, 7)
    assert c.c16_next_sitting(date(2026, 1, 7), sittings) == date(2026, 1, 7)
    assert c.c16_next_sitting(date(2026, 1, 10), sittings) is None


def test_the_rest_of_the_year_is_its_last_day() -> None:
    assert c.end_of_year(date(2022, 1, 10), 4) == date(2026, 12, 31)


@pytest.mark.parametrize(
    "call",
    [
        lambda: days("business").after(date(2011, 12, 31), 1),
        lambda: days("business").after(date(2036, 1, 1), 1),
        lambda: days("business").after(date(2035, 12, 31), 1),
        lambda: days("business").before(date(2012, 1, 3), 1),
        lambda: days("custody").on_or_before(date(2012, 1, 1)),
        lambda: ENGLAND_AND_WALES.holiday_name(date(2036, 1, 1)),
        lambda: law.calendars.is_business_day(date(2011, 1, 4)),
        lambda: ENGLAND_AND_WALES.proclaim(date(2050, 1, 3), "A day"),
    ],
)
def test_days_outside_the_loaded_years_are_refused(call: Callable[[], object]) -> None:
    with pytest.raises(law.NoHolidays, match="2012 to 2035"):
        call()


def test_the_first_and_last_loaded_days_are_counted() -> None:
    assert days("business").after(date(2012, 1, 1), 1) == date(2012, 1, 3)
    assert days("business").before(date(2035, 12, 31), 1) == date(2035, 12, 28)
    assert days("business").on_or_after(date(2012, 1, 3)) == date(2012, 1, 3)
    assert days("business").on_or_before(date(2035, 12, 31)) == date(2035, 12, 31)
