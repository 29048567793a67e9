"""What a note asks."""

from __future__ import annotations

from django import forms

from casewright.foundation.matters.actions import NOTE_LIMIT


class Note(forms.Form):
    """A colleague's note; the action itself checks its length, so that what was typed is kept."""

    text = forms.CharField(
        label="Note",
        required=False,
        strip=True,
        widget=forms.Textarea,
        help_text=f"Up to {NOTE_LIMIT:,} characters. It stays with the matter and may be disclosed: "
        "write what you saw, heard or did.",
    )
