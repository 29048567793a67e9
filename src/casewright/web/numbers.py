"""Numbers as they come in addresses and forms: anything may stand there."""

from __future__ import annotations

LARGEST = 2**63 - 1  # what the database calls a bigint


def whole_number(text: str) -> int | None:
    """The whole number a text is, from 0 to the largest the database holds; None if it is none.

    Figures of other scripts and superscripts are not figures here, and thousands of digits are not read.
    """
    if not (text.isascii() and text.isdecimal() and len(text) <= 19):
        return None
    number = int(text)
    return number if number <= LARGEST else None
