"""Every kind of identifier by its key: read one, say whether a message may carry it, invent one for a test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import NamedTuple

from casewright.law.identifiers import cases, marks, people, police
from casewright.law.identifiers.reading import Identifier, NotValid
from casewright.law.refusals import InvalidFacts


class Kind(NamedTuple):
    """A kind of identifier: its name, how one is read, how one is invented, and a right example."""

    name: str
    read: Callable[[str], Identifier]
    invent: Callable[[Random], str]
    example: str


KINDS: Mapping[str, Kind] = {
    "vrm": Kind("Registration mark", marks.vrm, marks.invented_mark, "QX25 RTL"),
    "urn": Kind("URN", cases.urn, cases.invented_urn, "45MD0000220"),
    "asn": Kind("Arrest or summons number", police.asn, police.invented_asn, "11/01ZD/01/448754K"),
    "pnc_id": Kind("PNC id", police.pnc_id, police.invented_pnc_id, "1979/0163001B"),
    "cro": Kind("CRO number", police.cro, police.invented_cro, "SF05/482703J"),
    "offence_code": Kind("Offence code", cases.offence_code, cases.invented_offence_code, "RT88191"),
    "ou_code": Kind("Code of a unit", cases.ou_code, cases.invented_ou_code, "B01EF01"),
    "driver_number": Kind(
        "Driver number", people.driver_number, people.invented_driver_number, "MORGA657054SM9BF"
    ),
    "postcode": Kind("Postcode", people.postcode, people.invented_postcode, "LS1 4BT"),
    "ni_number": Kind(
        "National Insurance number",
        people.insurance_number,
        people.invented_insurance_number,
        "AA 12 34 56 C",
    ),
    "court_case": Kind(
        "Court case reference", cases.court_case, cases.invented_court_case, "97/1626/008395Q"
    ),
    "typed_reference": Kind(
        "Reference as a citizen types it", cases.typed_reference, cases.invented_reference, "05/A1/12345/01"
    ),
}


def read(kind: str, given: str) -> Identifier:
    """Read a text as an identifier of a kind.

    :raises NotValid: naming the character at fault and the form that would fit, where one would
    :raises InvalidFacts: for a kind that is not one of KINDS
    """
    if kind not in KINDS:
        raise InvalidFacts("kind", kind, f"one of {', '.join(KINDS)}")
    return KINDS[kind].read(given)


def in_message(kind: str, given: str) -> Identifier:
    """Read an identifier that must already stand in the one form a message carries: capitals, no blank too many.

    :raises NotValid: also where only the writing differs, with the form to send
    """
    found = read(kind, given)
    if given not in {found.normal, found.shown}:
        raise NotValid(given, f"A message carries this as {found.normal}.", found.normal)
    return found


def invent(kind: str, dice: Random) -> str:
    """An identifier of nobody and nothing, right in form, for tests and demonstrations."""
    return KINDS[kind].invent(dice)
