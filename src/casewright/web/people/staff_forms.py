"""What the administrator's and the assessor's pages ask; only these fields are ever read from what is sent."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from casewright.foundation.people.models import Team, User, Workplace
from casewright.foundation.people.roles import ROLES, SKILLS, VETTING
from casewright.foundation.reference.models import Force
from casewright.web.dates import picked_day


class AddPerson(forms.Form):
    """Name and work address; roles come by two people."""

    name = forms.CharField(label="Name", max_length=120, error_messages={"required": "Type the name."})
    email = forms.EmailField(
        label="Work address",
        error_messages={
            "required": "Type the work address.",
            "invalid": "A work address has an @, as in m.thorley@unit.example.",
        },
    )


class AddTeam(forms.Form):
    """The name of a team."""

    team = forms.CharField(
        label="Name of the team",
        max_length=80,
        help_text="It gets a queue of its own.",
        error_messages={"required": "Type the name of the team."},
    )


class AddWorkplace(forms.Form):
    """The name of a place of work."""

    workplace = forms.CharField(
        label="Name of the place", max_length=80, error_messages={"required": "Type the name of the place."}
    )


class Place(forms.Form):
    """Team, place of work, forces."""

    team = forms.ModelChoiceField(Team.objects.order_by("name"), required=False, empty_label="No team")
    workplace = forms.ModelChoiceField(
        Workplace.objects.order_by("name"), required=False, label="Place of work", empty_label="Not said"
    )
    forces = forms.ModelMultipleChoiceField(
        Force.objects.order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="They see matters of these forces, as far as their roles let them.",
    )

    def __init__(self, *given: Any, person: User, **named: Any) -> None:
        """Begin with what is so now."""
        now = {"team": person.team_id, "workplace": person.workplace_id, "forces": list(person.force_ids)}
        super().__init__(*given, **(named | {"initial": now}))


class Vet(forms.Form):
    """Level and the first day without it."""

    level = forms.ChoiceField(label="Level", choices=list(VETTING.items()))
    until = picked_day("Until", "The first day without it; from that day on, nothing about anybody opens.")

    def __init__(self, *given: Any, today: date, **named: Any) -> None:
        """Know today: vetting that has run out already is not recorded as new."""
        super().__init__(*given, **named)
        self.today = today

    def clean_until(self) -> date:
        """After today."""
        until: date = self.cleaned_data["until"]
        if until <= self.today:
            raise forms.ValidationError("Give a day after today: vetting that has run out opens nothing.")
        return until


class Assess(forms.Form):
    """Skill, evidence, and the first day without it."""

    skill = forms.ChoiceField(label="Skill", choices=list(SKILLS.items()))
    evidence = forms.CharField(
        label="What was seen",
        max_length=200,
        widget=forms.Textarea,
        help_text="The work you looked at and what it showed. The next assessor reads it.",
        error_messages={"required": "Say what was seen."},
    )
    until = picked_day("Until", "The first day without it, at most a year from today.")

    def __init__(self, *given: Any, today: date, **named: Any) -> None:
        """Know today: a passport is reviewed each year."""
        super().__init__(*given, **named)
        self.today = today

    def clean_until(self) -> date:
        """Within a year."""
        until: date = self.cleaned_data["until"]
        if not 0 < (until - self.today).days <= 366:
            raise forms.ValidationError("Give a day after today, at most a year on.")
        return until


class ChangeRole(forms.Form):
    """A role to be given or taken, and why."""

    change = forms.ChoiceField(
        label="What is to change",
        choices=[("give", "Give the role"), ("take", "Take the role away")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether the role is given or taken."},
    )
    role = forms.ChoiceField(label="Role", choices=list(ROLES.items()))
    reason = forms.CharField(
        label="Why",
        max_length=200,
        help_text="The person who approves it reads this.",
        error_messages={"required": "Say why."},
    )
