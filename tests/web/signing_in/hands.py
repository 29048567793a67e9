"""What people do when they sign in, and how a test makes time pass over their sessions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pyotp
from django.test import Client

from casewright.foundation import clock
from casewright.foundation.people import factors
from casewright.foundation.people.models import Factor, Session, User

SECRET = "thirteen green herons"
NOT_THE_DEMO = {"CASEWRIGHT_IDLE": timedelta(minutes=30), "CASEWRIGHT_SIGNED_IN_AT_MOST": timedelta(hours=10)}


def sign_in(client: Client, person: User, **more: str) -> Any:
    return client.post("/sign-in", {"email": person.email, "password": SECRET, **more})


def aged(person: User, **by: timedelta) -> None:
    """A person's sessions as they are after a while."""
    for row in Session.objects.filter(user=person):
        Session.objects.filter(pk=row.pk).update(**{name: getattr(row, name) - on for name, on in by.items()})


def with_an_app(person: User) -> str:
    """An authenticator app, added a minute ago; returns its secret."""
    secret = factors.new_app_secret()
    factors.add_app(secret=secret, code=pyotp.TOTP(secret).now(), by=person, at=clock.now())
    Factor.objects.update(counter=0)
    return secret
