"""Where received bytes wait until they were looked at: nothing outside this folder can read or show them.

A file is written here under a random name, given to the virus scanner, looked at by whoever takes it in, and only then
admitted among the kept files. Whatever ends otherwise removes it. Without a scanner (``none``, which the health board
shows) it is admitted as never scanned, and scanned before its first view should there be a scanner by then.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings

from casewright.foundation import clock
from casewright.foundation.documents import arriving
from casewright.foundation.documents.models import Blob
from casewright.foundation.lifecycle import NotAllowed

FOLDER = "quarantine"
LEFT_FOR = timedelta(days=1)


class NotAdmitted(NotAllowed):
    """Bytes that may not be looked at; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Held:
    """Bytes in quarantine: where, how many, their hash."""

    path: Path
    size: int
    sha256: str

    def start(self, size: int = 4096) -> bytes:
        """The first bytes, to tell what they are."""
        with self.path.open("rb") as file:
            return file.read(size)

    def admit(self, media_type: str) -> Blob:
        """Move the bytes among the kept files, under their hash, in the caller's transaction."""
        arriving.begin()
        arriving.place(self.path, self.sha256)
        cleared = clock.real() if has_scanner() else None
        blob, made = Blob.objects.select_for_update(no_key=True).get_or_create(
            sha256=self.sha256, defaults={"size": self.size, "media_type": media_type, "cleared_at": cleared}
        )
        if cleared and not made and blob.cleared_at is None:
            Blob.objects.filter(sha256=self.sha256).update(cleared_at=cleared)
        return blob


def folder() -> Path:
    """The folder, which only the account of Casewright can read."""
    found = Path(settings.CASEWRIGHT_FILES) / FOLDER
    found.mkdir(parents=True, exist_ok=True, mode=0o700)
    return found


@contextmanager
def received(chunks: Iterable[bytes]) -> Iterator[Held]:
    """Received bytes, written and scanned; they are gone afterwards unless they were admitted.

    :raises NotAdmitted: if the scanner found something, or gave no verdict
    """
    path = folder() / secrets.token_hex(16)
    try:
        held = _write(path, chunks)
        must_be_clean(path)
        yield held
    finally:
        path.unlink(missing_ok=True)


def _write(path: Path, chunks: Iterable[bytes]) -> Held:
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return Held(path, size, digest.hexdigest())


def sweep() -> int:
    """Remove what a crash left here more than a day ago; the daily round does it. How many went."""
    before, gone = (clock.real() - LEFT_FOR).timestamp(), 0
    for each in (Path(settings.CASEWRIGHT_FILES) / FOLDER).glob("*"):
        with suppress(
            FileNotFoundError
        ):  # admitted or refused meanwhile, or another worker's sweep was quicker
            if each.stat().st_mtime < before:
                each.unlink()
                gone += 1
    return gone


def has_scanner() -> bool:
    """Whether this installation has a virus scanner."""
    return settings.CASEWRIGHT_SCANNER not in ("", "none")


def must_be_clean(path: Path) -> None:
    """Let the scanner look at a file, where there is a scanner.

    :raises NotAdmitted: if it found something, or gave no verdict
    """
    if not has_scanner():
        return
    scanner: Any = import_module(settings.CASEWRIGHT_INTERFACES["scanner"])
    try:
        found = scanner.verdict(path)
    except scanner.NotAnswered as problem:
        raise NotAdmitted(
            f"The virus scanner gave no verdict on this file ({problem}), so nobody may look at it yet. "
            "Try again in a few minutes; the health board names the scanner."
        ) from problem
    if found:
        raise NotAdmitted(
            f"The virus scanner found {found} in this file. It was not taken in and nothing of it is kept: "
            "tell whoever sent it, and your information security officer."
        )
