"""A form with one field of each kind, refused."""

from __future__ import annotations

from django import forms


class Specimen(forms.Form):
    """What a refused form looks like."""

    course_by = forms.CharField(
        label="Finish by", help_text="Four months from the offence leaves time for an offer and a charge."
    )
    reasons = forms.CharField(
        label="Reasons",
        widget=forms.Textarea,
        error_messages={"required": "Say why; the reasons are kept with the decision."},
    )
    known_by = forms.ChoiceField(
        label="How you know",
        choices=[("image", "Data block on the image"), ("site", "The site said so")],
        required=False,
    )
    chosen = forms.ChoiceField(
        label="What to do",
        choices=[("charge", "Charge"), ("course", "Offer a course")],
        widget=forms.RadioSelect,
        required=False,
    )
    file = forms.FileField(label="File of detections", required=False, help_text="CSV or JSON, up to 100 MB.")
    promised = forms.BooleanField(label="I promise a posting receipt", required=False)

    def clean_course_by(self) -> str:
        """Always too late, to show an error."""
        raise forms.ValidationError(
            "12 May leaves no time to charge if the course fails. Choose a day up to Monday 12 April 2027."
        )
