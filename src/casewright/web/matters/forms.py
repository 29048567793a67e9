"""What a note asks."""

from __future__ import annotations

from django import forms

from casewright.foundation.matters.actions import NOTE_LIMIT
from casewright.web.reasons import ASKED


class Why(forms.Form):
    """Why a matter outside one's own work is opened."""

    reason = forms.ChoiceField(label="Reason", widget=forms.RadioSelect, choices=list(ASKED.items()))


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
