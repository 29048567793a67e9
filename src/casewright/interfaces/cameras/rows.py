"""One row as text: cut into its fields by column name, or refused because it is not whole. Pure."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from typing import Any

from casewright.foundation.messages.actions import Fault, Unreadable
from casewright.interfaces.cameras.contract import LONGEST_LINE


def unreadable(
    field: str, value: str, reason: str, remedy: str, cause: str, refused: bool = False
) -> Unreadable:
    """The exception that carries one fault out of the reading of one row."""
    return Unreadable(Fault(field, value, reason, remedy, cause, refused))


def split_csv(line: str, header: Sequence[str], separator: str = ",") -> dict[str, str]:
    """The fields of one line by column name; a space after a separator means nothing.

    :raises Unreadable: if the line is too long, has an open quotation mark or a different number of fields
    """
    if len(line) > LONGEST_LINE:
        raise unreadable(
            "row",
            line[:60],
            f"The row has {len(line):,} characters; the most is {LONGEST_LINE:,}.",
            "Ask the site to send this row again.",
            "too_long",
            refused=True,
        )
    try:
        # a reader for a line takes thrice as long (measured); only what is quoted, or ends within, needs one
        quoted = '"' in line or "\r" in line or "\n" in line
        fields = _by_reader(line, separator) if quoted else line.split(separator)
    except (csv.Error, StopIteration):
        raise unreadable(
            "row",
            line[:60],
            "A quotation mark is opened and not closed.",
            "Ask the site to send this row again.",
            "truncated",
            refused=True,
        ) from None
    if len(fields) != len(header):
        raise unreadable(
            "row",
            line[:60],
            f"The row has {len(fields)} fields; the heading has {len(header)}.",
            "The file may have been cut off here: ask the site to send this row again.",
            "truncated",
            refused=True,
        )
    return dict(zip(header, fields, strict=True))


def _by_reader(line: str, separator: str) -> list[str]:
    return next(csv.reader([line], strict=True, delimiter=separator, skipinitialspace=True))


def split_json(line: str) -> dict[str, str]:
    """The fields of one JSON object, as text.

    :raises Unreadable: if it is not one flat object, or holds half a character
    """
    try:
        given = json.loads(line, parse_constant=str)
    except (ValueError, RecursionError):
        raise unreadable(
            "row",
            line[:60],
            "This is not a whole JSON object.",
            "The file may have been cut off here: ask the site to send this row again.",
            "truncated",
            refused=True,
        ) from None
    if not isinstance(given, dict) or any(isinstance(v, (dict, list)) for v in given.values()):
        raise unreadable(
            "row",
            line[:60],
            "Each row must be one flat JSON object.",
            "Ask the site to send it so.",
            "not_flat",
            refused=True,
        )
    values = {str(k): _text(v) for k, v in given.items()}
    if ("\\ud" in line or "\\uD" in line) and not _whole_letters("".join([*values, *values.values()])):
        raise unreadable(
            "row",
            line[:60],
            "Half a character stands where a whole one belongs.",
            "Ask the site to send this row again.",
            "encoding",
            refused=True,
        )
    return values


def _whole_letters(text: str) -> bool:
    """Whether it can be written: JSON can name half a character (a lone surrogate), which no table holds."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _text(value: Any) -> str:
    return "" if value is None else ("yes" if value is True else "no" if value is False else str(value))
