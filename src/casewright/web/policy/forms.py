"""What the pages of figures and bank holidays ask; the actions refuse what cannot be."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms

from casewright.foundation.policy.own import LINE, LINES, LONGEST_LINE, Own
from casewright.law.settings import Setting as Known
from casewright.web.dates import picked_day
from casewright.web.policy.queries import units


class ProposeFigure(forms.Form):
    """A new value, from when, why, for which force."""

    value = forms.Field()
    effective_from = picked_day("From", "The first day on which it holds: tomorrow or later.")
    force_id = forms.TypedChoiceField(label="For", coerce=lambda text: int(text) or None)
    reason = forms.CharField(
        label="Why",
        max_length=300,
        widget=forms.Textarea,
        help_text="Who decided it and on what grounds. The second person reads it, and whoever asks later.",
        error_messages={"required": "Say why."},
    )

    def __init__(
        self, known: Known | Own, forces: list[tuple[int, str]], *given: Any, today: date, **named: Any
    ) -> None:
        """Ask in the unit of the setting."""
        super().__init__(*given, **(named | {"initial": {"effective_from": today + timedelta(days=1)}}))
        fields: dict[str, Any] = self.fields
        fields["value"] = _value_field(known)
        alike = isinstance(known, Known) and known.every_force
        fields["force_id"].choices = [("0", "Every force of the unit"), *([] if alike else forces)]


class _Lines(forms.CharField):
    """Several lines, as a list without empty ones."""

    widget = forms.Textarea

    def clean(self, value: Any) -> Any:
        """The lines, each without the spaces around it."""
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


def _value_field(known: Known | Own) -> forms.Field:
    """The field for a new value: a number, yes or no, a line, or lines, as the setting is."""
    required = {"required": "Type the new value."}
    if known.unit == LINE:
        return forms.CharField(label="New value", max_length=LONGEST_LINE, error_messages=required)
    if known.unit == LINES:
        return _Lines(
            label="New value",
            max_length=600,
            help_text="A line each, the postcode last.",
            error_messages=required,
        )
    return forms.IntegerField(
        label="New value",
        min_value=0,
        max_value=100_000,
        help_text="1 for yes, 0 for no." if known.unit == "0 or 1" else f"In {units(known.unit)}.",
        error_messages=required | {"invalid": "Write it as a whole number."},
    )


PARTS = {"EW": "England and Wales", "SC": "Scotland", "NI": "Northern Ireland"}


class ProposeHoliday(forms.Form):
    """A day proclaimed, or withdrawn, as a bank holiday."""

    on = picked_day("Day", "A day to come.")
    name = forms.CharField(label="Name", max_length=80, error_messages={"required": "Type its name."})
    where = forms.MultipleChoiceField(
        label="Where",
        choices=list(PARTS.items()),
        widget=forms.CheckboxSelectMultiple,
        initial=list(PARTS),
        help_text="A bank holiday anywhere in the United Kingdom is no working day under FOIA 2000 s.10(6).",
        error_messages={"required": "Tick at least one part."},
    )
    withdraws = forms.ChoiceField(
        label="What it does",
        choices=[("", "The day becomes a bank holiday"), ("yes", "The day is a bank holiday no longer")],
        widget=forms.RadioSelect,
        required=False,
    )
    source = forms.CharField(
        label="Proclamation",
        max_length=200,
        help_text="Where anyone can look it up. Banking and Financial Dealings Act 1971 s.1(2), (3).",
        error_messages={"required": "Name the proclamation."},
    )
