"""How often one may fail to sign in, in fifteen minutes and each web process.

Ten failures for one person at one machine: a stranger elsewhere locks nobody out. A hundred for one person from all
machines together, against guessing from many. Two hundred for one machine, because a whole unit may share an address.
"""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

MOST = 10
MOST_FOR_ONE_PERSON = 100
MOST_AT_ONE_MACHINE = 200
MINUTES = 15


def machine_of(request: HttpRequest) -> str:
    """The machine that asks. Behind https the reverse proxy is trusted, and adds the machine it saw as the last."""
    if settings.SECURE_PROXY_SSL_HEADER:
        seen = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if seen:
            return seen
    return str(request.META.get("REMOTE_ADDR", ""))


def too_many(email: str, machine: str) -> bool:
    """Whether one of the limits has been used up by failures before this try."""
    return any(cache.get(_key(mark), 0) >= most for mark, most in _marks(email, machine))


def failed(email: str, machine: str) -> None:
    """Count one failure."""
    for mark, _ in _marks(email, machine):
        cache.add(_key(mark), 0, MINUTES * 60)
        cache.incr(_key(mark))


def succeeded(email: str, machine: str) -> None:
    """Forget this person's failures at this machine."""
    cache.delete(_key(_marks(email, machine)[0][0]))


def _marks(email: str, machine: str) -> tuple[tuple[str, int], ...]:
    who = email.strip().lower()
    return (
        (f"who {who} where {machine}", MOST),
        (f"who {who}", MOST_FOR_ONE_PERSON),
        (f"where {machine}", MOST_AT_ONE_MACHINE),
    )


def _key(mark: str) -> str:
    return "sign_in:" + hashlib.sha256(mark.encode()).hexdigest()
