"""A detections file as a whole: its format, its heading, its rows as text. Pure."""

from __future__ import annotations

import csv
import re

from casewright.foundation.documents.contents import what_it_is
from casewright.foundation.messages.actions import FileRefused
from casewright.interfaces.cameras.contract import CHUNK, MOST_BYTES, NAMES, NEEDED
from casewright.interfaces.cameras.mapping import read
from casewright.interfaces.cameras.rows import split_csv, split_json, unreadable

__all__ = ["CHUNK", "INTERFACE", "KIND", "MOST_BYTES", "format_of", "heading", "read",
           "separator_named", "split"]  # fmt: skip
INTERFACE = "cameras"
KIND = "detections"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
# A spreadsheet writes what its country writes between columns: a comma, or a semicolon where that is a decimal point.
_WORDS = {",": "comma", ";": "semicolon", "\t": "tab"}
_FORMATS = {",": "csv", ";": "csv-semi", "\t": "csv-tab"}
_SEPARATORS = {name: each for each, name in _FORMATS.items()}
_SEPARATOR = re.compile(r'"?sep=(.)"?[\r\n]*', re.IGNORECASE)


def format_of(start: bytes) -> str:
    """csv (whatever separates its columns), jsonl (one object a line) or json (an array), from the first bytes.

    :raises FileRefused: if it is empty, in UTF-16, or plainly not text
    """
    if start.startswith(_UTF16):
        raise FileRefused(
            "The file is in UTF-16. Save it as UTF-8 (in a spreadsheet: CSV UTF-8) and give it again."
        )
    body = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not body:
        raise FileRefused("The file is empty. Give the file the site sent, or ask the site for it again.")
    found = what_it_is(start)
    if found:
        raise FileRefused(
            f"This is {found}, not a text file, whatever its name says. Detections come as CSV or JSON; "
            "a spreadsheet must be saved as CSV."
        )
    if b"\x00" in body.split(b"\n", 1)[0][:1000]:
        raise FileRefused(
            "This is not a text file. Detections come as CSV or JSON; a spreadsheet must be saved as CSV."
        )
    return {b"[": "json", b"{": "jsonl"}.get(body[:1], "csv")


def separator_named(line: str) -> str:
    """What stands between the columns where a line says nothing else, as a spreadsheet reads it: sep=; or none.

    :raises FileRefused: if it says a character that separates no columns here
    """
    said = _SEPARATOR.fullmatch(line)
    if said and said[1] not in _WORDS:
        raise FileRefused(
            f"The first line says that {said[1]!r} separates the columns. "
            "Save the file with commas, semicolons or tabs between them and give it again."
        )
    return said[1] if said else ""


def heading(line: str, separator: str = "") -> tuple[str, list[str]]:
    """The format of a CSV file and its column names, in its own order.

    Nothing is guessed: a line that names every needed column and no unknown one does so by one separator alone.

    :param separator: what the file itself says stands between the columns; empty where it does not say
    :raises FileRefused: naming the columns that are missing, unknown or doubled, or if it is no line of a CSV file
    """
    said = separator
    if not separator:
        separator = max(_WORDS, key=lambda each: _known(line, each))
    names = _names(line, separator)
    _must_be_the_columns(names, f"a {_WORDS[said]}" if said else "a comma, semicolon or tab")
    return _FORMATS[separator], names


def _known(line: str, separator: str) -> int:
    """How many known columns a line names by a separator."""
    try:
        return len(set(_names(line, separator)) & set(NAMES))
    except FileRefused:
        return 0


def _names(line: str, separator: str) -> list[str]:
    return ["_".join(name.casefold().split()) for name in _cells(line, separator)]


def _must_be_the_columns(names: list[str], between: str) -> None:
    missing, unknown = sorted(NEEDED - set(names)), [n for n in names if n and n not in NAMES]
    twice = sorted({n for n in names if n and names.count(n) > 1})
    if missing:
        raise FileRefused(
            f"The first line must name the columns, with {between} between them; missing: {', '.join(missing)}. "
            "The how-to page on detections shows all of them."
        )
    if unknown:
        raise FileRefused(
            f"The first line names columns that are not known: {', '.join(unknown[:5])[:200]}. "
            "Take them out, or call them as the how-to page on detections does."
        )
    if twice:
        raise FileRefused(
            f"The first line names columns twice: {', '.join(twice)}. "
            "Leave each once, so that it is plain which is meant."
        )
    if "" in names:
        raise FileRefused(
            f"Column {names.index('') + 1} of the first line has no name. Take the column out, or name it."
        )


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator, skipinitialspace=True), [])
    except (
        csv.Error
    ):  # a lone carriage return, as old machines and bytes that are no text have it; a cell without end
        raise FileRefused(
            "The first line cannot be read: this is not a text file, or its lines end in a way of old machines. "
            "Save it as CSV (in a spreadsheet: CSV UTF-8) and give it again."
        ) from None


def split(raw: bytes, file_format: str, header: list[str]) -> dict[str, str]:
    """One row as text by column name.

    :raises Unreadable: if the row is not UTF-8 or not whole
    """
    try:
        line = raw.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise unreadable(
            "row",
            raw[:40].decode("utf-8", "replace"),
            f"Byte {problem.start + 1} of the row is not UTF-8.",
            "Ask the site to send the file as UTF-8.",
            "encoding",
            refused=True,
        ) from None
    separator = _SEPARATORS.get(file_format)
    return split_csv(line, header, separator) if separator else split_json(line)
