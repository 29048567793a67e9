"""Kinds of day: business day, custody non-day, Victims' Code and FOI working day, each its own definition.

Every count of such days runs over one `Days`, built from the bank holidays of a `Calendar` in constant time.
A date in a year whose holidays are not loaded is refused (`NoHolidays`); nothing is guessed.
"""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from functools import cache, cached_property
from typing import Any, NamedTuple

from casewright.law import bank_holidays
from casewright.law.authority import Authority, cite, read
from casewright.law.bank_holidays import Holiday
from casewright.law.refusals import NoHolidays

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Kind(NamedTuple):
    """The definition of one kind of day, as the law gives it."""

    key: str
    name: str
    meaning: str
    closed_weekdays: frozenset[int]
    named: frozenset[str]
    holidays: frozenset[str]
    authority: Authority
    confidence: str


@cache
def _definitions() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = tomllib.loads(read("days.toml"))
    return loaded


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind of day the library knows, by key."""
    return {key: _kind(key, row) for key, row in _definitions().items() if key != "years"}


def _kind(key: str, row: Mapping[str, Any]) -> Kind:
    left_out = (frozenset(row["closed_weekdays"]), frozenset(row["named"]), frozenset(row["holidays"]))
    return Kind(key, row["name"], row["meaning"], *left_out, cite(row["authority"]), row["confidence"])


class Days:
    """The days of one kind in order. Counting forward or back is a lookup; outside the years it is refused."""

    def __init__(self, kind: Kind, first: date, last: date, closed: Mapping[date, str]) -> None:
        self.kind, self.first, self.last, self.closed = kind, first, last, closed
        self._base, self._span = first.toordinal(), (last - first).days
        self._open: list[date] = []
        self._upto: list[int] = []
        for number in range(self._span + 1):
            on = first + timedelta(days=number)
            if on not in closed:
                self._open.append(on)
            self._upto.append(len(self._open))

    def _opened_by(self, on: date) -> int:
        place = on.toordinal() - self._base
        if 0 <= place <= self._span:
            return self._upto[place]
        raise NoHolidays(on, self.first.year, self.last.year)

    def _nth(self, number: int) -> date:
        if 0 <= number < len(self._open):
            return self._open[number]
        beyond = self.last.year + 1 if number > 0 else self.first.year - 1
        raise NoHolidays(beyond, self.first.year, self.last.year)

    def is_open(self, on: date) -> bool:
        """Whether `on` is a day of this kind."""
        self._opened_by(on)
        return on not in self.closed

    def after(self, on: date, number: int) -> date:
        """The `number`th day of this kind after `on`; `on` itself is not counted."""
        return self._nth(self._opened_by(on) + number - 1)

    def before(self, on: date, number: int) -> date:
        """The `number`th day of this kind before `on`; `on` itself is not counted."""
        counted = self._opened_by(on) - (on not in self.closed)
        return self._nth(counted - number)

    def on_or_after(self, on: date) -> date:
        """`on` if it is a day of this kind, else the next that is."""
        return on if self.is_open(on) else self.after(on, 1)

    def on_or_before(self, on: date) -> date:
        """`on` if it is a day of this kind, else the one before it that is."""
        return on if self.is_open(on) else self.before(on, 1)

    def between(self, after: date, until: date) -> int:
        """How many days of this kind follow `after`, up to and including `until`."""
        return self._opened_by(until) - self._opened_by(after)

    def why_closed(self, on: date) -> str:
        """Why `on` is left out: the holiday's name or the weekday's; empty if it is not left out."""
        self._opened_by(on)
        return self.closed.get(on, "")


class Calendar:
    """The bank holidays of the United Kingdom as loaded, and each kind of day counted over them.

    Immutable: `proclaim` gives a new calendar with one more holiday.
    """

    def __init__(self, holidays: Iterable[Holiday], *, first: int, last: int, published_until: int) -> None:
        self.first, self.last, self.published_until = first, last, published_until
        self.holidays = tuple(sorted(h for h in holidays if first <= h.on.year <= last))
        self._kinds: dict[str, Days] = {}

    @cached_property
    def named(self) -> Mapping[date, str]:
        """Every day named in legislation, in any year loaded, with its name."""
        return {on: name for year in range(self.first, self.last + 1) for on, name in _named(year)}

    @cached_property
    def _in_england_and_wales(self) -> Mapping[date, str]:
        return {h.on: h.name for h in self.holidays if "EW" in h.where} | dict(self.named)

    def days(self, key: str) -> Days:
        """The days of one kind ("business", "custody", "foi" ...; see `kinds`)."""
        if key not in self._kinds:
            self._kinds[key] = self.days_of(kinds()[key])
        return self._kinds[key]

    def days_of(self, kind: Kind, also: Mapping[date, str] | None = None) -> Days:
        """The days of a kind defined elsewhere, such as a site's own; `also` are more days left out, each with why."""
        closed = dict(self._left_out(kind)) | dict(also or {})
        return Days(kind, date(self.first, 1, 1), date(self.last, 12, 31), closed)

    def _left_out(self, kind: Kind) -> Iterable[tuple[date, str]]:
        on, last = date(self.first, 1, 1), date(self.last, 12, 31)
        while on <= last:
            if on.weekday() in kind.closed_weekdays:
                yield on, WEEKDAYS[on.weekday()]
            on += timedelta(days=1)
        yield from ((h.on, h.name) for h in self.holidays if h.where & kind.holidays)
        yield from ((on, name) for on, name in self.named.items() if name in kind.named)

    def holiday_name(self, on: date) -> str:
        """The name of the holiday in England and Wales on `on`, or nothing."""
        self.check(on)
        return self._in_england_and_wales.get(on, "")

    def check(self, on: date) -> None:
        """Refuse a date in a year whose holidays are not loaded."""
        if not self.first <= on.year <= self.last:
            raise NoHolidays(on, self.first, self.last)

    def is_computed(self, on: date) -> bool:
        """Whether the holidays of that year are computed rather than published."""
        return self.published_until < on.year <= self.last

    def proclaim(self, on: date, name: str, where: Collection[str] = bank_holidays.EVERYWHERE) -> "Calendar":
        """This calendar with one more bank holiday (Banking and Financial Dealings Act 1971 s.1(3))."""
        self.check(on)
        added = Holiday(on, name, frozenset(where), "proclaimed")
        return self._with([*self.holidays, added])

    def withdraw(self, on: date, where: Collection[str] = bank_holidays.EVERYWHERE) -> "Calendar":
        """This calendar without the bank holiday on `on` (s.1(2): a day may be moved by proclamation)."""
        kept = [h._replace(where=h.where - set(where)) if h.on == on else h for h in self.holidays]
        return self._with(h for h in kept if h.where)

    def _with(self, holidays: Iterable[Holiday]) -> "Calendar":
        return Calendar(holidays, first=self.first, last=self.last, published_until=self.published_until)


