"""What the decisions on a traffic matter ask; the actions themselves refuse what is missing."""

from __future__ import annotations

from django import forms

from casewright.areas.traffic.actions.deciding import CANCEL_REASONS
from casewright.web.identifiers import CHECK


class NameKeeper(forms.Form):
    """The keeper as found by enquiry."""

    name = forms.CharField(label="Keeper's name", max_length=200, required=False)
    address = forms.CharField(
        label="Address",
        widget=forms.Textarea(attrs={CHECK: "postcode"}),  # told only: an address abroad has none of ours
        required=False,
        help_text="One line each, the postcode last.",
    )
    evidence = forms.CharField(
        label="How you know",
        widget=forms.Textarea,
        required=False,
        help_text="Kept with the matter. The notice is served on who is named here: RTA 1988 s.172(2)(a).",
    )


class DecideDefault(forms.Form):
    """Whether the failure to say who drove is charged, and why."""

    prosecute = forms.ChoiceField(
        label="What is to be done",
        widget=forms.RadioSelect,
        required=False,
        choices=[("yes", "Charge the failure to say who was driving"), ("no", "Take no further action")],
    )
    reasons = forms.CharField(
        label="Reasons",
        widget=forms.Textarea,
        required=False,
        help_text="The evidence, and why it is in the public interest or not. RTA 1988 s.172(3), (7).",
    )


class Cancel(forms.Form):
    """Why a matter is ended."""

    reason = forms.ChoiceField(
        label="Reason", required=False, choices=[("", "Choose one"), *CANCEL_REASONS.items()]
    )
    words = forms.CharField(
        label="In a sentence",
        widget=forms.Textarea,
        required=False,
        help_text="What was seen, and who was asked. The matter is closed for good.",
    )
