"""Numbers of people: driver number, National Insurance number, postcode."""

from __future__ import annotations

import re
from calendar import monthrange
from random import Random

from casewright.law.identifiers.reading import Identifier, NotValid, read_once

_DRIVER = re.compile(r"([A-Z0-9]{5})(\d)([0156]\d)([0-3]\d)(\d)([A-Z0-9]{3})([A-Z]{2})")
_WOMEN = 50  # added to the month of birth
_LEAP = 2024
_INSURANCE = re.compile(
    r"(?!BG|GB|NK|KN|TN|NT|ZZ)([A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])(\d{2})(\d{2})(\d{2})([A-D])"
)
# Royal Mail's forms as the court's own check has them; the territories overseas have one code each.
_POSTCODE = re.compile(
    r"((?:[A-PR-UWYZ][A-HK-Y]?\d\d?)|(?:[A-PR-UWYZ]\d[A-HJKSTUW])|(?:[A-PR-UWYZ][A-HK-Y]\d[ABEHMNPRV-Y])|GIR)"
    r"(\d[ABD-HJLNP-UW-Z]{2})"
)
_OVERSEAS = re.compile(r"(ASCN|STHL|TDCU|BBND|[BFS]IQQ|PCRN|TKCA)(1ZZ)")


def driver_number(given: str) -> Identifier:
    """Read the sixteen characters of a driver number: MORGA657054SM9BF. Month and day of birth must be possible."""
    return read_once(given, _driver_number)


def _driver_number(text: str) -> Identifier:
    if len(text) != 16:
        raise NotValid(text, f"A driver number has sixteen characters; this has {len(text)}.")
    found = _DRIVER.fullmatch(text)
    if found is None:
        raise NotValid(
            text, "A driver number is five letters, six figures and five more, such as MORGA657054SM9BF."
        )
    month, day = int(found[3]) % _WOMEN, int(found[4])
    if not 1 <= month <= 12:
        raise NotValid(text, f"{found[3]} (characters 7 and 8) is no month of birth.", position=7)
    if not 1 <= day <= monthrange(_LEAP, month)[1]:
        raise NotValid(text, f"{found[4]} (characters 9 and 10) is no day of that month.", position=9)
    parts = {"surname": found[1].rstrip("9"), "born": f"{found[4]}/{month:0>2}/{found[2]}{found[5]}"}
    return Identifier("driver_number", text, text, parts)


def insurance_number(given: str) -> Identifier:
    """Read a National Insurance number: AA 12 34 56 C. The prefixes never issued are refused."""
    return read_once(given, _insurance_number)


def _insurance_number(text: str) -> Identifier:
    found = _INSURANCE.fullmatch(text)
    if found is None:
        raise NotValid(
            text, "A National Insurance number is two letters, six figures and A to D: AA 12 34 56 C."
        )
    return Identifier("ni_number", text, " ".join(found.groups()), {"prefix": found[1], "suffix": found[5]})


def postcode(given: str) -> Identifier:
    """Read a postcode; it is sent in capitals with one blank: LS1 4BT."""
    return read_once(given, _postcode)


def _postcode(text: str) -> Identifier:
    found = _POSTCODE.fullmatch(text) or _OVERSEAS.fullmatch(text)
    if found is None or (found[1] == "GIR" and found[2] != "0AA"):
        raise NotValid(
            text, "A postcode is like LS1 4BT: one or two letters, figures, a blank, a figure, two letters."
        )
    shown = f"{found[1]} {found[2]}"
    return Identifier("postcode", shown, shown, {"outward": found[1], "inward": found[2]})


def invented_driver_number(dice: Random) -> str:
    """A driver number of an invented person; QQ as its last letters is never issued here."""
    name = f"{dice.choice(['THORN', 'ALDER', 'FINCH', 'MARL', 'OAK'])}9999"[:5]
    month = dice.randrange(1, 13) + dice.choice([0, _WOMEN])
    return f"{name}{dice.randrange(5, 10)}{month:0>2}{dice.randrange(1, 29):0>2}{dice.randrange(10)}Q99QQ"


def invented_insurance_number(dice: Random) -> str:
    """A National Insurance number in form only."""
    return f"AA{dice.randrange(10**6):0>6}{dice.choice('ABCD')}"


def invented_postcode(dice: Random) -> str:
    """A postcode of an invented place: FX is no postcode area."""
    return f"FX{dice.randrange(1, 99)} {dice.randrange(10)}{dice.choice('ABDEFGHJLNPQRSTUWXYZ')}B"
