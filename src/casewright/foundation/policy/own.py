"""Settings that are the unit's own and no law's: what it is called, where it lives, its own habits."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from casewright.law import InvalidFacts

LINE = "line of text"
LINES = "lines of text"
LONGEST_LINE = 60  # what the address of a letter holds on one line
MOST_LINES = 6


class Own(NamedTuple):
    """One setting of the unit's own. `default` is None where there is none and something waits until it is set."""

    key: str
    words: str
    unit: str
    default: int | None = None
    authority: tuple[str, ...] = ()


OWN: Mapping[str, Own] = MappingProxyType(
    {
        one.key: one
        for one in (
            Own("unit.name", "Name of the unit, as letters print it", LINE),
            Own("unit.address", "Address of the unit, as letters print it", LINES),
            Own("glass.review_days", "Days in which broken glass is reviewed", "day", 3),
        )
    }
)


def check(key: str, value: Any) -> Any:
    """The value as it is to be kept, if it is possible for the key.

    :raises InvalidFacts: naming the setting and what it must be
    """
    unit = OWN[key].unit
    if unit == LINE:
        return _line(key, value)
    if unit == LINES:
        return _lines(key, value)
    if type(value) is not int or value < 1:
        raise InvalidFacts(key, value, "a whole number above nought")
    return value


def _line(key: str, value: Any) -> str:
    """One line a letter can print; what its font lacks (pictures) is refused before a letter stops at it."""
    text = " ".join(value.split()) if isinstance(value, str) else ""
    if not text or len(text) > LONGEST_LINE or not all(_printed(sign) for sign in text):
        raise InvalidFacts(
            key,
            value,
            f"words of at most {LONGEST_LINE} signs on one line: letters of Latin script, figures, marks",
        )
    return text


def _printed(sign: str) -> bool:
    return (
        sign.isprintable() and ord(sign) < 0x250
    )  # the end of Latin Extended-B: Welsh and Gaelic lie within


def _lines(key: str, value: Any) -> list[str]:
    lines = (
        [line for line in value if not isinstance(line, str) or line.strip()]
        if isinstance(value, list)
        else []
    )
    if not 2 <= len(lines) <= MOST_LINES:
        raise InvalidFacts(key, value, f"two to {MOST_LINES} lines, the postcode last")
    return [_line(key, line) for line in lines]
