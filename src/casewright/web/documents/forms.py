"""What print runs ask of a person."""

from __future__ import annotations

from typing import Any

from django import forms

from casewright.web.dates import DayField


class Produce(forms.Form):
    """Which force's notices, and whether a posting receipt is promised."""

    force = forms.TypedChoiceField(
        label="For which force", coerce=int, error_messages={"required": "Choose the force."}
    )
    receipt_promised = forms.BooleanField(
        label="I promise a receipt of the day of posting",
        required=False,
        help_text="Only then may a letter be produced after its produce-by day: the presumption that it is posted "
        "a day later no longer counts. CrimPR r.4.11(3).",
    )

    def __init__(self, forces: list[tuple[int, str]], may_promise: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["force"].choices = forces  # type: ignore[attr-defined]
        if not may_promise:
            del self.fields["receipt_promised"]


class Posted(forms.Form):
    """The day the printer posted the run, and its receipt."""

    posted_on = DayField(label="Posted on", help_text="The day on the printer's docket.")
    receipt = forms.CharField(
        label="Receipt or docket number",
        max_length=80,
        required=False,
        help_text="Kept as the proof of posting. CrimPR r.4.12.",
    )


class Again(forms.Form):
    """How one knows that the printer does not have these pages."""

    reason = forms.CharField(
        label="How you know that the printer does not have these pages",
        widget=forms.Textarea,
        required=False,
        help_text="Ask the printer first: no one is sent two letters. Your words are kept with the run.",
    )
