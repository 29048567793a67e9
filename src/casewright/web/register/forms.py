"""What the register's pages ask; the actions refuse what cannot be right."""

from __future__ import annotations

from typing import Any

from django import forms

from casewright.areas.traffic.actions.registering import KINDS, limits
from casewright.law.traffic import ROAD_KINDS
from casewright.web.dates import picked_day
from casewright.web.identifiers import IdentifierField

ROADS = {
    "built-up": "Built-up",
    "single": "Single carriageway",
    "dual": "Dual carriageway",
    "motorway": "Motorway",
}


class AddSite(forms.Form):
    """Code, place, limit, road, offence, force."""

    code = forms.CharField(label="Code", max_length=12, help_text="As the site's files write it.")
    location = forms.CharField(
        label="Place", max_length=120, help_text="As letters will say it: the road, then the place."
    )
    limit_mph = forms.TypedChoiceField(
        label="Speed limit", coerce=int, help_text="As its traffic order sets it."
    )
    road_kind = forms.ChoiceField(
        label="Kind of road",
        choices=[(kind, ROADS.get(kind, kind)) for kind in ROAD_KINDS],
        help_text="Some vehicles have lower limits of their own by the kind of road: RTRA 1984 Sch.6.",
    )
    offence_code = IdentifierField(
        "offence_code",
        label="Offence",
        max_length=12,
        help_text="What exceeding the limit here is charged as, such as RR84707.",
    )
    force_id = forms.TypedChoiceField(label="Force", coerce=int)

    def __init__(self, forces: list[tuple[int, str]], *given: Any, **named: Any) -> None:
        """Offer the limits there are and the forces one works for."""
        super().__init__(*given, **named)
        fields: dict[str, Any] = self.fields
        fields["limit_mph"].choices = [(each, f"{each} mph") for each in limits()]
        fields["force_id"].choices = forces


class AddDevice(forms.Form):
    """Code, kind, approved type."""

    code = forms.CharField(label="Code", max_length=12, help_text="As the files of its site write it.")
    kind = forms.ChoiceField(label="Kind", choices=[(each, each) for each in KINDS])
    approval = forms.CharField(
        label="Approved type",
        max_length=60,
        help_text="As the approval names it. A reading is evidence only from an approved type: RTOA 1988 s.20(4).",
    )


class AddCertificate(forms.Form):
    """First and last day of a calibration certificate."""

    first = picked_day("First day", "As the certificate has it.")
    last = picked_day("Last day", "The last day on which it holds.")


class EndCertificate(forms.Form):
    """Last good day, and why."""

    last = picked_day(
        "Last good day", "Rows of later days are held from now on. The day before its first: it never held."
    )
    reason = forms.CharField(
        label="Why it ends",
        max_length=300,
        widget=forms.Textarea,
        help_text="What was found, and who found it.",
    )
