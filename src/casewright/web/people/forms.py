"""What signing in and moving the clock ask."""

from __future__ import annotations

from django import forms


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
