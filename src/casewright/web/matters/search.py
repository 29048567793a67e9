"""Search: a reference, a registration mark or a name, kept under an opaque id and never in an address."""

from __future__ import annotations

import re
import uuid
from datetime import datetime
from typing import Any

from django.db.models import Q

from casewright.foundation.matters.actions import folded
from casewright.foundation.matters.models import Matter, SearchAsked, SearchKey
from casewright.foundation.matters.references import as_written
from casewright.foundation.matters.rights import visible_to
from casewright.foundation.parties.models import Vehicle
from casewright.law import identifiers
from casewright.law.identifiers import NotValid

MOST = 50


def ask(*, sought: str, by: Any, at: datetime) -> SearchAsked:
    """Keep what is sought under a fresh opaque id."""
    return SearchAsked.objects.create(id=uuid.uuid4(), user=by, words=" ".join(sought.split())[:200], at=at)


def exact(actor: Any, sought: str) -> Matter | None:
    """The matter of exactly this reference, where this person may see it."""
    wanted = as_written(sought)
    return visible_to(actor).filter(reference=wanted).first() if wanted else None


def found(actor: Any, words: str) -> list[Matter]:
    """Matters whose mark or name begins so, newest first: one statement."""
    mark, name = re.sub(r"[^a-z0-9]", "", words.casefold()), folded(words)
    if not name:
        return []
    keys = SearchKey.objects.filter(key__startswith=name).values("matter_id")
    marked = Vehicle.objects.filter(registration_mark__startswith=mark.upper() or name).values("matter_id")
    return list(
        visible_to(actor)
        .select_related("owner")
        .filter(Q(id__in=keys) | Q(id__in=marked))
        .order_by("-id")[:MOST]
    )


def likely(words: str) -> NotValid | None:
    """What is wrong with words that were meant for a registration mark, where one character explains it."""
    if not any(sign.isdigit() for sign in words):
        return None
    try:
        identifiers.read("vrm", words)
    except NotValid as problem:
        return problem if problem.likely else None
    return None
