"""Numbers of cases: URN, a reference as a citizen types it, court case reference, offence code, OU code."""

from __future__ import annotations

import re
from random import Random

from casewright.law.identifiers.reading import CHECK, Identifier, NotValid, read_once

_URN = re.compile(r"\d{2}[A-Z0-9]{2}\d{3,7}")
_SPLIT = re.compile(r"(\d{2}[A-Z0-9]{2}\d{7})(?:\(?([MS])\)?)?(?:/(\d{1,2}))?")
_TYPED = re.compile(r"\d{2}[0-9A-Z]{5,30}")
_COURT_CASE = re.compile(rf"(\d{{2}})/(\d{{4}})/(\d{{1,6}})({CHECK})")
_OFFENCE = re.compile(r"([A-Z]{2}\d{2}|COML|XX00)(\d{3})([ABCI]?)")
_UNIT = re.compile(r"([A-JZ0-9]?)([A-Z0-9]{2})([A-Z0-9]{2})([A-Z0-9]{2})")
QUALIFIERS = {"A": "attempt", "B": "aid and abet", "C": "conspiracy", "I": "incitement"}
TOP_LEVEL = {
    "A": "prosecution service",
    "B": "magistrates' court",
    "C": "Crown Court",
    "": "police",
    "0": "police",
}


def urn(given: str) -> Identifier:
    """Read a PTI-URN: force, unit, five figures and year, such as 45MD0000220; slashes and hyphens mean nothing.

    A part after the root tells a split or merged case or a defendant (11AA2222233S/1): "/24" is never a year.
    """
    return read_once(given, _urn)


def _urn(text: str) -> Identifier:
    if split := _SPLIT.fullmatch(text):
        root, joined, defendant = split.groups()
        parts = {"split_or_merged": joined or "", "defendant": defendant or ""}
        return Identifier("urn", root, text, _urn_parts(root) | {k: v for k, v in parts.items() if v})
    root = re.sub(r"[/-]", "", text)
    if not _URN.fullmatch(root):
        raise NotValid(
            text, "A URN is force, unit, five figures and year, eleven characters, such as 45MD0000220."
        )
    return Identifier("urn", root, root, _urn_parts(root))


def _urn_parts(root: str) -> dict[str, str]:
    if len(root) != 11:
        return {"force": root[:2], "unit": root[2:4], "serial": root[4:]}
    return {"force": root[:2], "unit": root[2:4], "serial": root[4:9], "year": root[9:]}


def typed_reference(given: str) -> Identifier:
    """Read the reference of a notice as a citizen types it: whatever is neither letter nor figure is left out."""
    return read_once(given, _typed)


def _typed(text: str) -> Identifier:
    normal = re.sub(r"[^0-9A-Z]", "", text)
    if not _TYPED.fullmatch(normal):
        raise NotValid(text, "The reference begins with two figures and has at least seven characters.")
    return Identifier("typed_reference", normal, normal)


def court_case(given: str) -> Identifier:
    """Read a court case reference of the PNC, such as 97/1626/008395Q. Its letter is not counted here."""
    return read_once(given, _court_case)


def _court_case(text: str) -> Identifier:
    found = _COURT_CASE.fullmatch(text)
    if found is None:
        raise NotValid(
            text, "A court case reference is year, court, up to six figures and a letter: 97/1626/008395Q."
        )
    return Identifier("court_case", text, text, {"year": found[1], "court": found[2]})


def offence_code(given: str) -> Identifier:
    """Read a CJS offence code, such as RT88191; A, B, C or I behind it: attempt, aiding, conspiracy, incitement."""
    return read_once(given, _offence_code)


def _offence_code(text: str) -> Identifier:
    found = _OFFENCE.fullmatch(text)
    if found is None:
        raise NotValid(text, "An offence code is two letters and five figures, such as RT88191.")
    parts = {"source": found[1][:2], "number": found[2], "qualifier": QUALIFIERS.get(found[3], "")}
    return Identifier("offence_code", text, text, {name: value for name, value in parts.items() if value})


def ou_code(given: str) -> Identifier:
    """Read the code of an organisation unit: B01EF01 with its top level, 430000 without one (police)."""
    return read_once(given, _ou_code)


def _ou_code(text: str) -> Identifier:
    found = _UNIT.fullmatch(text)
    if found is None:
        raise NotValid(
            text, "The code of a unit has six characters, or seven with its top level, such as B01EF01."
        )
    parts = {
        "top": TOP_LEVEL.get(found[1], found[1]),
        "second": found[2],
        "third": found[3],
        "bottom": found[4],
    }
    return Identifier("ou_code", text, text, parts)


def invented_urn(dice: Random) -> str:
    """A URN of an invented case, of a unit that no force has (QX)."""
    return f"99QX{dice.randrange(10**5):0>5}{dice.randrange(20, 30)}"


def invented_reference(dice: Random) -> str:
    """A reference as a citizen types it, with slashes."""
    return f"99/QX/{dice.randrange(10**5):0>5}/26"


def invented_court_case(dice: Random) -> str:
    """A court case reference of an invented case."""
    return f"{dice.randrange(20, 30)}/{dice.randrange(10**4):0>4}/{dice.randrange(1, 10**6)}{dice.choice(CHECK[1:-1])}"


def invented_offence_code(dice: Random) -> str:
    """A code in the form of an offence code, of an act that is not one (QX)."""
    return f"QX{dice.randrange(100):0>2}{dice.randrange(1000):0>3}"


def invented_ou_code(dice: Random) -> str:
    """The code of an invented unit."""
    return f"{dice.choice(['', 'B', 'C'])}99QX{dice.randrange(100):0>2}"
