"""Signing in by link and moving the demonstration's clock."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.conf import settings

from casewright.foundation import clock
from casewright.foundation.journal.record import Line, record
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.people import kept, notices, own_checks, presses, sessions, tries
from casewright.foundation.people.models import ClockSetting, SignInLink, User
from casewright.foundation.people.sealing import hashed

LINK_LASTS = timedelta(days=7)


def make_sign_in_link(*, user: User, lands_on: str = "", at: datetime) -> str:
    """A one-time token for a demonstration account; only its hash is stored.

    It lasts by the real clock: moving the demonstration's does not spend the links in the terminal.

    :raises NotAllowed: outside a demonstration, or for an account that is not the demonstration's
    """
    if not settings.CASEWRIGHT_DEMO or not user.is_demo:
        raise NotAllowed("Sign-in links exist only in the demonstration; sign in with your password.")
    token = secrets.token_urlsafe(24)
    SignInLink.objects.create(
        user=user, token_hash=hashed(token), expires_at=at - clock.shift() + LINK_LASTS, lands_on=lands_on
    )
    return token


def use_sign_in_link(*, token: str, at: datetime) -> SignInLink:
    """Spend a link: one conditional UPDATE, so it works exactly once.

    :raises NotAllowed: if it was used, has expired or never was
    """
    if not settings.CASEWRIGHT_DEMO:
        raise NotAllowed("Sign-in links exist only in the demonstration; sign in with your password.")
    spent = SignInLink.objects.filter(
        token_hash=hashed(token), used_at__isnull=True, expires_at__gt=at - clock.shift()
    )
    if not spent.update(used_at=at):
        raise NotAllowed(
            "This link has been used or has expired. Run the first command again: it prints new links."
        )
    return SignInLink.objects.select_related("user").get(token_hash=hashed(token))


def tune_clock() -> None:
    """Set this door's clock from the demonstration's setting (one statement; none outside a demonstration)."""
    if settings.CASEWRIGHT_DEMO:
        row = ClockSetting.objects.values_list("moved_seconds", flat=True).first()
        clock.tune(timedelta(seconds=row or 0))


def move_clock(*, days: int, by: User, at: datetime) -> timedelta:
    """Move the demonstration's clock forward by whole days and return the new shift.

    :raises NotAllowed: outside a demonstration, or backwards (work done later would then lie in the future)
    """
    if not settings.CASEWRIGHT_DEMO:
        raise NotAllowed("The clock can be moved only in a demonstration.")
    if not 1 <= days <= 400:
        raise NotAllowed(
            "Move the clock by 1 to 400 days; it does not go back, because work already done would "
            "lie in the future. Reset the demonstration to begin again."
        )
    row, _ = ClockSetting.objects.select_for_update().get_or_create(id=1)
    row.moved_seconds += days * 86_400
    row.save(update_fields=["moved_seconds"])
    clock.tune(timedelta(seconds=row.moved_seconds))
    record([Line("people.move_clock", facts={"days": days})], by=by.id, at=at)
    return clock.shift()


def sweep() -> dict[str, int]:
    """Remove what has had its time (sessions, counts of tries, kept words, presses) and mail the notices that wait."""
    return {
        "sessions": sessions.sweep(),
        "tries": tries.sweep(),
        "kept": kept.sweep(),
        "presses": presses.sweep(),
        "own checks": own_checks.sweep(),
        "mailed": notices.send_waiting(),
    }
