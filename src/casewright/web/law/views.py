"""Doors to the law: all rules, one rule with its calculator."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import Http404, HttpResponse

from casewright import law
from casewright.foundation import clock
from casewright.foundation.policy import queries as policy
from casewright.foundation.reference.queries import calendar
from casewright.law.births import check_birth
from casewright.web import clocks
from casewright.web.doors import door, show
from casewright.web.law import queries
from casewright.web.law.forms import RuleFacts, first_facts
from casewright.web.shown import matters_in


@door("law.read")
def rules(request: Any) -> HttpResponse:
    """Every rule, by section; words narrow the list. One no longer in force says until when it was."""
    sought = request.GET.get("about", "").strip()
    today, every = clock.today(), law.rules()
    found = [rule for rule in every if _is_about(rule, sought)]
    sections = [(section, list(group)) for section, group in groupby(found, key=lambda rule: rule.section)]
    return show(
        request,
        "law/rules.html",
        area="rules",
        sections=sections,
        count=len(found),
        in_force=sum(_in_force(rule, today) for rule in found),
        sought=sought,
        version=law.VERSION,
    )


def _in_force(rule: law.Rule, today: Any) -> bool:
    return rule.effective_from <= today and (rule.effective_until is None or today < rule.effective_until)


def _is_about(rule: law.Rule, sought: str) -> bool:
    """Whether every word sought stands in what the rule says of itself."""
    text = f"{rule.id} {rule.name} {rule.binds} {rule.starts} {rule.cited} {rule.section}".casefold()
    return all(word in text for word in sought.casefold().split())


@door("law.read")
def rule(request: Any, rule_id: str) -> HttpResponse:
    """One rule: how it counts, what it rests on, its examples, and a calculator that keeps nothing.

    Asked by htmx while somebody types, it answers with the working alone.
    """
    found = next((each for each in law.rules(clock.today()) if each.id == rule_id), None) or _past(rule_id)
    asked = bool(request.GET)
    form = (
        RuleFacts(found, request.GET) if asked else RuleFacts(found, initial=first_facts(found, clock.now()))
    )
    days = calendar()
    finding, problem = _worked(found, form, asked, days)
    worked = clocks.why(finding, today=clock.today(), calendars=days) if finding else None
    shared: dict[str, Any] = {"rule": found, "form": form, "finding": finding, "worked": worked}
    shared["typing"] = bool(request.htmx)
    if request.htmx:
        return show(request, "law/worked.html", **shared, impossible=problem)
    used_by = queries.used_by(request.user, found.id)
    return show(
        request,
        "law/rule.html",
        area="rules",
        **shared,
        impossible=problem,
        confidence=clocks.confidence(found.confidence),
        neighbours=_neighbours(found),
        over_time=queries.over_time(found),
        used_by=used_by,
        shown=matters_in(used_by.first),
    )


def _past(rule_id: str) -> law.Rule:
    try:
        return law.newest(rule_id)
    except law.InvalidFacts:
        raise Http404 from None


def _worked(
    rule: law.Rule, form: RuleFacts, asked: bool, days: law.Calendar
) -> tuple[law.Finding | None, str]:
    """The finding for what was typed, or the sentence that says why there is none.

    The law is that of the day of the facts; the unit's own settings are those in force today.
    """
    if asked and not form.is_valid():
        return None, ""
    facts = form.facts() if asked else first_facts(rule, clock.now())
    own = policy.in_force(force_id=None, on=clock.today())
    try:
        if asked and facts.get("born_on"):
            check_birth(facts["born_on"], clock.today())
        on = law.law_day(rule.id, facts)
        return law.deadline(rule.id, facts, on=on, policy=own, calendars=days), ""
    except (law.InvalidFacts, law.NoLawInForce) as refusal:
        return None, str(refusal) if asked else ""


def _neighbours(rule: law.Rule) -> tuple[law.Rule | None, law.Rule | None]:
    every = law.rules()
    place = next(index for index, each in enumerate(every) if each.id == rule.id)
    return every[place - 1] if place else None, every[place + 1] if place + 1 < len(every) else None
