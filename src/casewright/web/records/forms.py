"""What holds and destruction ask; the actions refuse what is missing."""

from __future__ import annotations

from django import forms


class PlaceHold(forms.Form):
    """Why a matter must be kept."""

    reason = forms.CharField(
        label="Reason",
        required=False,
        widget=forms.Textarea,
        help_text="The litigation, inquiry or request, and who asked. While the hold stands nobody can destroy it.",
    )


class LiftHold(forms.Form):
    """Why a hold is lifted."""

    reason = forms.CharField(
        label="Reason", required=False, widget=forms.Textarea, help_text="What ended, and who said so."
    )


class Propose(forms.Form):
    """Under which rule or order a matter is destroyed."""

    reason = forms.CharField(
        label="Rule or order",
        required=False,
        widget=forms.Textarea,
        help_text="The retention rule with its date, or the court’s order. Another person approves it. Name nobody "
        "here: these words stay on the certificate.",
    )


class Decline(forms.Form):
    """Why a proposal is not approved."""

    reason = forms.CharField(label="Reason", required=False, widget=forms.Textarea)
