"""Numbers of the police: PNC id, CRO number, arrest or summons number. Each carries a check letter.

The counts are those of the public code of HMPPS (PNC id, CRO) and of Bichard 7 (ASN); the letter is the remainder of
a number after 23.
"""

from __future__ import annotations

import re
from random import Random

from casewright.law.identifiers.reading import Identifier, NotValid, check_letter, read_once, wrong_letter
from casewright.law.limits.catalogue import checked

_PNC = re.compile(r"(\d{2}|\d{4})/(\d{1,7})([A-Z])|(\d{4})(\d{7})([A-Z])|(\d{2})(\d{1,7})([A-Z])")
_CRO = re.compile(r"(\d{1,6})/(\d{2})([A-Z])")
_CRO_FILE = re.compile(r"SF(\d{2})/(\d{1,6})([A-Z])")
_ASN_PLAIN = re.compile(r"(\d{2})([A-Z]?)([A-Z0-9]{2})([A-Z0-9]{2})([A-Z0-9]{2})(\d{11})([A-Z])")
_ASN_SLASHED = re.compile(r"(\d{2})/([A-Z]?)([A-Z0-9]{2})([A-Z0-9]{2})/([A-Z0-9]{2})/(\d{1,11})([A-Z])")
_SEQUENCE = 11


def pnc_id(given: str, *, year: int | None = None) -> Identifier:
    """Read a PNC id: 1979/0163001B, 79/163001B or 79163001B.

    :param year: two figures above this year's mean the last century; the year the law data was checked if not given
    """
    this = checked().year if year is None else year
    return read_once(given, lambda text: _pnc(text, this))


def _pnc(text: str, this: int) -> Identifier:
    found = _PNC.fullmatch(text)
    if found is None:
        raise NotValid(text, "A PNC id is a year, up to seven figures and a letter, such as 1979/0163001B.")
    year, serial, letter = (part for part in found.groups() if part is not None)
    if len(year) == 2:
        year = f"{this // 100 - (int(year) > this % 100)}{year}"
    right = check_letter(int(f"{year[2:]}{serial:0>7}"))
    normal = f"{year}/{serial:0>7}{right}"
    if letter != right:
        raise wrong_letter(text, right, normal)
    return Identifier("pnc_id", normal, normal, {"year": year, "serial": serial.lstrip("0")})


def cro(given: str) -> Identifier:
    """Read a CRO number: 065656/91H, or of a special file, SF05/482703J."""
    return read_once(given, _cro)


def _cro(text: str) -> Identifier:
    if found := _CRO.fullmatch(text):
        serial, year, letter = found.groups()
        serial = f"{serial:0>6}"
        right, body = check_letter(int(year + serial)), f"{serial}/{year}"
    elif found := _CRO_FILE.fullmatch(text):
        year, serial, letter = found.groups()
        serial = (
            serial.lstrip("0") or "0"
        )  # in this series the serial is counted as it stands, without noughts
        right, body = check_letter(int(year + serial)), f"SF{year}/{serial}"
    else:
        raise NotValid(text, "A CRO number is like 065656/91H, or SF05/482703J for a special file.")
    if letter != right:
        raise wrong_letter(text, right, body + right)
    return Identifier("cro", body + right, body + right, {"serial": serial, "year": year})


def asn(given: str) -> Identifier:
    """Read an arrest or summons number: 1101ZD0100000448754K, or as the PNC shows it, 11/01ZD/01/448754K."""
    return read_once(given, _asn)


def _asn(text: str) -> Identifier:
    found = _ASN_SLASHED.fullmatch(text) or _ASN_PLAIN.fullmatch(text)
    if found is None:
        raise NotValid(
            text,
            "An ASN is year, force, unit, system, eleven figures and a letter, such as 1101ZD0100000448754K.",
        )
    year, top, force, unit, system, sequence, letter = found.groups()
    counted = (force if force.isdigit() else "") + (system if system.isdigit() else "") + year
    right = check_letter(int(f"{counted}{sequence:0>{_SEQUENCE}}"))
    normal = f"{year}{top}{force}{unit}{system}{sequence:0>{_SEQUENCE}}{right}"
    if letter != right:
        raise wrong_letter(text, right, normal)
    shown = f"{year}/{top}{force}{unit}/{system}/{int(sequence)}{right}"
    return Identifier("asn", normal, shown, {"year": year, "force": force, "unit": unit, "system": system})


def invented_pnc_id(dice: Random) -> str:
    """A PNC id of an invented person: right in form and letter."""
    year, serial = dice.randrange(1950, 2026), f"{dice.randrange(10**7):0>7}"
    return f"{year}/{serial}{check_letter(int(f'{year % 100:0>2}{serial}'))}"


def invented_cro(dice: Random) -> str:
    """A CRO number of an invented person, of either series."""
    year, serial = f"{dice.randrange(100):0>2}", str(dice.randrange(1, 10**6))
    if dice.random() < 0.5:
        return f"SF{year}/{serial}{check_letter(int(year + serial))}"
    return f"{serial:0>6}/{year}{check_letter(int(f'{year}{serial:0>6}'))}"


def invented_asn(dice: Random) -> str:
    """An ASN of an invented arrest, of a unit that no force has (QX)."""
    year, system, sequence = f"{dice.randrange(100):0>2}", "01", f"{dice.randrange(10**8):0>11}"
    return f"{year}99QX{system}{sequence}{check_letter(int(f'99{system}{year}{sequence}'))}"
