"""The facts of a rule as a form: one field a fact, of the kind the rule says."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from casewright import law
from casewright.web.dates import DayField, MomentField
from casewright.web.words import LONDON


class RuleFacts(forms.Form):
    """What a rule needs to know. Optional facts left empty are not passed on."""

    def __init__(self, rule: law.Rule, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule = rule
        self.fields |= {fact.name: _field(fact) for fact in rule.facts}

    def facts(self) -> dict[str, Any]:
        """The facts as given, without those left empty."""
        given = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        return {name: _listed(self.rule.facts_by_name[name], value) for name, value in given.items()}


LISTS = {
    "dates": "Write days such as 2026-12-14, 2026-12-16.",
    "periods": "Write periods such as 2026-12-01/2026-12-14, 2027-01-04/2027-01-10.",
}


def _listed(fact: law.Fact, value: Any) -> Any:
    """A list as law reads it: spaces around its commas and strokes mean nothing."""
    return "".join(value.split()) if fact.type in LISTS else value


def _field(fact: law.Fact) -> forms.Field:
    shared: dict[str, Any] = {
        "label": label(fact.name),
        "help_text": said(fact),
        "required": fact.required,
        "initial": fact.default,
    }
    if fact.type == "date":
        return DayField(**shared)
    if fact.type == "instant":
        return MomentField(**shared)
    if fact.type == "choice":
        return forms.ChoiceField(choices=[(each, label(each)) for each in fact.choices], **shared)
    if fact.type == "flag":
        return forms.BooleanField(**shared | {"required": False})
    if fact.type == "number":
        return forms.IntegerField(**shared)
    return forms.CharField(**shared | {"help_text": f"{said(fact)} {LISTS.get(fact.type, '')}".strip()})


def first_facts(rule: law.Rule, now: datetime) -> dict[str, Any]:
    """Facts to show a rule with before anyone has typed: its event is today; other required facts have no guess."""
    found: dict[str, Any] = {}
    for fact in rule.facts:
        if fact.type == "date" and (
            fact.required or fact.name in {name for group in rule.one_of for name in group[:1]}
        ):
            found[fact.name] = now.astimezone(LONDON).date()
        elif fact.type == "instant" and fact.required:
            found[fact.name] = now.astimezone(LONDON).replace(second=0, microsecond=0)
        if found and not fact.required:
            break
    return found


def label(name: str) -> str:
    """``offence_on`` as a person reads it: ``Offence on``."""
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def said(fact: law.Fact) -> str:
    """What a fact is, as a sentence."""
    text = fact.description.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".") if text else ""
