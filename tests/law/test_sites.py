"""A site's working time: its own kind of day, its hours, both clock changes; a naive walk minute by minute agrees."""

import random
from datetime import UTC, date, datetime, time, timedelta

import pytest

from casewright import law
from casewright.law import sites
from casewright.law.sites import Site
from casewright.law.wording import LONDON

MINUTE = timedelta(minutes=1)
FERNHITHE = Site("Fernhithe", time(8, 30), time(17), closed_on=[date(2026, 12, 24)])
NIGHT = Site("The night desk", time(0, 15), time(5, 45), closed_weekdays=frozenset({2}))
HOLIDAYS = {date(2026, 4, 3), date(2026, 4, 6), date(2026, 12, 25), date(2026, 12, 28)}


def london(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)


def test_it_is_a_kind_of_day_of_its_own() -> None:
    days = FERNHITHE.days()
    assert days.after(date(2026, 12, 23), 1) == date(2026, 12, 29)
    assert days.why_closed(date(2026, 12, 24)) == "closed"
    assert law.calendars.ENGLAND_AND_WALES.days("business").is_open(date(2026, 12, 24))
    assert NIGHT.days().is_open(date(2026, 11, 22))
    assert not NIGHT.days().is_open(date(2026, 11, 25))
    scottish = Site("Edinburgh", time(9), time(17), stands_in="SC")
    assert not scottish.days().is_open(date(2026, 11, 30))
    proclaimed = law.calendars.ENGLAND_AND_WALES.proclaim(date(2026, 12, 1), "A day")
    assert not FERNHITHE.days(proclaimed).is_open(date(2026, 12, 1))


@pytest.mark.parametrize(
    ("since", "hours", "until"),
    [
        (london(2026, 12, 23, 16), 1, london(2026, 12, 23, 17)),
        (london(2026, 12, 23, 16), 2, london(2026, 12, 29, 9, 30)),
        (london(2026, 12, 23, 18), 0, london(2026, 12, 29, 8, 30)),
        (london(2026, 11, 22, 3), 8.5, london(2026, 11, 23, 17)),
        (london(2026, 11, 23, 17), 1, london(2026, 11, 24, 9, 30)),
    ],
)
def test_hours_are_counted_only_while_it_works(since: datetime, hours: float, until: datetime) -> None:
    assert sites.after(FERNHITHE, since, timedelta(hours=hours)) == until


@pytest.mark.parametrize(("night", "worked"), [(date(2026, 3, 29), 4.5), (date(2026, 10, 25), 6.5)])
def test_a_night_in_which_the_clock_changes_is_an_hour_shorter_or_longer(night: date, worked: float) -> None:
    opens = datetime.combine(night, time(0, 15), LONDON)
    closes = datetime.combine(night, time(5, 45), LONDON)
    assert sites.after(NIGHT, opens, timedelta(hours=worked)) == closes


def naive(site: Site, since: datetime, minutes: int, closed: set[date]) -> datetime:
    """Walk minute by minute in UTC, counting those in which it works."""
    at = since.astimezone(UTC)

    def works(moment: datetime) -> bool:
        wall = moment.astimezone(LONDON)
        shut = wall.date() in closed or wall.weekday() in site.closed_weekdays
        return not shut and site.opens <= wall.time() < site.closes

    while minutes or not (works(at) or works(at - MINUTE)):
        minutes -= works(at)
        at += MINUTE
        if minutes == 0 and works(at - MINUTE):
            break
    return at


@pytest.mark.parametrize("site", [FERNHITHE, NIGHT], ids=lambda site: site.name)
@pytest.mark.parametrize(
    "around", [date(2026, 3, 27), date(2026, 10, 23), date(2026, 12, 22), date(2026, 4, 1)]
)
def test_a_naive_walk_agrees(site: Site, around: date) -> None:
    dice = random.Random(f"{site.name} {around}")
    start = datetime.combine(around, time(0), LONDON).astimezone(UTC)
    closed = HOLIDAYS | set(site.closed_on)
    for _ in range(40):
        since = start + dice.randrange(4 * 24 * 60) * MINUTE
        minutes = dice.randint(1, 1200)
        found = sites.after(site, since, minutes * MINUTE).astimezone(UTC)  # a London hour can occur twice
        assert found == naive(site, since, minutes, closed)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(law.InvalidFacts, match="opens"):
        Site("x", time(17), time(9))
    with pytest.raises(law.InvalidFacts, match="closed_weekdays"):
        Site("x", time(9), time(17), closed_weekdays=frozenset(range(7)))
    with pytest.raises(law.InvalidFacts, match="offset"):
        sites.after(FERNHITHE, datetime(2026, 11, 22, 9), MINUTE)  # noqa: DTZ001
    with pytest.raises(law.InvalidFacts, match="below nought"):
        sites.after(FERNHITHE, london(2026, 11, 23, 9), -MINUTE)
    with pytest.raises(law.NoHolidays):
        sites.after(FERNHITHE, london(2035, 12, 31, 16), timedelta(hours=3))
