"""What running decisions again asks."""

from __future__ import annotations

from django import forms

LIMITS = (20, 30, 40, 50, 60, 70)


class Threshold(forms.Form):
    """A speed limit, and the speed from which it would be enforced."""

    limit = forms.TypedChoiceField(
        label="Speed limit", coerce=int, choices=[(each, f"{each} mph") for each in LIMITS]
    )
    start = forms.IntegerField(
        label="Enforced from",
        min_value=1,
        max_value=200,
        help_text="mph",
        error_messages={
            "invalid": "Write the speed as a figure, such as 36.",
            "required": "Write the speed as a figure, such as 36.",
        },
    )
