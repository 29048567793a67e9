"""What deciding on a collision asks."""

from __future__ import annotations

from django import forms


class EndCollision(forms.Form):
    """Why nobody is prosecuted."""

    reasons = forms.CharField(
        label="Reasons",
        widget=forms.Textarea,
        required=False,
        help_text="The evidence, and why nobody is to be prosecuted. The matter is closed for good.",
    )
