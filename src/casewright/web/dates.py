"""A day as a person types it: 12 December 2026, 12 Dec 2026, 12/12/2026 or 2026-12-12."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms

from casewright.web import words

FORMATS = ("%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%Y-%m-%d", "%A %d %B %Y", "%a %d %b %Y")
INVALID = "Write a day such as 12 December 2026."


class DayField(forms.DateField):
    """A calendar day, shown as ``12 December 2026``."""

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