def _named(year: int) -> Iterable[tuple[date, str]]:
    """Days named in legislation apart from the 1971 Act: on the day itself, whatever weekday it is."""
    sunday = bank_holidays.easter(year)
    yield sunday - timedelta(days=2), "Good Friday"
    yield sunday + timedelta(days=1), "Easter Monday"
    yield date(year, 12, 25), "Christmas Day"
    yield date(year, 12, 26), "Boxing Day"


def loaded() -> Calendar:
    """The calendar packaged with the library: published years, then computed years marked as such."""
    years = _definitions()["years"]
    holidays = list(bank_holidays.listed())
    for year in range(years["published_until"] + 1, years["computed_until"] + 1):
        holidays.extend(bank_holidays.computed(year))
    return Calendar(
        holidays, first=years["first"], last=years["computed_until"], published_until=years["published_until"]
    )


def from_official(published: Mapping[str, Any]) -> Calendar:
    """A calendar of the years in the official JSON form, and no others."""
    holidays = bank_holidays.official(published)
    years = [h.on.year for h in holidays]
    return Calendar(holidays, first=min(years), last=max(years), published_until=max(years))


ENGLAND_AND_WALES = loaded()


def is_business_day(on: date, calendar: Calendar = ENGLAND_AND_WALES) -> bool:
    """Whether `on` is a business day of the Criminal Procedure Rules (CrimPR r.2.2)."""
    return calendar.days("business").is_open(on)


def next_business_day(on: date, calendar: Calendar = ENGLAND_AND_WALES) -> date:
    """The first business day after `on`."""
    return calendar.days("business").after(on, 1)


def business_days_after(on: date, number: int, calendar: Calendar = ENGLAND_AND_WALES) -> date:
    """The `number`th business day after `on`; `on` itself is not counted."""
    return calendar.days("business").after(on, number)


def holiday_name(on: date, calendar: Calendar = ENGLAND_AND_WALES) -> str:
    """The holiday in England and Wales on `on`, or an empty string."""
    return calendar.holiday_name(on)
