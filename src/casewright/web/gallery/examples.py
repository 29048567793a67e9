"""Invented things to show the components with. The day is Wednesday 16 December 2026, as in the look's own pages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace as Some

from casewright.web.clocks import Clock, Step, Why
from casewright.web.words import days_left

TODAY = date(2026, 12, 16)
NOW = datetime(2026, 12, 16, 10, 42, tzinfo=UTC)
_HOLIDAYS = {
    date(2026, 12, 25): "Christmas Day",
    date(2026, 12, 26): "Boxing Day",
    date(2026, 12, 28): "Boxing Day (substitute day)",
}
_FLAGS = {
    12: ("low", "Offence"),
    16: ("low", "Today"),
    21: ("low", "Produce by"),
    22: ("up", "Post by"),
    24: ("low", "Presumed served"),
    26: ("up", "Last day"),
}


def days() -> tuple[Some, ...]:
    """The seventeen days of a notice over Christmas."""
    start = date(2026, 12, 12)
    return tuple(_cell(start + timedelta(n), n) for n in range(17))


def _cell(on: date, number: int) -> Some:
    height, flag = _FLAGS.get(on.day, ("", ""))
    marks = {
        "from": number == 0,
        "in": 0 < number <= 14,
        "beyond": number > 14,
        "rest": on.weekday() > 4 or on in _HOLIDAYS,
        "hol": on in _HOLIDAYS,
        "gone": on < TODAY,
        "now": on == TODAY,
        "do": on.day in (21, 22),
        "last": number == 14,
        "in-post": on.day in (22, 23, 24),
        "a": on.day == 22,
        "z": on.day == 24,
        height: bool(height),
    }
    count = number if number <= 14 else None
    note = "2 business days" if on.day == 23 else ""
    return Some(
        on=on,
        classes=tuple(name for name, true in marks.items() if true),
        flag=flag,
        count=count,
        named=_HOLIDAYS.get(on, ""),
        note=note,
    )


def months() -> tuple[Some, ...]:
    """Six months from the offence, by the same day of each."""
    every = [date(2026, 12, 12), *(date(2027, month, 12) for month in range(1, 7))]
    ends = {0: ("from",), 6: ("last",)}
    said = {0: "Offence, Sat", 6: "Last day, Sat"}
    return tuple(
        Some(on=on, classes=ends.get(n, ()), label=said.get(n, ""), number=n) for n, on in enumerate(every)
    )


def notice() -> Clock:
    """The most dangerous clock of a matter, with all of its working."""
    chain = (
        Step("Produce by", date(2026, 12, 21), True),
        Step("Post by", date(2026, 12, 22)),
        Step("Presumed served", date(2026, 12, 24)),
        Step("Last lawful day", date(2026, 12, 26)),
    )
    answer = (
        "The offence was on Saturday 12 December. The law gives 14 days, "
        "not counting that day, so the last day is Saturday 26 December. "
        "No post is presumed delivered on Christmas Day or Boxing Day, "
        "so the letter must go by Tuesday 22 and be printed by Monday 21."
    )
    told = Why(
        answer=answer,
        steps=chain,
        days=days(),
        authority=("RTOA 1988 s.1(1)(c), (1ZA) to (1ZC)", "CrimPR r.2.2, r.4.11(2)(b), (3)"),
        changes=(
            "Proof of posting: produce by Tuesday 22.",
            "A warning at the time, or an accident: not needed.",
            "A new keeper does not restart it.",
        ),
        legend=(
            "Hatched: not a business day, so nothing is presumed delivered.",
            "Dot: bank holiday or Christmas.",
        ),
        rule_id="nip-14",
        rule_href="#nip-14",
    )
    return Clock(
        "lead",
        "Produce the notice by Monday 21 December",
        "5 days",
        "Allegation 1. Served by Saturday 26 December or no conviction is possible.",
        5,
        7,
        "Bars conviction",
        why=told,
    )


def charge() -> Clock:
    """A clock drawn in months, on two readings."""
    told = Why(
        answer="The offence was on Saturday 12 December 2026. "
        "Proceedings must start within six months, so by Saturday 12 June 2027. No weekend or holiday moves it.",
        months=months(),
        authority=("MCA 1980 s.127(1)",),
        changes=(),
        uncertain="Whether the day of the offence is counted has been read both ways; the earlier day is used.",
        rule_id="summary-6m",
        rule_href="#summary-6m",
    )
    return Clock(
        "later",
        "Charge allegations 1 and 3 by Saturday 12 June 2027",
        "178 days",
        "Six months from the offence. No weekend or holiday moves it.",
        178,
        14,
        why=told,
    )


def clocks() -> list[Clock]:
    """One clock in each band, without its working."""
    lefts = {"late": -1, "today": 0, "lead": 2, "later": 40}
    acts = {
        "late": "Post the notice, Ada Bramwith",
        "today": "Charge, Tobias Wren",
        "lead": "Answer the court, Junaid Castellow",
        "later": "Await the insurer, Wilfred Sorley",
    }
    shown = [
        Clock(
            name,
            acts[name],
            days_left(left),
            "T26-457114, no insurance.",
            left,
            7,
            "Bars conviction" if left < 1 else "",
            "#",
        )
        for name, left in lefts.items()
    ]
    return [*shown, Clock("met", "Notice served", "met", "Posted Tuesday 15 December, receipt 4471.")]
