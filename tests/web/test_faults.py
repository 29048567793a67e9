"""What is wrong with a field is said with its name, never in Django's words of a field nobody names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django import forms

import casewright
from casewright.web.faults import cures, faults, named_faults


class Asked(forms.Form):
    name = forms.CharField(label="Name", max_length=5)
    days = forms.IntegerField(label="Days", min_value=1, max_value=90)
    force = forms.ChoiceField(label="Force", choices=[("91", "Northmere")])
    roles = forms.MultipleChoiceField(label="Roles", choices=[("a", "A")], widget=forms.CheckboxSelectMultiple)
    own = forms.CharField(label="Own", error_messages={"required": "Say why, in a sentence."})


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "", "Name: nothing is typed here; it is needed."),
        ("name", "Longer", "Name: 6 characters are typed; the most is 5."),
        ("name", "a\x00", "Name: it holds a sign that cannot be kept; type it again."),
        ("days", "0", "Days: 0 is too small; the least is 1."),
        ("days", "91", "Days: 91 is too large; the most is 90."),
        ("days", "soon", "Days: this cannot be read; look at the form asked for above it."),
        ("force", "", "Force: nothing is chosen; it is needed."),
        ("force", "92", "Force: that is none of the choices; choose one of those shown."),
        ("roles", ["z"], "Roles: that is none of the choices; choose one of those shown."),
        ("own", "", "Say why, in a sentence."),
    ],
)
def test_a_fault_names_its_field_and_what_to_do(field: str, typed: object, said: str) -> None:
    form = Asked({"name": "Ann", "days": "3", "force": "91", "roles": ["a"], "own": "x", field: typed})
    assert faults(form[field]) == [said]
    assert [each["text"] for each in cures(form)] == [said]
    assert named_faults(form) == (said if field != "own" else "Own: Say why, in a sentence.")


def test_no_page_shows_a_fields_errors_but_through_these_words() -> None:
    pages = Path(casewright.__file__).parent.joinpath("web").rglob("*.html")
    shown = re.compile(r"\{\{[^}]*\.errors\b[^}]*\}\}")
    assert [page.name for page in pages if shown.search(page.read_text(encoding="utf-8"))] == []
