"""A second, naive way to count every code: walk the days (or hours) one by one. Shares no code with `law`.

Holidays are read again from the packaged list, and computed years are walked out by the words of the Act.
"""

import csv
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
LONDON = ZoneInfo("Europe/London")
PUBLISHED = range(2012, 2029)
LENGTHS = {1: 31, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}


def days_in(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28
    return LENGTHS[month]


def easter(year: int) -> date:
    """Gauss's rule with its two exceptions, another computus than the library's."""
    a, b, c = year % 19, year % 4, year % 7
    k = year // 100
    m = (15 - (13 + 8 * k) // 25 + k - k // 4) % 30
    d = (19 * a + m) % 30
    e = (2 * b + 4 * c + 6 * d + 4 + k - k // 4) % 7
    found = date(year, 3, 22) + (d + e) * DAY
    if (d, e) == (29, 6) or ((d, e) == (28, 6) and (11 * m + 11) % 30 < 19):
        return found - 7 * DAY
    return found


def _listed() -> dict[str, set[date]]:
    found: dict[str, set[date]] = {"EW": set(), "SC": set(), "NI": set()}
    text = files("casewright.law").joinpath("data/bank_holidays.csv").read_text(encoding="utf-8")
    for row in csv.reader(line for line in text.splitlines() if line[:1].isdigit()):
        for where in row[3].split():
            found[where].add(date.fromisoformat(row[0]))
    for year in range(2029, 2036):
        _add_computed(found, year)
    return found


def _add_computed(found: dict[str, set[date]], year: int) -> None:
    def monday(month: int, last: bool) -> date:
        on = date(year, month, days_in(year, month) if last else 1)
        while on.weekday() != 0:
            on += -DAY if last else DAY
        return on

    def working(on: date, where: str) -> None:
        while on.weekday() > 4 or on in found[where]:
            on += DAY
        found[where].add(on)

    for where in found:
        found[where] |= {easter(year) - 2 * DAY, monday(5, False), monday(5, True)}
        for month, day in ((1, 1), (12, 25), (12, 26)):
            working(date(year, month, day), where)
    for where in ("EW", "NI"):
        found[where] |= {easter(year) + DAY, monday(8, True)}
    found["SC"].add(monday(8, False))
    working(date(year, 1, 2), "SC")
    working(date(year, 11, 30), "SC")
    working(date(year, 3, 17), "NI")
    working(date(year, 7, 12), "NI")


HOLIDAYS = _listed()
EASTERS = {year: easter(year) for year in range(2010, 2040)}


def is_good_friday(on: date) -> bool:
    return on == EASTERS[on.year] - 2 * DAY


def is_christmas(on: date) -> bool:
    return (on.month, on.day) == (12, 25)


def is_open(on: date, kind: str) -> bool:
    """Whether a day is of a kind, in the words of each definition."""
    if on.weekday() == 6:
        return False
    if kind != "victims" and (is_christmas(on) or is_good_friday(on)):
        return False
    if kind == "custody_court":
        return True
    if kind == "protection":
        return on not in HOLIDAYS["EW"] and (on.month, on.day) != (12, 26)
    if on.weekday() == 5:
        return False
    if kind == "foi":
        return not any(on in days for days in HOLIDAYS.values())
    if kind == "business" and ((on.month, on.day) == (12, 26) or on == EASTERS[on.year] + DAY):
        return False
    return on not in HOLIDAYS["EW"]


def after(on: date, number: int) -> date:
    for _ in range(number):
        on += DAY
    return on


def before(on: date, number: int) -> date:
    for _ in range(number):
        on -= DAY
    return on


def beginning_with(on: date, number: int) -> date:
    seen = 1
    while seen < number:
        on += DAY
        seen += 1
    return on


def months_after(on: date, number: int) -> date:
    """Walk forward a day at a time: the period ends on the same number, or on the last day of the month."""
    year, month = on.year, on.month
    for _ in range(number):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    day = on.day
    while day > days_in(year, month):
        day -= 1
    return date(year, month, day)


def months_beginning_with(on: date, number: int) -> date:
    """The day before the period starts again: the last day on which the walk is still inside it."""
    year, month = on.year, on.month
    for _ in range(number):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    if on.day > days_in(year, month):
        return date(year, month, days_in(year, month))
    return date(year, month, on.day) - DAY


def open_after(on: date, number: int, kind: str) -> date:
    while number:
        on += DAY
        number -= is_open(on, kind)
    return on


def open_before(on: date, number: int, kind: str) -> date:
    while number:
        on -= DAY
        number -= is_open(on, kind)
    return on


def clear_before(on: date, number: int) -> date:
    """The latest day with `number` whole days between it and the event."""
    found = on
    between = -1
    while between < number:
        found -= DAY
        between += 1
    return found


def clear_business_before(on: date, number: int) -> date:
    found = on
    whole = 0
    while whole < number or not is_open(found, "business"):
        found -= DAY
        if is_open(found, "business") and whole < number:
            whole += 1
            if whole == number:
                found -= DAY
    return found


def custody(on: date, number: int) -> date:
    last = after(on, number)
    while not is_open(last, "custody"):
        last -= DAY
    return last


def roll_forward(on: date, kind: str) -> date:
    while not is_open(on, kind):
        on += DAY
    return on


def posted_for(served_by: date, number: int) -> date:
    """Try every day back from the last: the latest business day that is presumed served in time."""
    on = served_by
    while not (is_open(on, "business") and open_after(on, number, "business") <= served_by):
        on -= DAY
    return on


def hours(at: datetime, number: int) -> datetime:
    moment = at.astimezone(UTC)
    for _ in range(number):
        moment += HOUR
    return moment


def hours_leaving_out(at: datetime, number: int, kind: str, step: timedelta = HOUR) -> datetime:
    """Tick by tick: a tick counts if it begins on a counted London day."""
    moment, left = at.astimezone(UTC), number * HOUR
    while left:
        if is_open(moment.astimezone(LONDON).date(), kind):
            left -= step
        moment += step
    return moment


def years_after(on: date, number: int) -> date:
    try:
        return date(on.year + number, on.month, on.day)
    except ValueError:
        return date(on.year + number, 2, 28)
