"""Identifiers of the trade: read, put into one form, say which character is wrong and what would fit."""

from casewright.law.identifiers.kinds import KINDS, Kind, in_message, invent, read
from casewright.law.identifiers.marks import Mark, NotAMark, registration_mark, spaced
from casewright.law.identifiers.reading import CHECK_LETTERS, Identifier, NotValid, check_letter

__all__ = [
    "CHECK_LETTERS", "KINDS", "Identifier", "Kind", "Mark", "NotAMark", "NotValid", "check_letter", "in_message",
    "invent", "read", "registration_mark", "spaced",
]  # fmt: skip
