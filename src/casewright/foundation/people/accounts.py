"""One's own account: coming in, the password, one-time enrolment links, what is journalled and told of them."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from casewright.foundation import clock
from casewright.foundation.journal.record import Line, record
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.people import sessions
from casewright.foundation.people.models import Enrolment, User
from casewright.foundation.people.notices import notify
from casewright.foundation.people.sealing import hashed

ENROLMENT_LASTS = timedelta(days=3)
SPENT = "This link has been used, has expired or was replaced. Ask your system administrator for a new one."


def came_in(person: User, *, how: str, known: bool, at: datetime) -> None:
    """Journal that a person signed in and how; tell them when it was from a browser not seen before."""
    record(
        [Line("people.sign_in", subject_kind="person", subject_id=person.id, facts={"how": how})],
        by=person.id,
        at=at,
    )
    if not known:
        notify(
            person, f"Somebody signed in to your account with a {how}, from a browser not used before.", at=at
        )


def failed(person: User | None, *, locked: bool, at: datetime) -> None:
    """Journal a refused try to sign in; tell the person once when it has locked this way in."""
    verb = "people.lock_out" if locked else "people.fail_sign_in"
    facts = {} if person else {"unknown": True}
    record(
        [Line(verb, subject_kind="person", subject_id=person.id if person else None, facts=facts)],
        by=None,
        at=at,
    )
    if person and locked:
        notify(
            person, "Too many tries to sign in to your account were refused; it is locked for a while.", at=at
        )


def make_enrolment(*, person: User, by: int | None, at: datetime) -> str:
    """A one-time link's token for setting a password; earlier ones stop working. Only its hash is stored.

    :raises NotAllowed: for somebody who no longer works here
    """
    if not person.works_here:
        raise NotAllowed("This person has left; a link would open nothing.")
    Enrolment.objects.filter(user=person, used_at=None).update(used_at=clock.real())
    token = secrets.token_urlsafe(32)
    Enrolment.objects.create(user=person, token_hash=hashed(token), expires_at=clock.real() + ENROLMENT_LASTS)
    record([Line("people.make_link", subject_kind="person", subject_id=person.id)], by=by, at=at)
    return token


def person_of_link(token: str) -> User:
    """Whose link this is, while it works.

    :raises NotAllowed: if it was used, has expired or never was
    """
    row = _unused(token).select_related("user").first()
    if row is None or not row.user.works_here:
        raise NotAllowed(SPENT)
    return row.user


def enrol(*, token: str, password: str, at: datetime) -> User:
    """Spend a link and set its person's password; all their sessions end.

    :raises NotAllowed: if the link no longer works
    """
    person = person_of_link(token)
    if not _unused(token).update(used_at=clock.real()):
        raise NotAllowed(SPENT)
    set_password(person=person, password=password, but="", at=at)
    return person


def set_password(*, person: User, password: str, but: str, at: datetime) -> None:
    """Set a password that was checked before, and end the person's other sessions."""
    person.set_password(password)
    person.save(update_fields=["password"])
    sessions.end(user_id=person.id, but=but)
    record([Line("people.set_password", subject_kind="person", subject_id=person.id)], by=person.id, at=at)
    notify(person, "The password of your account was changed; your other sessions have ended.", at=at)


def faults_of(password: str, person: User) -> list[str]:
    """Why a password may not be used, as sentences; none if it may."""
    try:
        validate_password(password, person)
    except ValidationError as refused:
        return [_said(each) for each in refused.error_list]
    return []


# Django's own refusals, with what to do.
_WEAK = {
    "password_too_short": "This password is too short. Use at least {min_length} characters.",
    "password_too_common": "This password is too common: thieves try it first. Use words nobody would guess.",
    "password_too_similar": "This password is too similar to your {verbose_name}. Use other words.",
}


def _said(refused: ValidationError) -> str:
    words = _WEAK.get(refused.code or "")
    return words.format(**(refused.params or {})) if words else refused.messages[0]


def end_sessions(*, keys: list[str] | None, but: str, by: User, at: datetime) -> int:
    """End one's own sessions, all but this one or some; returns how many."""
    ended = sessions.end(user_id=by.id, keys=keys, but=but)
    if ended:
        line = Line("people.end_sessions", subject_kind="person", subject_id=by.id, facts={"ended": ended})
        record([line], by=by.id, at=at)
    return ended


def _unused(token: str) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(token_hash=hashed(token), used_at=None, expires_at__gt=clock.real())
