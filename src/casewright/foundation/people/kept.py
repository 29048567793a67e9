"""Words typed into a form whose session had ended: kept sealed, given back once to the same person, gone after a day.

The key stands only in that person's way back; neither the database nor a dump of it can be read for the words.
"""

from __future__ import annotations

import json
import secrets
from datetime import timedelta

from cryptography.fernet import InvalidToken

from casewright.foundation import clock
from casewright.foundation.people.models import KeptForm
from casewright.foundation.people.sealing import hashed, seal, unseal

LASTS = timedelta(days=1)
LARGEST = 256_000  # characters; more was never typed by hand
PURPOSE = "kept form"
Fields = dict[str, list[str]]


def keep(fields: Fields, *, user_id: int) -> str:
    """Keep what was typed and return the key; empty when there is nothing to keep or far too much."""
    words = json.dumps(fields)
    if not fields or len(words) > LARGEST:
        return ""
    sweep()
    key = secrets.token_urlsafe(24)
    sealed = seal(words.encode(), purpose=PURPOSE, key=key)
    KeptForm.objects.create(key_hash=hashed(key), user_id=user_id, sealed=sealed, kept_at=clock.real())
    return key


def words_of(key: str, *, user_id: int) -> Fields:
    """What this person typed under this key; nothing for anybody else, and nothing after a day."""
    since = clock.real() - LASTS
    row = KeptForm.objects.filter(key_hash=hashed(key), user_id=user_id, kept_at__gt=since).first()
    if row is None:
        return {}
    try:
        fields: Fields = json.loads(unseal(row.sealed, purpose=PURPOSE, key=key))
    except InvalidToken:
        return {}
    return fields


def drop(key: str, *, user_id: int) -> None:
    """Forget what was kept: it has been sent."""
    KeptForm.objects.filter(key_hash=hashed(key), user_id=user_id).delete()


def sweep() -> int:
    """Remove what is older than a day."""
    return KeptForm.objects.filter(kept_at__lte=clock.real() - LASTS).delete()[0]
