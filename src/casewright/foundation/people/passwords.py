"""What a password must not be: known from breaches (ASVS 5.0 6.2.4, 6.2.12), or too long to hash in peace."""

from __future__ import annotations

import hashlib
import mmap
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

from casewright.foundation.people.models import Team
from casewright.foundation.reference.models import Force

LONGEST = 256
LEFT = 8  # letters beside the words of the house
OF_THE_TRADE = (
    "casewright", "police", "prosecution", "constabulary", "traffic", "unit", "justice", "password", "welcome",
)  # fmt: skip


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


class NotOfTheHouse:
    """Refuses a password that is little more than what a stranger knows of the unit (ASVS 5.0 6.1.2, 6.2.11).

    Its list is the names of the product and the trade here, and of the forces and teams of the unit.
    """

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002 - Django's own shape
        """:raises ValidationError: if fewer than eight letters are left without those words"""
        words = set(OF_THE_TRADE)
        for name in (*Force.objects.values_list("name", flat=True), *Team.objects.values_list("name", flat=True)):
            words |= {word for word in name.casefold().split() if len(word) > 3}
        left = password.casefold()
        for word in sorted(words, key=len, reverse=True):
            left = left.replace(word, "")
        if left != password.casefold() and sum(each.isalpha() for each in left) < LEFT:
            raise ValidationError(
                "This password is little more than words of this house, which thieves try first. Add your own.",
                code="of_the_house",
            )

    def get_help_text(self) -> str:
        """What is asked, in words."""
        return "More than the names of the unit, its force and its trade."


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
