"""What a password must not be: known from breaches (ASVS 5.0 6.2.4, 6.2.12), or too long to hash in peace."""

from __future__ import annotations

import hashlib
import mmap
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

LONGEST = 256


class NotBreached:
    """Refuses a password whose SHA-1 stands in the list of known breaches, read on this machine alone.

    The list is the well-known one: lines ``HASH:count`` in order of their hash. It is searched by halves in place, so
    that its size does not matter. Nothing of a password ever leaves the machine.
    """

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002 - Django's own shape
        """:raises ValidationError: if it is known"""
        path: Path | None = settings.CASEWRIGHT_BREACHED_PASSWORDS
        if path is not None and stands_in(path, password):
            raise ValidationError(
                "This password is in a list of stolen ones that thieves try first. Choose another.",
                code="breached",
            )

    def get_help_text(self) -> str:
        """What is asked, in words."""
        return "It must not be a password that is known to have been stolen."


class NotTooLong:
    """Refuses what is longer than anyone types or a password manager makes."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002 - Django's own shape
        """:raises ValidationError: above the limit"""
        if len(password) > LONGEST:
            raise ValidationError(f"A password may have at most {LONGEST} characters.", code="too_long")

    def get_help_text(self) -> str:
        """What is asked, in words."""
        return f"At most {LONGEST} characters."


def stands_in(path: Path, password: str) -> bool:
    """Whether the password's SHA-1 begins a line of the ordered file."""
    sought = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    if path.stat().st_size == 0:
        return False
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as lines:
        low, high = 0, len(lines)
        while low < high:
            start = lines.rfind(b"\n", 0, (low + high) // 2) + 1
            end = lines.find(b"\n", start)
            end = len(lines) if end < 0 else end
            found = lines[start : start + 40].upper()
            if found == sought:
                return True
            low, high = (end + 1, high) if found < sought else (low, start)
    return False
