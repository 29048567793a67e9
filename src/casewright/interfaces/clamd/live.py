"""The transport to the virus scanner: one file, one connection, one verdict."""

from __future__ import annotations

import re
import struct
from pathlib import Path
from socket import socket

from django.conf import settings

from casewright.foundation import outbound

WAIT = 30.0  # seconds for each piece and for the verdict
PIECE = 256 * 1024  # bytes
LONGEST_ANSWER = 4096  # bytes
FOUND = re.compile(r"stream: ([\x21-\x7e]{1,200}) FOUND")


class NotAnswered(Exception):
    """The scanner gave no verdict; the file may not be looked at."""


def verdict(path: Path) -> str:
    """The name of what the scanner found in a file; empty where it found nothing.

    :raises NotAnswered: with the reason in a few words
    """
    try:
        with outbound.connect(f"clamd://{settings.CASEWRIGHT_SCANNER}", wait=WAIT) as there:
            _send(there, path)
            said = _answer(there)
    except OSError as problem:  # also NotConfigured, which is one
        raise NotAnswered(type(problem).__name__) from problem
    if said == "stream: OK":
        return ""
    found = FOUND.fullmatch(said)
    if found is None:
        raise NotAnswered("over its limit" if "size limit" in said else "an answer not understood")
    return found[1]


def _send(there: socket, path: Path) -> None:
    """Send the whole file; a scanner that has heard enough may close before its end, and its answer tells why.

    A piece of no length ends the file. Closing our half as well would fail where the scanner has gone already,
    and the answer it left would not be read.
    """
    try:
        there.sendall(b"zINSTREAM\0")
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                there.sendall(struct.pack("!I", len(piece)) + piece)
        there.sendall(struct.pack("!I", 0))
    except (BrokenPipeError, ConnectionResetError):
        return


def _answer(there: socket) -> str:
    said = bytearray()
    while b"\0" not in said and len(said) < LONGEST_ANSWER:
        piece = there.recv(LONGEST_ANSWER)
        if not piece:
            raise NotAnswered("an answer cut off")
        said += piece
    return bytes(said).split(b"\0", 1)[0].decode("ascii", "replace").strip()
