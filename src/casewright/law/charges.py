"""The wording of a charge: a pattern for each kind of offence, its placeholders, and its slot for Welsh.

A pattern is the project's own; the court's door takes 2,500 characters. What is missing is named, nothing left blank.
Where no source gives the wording none is made up: a person takes it from the national list.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from casewright.law.authority import read
from casewright.law.offences import Offence
from casewright.law.refusals import InvalidFacts

ACTS = {
    "RTRA": "Road Traffic Regulation Act 1984",
    "RTOA": "Road Traffic Offenders Act 1988",
    "RTA": "Road Traffic Act 1988",
    "VERA": "Vehicle Excise and Registration Act 1994",
    "TSRGD 2016": "Traffic Signs Regulations and General Directions 2016",
    "C&U Regs 1986": "Road Vehicles (Construction and Use) Regulations 1986",
    "RVLR": "Road Vehicles Lighting Regulations 1989",
}


NOT_HELD = "Wording not held: take it from the national list."


class Pattern(NamedTuple):
    """How an offence is charged: the text with placeholders, what the statement of facts adds, the Welsh slot."""

    key: str
    text: str
    facts: tuple[str, ...]
    welsh: str
    confidence: str

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The names in braces, in order, each once; the provision comes from the offence itself."""
        names = [name for _, name, _, _ in string.Formatter().parse(self.text) if name]
        return tuple(dict.fromkeys(name for name in names if name != "provision"))


@cache
def _loaded() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = tomllib.loads(read("charges.toml"))
    return loaded


@cache
def patterns() -> Mapping[str, Pattern]:
    """Every pattern by family."""
    return {row["key"]: _pattern(row) for row in _loaded()["family"]}


def _pattern(row: Mapping[str, Any]) -> Pattern:
    text = _loaded()["skeleton"][row["skeleton"]].replace("{elements}", row["elements"])
    text = text.replace("{did}", row.get("did", ""))
    return Pattern(row["key"], text, tuple(row["facts"]), row.get("welsh", ""), row["confidence"])


def pattern(offence: Offence) -> Pattern | None:
    """The pattern of an offence's charge; None where none is held and a person takes it from the national list."""
    return patterns().get(offence.charge_pattern)


def to_show(offence: Offence) -> tuple[str, ...]:
    """What a statement of facts of the offence, or of its family, shows; empty where neither is held."""
    found = pattern(offence) or patterns().get(offence.family)
    return found.facts if found else ()


def provision(offence: Offence) -> str:
    """What the offence is contrary to, with the Acts named in full."""
    words = offence.provision
    for short, name in ACTS.items():
        words = words.replace(f"{short} ", f"{name} ").replace(f" {short}", f" {name}")
    return words


def charge(offence: Offence, values: Mapping[str, str], *, welsh: bool = False) -> str:
    """The wording of a charge with every placeholder filled.

    :raises InvalidFacts: if no pattern (or no Welsh one) is held, a value is missing, or the text is too long
    """
    found = pattern(offence)
    if found is None:
        raise InvalidFacts(
            "offence_code", offence.code, f"one whose wording is held here. {NOT_HELD}".rstrip(".")
        )
    if welsh and not found.welsh:
        raise InvalidFacts("language", "Welsh", f"English: no Welsh wording is held for {offence.code}")
    for name in found.placeholders:
        if not values.get(name, "").strip():
            raise InvalidFacts(name, None, f"a value for the charge of {offence.code}")
    text = (found.welsh if welsh else found.text).format(**values, provision=provision(offence))
    most = _loaded()["limits"]["wording"]
    if len(text) > most:
        raise InvalidFacts("wording", f"{len(text)} characters long", f"no more than {most}")
    return text
