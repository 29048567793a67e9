"""A button pressed twice does its work once.

Each page writes a sign of its own into its forms (the masked CSRF token). The same sign with the same words to the same
address is the same press sent again: by a double click, by a browser that was given no answer, or from the way back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.db import connection

from casewright.foundation import clock
from casewright.foundation.people.models import Press

LASTS = timedelta(days=1)


def mark_of(user_id: int, address: str, fields: Mapping[str, Iterable[str]]) -> str:
    """What one press is known by: a hash of who, where and every word sent, the page's own sign among them."""
    said = repr((user_id, address, sorted((name, list(each)) for name, each in fields.items())))
    return hashlib.sha256(said.encode()).hexdigest()


def led_to(mark: str) -> str | None:
    """Claim a press in the caller's transaction: None for the first of its kind, else where the first one led.

    One that comes while the first is still at work waits for it; if that one did nothing, this is the first.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_press (mark, led_to, at) VALUES (%s, '', %s) ON CONFLICT (mark) DO NOTHING",
            [mark, clock.real()],
        )
        if cursor.rowcount:
            return None
    return Press.objects.values_list("led_to", flat=True).get(mark=mark)


def answered(mark: str, *, where: str) -> None:
    """Keep where a press led; one that led nowhere was answered with its form again and may be tried again."""
    kept = Press.objects.filter(mark=mark)
    kept.update(led_to=where) if where else kept.delete()


def sweep() -> int:
    """Remove what is older than a day."""
    return Press.objects.filter(at__lte=clock.real() - LASTS).delete()[0]
