"""Where other libraries count another day than the law, each difference traced to the days that cause it.

`python -m tests.law.differences [--cases N]` prints the classes with how many cases fall into each.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache

import holidays
import numpy
from workalendar.europe import UnitedKingdom

from casewright import law

DAY = timedelta(days=1)
FIRST, LAST = date(2015, 1, 1), date(2035, 12, 31)
LONGEST = 20
CALENDAR = law.calendars.ENGLAND_AND_WALES
KINDS = ("business", "custody", "disclosure", "custody_court", "protection", "foi", "victims")
ENGLAND = holidays.country_holidays("GB", subdiv="ENG", years=range(FIRST.year - 1, LAST.year + 2))
BRITISH = UnitedKingdom()


def by_holidays(on: date, number: int) -> date:
    """`holidays`: the working day so many after (or before) a day, in England."""
    return ENGLAND.get_nth_working_day(on, number)


def by_workalendar(on: date, number: int) -> date:
    """`workalendar`: the same, in its United Kingdom."""
    found = BRITISH.add_working_days(on, number) if number > 0 else BRITISH.sub_working_days(on, -number)
    return date(found.year, found.month, found.day)


def by_numpy(on: date, number: int) -> date:
    """NumPy's busday_offset as it comes: Monday to Friday, starting from the business day behind the count."""
    found = numpy.busday_offset(on, number, roll="backward" if number > 0 else "forward")
    return date.fromisoformat(str(found))


LIBRARIES: dict[str, tuple[Callable[[date, int], date], Callable[[date], bool]]] = {
    "holidays": (by_holidays, ENGLAND.is_working_day),
    "workalendar": (by_workalendar, BRITISH.is_working_day),
    "NumPy busday": (by_numpy, lambda on: on.weekday() < 5),
}


def ours(kind: str, on: date, number: int) -> date:
    """The library of law: the day of this kind so many after (or before) a day."""
    days = CALENDAR.days(kind)
    return days.after(on, number) if number > 0 else days.before(on, -number)


@cache
def cause(library: str, kind: str, on: date) -> str:
    """Why a library and the law disagree about a day, or nothing if they agree."""
    is_open = CALENDAR.days(kind).is_open(on)
    if is_open == LIBRARIES[library][1](on):
        return ""
    if is_open:
        return _counts(kind, on)
    name = CALENDAR.days(kind).why_closed(on)
    if kind == "foi" and not CALENDAR.holiday_name(on):
        return "elsewhere-in-the-kingdom"
    if kind == "custody_court":
        return "named-in-the-act"
    return "proclaimed-once" if name.startswith("Bank holiday for") else "bank-holiday"


def _counts(kind: str, on: date) -> str:
    """Why the law counts a day that others leave out."""
    if on.weekday() == 5:
        return f"{kind.replace('_', '-')}-saturday"
    return f"{kind.replace('_', '-')}-bank-holiday"


def differences(cases: int, seed: int) -> Iterator[tuple[str, str, str]]:
    """Each difference among seeded cases as (library, kind, class); a class of "unexplained" must not occur."""
    dice = random.Random(f"{seed} {cases}")  # seeded: the same cases every time
    span = (LAST - FIRST).days - 4 * LONGEST
    for _ in range(cases):
        kind = KINDS[dice.randrange(len(KINDS))]
        on = FIRST + (2 * LONGEST + dice.randrange(span)) * DAY
        number = dice.randint(1, LONGEST) * dice.choice((1, -1))
        said = ours(kind, on, number)
        for library, (count, _) in LIBRARIES.items():
            other = count(on, number)
            if other != said:
                yield library, kind, _explained(library, kind, on, number, said, other)


def _explained(library: str, kind: str, on: date, number: int, said: date, other: date) -> str:
    """The class of a difference: the cause of the first day it turns on, if counting its way gives its answer."""
    step = DAY if number > 0 else -DAY
    at, left, first = on, abs(number), ""
    while left:
        at += step
        first = first or cause(library, kind, at)
        left -= LIBRARIES[library][1](at)
    return first if at == other and first else "unexplained"


def main() -> None:
    """Print each class by library."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cases", type=int, default=1_000_000)
    cases = asked.parse_args().cases
    found = Counter((library, why) for library, _, why in differences(cases, 2026))
    for (library, why), number in sorted(found.items()):
        print(f"{library:14} {why:28} {number:>9,}")
    print(
        f"{cases:,} cases, {sum(found.values()):,} differences in {len(found)} classes by library and cause."
    )


if __name__ == "__main__":
    main()
