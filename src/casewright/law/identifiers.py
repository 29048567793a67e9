"""Identifiers of the trade: read, put into one form, say which character is wrong and what would fit."""

from __future__ import annotations

import re
from dataclasses import dataclass

# The forms of United Kingdom registration marks, newest first (letters L, figures F). Q is let through as an area
# letter: it is never issued there, so invented vehicles carry it.
_MARKS = (
    ("current", re.compile(r"[A-HJ-Y][A-HJ-Y]\d{2}[A-HJ-PR-Z]{3}")),
    ("prefix", re.compile(r"[A-HJ-NP-Y][1-9]\d{0,2}[A-HJ-PR-Y]{3}")),
    ("suffix", re.compile(r"[A-HJ-PR-Y]{3}[1-9]\d{0,2}[A-HJ-NPR-Y]")),
    ("dateless", re.compile(r"[A-Z]{1,3}[1-9]\d{0,3}|[1-9]\d{0,3}[A-Z]{1,3}")),
    ("diplomatic", re.compile(r"\d{3}[DX]\d{3}")),
)
_CURRENT = "LLFFLLL"
_AS_FIGURE = {
    "O": "0",
    "I": "1",
    "Z": "2",
    "S": "5",
    "B": "8",
    "G": "6",
    "D": "0",
    "Q": "0",
    "L": "1",
    "T": "7",
}
_AS_LETTER = {"0": "O", "1": "L", "5": "S", "8": "B", "2": "Z", "6": "G"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A registration mark in one form, and which pattern it follows."""

    normal: str
    pattern: str


class NotAMark(ValueError):
    """Not a United Kingdom registration mark. `likely` is the form that would fit, or empty."""

    def __init__(self, given: str, reason: str, likely: str = "") -> None:
        super().__init__(reason)
        self.given, self.reason, self.likely = given, reason, likely


def registration_mark(given: str) -> Mark:
    """Read a registration mark, spaces and case aside.

    :raises NotAMark: naming the character that does not fit and the form that would
    """
    normal = given.replace(" ", "").replace("-", "").upper()
    if not normal:
        raise NotAMark(given, "No mark was read.")
    for pattern, form in _MARKS:
        if form.fullmatch(normal):
            return Mark(normal, pattern)
    raise _refused(given, normal)


def _refused(given: str, normal: str) -> NotAMark:
    if len(normal) != len(_CURRENT) or not normal.isalnum():
        return NotAMark(given, "This does not have the form of a United Kingdom mark.")
    wrong = [(c, kind) for c, kind in zip(normal, _CURRENT, strict=True) if c.isdigit() != (kind == "F")]
    likely = "".join(_fits(c, kind) for c, kind in zip(normal, _CURRENT, strict=True))
    if not wrong or not _MARKS[0][1].fullmatch(likely):
        return NotAMark(given, "This does not have the form of a United Kingdom mark.")
    character, kind = wrong[0]
    what = "figure" if kind == "F" else "letter"
    spaced = f"{likely[:4]} {likely[4:]}"
    return NotAMark(given, f"{character} is not a {what} here; {spaced} would fit.", spaced)


def _fits(character: str, kind: str) -> str:
    if character.isdigit() == (kind == "F"):
        return character
    return (_AS_FIGURE if kind == "F" else _AS_LETTER).get(character, character)


def spaced(mark: str) -> str:
    """A mark as it stands on a plate: the current form with its one space, others unchanged."""
    return f"{mark[:4]} {mark[4:]}" if _MARKS[0][1].fullmatch(mark) else mark
