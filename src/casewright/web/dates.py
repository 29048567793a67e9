"""A day as a person types it: 12 December 2026, 12 Dec 2026, 12/12/2026 or 2026-12-12."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from casewright.web import words

FORMATS = ("%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%Y-%m-%d", "%A %d %B %Y", "%a %d %b %Y")
INVALID = "Write a day such as 12 December 2026."
PICKED = {"required": "Give the day, as in 2027-03-31.", "invalid": "Write the day as in 2027-03-31."}
# No day of this work lies outside these years: whatever does is a slip of the keyboard.
_YEARS = "Look at the year again: a day from 1900 to 2199 is meant."
IN_THESE_YEARS: list[Callable[[Any], None]] = [
    MinValueValidator(date(1900, 1, 1), message=_YEARS),
    MaxValueValidator(date(2199, 12, 31), message=_YEARS),
]


def picked_day(label: str, help_text: str = "", *, required: bool = True) -> forms.DateField:
    """A calendar day picked in the browser's own calendar, or typed as 2027-03-31."""
    picked = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label, help_text=help_text, required=required, widget=picked, error_messages=PICKED,
        validators=IN_THESE_YEARS,
    )  # fmt: skip


class DayField(forms.DateField):
    """A calendar day, shown as ``12 December 2026``."""

    default_validators = IN_THESE_YEARS

    def __init__(self, **given: Any) -> None:
        given.setdefault("error_messages", {"invalid": INVALID, "required": INVALID})
        super().__init__(input_formats=FORMATS, **given)

    def prepare_value(self, value: Any) -> Any:
        """A day in words; what was typed stays as it was typed."""
        return words.plain_day(value) if isinstance(value, date) else value


class MomentField(forms.DateTimeField):
    """A London moment, shown as ``12 December 2026 14:07``; cleaned to an aware one."""

    def __init__(self, **given: Any) -> None:
        invalid = "Write a day and a time such as 12 December 2026 14:07."
        given.setdefault("error_messages", {"invalid": invalid, "required": invalid})
        super().__init__(input_formats=[f"{day} %H:%M" for day in FORMATS], **given)

    def prepare_value(self, value: Any) -> Any:
        """A moment in words; what was typed stays as it was typed."""
        return f"{words.plain_day(value)} {words.clock_time(value)}" if isinstance(value, datetime) else value

    def clean(self, value: Any) -> Any:
        """The moment, aware, in London."""
        cleaned = super().clean(value)
        return cleaned and cleaned.replace(tzinfo=words.LONDON)
