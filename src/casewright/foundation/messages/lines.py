"""Cutting a large file into chunks of whole lines without holding it in memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BLANK = b" \t\r\n,;"  # a line of separators alone says nothing: spreadsheets end files so


@dataclass(frozen=True, slots=True)
class Slice:
    """A run of whole lines: byte offset and length, the number of its first line, how many are not blank."""

    offset: int
    length: int
    first: int
    items: int


def chunks(path: Path, *, after: int, first: int, size: int) -> Iterator[Slice]:
    """Cut a file into chunks of about `size` rows, of fewer towards its end: a third of what is left, rounded up.

    So the last long chunk is not one worker's while the others, and the person who gave the file, wait for it.
    """
    small = list(slices(path, after=after, first=first, size=max(size // 4, 1)))
    while small:
        count = min(4, -(-len(small) // 3))
        yield _joined(small[:count])
        del small[:count]


def _joined(neighbours: list[Slice]) -> Slice:
    first = neighbours[0]
    return Slice(
        first.offset, sum(n.length for n in neighbours), first.first, sum(n.items for n in neighbours)
    )


def slices(path: Path, *, after: int, first: int, size: int) -> Iterator[Slice]:
    """Cut a file into slices of `size` non-blank lines.

    :param after: byte offset at which the rows begin
    :param first: the line number there, as a person counts lines
    """
    start, number, begun, length, items = after, first, first, 0, 0
    with path.open("rb") as file:
        file.seek(after)
        for line in file:
            number += 1
            length += len(line)
            items += bool(line.strip(BLANK))
            if items == size:
                yield Slice(start, length, begun, items)
                start, begun, length, items = start + length, number, 0, 0
    if items:
        yield Slice(start, length, begun, items)


def rows(path: Path, piece: Slice) -> Iterator[tuple[int, bytes]]:
    """The non-blank lines of a slice with their line numbers, without their line ends."""
    with path.open("rb") as file:
        file.seek(piece.offset)
        data = file.read(piece.length)
    for number, line in enumerate(data.split(b"\n"), piece.first):
        if line.strip(BLANK):
            yield number, line.rstrip(b"\r")


def array_as_lines(text: str) -> Iterator[bytes]:
    """A JSON array written out one element a line; what cannot be read becomes one last line as it stands."""
    decoder, at = json.JSONDecoder(parse_constant=str), text.index("[") + 1
    while True:
        while at < len(text) and text[at] in " \t\r\n,":
            at += 1
        if at >= len(text) or text[at] == "]":
            return
        try:
            _, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            yield " ".join(text[at : at + 4000].split()).encode() + b"\n"
            return
        yield " ".join(text[at:end].splitlines()).encode() + b"\n"
        at = end
