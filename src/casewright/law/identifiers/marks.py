"""Registration marks of the United Kingdom: every form, current and past, and what a mistaken one would be.

The forms are general knowledge of the trade (no statute states them all); a mark that fits one may still not exist.
"""

from __future__ import annotations

import re
from random import Random
from typing import NamedTuple

from casewright.law.identifiers.reading import Identifier, NotValid, read_once

# The forms of United Kingdom registration marks, newest first (letters L, figures F). Q is let through as an area
# letter: it is never issued there, so invented vehicles carry it.
_MARKS = (
    ("current", re.compile(r"[A-HJ-Y][A-HJ-Y]\d{2}[A-HJ-PR-Z]{3}")),
    ("prefix", re.compile(r"[A-HJ-NP-Y][1-9]\d{0,2}[A-HJ-PR-Y]{3}")),
    ("suffix", re.compile(r"[A-HJ-PR-Y]{3}[1-9]\d{0,2}[A-HJ-NPR-Y]")),
    ("dateless", re.compile(r"[A-Z]{1,3}[1-9]\d{0,3}|[1-9]\d{0,3}[A-Z]{1,3}")),
    ("diplomatic", re.compile(r"\d{3}[DX]\d{3}")),
    ("military", re.compile(r"\d{2}[A-Z]{2}\d{2}")),
    ("trade", re.compile(r"\d{5}|0\d{2}[A-Z]{1,3}")),
)
_NORTHERN_IRELAND = re.compile(r"(?=[A-Z]{2,3}\d)[A-Z]{0,2}[IZ][A-Z]{0,2}[1-9]\d{0,3}")
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
NO_FORM = "This does not have the form of a United Kingdom mark."


class Mark(NamedTuple):
    """A registration mark in one form, and which pattern it follows."""

    normal: str
    pattern: str


class NotAMark(NotValid):
    """Not a United Kingdom registration mark. `likely` is the form that would fit, or empty."""


def registration_mark(given: str) -> Mark:
    """Read a registration mark, spaces and case aside.

    :raises NotAMark: naming the character that does not fit and the form that would
    """
    normal = given.replace(" ", "").replace("-", "").upper()
    if not normal:
        raise NotAMark(given, "No mark was read.")
    for pattern, form in _MARKS:
        if form.fullmatch(normal):
            return Mark(normal, _named(pattern, normal))
    raise _refused(given, normal)


def _named(pattern: str, normal: str) -> str:
    """A dateless mark with I or Z among two or three letters first is Northern Ireland's."""
    if pattern == "dateless" and _NORTHERN_IRELAND.fullmatch(normal):
        return "Northern Ireland"
    return pattern


def vrm(given: str) -> Identifier:
    """Read a registration mark as an identifier; of older forms too, one mistaken character is named."""
    try:
        return _identifier(given)
    except NotAMark as problem:
        if problem.likely or problem.reason != NO_FORM:
            raise
        return read_once(
            given.replace("-", ""), _identifier
        )  # always refuses: it finds the mistaken character


def _identifier(given: str) -> Identifier:
    found = registration_mark(given)
    return Identifier("vrm", found.normal, spaced(found.normal), {"form": found.pattern})


def _refused(given: str, normal: str) -> NotAMark:
    if len(normal) != len(_CURRENT) or not normal.isalnum():
        return NotAMark(given, NO_FORM)
    wrong = [
        (place, c, kind)
        for place, (c, kind) in enumerate(zip(normal, _CURRENT, strict=True), 1)
        if c.isdigit() != (kind == "F")
    ]
    likely = "".join(_fits(c, kind) for c, kind in zip(normal, _CURRENT, strict=True))
    if not wrong or not _MARKS[0][1].fullmatch(likely):
        return NotAMark(given, NO_FORM)
    place, character, kind = wrong[0]
    what = "figure" if kind == "F" else "letter"
    said = f"Character {place} must be a {what}, not {character}; {spaced(likely)} would fit."
    return NotAMark(given, said, spaced(likely), place)


def _fits(character: str, kind: str) -> str:
    if character.isdigit() == (kind == "F"):
        return character
    return (_AS_FIGURE if kind == "F" else _AS_LETTER).get(character, character)


def spaced(mark: str) -> str:
    """A mark as it stands on a plate: the current form with its one space, others unchanged."""
    return f"{mark[:4]} {mark[4:]}" if _MARKS[0][1].fullmatch(mark) else mark


def invented_mark(dice: Random) -> str:
    """A mark of no vehicle: QX is never issued as an area."""
    letters = "".join(dice.choice("ABCDEFGHJKLMNPRSTUVWXY") for _ in range(3))
    return f"QX{dice.randrange(2, 27):0>2} {letters}"
