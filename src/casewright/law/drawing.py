"""Drawing a finding: the days it counted as the cells of a strip, or the months as tiles.

The cells come from the same count as the sentences. No day the law did not count is drawn as counted, and
nothing is shaded by guess: in a year whose holidays are not loaded only weekends are known.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from casewright.law import counting, wording
from casewright.law.calendars import ENGLAND_AND_WALES, Calendar, kinds
from casewright.law.findings import Finding, Step, Strip
from casewright.law.wording import london_day

DAY = timedelta(days=1)
LONGEST, BEYOND, NEIGHBOURS = 35, 2, 2
MOST_TILES = 24
ACTS = ("produce_by", "post_by", "leave_by", "hand_by", "send_by", "act_by")


@dataclass(frozen=True, slots=True)
class Day:
    """One cell of the strip. `classes` are those of the look: from in rest hol gone now do last beyond
    in-post a z low up. `note` is written under the travelling post."""

    on: date
    classes: tuple[str, ...]
    flag: str = ""
    count: int | None = None
    named: str = ""
    note: str = ""


class Month(NamedTuple):
    """One tile of a longer count: its day, the number of the month (or 0), and what it is."""

    on: date
    number: int
    classes: tuple[str, ...]
    label: str = ""


def draw(
    finding: Finding, *, today: date | None = None, calendars: Calendar | None = None
) -> tuple[Day, ...]:
    """The cells of the strip, the event first and two days beyond the last; () if more than 35 days or none."""
    strip = finding.strip
    if strip is None or strip.unit == "months":
        return ()
    calendar = calendars or ENGLAND_AND_WALES
    start, end = min(strip.start, strip.last), max(strip.start, strip.last, strip.raw or strip.last)
    if (end - start).days > LONGEST:
        return ()
    flags = _flags(finding.steps, strip, today)
    posted = _posted(finding.steps)
    cells, low = [], -LONGEST
    for place in range((end - start).days + 1 + (BEYOND if strip.last >= strip.start else 0)):
        on = start + timedelta(days=place)
        cell = _cell(strip, on, flags, posted, calendar, today)
        if cell.flag:
            raised = place - low <= NEIGHBOURS
            low = low if raised else place
            cell = replace(cell, classes=(*cell.classes, "up" if raised else "low"))
        cells.append(cell)
    return tuple(cells)


def _cell(
    strip: Strip, on: date, flags: Mapping[date, str], posted: tuple[date, date, str] | None, calendar: Calendar,
    today: date | None,
) -> Day:  # fmt: skip
    closed, named = _closed(strip, on, calendar)
    number = _number(strip, on, calendar)
    classes = [
        name
        for name, true in (
            ("from", on == strip.start),
            ("in", number is not None and on != strip.start),
            ("in", on == strip.start and strip.first == 1),
            ("rest", closed),
            ("hol", bool(named)),
            ("gone", today is not None and on < today),
            ("now", on == today),
            ("do", flags.get(on, "").endswith(" by") and on != strip.last),
            ("last", on == strip.last),
            ("beyond", _is_beyond(strip, on)),
        )
        if true
    ]
    note = ""
    if posted and posted[0] <= on <= posted[1]:
        classes += ["in-post"] + ["a"] * (on == posted[0]) + ["z"] * (on == posted[1])
        note = posted[2] if on == posted[0] + (posted[1] - posted[0]) // 2 else ""
    return Day(on, tuple(dict.fromkeys(classes)), flags.get(on, ""), number, named, note)


def _is_beyond(strip: Strip, on: date) -> bool:
    return on > strip.last if strip.last >= strip.start else on < strip.last


def _closed(strip: Strip, on: date, calendar: Calendar) -> tuple[bool, str]:
    """Whether the day is hatched by this rule's own calendar, and the holiday's name if it has one."""
    kind = kinds()[strip.kind]
    if not calendar.first <= on.year <= calendar.last:
        return on.weekday() in kind.closed_weekdays, ""
    why = calendar.days(strip.kind).why_closed(on)
    name = calendar.holiday_name(on) or (why if why not in wording.WEEKDAYS else "")
    return bool(why), name


def _number(strip: Strip, on: date, calendar: Calendar) -> int | None:
    """The count of a day: 0 or 1 on the event's own day; None on a day that is not counted."""
    if on == strip.start:
        return strip.first
    forward = strip.last >= strip.start
    if _is_beyond(strip, on):
        return None
    if strip.unit == "open_days":
        return _open_number(strip, on, calendar)
    return (on - strip.start).days + strip.first if forward else (strip.start - on).days


def _open_number(strip: Strip, on: date, calendar: Calendar) -> int | None:
    days = calendar.days(strip.kind)
    if not days.first <= on <= days.last or not days.is_open(on):  # no number where no holidays are loaded
        return None
    if on > strip.start:
        return days.between(strip.start, on) + strip.first
    return days.between(on - DAY, strip.start - DAY)


def _flags(steps: Iterable[Step], strip: Strip, today: date | None) -> Mapping[date, str]:
    flags = {today: "Today"} if today else {}
    for step in steps:
        flags[_day(step.on)] = step.label
    flags[strip.start] = strip.event
    flags[strip.last] = "Last day"
    return flags


def _posted(steps: Iterable[Step]) -> tuple[date, date, str] | None:
    """The journey of the post: from posting (proved, planned or presumed) to presumed service."""
    on = {step.key: _day(step.on) for step in steps}
    start = on.get("post_by") or on.get("presumed_posted") or on.get("leave_by")
    end = on.get("presumed_served")
    if start is None or end is None or start >= end:
        return None
    between = ENGLAND_AND_WALES.days("business").between(start, end)
    return start, end, wording.count(between, "business day")


def _day(when: date | datetime) -> date:
    return london_day(when) if isinstance(when, datetime) else when


def draw_months(finding: Finding) -> tuple[Month, ...]:
    """The tiles of a longer count: each month by its number, or both ends and the middle in words."""
    strip = finding.strip
    if strip is None or strip.last < strip.start:
        return ()
    first = Month(strip.start, 0, ("from",), f"{strip.event}, {strip.start:%a}")
    last = f"Last day, {strip.last:%a}"
    months = _months_between(strip)
    if strip.unit != "months" or months > MOST_TILES:
        days = (strip.last - strip.start).days + strip.first
        middle = strip.start + timedelta(days=days // 2)
        between = wording.count(days, "day") if strip.unit != "months" else wording.count(months, "month")
        return first, Month(middle, 0, ("middle",), between), Month(strip.last, months, ("last",), last)
    tiles = [Month(_month_end(strip, number), number, ()) for number in range(1, months)]
    return first, *tiles, Month(strip.last, months, ("last",), last)


def _month_end(strip: Strip, number: int) -> date:
    count = counting.c4_months_beginning_with if strip.first else counting.c3_months_after
    return count(strip.start, number)


def _months_between(strip: Strip) -> int:
    """How many months the count runs to: the first whose end reaches the last day."""
    months = (
        (strip.last.year - strip.start.year) * counting.MONTHS_IN_YEAR + strip.last.month - strip.start.month
    )
    return next(n for n in range(max(0, months - 1), months + 2) if _month_end(strip, n) >= strip.last)
