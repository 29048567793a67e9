"""Which machine and which browser asks."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

SEEN_FOR = 365 * 24 * 3600  # seconds
MOST_SEEN = 12  # people of one shared machine


def machine_of(request: HttpRequest) -> str:
    """The machine that asks. Behind https the reverse proxy is trusted, and adds the machine it saw as the last."""
    if settings.SECURE_PROXY_SSL_HEADER:
        seen = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if seen:
            return seen[:45]
    return str(request.META.get("REMOTE_ADDR", ""))[:45]


def browser_of(request: HttpRequest) -> str:
    """The browser and system in a few words, for the list of one's sessions."""
    said = request.headers.get("User-Agent", "")
    names = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
    systems = (("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("Mac OS", "macOS"))
    name = next((title for mark, title in names if mark in said), "A browser")
    system = next((title for mark, title in (*systems, ("Linux", "Linux")) if mark in said), "")
    return f"{name} on {system}" if system else name


def seen_before(request: HttpRequest, user_id: int) -> bool:
    """Whether this person signed in from this browser before: a signed cookie says so, and opens nothing."""
    return user_id in _seen(request)


def mark_seen(request: HttpRequest, answer: HttpResponse, user_id: int) -> None:
    """Remember in the browser that this person signed in from it."""
    ids = [user_id, *(each for each in _seen(request) if each != user_id)][:MOST_SEEN]
    answer.set_cookie(
        _cookie(),
        signing.dumps(ids, salt="seen"),
        max_age=SEEN_FOR,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )


def _seen(request: HttpRequest) -> list[Any]:
    try:
        return list(signing.loads(request.COOKIES.get(_cookie(), ""), salt="seen", max_age=SEEN_FOR))
    except signing.BadSignature:
        return []


def _cookie() -> str:
    return str(settings.SESSION_COOKIE_NAME).replace("session", "seen")
