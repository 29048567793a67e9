"""How often one may try to sign in: ten times in fifteen minutes for an address or a machine, in each web process."""

from __future__ import annotations

import hashlib

from django.core.cache import cache

MOST = 10
MINUTES = 15


def too_many(*marks: str) -> bool:
    """Count one try under each mark; True once any of them has been used up."""
    counts = [_count(mark) for mark in marks]  # every mark counts, whichever is used up first
    return max(counts) > MOST


def _count(mark: str) -> int:
    key = "sign_in:" + hashlib.sha256(mark.encode()).hexdigest()
    cache.add(key, 0, MINUTES * 60)
    return cache.incr(key)
