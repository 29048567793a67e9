"""A site's working time: the hours in which one office works, as its own kind of day.

Not a rule of law: a unit's own targets are counted in it. A site is closed on its closed week days, on bank holidays
where it stands, and on days of its own; hours are London wall-clock hours, counted as time that really passes.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from casewright.law import calendars
from casewright.law.authority import Authority
from casewright.law.refusals import InvalidFacts
from casewright.law.wording import LONDON, london_day

DAY, NOTHING = timedelta(days=1), timedelta(0)
OWN = Authority("the unit's own working time", "")
WEEKEND = frozenset({5, 6})


@dataclass(frozen=True)
class Site:
    """One office: its name, when it opens and closes, and the days on which it does not work."""

    name: str
    opens: time
    closes: time
    closed_weekdays: frozenset[int] = WEEKEND
    closed_on: Collection[date] = ()
    stands_in: str = "EW"

    def __post_init__(self) -> None:
        if self.opens >= self.closes or self.opens.tzinfo or self.closes.tzinfo:
            raise InvalidFacts("opens", self.opens, f"a London time of day before {self.closes:%H:%M}")
        if not self.closed_weekdays < set(range(7)):
            raise InvalidFacts(
                "closed_weekdays", sorted(self.closed_weekdays), "numbers 0 to 6, not all of them"
            )

    def days(self, calendar: calendars.Calendar = calendars.ENGLAND_AND_WALES) -> calendars.Days:
        """The days on which it works, to count over as over any kind of day."""
        meaning = f"any day on which {self.name} works"
        left_out = (self.closed_weekdays, frozenset[str](), frozenset({self.stands_in}))
        kind = calendars.Kind("site", f"working day of {self.name}", meaning, *left_out, OWN, "H T")
        return calendar.days_of(kind, dict.fromkeys(self.closed_on, "closed"))

    def hours_on(self, on: date) -> tuple[datetime, datetime]:
        """When it opens and closes on a day it works, as instants."""
        return (_instant(on, self.opens), _instant(on, self.closes))


def after(
    site: Site,
    moment: datetime,
    worked: timedelta,
    calendar: calendars.Calendar = calendars.ENGLAND_AND_WALES,
) -> datetime:
    """The instant at which a site has worked so long since a moment; on the stroke of closing it is that day.

    Raises InvalidFacts for a naive moment or a length below nought, NoHolidays beyond the years loaded.
    """
    if moment.tzinfo is None:
        raise InvalidFacts("moment", moment, "an instant with its offset")
    if worked < NOTHING:
        raise InvalidFacts("worked", worked, "a length of time, not below nought")
    days = site.days(calendar)
    on = days.on_or_after(london_day(moment))
    while True:
        opens, closes = site.hours_on(on)
        begins = max(opens, moment.astimezone(UTC))
        if begins < closes and closes - begins >= worked:
            return (begins + worked).astimezone(LONDON)
        worked -= max(closes - begins, NOTHING)
        on = days.after(on, 1)


def _instant(on: date, at: time) -> datetime:
    return datetime.combine(on, at, LONDON).astimezone(UTC)
