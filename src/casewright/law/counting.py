"""The counting rules C1 to C17: how a period of days, months, years or hours is counted, one function each.

`on` is always the day of the event that starts (or ends) the count, a London date; every result is the last
permitted day, which runs to midnight at its end. Nothing here moves a last day unless the rule itself does:
only C13 moves forward and only C7 moves back.
"""

from calendar import monthrange
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta

from casewright.law.calendars import Days
from casewright.law.wording import LONDON, plus_hours

DAY = timedelta(days=1)
MONTHS_IN_YEAR = 12


def _corresponding(on: date, months: int) -> tuple[date, bool]:
    """The day `months` on that bears the same number, and whether that month has one."""
    year, month = divmod(on.year * MONTHS_IN_YEAR + on.month - 1 + months, MONTHS_IN_YEAR)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(on.day, last)), on.day <= last


def c1_days_after(on: date, number: int) -> date:
    """C1, "within N days of", "N days after, from, following": the day of the event is not counted.

    Radcliffe v Bartholomew [1892] 1 QB 161; Stewart v Chapman [1951] 2 KB 792. Weekends do not move it.
    """
    return on + timedelta(days=number)


def c1_days_before(on: date, number: int) -> date:
    """C1 backward, "not later than N days before": one end is counted, so the day is N days back."""
    return on - timedelta(days=number)


def c2_days_beginning_with(on: date, number: int) -> date:
    """C2, "N days beginning with": the day of the event is day 1. Hare v Gocher [1962] 2 QB 641."""
    return on + timedelta(days=number - 1)


def c3_months_after(on: date, number: int) -> date:
    """C3, "within N months of": the corresponding date, or the last day of a month that has none.

    Dodds v Walker [1981] 1 WLR 1027; DPP v Jackson [2025] EWHC 2797 (Admin).
    """
    return _corresponding(on, number)[0]


def c4_months_beginning_with(on: date, number: int) -> date:
    """C4, "N months beginning with": the day before the corresponding date.

    If the final month has no corresponding date, its last day (derived; no direct authority found).
    """
    found, exists = _corresponding(on, number)
    return found - DAY if exists else found


def c4_years_beginning_with(on: date, number: int) -> date:
    """C4, "N years beginning with": counted as N x 12 months. New Drivers Act 1995 s.1; POCA 2002 s.14(5)."""
    return c4_months_beginning_with(on, number * MONTHS_IN_YEAR)


def c5_business_days_after(on: date, number: int, days: Days) -> date:
    """C5, "not more than N business days after": only business days are counted, never the event's own day.

    Criminal Procedure Rules r.2.2.
    """
    return days.after(on, number)


def c5_business_days_before(on: date, number: int, days: Days) -> date:
    """C5 backward, "no later than the business day before": step back over days that are not."""
    return days.before(on, number)


def c6_clear_days_before(on: date, number: int) -> date:
    """C6, "not less than N days before": N whole days lie between, neither end counted.

    R v Turner [1910] 1 KB 346; Re Hector Whaling Ltd [1936] Ch 208.
    """
    return on - timedelta(days=number + 1)


def c6_clear_days_after(on: date, number: int) -> date:
    """C6 forward, "not more than N clear days": N whole days lie between. MCA 1980 s.128."""
    return on + timedelta(days=number + 1)


def c6_clear_business_days_before(on: date, number: int, days: Days) -> date:
    """C6 in business days: the business day before the Nth business day back."""
    return days.before(on, number + 1)


def c7_custody_limit(on: date, number: int, days: Days) -> date:
    """C7, a custody time limit: the first day is not counted, and the end rolls back, never forward.

    SI 1987/299 reg.2(4), (5): expires at midnight; on a non-day, the next preceding day that is not one.
    """
    return days.on_or_before(on + timedelta(days=number))


def c8_second_business_day(on: date, number: int, days: Days) -> date:
    """C8, deemed service: the `number`th business day after the act (CrimPR r.4.11)."""
    return days.after(on, number)


def c8_posted_for(served_by: date, number: int, days: Days) -> date:
    """C8 backward: the last business day on which posting is presumed served by `served_by`."""
    return days.before(days.on_or_before(served_by), number)


def c9_hours_after(at: datetime, hours: int) -> datetime:
    """C9, elapsed hours: an hour is an hour across a clock change. Interpretation Act 1978 s.9."""
    return plus_hours(at, hours)


def c10_hours_leaving_out(at: datetime, hours: int, days: Days) -> datetime:
    """C10, elapsed hours of counted days only: whole left-out days contribute nothing."""
    left, moment = timedelta(hours=hours), at.astimezone(LONDON)
    while True:
        midnight = datetime.combine(moment.date() + DAY, time(), LONDON)
        if days.is_open(moment.date()):
            today = midnight.astimezone(UTC) - moment.astimezone(UTC)
            if left <= today:
                return (moment.astimezone(UTC) + left).astimezone(LONDON)
            left -= today
        moment = midnight


def c11_working_days_after(on: date, number: int, days: Days) -> date:
    """C11, Working Days of the Victims' Code: Monday to Friday, no bank holiday, not the event's own day."""
    return days.after(on, number)


def c11_working_days_before(on: date, number: int, days: Days) -> date:
    """C11 backward: the `number`th working day before the event."""
    return days.before(on, number)


def c12_foi_days_after(on: date, number: int, days: Days) -> date:
    """C12, FOI working days: a bank holiday in any part of the United Kingdom is left out. FOIA 2000 s.10(6)."""
    return days.after(on, number)


def c13_roll_forward(last: date, days: Days) -> date:
    """C13: a last day that is a non-working day moves to the next that is not; only where the rule says so."""
    return days.on_or_after(last)


def c14_years_after(on: date, number: int) -> date:
    """C14, N years from: the same date N years on; 29 February becomes 28 February in a common year."""
    return c3_months_after(on, number * MONTHS_IN_YEAR)


def c14_not_more_than_apart(earlier: date, later: date, number: int) -> bool:
    """C14 look-back, "not more than N years apart": exactly N years is inside. RTOA 1988 s.29."""
    return earlier <= later <= c14_years_after(earlier, number)


def c15_attains_age(born: date, age: int, *, late: bool = False) -> date:
    """C15: an age is attained at the first moment of the birthday (Family Law Reform Act 1969 s.9).

    Born on 29 February, the anniversary in a common year is not settled: 28 February, or 1 March if `late`.
    """
    found, exists = _corresponding(born, age * MONTHS_IN_YEAR)
    return found + DAY if late and not exists else found


def c15_attains_age_late(born: date, age: int) -> date:
    """C15 where late attainment is the safe side (retention): 1 March for someone born on 29 February."""
    return c15_attains_age(born, age, late=True)


def end_of_year(on: date, number: int) -> date:
    """The last day of the year `number` years on: the rest of a year that a retention schedule adds."""
    return date(on.year + number, 12, 31)


def c16_next_sitting(on: date, sittings: Collection[date]) -> date | None:
    """C16: the first sitting on or after `on`, from the court's own list; None if the list has none."""
    return min((sitting for sitting in sittings if sitting >= on), default=None)


def c17_target(on: date, number: int, days: Days | None = None) -> date:
    """C17, a policy target: counted as C1, or over `days` as C11. It warns; it never bars anything."""
    return c1_days_after(on, number) if days is None else c11_working_days_after(on, number, days)
