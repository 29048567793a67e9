"""A deadline as a page shows it: band, act, days left, and why this date (LOOK 5).

Built from a law finding or from the row that keeps one; nothing here counts a day of its own.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from casewright import law
from casewright.web import words
from casewright.web.bands import band

_ACTS = {
    "produce_by": "Produce",
    "post_by": "Post",
    "leave_by": "Leave",
    "hand_by": "Hand over",
    "send_by": "Send",
}
_SURE = {"H": "High", "M": "Medium", "L": "Low"}
_HOW = {"T": "text read", "S": "secondary source", "G": "general knowledge, not yet confirmed"}


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


def clock(
    finding: law.Finding,
    *,
    today: date,
    lead: int = 5,
    subject: str = "",
    done: Collection[str] = (),
    calendars: law.Calendar | None = None,
) -> Clock:
    """A running deadline as a page shows it, its days drawn over a calendar.

    ``lead`` is the days its work needs; ``done`` are the keys of steps already taken (``produce_by`` once printed).
    """
    step = _due(finding, done, today)
    if step is None:
        return Clock("met", finding.name, "no date", finding.if_missed, why=why(finding, today=today))
    left = (words.as_day(step.on) - today).days
    return Clock(
        band=band(left, lead),
        act=_headline(finding, step, today),
        left_words=words.days_left(left),
        line=_line(finding, step, subject, done),
        left=left,
        lead=lead,
        flag=_flag(finding),
        why=why(finding, today=today, done=done, calendars=calendars),
    )


def ended(finding: law.Finding, *, state: str, line: str, today: date) -> Clock:
    """A clock that runs no more: met, missed, stopped or superseded, with its working still to be read."""
    shape = {"met": "met", "missed": "late"}.get(state, "off")
    return Clock(shape, finding.name, state, line, why=why(finding, today=today))


def why(
    finding: law.Finding, *, today: date, done: Collection[str] = (), calendars: law.Calendar | None = None
) -> Why:
    """The working of a finding: sentences, chain, the days drawn, what it rests on, its rule, what would change it."""
    days = law.draw(finding, today=today, calendars=calendars)
    due = _due(finding, done, today)
    return Why(
        answer=finding.answer,
        steps=tuple(Step(step.label, step.on, step is due) for step in finding.steps),
        days=days,
        months=() if days else law.draw_months(finding),
        ruler=_ruler(finding),
        legend=_legend(days),
        authority=tuple(str(source) for source in finding.authority),
        changes=tuple(finding.changes),
        uncertain=finding.uncertain,
        rule_id=finding.rule_id,
        rule_href=reverse("rule", kwargs={"rule_id": finding.rule_id}),
    )


def confidence(code: str) -> str:
    """``H T`` in words: ``High: text read``."""
    marks = code.split()
    how = ", ".join(_HOW[mark] for mark in marks if mark in _HOW)
    return ": ".join(said for said in (_SURE.get(marks[0], code) if marks else "", how) if said)


def _due(finding: law.Finding, done: Collection[str], today: date) -> law.Step | None:
    """The next act of the chain that can still be done in time, else the last; None where the law fixes no day."""
    if finding.act_by is None:
        return None
    ahead = [step for step in finding.steps if step.binds and step.key not in done]
    return next(
        (step for step in ahead if words.as_day(step.on) >= today),
        ahead[-1] if ahead else law.Step("act_by", "Act by", finding.act_by),
    )


def _headline(finding: law.Finding, step: law.Step, today: date) -> str:
    """``Produce the notice of intended prosecution by Monday 21 December``: the act, then its day."""
    verb = _ACTS.get(step.key)
    act = f"{verb} {finding.name.partition(' ')[2]}" if verb else finding.name
    on = words.as_day(step.on)
    hour = f", {words.clock_time(step.on)}" if isinstance(step.on, datetime) else ""
    return f"{act} by {words.day(on, year=on.year != today.year)}{hour}"


def _line(finding: law.Finding, step: law.Step, subject: str, done: Collection[str]) -> str:
    outer = finding.outer_limit or finding.act_by
    limit = ""
    if outer and words.as_day(outer) != words.as_day(step.on):
        limit = f"Last lawful day {words.day(outer)}."
    missed = " ".join(
        f"{each.label} {words.day(each.on, year=False)} has passed." for each in _missed(finding, step, done)
    )
    return " ".join(
        part for part in (f"{subject}." if subject else "", missed, limit, finding.if_missed) if part
    )


def _missed(finding: law.Finding, step: law.Step, done: Collection[str]) -> list[law.Step]:
    """The acts before the due one that were not done in time."""
    undone = [each for each in finding.steps if each.binds and each.key not in done]
    return undone[: undone.index(step)] if step in undone else []


def _flag(finding: law.Finding) -> str:
    return flag_of(finding.rule_id) if finding.consequence == "bar" else ""


def flag_of(rule_id: str) -> str:
    """What passing a barring rule's day loses: the case, the evidence or liberty."""
    known = {rule.id: rule.flag for rule in law.rules()}
    return known.get(rule_id) or "Bars the case"


def _ruler(finding: law.Finding) -> str:
    strip = finding.strip
    open_days = strip is not None and strip.unit == "open_days"
    return "The ruler counts open days only." if open_days else "The ruler counts every day, weekends too."


def _legend(days: tuple[law.Day, ...]) -> tuple[str, ...]:
    notes = []
    if any("rest" in day.classes for day in days):
        post = any("in-post" in day.classes for day in days)
        notes.append("Hatched: not a business day" + (", so nothing is presumed delivered." if post else "."))
    if any("hol" in day.classes for day in days):
        notes.append("Dot: bank holiday or Christmas.")
    return tuple(notes)
