"""What signing in and moving the clock ask."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from casewright.foundation.people.accounts import faults_of
from casewright.foundation.people.deputies import NEVER
from casewright.foundation.people.models import User
from casewright.foundation.people.right_words import words_of_right
from casewright.foundation.people.roles import UNGATED
from casewright.web.dates import picked_day


class SignIn(forms.Form):
    """Work address and password."""

    email = forms.EmailField(
        label="Work address",
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        error_messages={
            "required": "Type your work address.",
            "invalid": "A work address has an @, as in m.thorley@unit.example.",
        },
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Type your password."},
    )


class Password(forms.Form):
    """One's password again, before something grave."""

    password = forms.CharField(
        label="Your password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Type your password."},
    )


class Code(forms.Form):
    """A code of an authenticator app, or a recovery code."""

    code = forms.CharField(
        label="Code",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
        help_text="The six figures your authenticator app shows now. If the telephone is lost: a recovery code.",
        error_messages={"required": "Type the code."},
    )


class NewPassword(forms.Form):
    """A new password, twice; refused with each reason."""

    password = forms.CharField(
        label="New password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 12 characters; any signs, and paste if you like. It never has to be changed for its age.",
        error_messages={"required": "Type the new password."},
    )
    password_again = forms.CharField(
        label="The same again",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Type it a second time."},
    )

    def __init__(self, *given: Any, person: User, **named: Any) -> None:
        """Know whose password it will be: it may not resemble their name or address."""
        super().__init__(*given, **named)
        self.person = person

    def clean(self) -> dict[str, Any]:
        """Each reason against it stands at its field."""
        said = super().clean() or {}
        password = said.get("password", "")
        if password and said.get("password_again") not in (None, password):
            self.add_error("password_again", "The two are not the same. Type both again.")
        for fault in faults_of(password, self.person) if password else []:
            self.add_error("password", fault)
        return said


class Deputy(forms.Form):
    """Who deputises, in what, until when."""

    to = forms.ModelChoiceField(
        User.objects.none(),
        label="Deputy",
        empty_label="Choose a colleague",
        error_messages={"required": "Choose the colleague."},
    )
    permissions = forms.MultipleChoiceField(
        label="Rights you lend",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Only rights you hold yourself. What a right also needs (a skill, vetting), your deputy needs too.",
    )
    own_matters = forms.BooleanField(
        label="Also the matters I own",
        required=False,
        help_text="Your deputy sees the matters you own, restricted ones excepted.",
    )
    starts_on = picked_day("From", "The first day.")
    ends_on = picked_day("Until", "The first day without it. It ends by itself.")
    reason = forms.CharField(label="Why", max_length=200, error_messages={"required": "Say why."})

    def __init__(self, *given: Any, giver: User, today: date, **named: Any) -> None:
        """Offer colleagues who work here, and the giver's own rights that may be lent."""
        super().__init__(*given, **(named | {"initial": {"starts_on": today}}))
        here = User.objects.filter(is_active=True).exclude(id=giver.id).order_by("name")
        fields: dict[str, Any] = self.fields
        fields["to"].queryset = here.exclude(roles=None).exclude(roles__role="officer_in_case")
        fields["permissions"].choices = [
            (name, words_of_right(name)) for name in sorted(giver.held.own - NEVER - UNGATED)
        ]


class MoveClock(forms.Form):
    """How many days the demonstration's clock goes on."""

    days = forms.IntegerField(
        label="Days to move",
        min_value=1,
        max_value=400,
        help_text="Between 1 and 400. The clock goes forward only.",
        error_messages={
            "required": "Say how many days.",
            "invalid": "Write the days as a figure, such as 28.",
            "min_value": "The clock goes forward only: 1 day or more.",
            "max_value": "At most 400 days at a time.",
        },
    )
