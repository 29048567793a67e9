"""Sessions kept in the database with their person: idle and absolute time-out, the list of one's own, ending them.

A session is over when nobody used it for the idle time, or when the absolute time has passed since signing in. Its row
stays until it is swept away, so that words typed into its last page can be kept for the same person.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from casewright.foundation import clock
from casewright.foundation.people.models import Session

SEEN_EVERY = timedelta(minutes=1)  # how finely "last seen" is written: one statement a minute at most


class SessionStore(DatabaseStore):
    """Django's database sessions with their person, beginning and last use."""

    whose: int | None = None  # the person of a session that is over, for keeping what was typed
    row: Session | None = None
    came_from: tuple[str, str] = ("", "")

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table that keeps them."""
        return Session

    def load(self) -> dict[str, Any]:
        """The session's values; empty when it is over."""
        row: Session | None = self._get_session_from_db()  # type: ignore[attr-defined]
        if row is None:
            return {}
        if row.user_id and is_over(row):
            self.whose = row.user_id
            return {}
        self.row = row
        return dict(self.decode(row.session_data))

    def touch(self) -> None:
        """Note that the person used this session just now; a page that asks by itself does not call this."""
        if self.row is not None:
            _seen(self.row)

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row to write: a person who signed in just now begins it."""
        row: Any = super().create_model_instance(data)
        now, user_id = clock.real(), data.get(SESSION_KEY)
        row.user_id = int(user_id) if user_id else None
        kept = self.row if self.row and self.row.session_key == row.session_key else None
        begun = kept is None or kept.user_id != row.user_id
        row.started_at = now if begun or kept is None else kept.started_at
        row.last_seen_at = now if begun or kept is None else kept.last_seen_at
        row.machine, row.browser = (
            (kept.machine, kept.browser) if kept and not self.came_from[0] else self.came_from
        )
        made: Session = row
        return made


def is_over(row: Session) -> bool:
    """Whether the idle or the absolute time has passed; either may be None, as in a demonstration."""
    idle, whole, now = settings.CASEWRIGHT_IDLE, settings.CASEWRIGHT_SIGNED_IN_AT_MOST, clock.real()
    return bool(
        (idle and now - row.last_seen_at >= idle)
        or (whole and now - row.started_at >= whole)
        or row.expire_date <= now
    )


def of_person(user_id: int) -> list[Session]:
    """A person's sessions that are not over, the last used first."""
    rows = Session.objects.filter(user_id=user_id).order_by("-last_seen_at")
    return [row for row in rows if not is_over(row)]


def end(*, user_id: int, keys: Iterable[str] | None = None, but: str = "") -> int:
    """End a person's sessions (all, or some) but one; each stops at its next request. Returns how many."""
    rows = Session.objects.filter(user_id=user_id).exclude(session_key=but)
    return (rows if keys is None else rows.filter(session_key__in=list(keys))).delete()[0]


def sweep() -> int:
    """Remove sessions that were over a day ago; the daily round does it."""
    old = clock.real() - timedelta(days=1)
    idle = settings.CASEWRIGHT_IDLE
    gone = Session.objects.filter(expire_date__lt=old).delete()[0]
    return gone + (Session.objects.filter(last_seen_at__lt=old - idle).delete()[0] if idle else 0)


def _seen(row: Session) -> None:
    now = clock.real()
    if now - row.last_seen_at >= SEEN_EVERY:
        row.last_seen_at = now
        Session.objects.filter(session_key=row.session_key).update(last_seen_at=now)
