"""What intake asks."""

from __future__ import annotations

from typing import Any

from django import forms


class GiveFile(forms.Form):
    """A file of detections, and the force it is for."""

    file = forms.FileField(
        label="File of detections",
        error_messages={
            "required": "Choose the file the site sent.",
            "empty": "The file is empty. Give the file the site sent, or ask the site for it again.",
        },
        help_text="CSV or JSON, up to 150 MB. Choose it, or drop it anywhere on this page.",
    )
    force = forms.TypedChoiceField(label="For which force", coerce=int)

    def __init__(self, forces: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["force"].choices = forces  # type: ignore[attr-defined]
        if len(forces) == 1:
            self.fields["force"].widget = forms.HiddenInput()
            self.fields["force"].initial = forces[0][0]


class Mend(forms.Form):
    """The correct value of a doubtful field, and how one knows."""

    value = forms.CharField(required=False, max_length=400)
    known_by = forms.CharField(required=False, max_length=300)


class Refuse(forms.Form):
    """Why a row is refused for good."""

    why = forms.CharField(
        label="Why it is refused",
        widget=forms.Textarea,
        required=False,
        help_text="One sentence; the site will ask. It cannot be taken back.",
    )
