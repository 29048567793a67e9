"""A deadline as a page shows it: band, act, days left, and why this date (LOOK 5).

Built from a law finding or from the row that keeps one; nothing here counts a day of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from casewright import law
from casewright.web import words
from casewright.web.bands import FLAGS, band

STRIP_DAYS = 35  # longer than this is drawn in months
_SURE = {"H": "High", "M": "Medium", "L": "Low"}
_HOW = {"T": "text read", "S": "secondary source", "G": "guidance"}


@dataclass(frozen=True, slots=True)
class Step:
    """One date of the chain that binds; ``next`` is the one to do now."""

    label: str
    on: date | datetime
    next: bool = False


@dataclass(frozen=True, slots=True)
class Why:
    """Why this date, in the order a page says it."""

    answer: str
    steps: tuple[Step, ...] = ()
    days: tuple[Any, ...] = ()
    months: tuple[Any, ...] = ()
    travel: str = ""
    ruler: str = "The ruler counts every day, weekends too."
    legend: tuple[str, ...] = ()
    authority: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    uncertain: str = ""
    rule_id: str = ""
    rule_href: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """One deadline. ``left`` is whole days to act-by, negative once it has passed."""

    band: str
    act: str
    left_words: str
    line: str
    left: int | None = None
    lead: int = 0
    flag: str = ""
    href: str = ""
    why: Why | None = field(default=None)


def clock(finding: law.Finding, *, today: date, lead: int, subject: str = "", rule_href: str = "") -> Clock:
    """A running deadline as a page shows it; ``lead`` is the days its work needs."""
    act_by = words.as_day(finding.act_by)
    left = (act_by - today).days
    return Clock(
        band=band(left, lead),
        act=f"{finding.name} by {words.day(finding.act_by, year=act_by.year != today.year)}",
        left_words=words.days_left(left),
        line=_line(finding, subject),
        left=left,
        lead=lead,
        flag=FLAGS.get(finding.consequence, ""),
        why=why(finding, today=today, rule_href=rule_href),
    )


def why(finding: law.Finding, *, today: date, rule_href: str = "") -> Why:
    """The working of a finding: sentences, chain, the days drawn, what it rests on and what would change it."""
    months = _drawn(law.draw_months, finding, today=today) if _is_long(finding) else ()
    days = () if months else _drawn(law.draw, finding, today=today)
    return Why(
        answer=" ".join(finding.working),
        steps=_chain(finding, today),
        days=days,
        months=months,
        travel=_travel(days),
        legend=_legend(days),
        authority=tuple(str(source) for source in finding.authority),
        changes=tuple(finding.changes),
        uncertain=finding.uncertain,
        rule_id=finding.rule_id,
        rule_href=rule_href,
    )


def confidence(code: str) -> str:
    """``H T`` in words: ``High: text read``."""
    marks = code.split()
    how = ", ".join(_HOW[mark] for mark in marks if mark in _HOW)
    return ": ".join(said for said in (_SURE.get(marks[0], code) if marks else "", how) if said)


def _is_long(finding: law.Finding) -> bool:
    dates = [words.as_day(step.on) for step in finding.steps] + [words.as_day(finding.act_by)]
    return (max(dates) - min(dates)).days > STRIP_DAYS


def _drawn(draw: Callable[..., tuple[Any, ...]], finding: law.Finding, **given: Any) -> tuple[Any, ...]:
    """The cells; a finding whose count has no days to draw is explained by its sentences alone."""
    return tuple(draw(finding, **given) or ())


def _chain(finding: law.Finding, today: date) -> tuple[Step, ...]:
    binding = [step for step in finding.steps if step.binds]
    due = next((step.key for step in binding if words.as_day(step.on) >= today), "")
    return tuple(Step(step.label, step.on, step.key == due) for step in binding)


def _line(finding: law.Finding, subject: str) -> str:
    outer = finding.outer_limit
    limit = ""
    if outer and words.as_day(outer) != words.as_day(finding.act_by):
        limit = f"The last lawful day is {words.day(outer)}."
    return " ".join(part for part in (f"{subject}." if subject else "", limit, finding.if_missed) if part)


def _travel(days: tuple[Any, ...]) -> str:
    """``2 business days``: the post's journey as its own cells have it."""
    going = [day for day in days if "in-post" in day.classes and "a" not in day.classes and "rest" not in day.classes]
    return words.counted(len(going), "business day") if going else ""


def _legend(days: tuple[Any, ...]) -> tuple[str, ...]:
    notes = []
    if any("rest" in day.classes for day in days):
        notes.append("Hatched: not a business day, so nothing is presumed delivered.")
    if any("hol" in day.classes for day in days):
        notes.append("Dot: bank holiday or Christmas.")
    return tuple(notes)
