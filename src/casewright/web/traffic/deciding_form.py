"""What the page that decides an allegation asks: facts beside those of the record, the two stages, and the choice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms

from casewright.areas.decisions.actions import AWAITED
from casewright.areas.traffic.actions.disposing import Provisional
from casewright.law.charging import full_code
from casewright.law.charging.full_code import Considered, Element
from casewright.law.traffic import allegation
from casewright.web.dates import DayField
from casewright.web.law.what_if import fact_field

# What a person may know that the record does not hold; the rest comes from the record and is never typed again.
MORE = (
    "code_checked", "order_in_force", "vehicles_in_frame", "plate_legible", "collision", "aggravated", "repeated",
    "driver_identified", "accused", "born_on", "licence", "licence_suspended", "live_points", "qualified_on",
    "vulnerable", "deceased", "wants", "earlier_course", "earlier_course_offence_on", "other_to_court",
)  # fmt: skip


class DecideAllegation(forms.Form):
    """Everything a decider answers; what is wanting is said by the law, in its own sentence."""

    evidential = forms.ChoiceField(
        label="Evidential stage",
        choices=list(full_code.EVIDENTIAL.items()),
        widget=forms.RadioSelect,
        required=False,
        help_text="Against this person on this charge, with the likely defence. Code for Crown Prosecutors.",
    )
    despite = forms.CharField(
        label="If something is not shown: why the stage is met all the same",
        widget=forms.Textarea,
        required=False,
        max_length=2000,
    )
    public_interest = forms.ChoiceField(
        label="Public interest",
        choices=list(full_code.PUBLIC_INTEREST.items()),
        widget=forms.RadioSelect,
        required=False,
        help_text="Asked only where the evidential stage is met. Code for Crown Prosecutors.",
    )
    factors = forms.MultipleChoiceField(
        label="What was weighed",
        choices=list(full_code.FACTORS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    taken = forms.ChoiceField(label="What is decided", widget=forms.RadioSelect, required=False)
    rationale = forms.CharField(
        label="Reasons",
        widget=forms.Textarea,
        required=False,
        max_length=8000,
        help_text="What happened, what shows it, what the likely defence is and why it fails or holds, and what "
        "decided you. Somebody who was not there must be able to say from this alone why it was decided so.",
    )
    against = forms.CharField(
        label="If it is not the unit's usual way, or is for a supervisor: why",
        widget=forms.Textarea,
        required=False,
        max_length=2000,
    )
    awaits = forms.ChoiceField(
        label="Provisional until this comes",
        choices=[("", "Not provisional: it is decided"), *AWAITED.items()],
        required=False,
        help_text="Where you must decide on limited information. It comes back to the list when the item has come.",
    )
    review_on = DayField(label="Look at it again by", required=False)
    looked_at = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, elements: tuple[str, ...], *given: Any, today: date, stands: int, **named: Any
    ) -> None:
        """Ask about each element of the offence, and for the facts that the record does not hold."""
        initial = {"review_on": today + timedelta(days=14), "looked_at": stands}
        super().__init__(*given, **(named | {"initial": initial}))
        self.elements = elements
        for number, name in enumerate(elements):
            self.fields[f"standing_{number}"] = forms.ChoiceField(
                label=name.capitalize(), choices=list(full_code.STANDINGS.items())[::-1], required=False
            )
            self.fields[f"by_{number}"] = forms.CharField(
                label=f"{name.capitalize()}: by what, or what speaks against it",
                max_length=300,
                required=False,
            )
        for name in MORE:
            self.fields[name] = fact_field(name, allegation.FIELDS[name])

    def offer(self, options: list[tuple[str, str]]) -> None:
        """The options to choose from, in words."""
        fields: dict[str, Any] = self.fields
        fields["taken"].choices = options

    def look_again(self, stands: int) -> None:
        """What somebody else decided in the meantime is shown with this form: from now on it has been looked at."""
        sent: Any = self.data
        sent = sent.copy()
        sent["looked_at"] = str(stands)
        self.data = sent

    def rows(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """The elements with their two answers."""
        return [(name, self[f"standing_{n}"], self[f"by_{n}"]) for n, name in enumerate(self.elements)]

    def more_fields(self) -> list[forms.BoundField]:
        """The facts that may be added."""
        return [self[name] for name in MORE]

    def more(self) -> dict[str, Any]:
        """The facts added, in plain JSON values; what was left as it is by default is not among them."""
        found: dict[str, Any] = {}
        for name in MORE:
            value = self.cleaned_data.get(name)
            if name in allegation.TRUTHS and value in {"yes", "no"}:
                value = value == "yes"
            if value not in (None, "", allegation.FIELDS[name].default):
                found[name] = value.isoformat() if isinstance(value, date) else value
        return found

    def considered(self, usual: str) -> Considered:
        """What was answered, as the law reads it.

        :param usual: the option that law and policy would take
        """
        said = self.cleaned_data
        elements = tuple(
            Element(name, said[f"standing_{n}"] or "not_known", said[f"by_{n}"])
            for n, name in enumerate(self.elements)
        )
        return Considered(
            elements, said["evidential"], said["despite"], said["public_interest"], tuple(said["factors"]),
            said["rationale"], {usual: said["against"]} if said["against"].strip() else {},
        )  # fmt: skip

    def provisional(self) -> Provisional | None:
        """What is awaited and until when, or None where it is decided for good."""
        said = self.cleaned_data
        return Provisional(said["awaits"], said["review_on"] or date.min) if said["awaits"] else None
