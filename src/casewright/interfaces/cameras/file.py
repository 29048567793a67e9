"""A detections file as a whole: its format, its heading, its rows as text. Pure."""

from __future__ import annotations

import csv

from casewright.foundation.documents.contents import what_it_is
from casewright.foundation.messages.actions import FileRefused
from casewright.interfaces.cameras.contract import CHUNK, MOST_BYTES, NAMES, NEEDED
from casewright.interfaces.cameras.mapping import read
from casewright.interfaces.cameras.rows import split_csv, split_json, unreadable

__all__ = ["CHUNK", "INTERFACE", "KIND", "MOST_BYTES", "format_of", "heading", "read", "split"]
INTERFACE = "cameras"
KIND = "detections"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def format_of(start: bytes) -> str:
    """csv, jsonl (one object a line) or json (an array), from the first bytes.

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


def heading(line: str) -> list[str]:
    """The column names of a CSV file, in its own order.

    :raises FileRefused: naming the columns that are missing, unknown or doubled, or if it is no line of a CSV file
    """
    names = [name.strip().casefold() for name in _cells(line)]
    missing, unknown = sorted(NEEDED - set(names)), [n for n in names if n not in NAMES]
    if missing:
        raise FileRefused(
            f"The first line must name the columns; missing: {', '.join(missing)}. "
            "The how-to page on detections shows all of them."
        )
    if unknown or len(set(names)) < len(names):
        wrong = unknown or [n for n in names if names.count(n) > 1]
        raise FileRefused(
            f"The first line names columns that are not known or come twice: {', '.join(wrong[:5])[:200]}."
        )
    return names


def _cells(line: str) -> list[str]:
    try:
        return next(csv.reader([line]), [])
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
    return split_csv(line, header) if file_format == "csv" else split_json(line)
