"""Doors to the law: all rules, one rule with its calculator."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import Http404, HttpResponse

from casewright import law
from casewright.foundation import clock
from casewright.web import clocks
from casewright.web.doors import door, show
from casewright.web.law.forms import RuleFacts, first_facts


@door("law.read")
def rules(request: Any) -> HttpResponse:
    """Every rule in force today, by section; a word narrows the list."""
    sought = request.GET.get("about", "").strip()
    found = [rule for rule in law.rules(clock.today()) if _is_about(rule, sought)]
    sections = [(section, list(group)) for section, group in groupby(found, key=lambda rule: rule.section)]
    return show(
        request,
        "law/rules.html",
        area="rules",
        sections=sections,
        count=len(found),
        sought=sought,
        version=law.VERSION,
    )


def _is_about(rule: law.Rule, sought: str) -> bool:
    return sought.casefold() in f"{rule.id} {rule.name} {rule.binds} {rule.cited}".casefold()


@door("law.read")
def rule(request: Any, rule_id: str) -> HttpResponse:
    """One rule: how it counts, what it rests on, its examples, and a calculator that keeps nothing."""
    found = next((each for each in law.rules(clock.today()) if each.id == rule_id), None)
    if found is None:
        raise Http404
    asked = bool(request.GET)
    form = (
        RuleFacts(found, request.GET) if asked else RuleFacts(found, initial=first_facts(found, clock.now()))
    )
    finding, problem = _worked(found, form, asked)
    worked = clocks.why(finding, today=clock.today()) if finding else None
    return show(
        request,
        "law/rule.html",
        area="rules",
        rule=found,
        form=form,
        finding=finding,
        worked=worked,
        impossible=problem,
        confidence=clocks.confidence(found.confidence),
        neighbours=_neighbours(found),
    )


def _worked(rule: law.Rule, form: RuleFacts, asked: bool) -> tuple[law.Finding | None, str]:
    """The finding for what was typed, or the sentence that says why there is none."""
    if asked and not form.is_valid():
        return None, ""
    facts = form.facts() if asked else first_facts(rule, clock.now())
    try:
        return law.deadline(rule.id, facts, on=clock.today()), ""
    except (law.InvalidFacts, law.NoLawInForce) as refusal:
        return None, str(refusal) if asked else ""


def _neighbours(rule: law.Rule) -> tuple[law.Rule | None, law.Rule | None]:
    every = law.rules(clock.today())
    place = next(index for index, each in enumerate(every) if each.id == rule.id)
    return every[place - 1] if place else None, every[place + 1] if place + 1 < len(every) else None
