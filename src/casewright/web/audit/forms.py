"""What the audit viewer asks: for which purpose of s.62(4), about what, and for an export to whom."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms

from casewright.foundation.journal.models import Operation
from casewright.web.dates import picked_day

# The only uses of these logs that the law allows: DPA 2018 s.62(4).
PURPOSES = {
    "lawfulness": "To verify that what was done with the data was lawful",
    "monitoring": "Self-monitoring, including internal disciplinary proceedings",
    "integrity": "To ensure the integrity and security of the data",
    "criminal": "For criminal proceedings",
}
RECIPIENTS = {
    "commissioner": "The Information Commissioner",
    "professional_standards": "The force’s professional standards department",
    "court": "A court",
}
MOST_DAYS = 31  # of everybody and every matter at once


class Ask(forms.Form):
    """A matter, a person, or a period of at most a month."""

    purpose = forms.ChoiceField(
        label="Purpose",
        choices=[("", "Choose one"), *PURPOSES.items()],
        help_text="The log may be used for these purposes alone: DPA 2018 s.62(4). Yours is logged.",
        error_messages={"required": "Choose the purpose; without one the log may not be read."},
    )
    reference = forms.CharField(
        label="Matter", max_length=20, required=False, help_text="Its exact reference, as T26-000123."
    )
    person = forms.TypedChoiceField(label="Person", coerce=int, empty_value=None, required=False)
    since = picked_day("From", required=False)
    until = picked_day("To, that day included", required=False)
    operation = forms.ChoiceField(
        label="Operation",
        required=False,
        choices=[("", "All six"), *((each.value, each.label) for each in Operation)],
    )

    def __init__(self, people: list[tuple[int, str]], *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["person"].choices = [("", "Anybody"), *people]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A question that names something."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = said.get("since"), said.get("until")
        if since and until and until < since:
            self.add_error("until", "The last day lies before the first. Give a later one.")
        elif not said.get("reference") and not said.get("person"):
            if not since or not until:
                self.add_error("reference", "Name a matter or a person, or give both days of a period.")
            elif until - since >= timedelta(days=MOST_DAYS):
                self.add_error(
                    "until", f"Without a matter or a person, ask at most {MOST_DAYS} days at once."
                )
        return said


class Export(Ask):
    """The same question, and who is given the answer."""

    recipient = forms.ChoiceField(
        label="Who is given it",
        choices=list(RECIPIENTS.items()),
        error_messages={"required": "Say who is given it: a disclosure names who received it."},
    )
