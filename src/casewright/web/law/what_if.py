"""Door to the what-if page: facts in, options and reasons out. Nothing is kept."""

from __future__ import annotations

import re
from datetime import date
from itertools import groupby
from typing import Any

from django import forms
from django.http import HttpResponse

from casewright import law
from casewright.foundation import clock
from casewright.foundation.policy import queries as policy
from casewright.foundation.reference.queries import calendar
from casewright.law import settings, traffic
from casewright.law.traffic import allegation
from casewright.web.dates import DayField
from casewright.web.doors import door, show

YES_OR_NO = [("", "Not known"), ("yes", "Yes"), ("no", "No")]
YES_UNLESS = [("", "Yes"), ("no", "No")]
SAID = {
    "": "Not so, or not known",
    "conditional_offer": "Conditional offer",
    "single_justice": "Single justice notice",
}


def fact_field(name: str, known: Any) -> forms.Field:
    """One fact as a field, of the kind the law says it is."""
    label = known.metadata["words"]
    if name in allegation.DAYS:
        return DayField(label=label, required=name == "offence_on")
    if name in allegation.WORDS:
        choices = [(word, SAID.get(word, word.replace("_", " "))) for word in known.metadata["choices"]]
        return forms.ChoiceField(label=label, choices=choices, required=False, initial=known.default)
    if name in allegation.NUMBERS:
        return forms.IntegerField(label=label, required=False, min_value=0)
    if name in allegation.TRUTHS and known.default is not False:
        return forms.ChoiceField(
            label=label, choices=YES_UNLESS if known.default else YES_OR_NO, required=False
        )
    if name in allegation.TRUTHS:
        return forms.BooleanField(label=label, required=False, initial=known.default)
    return forms.CharField(label=label, required=name == "offence_code")


class Facts(forms.Form):
    """The facts of an allegation, the day of the decision, and figures to try."""

    on = DayField(label="Day of the decision", required=False)
    try_figures = forms.CharField(
        label="Figures to try",
        required=False,
        help_text="One name=number each, such as speed.court_from.30=46.",
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields |= {name: fact_field(name, known) for name, known in allegation.FIELDS.items()}

    def groups(self) -> list[tuple[str, list[forms.BoundField], bool]]:
        """The fields by what they are about, each group with whether something in it was given."""
        names = allegation.FIELDS.items()
        return [
            (
                group,
                [self[name] for name, _ in members],
                any(self.data.get(name) not in (None, "", known.default) for name, known in members),
            )
            for group, members in (
                (g, list(m)) for g, m in groupby(names, key=lambda each: each[1].metadata["group"])
            )
        ]

    def facts(self) -> dict[str, Any]:
        """What was given, in the law's own types."""
        found = {name: self.cleaned_data[name] for name in allegation.FIELDS}
        found["same_occasion"] = found["same_occasion"].replace(",", " ").upper().split()
        found["offence_code"] = found["offence_code"].strip().upper()
        for name in allegation.TRUTHS:
            if found[name] in {"", "yes", "no"}:
                found[name] = {"yes": True, "no": False}.get(found[name])
        return {name: value for name, value in found.items() if _given(name, value)}

    def figures(self) -> dict[str, int]:
        """The figures to try. InvalidFacts for one that is no setting or no number."""
        pairs = [text.partition("=") for text in self.cleaned_data["try_figures"].replace(",", " ").split()]
        return {
            name: settings.check(name, int(value) if value.isdecimal() else value) for name, _, value in pairs
        }


def in_words(refusal: Exception) -> str:
    """A refusal of facts with each fact named as its field is: *Recorded speed (mph) is missing*, not its code."""
    return CODE.sub(_called, str(refusal))


# A fact's code always has an underscore; what looks like one and names no fact stays as it is.
CODE = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b")


def _called(code: re.Match[str]) -> str:
    field = allegation.FIELDS.get(code[0])
    return str(field.metadata["words"]) if field else code[0]


def _given(name: str, value: Any) -> bool:
    default = allegation.FIELDS[name].default
    return value not in (None, "", []) and value != default


@door("law.read")
def what_if(request: Any) -> HttpResponse:
    """What the law and the unit's policy make of facts. Asked by htmx while somebody types, the answer alone.

    A code alone, as the page of an offence gives it, begins the form and asks nothing yet.
    """
    asked = bool(request.GET.keys() - {"offence_code"})
    today = clock.today()
    begun = {"on": today, "offence_code": request.GET.get("offence_code", "")}
    form = Facts(request.GET) if asked else Facts(initial=begun)
    found, problem = _decided(form, today) if asked else (None, "")
    shared: dict[str, Any] = {"form": form, "found": found, "impossible": problem, "asked": asked}
    shared["typing"] = bool(request.htmx)
    if request.htmx:
        return show(request, "law/decided.html", **shared)
    return show(request, "law/what_if.html", area="rules", **shared, groups=form.groups())


def _decided(form: Facts, today: date) -> tuple[traffic.Outcome | None, str]:
    if not form.is_valid():
        return None, ""
    on = form.cleaned_data["on"] or today
    own = dict(policy.in_force(force_id=None, on=on))
    try:
        found = traffic.decide(form.facts(), on=on, policy=own | form.figures(), calendars=calendar())
    except (law.InvalidFacts, law.NoLawInForce) as refusal:
        return None, in_words(refusal)
    return found, ""
