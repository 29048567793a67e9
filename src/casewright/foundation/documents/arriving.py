"""Files that arrive: known as such until the act that brings them commits, so that nothing of one broken off stays.

Bytes are kept before the row that names them. A process or database that dies in between would leave bytes no row
names and nobody takes away, other people's rows among them. So a file is written in a folder of its own and, once it
stands under its hash, marked there; the mark goes when its act has committed. Whoever brings files shares a lock until
their transaction ends and whoever takes files away has it alone, so that what is being written is never taken for what
was left behind.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from casewright.foundation.documents.models import Blob

FOLDER = "arriving"
OURS = re.compile(
    r"part-|[0-9a-f]{64}\."
)  # how what is written there begins; a machine leaves files of its own
LOCK = "hashtext('casewright kept files')"


def path_of(sha256: str) -> Path:
    """The file that holds a blob."""
    return Path(settings.CASEWRIGHT_FILES) / sha256[:2] / sha256


def begin() -> None:
    """Hold off whoever takes files away until the caller's transaction ends; before anything is written."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock_shared({LOCK})")


def alone() -> bool:
    """Whether no other transaction brings files just now; then none can until the caller's own ends."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_xact_lock({LOCK})")
        mine: bool = cursor.fetchone()[0]
    return mine


def wait_until_alone() -> None:
    """Wait for whoever brings files; no other can until the caller's transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock({LOCK})")


@contextmanager
def unfinished() -> Iterator[Path]:
    """A name of our own to write under; what was not put in its place is gone afterwards."""
    path = _folder() / f"part-{secrets.token_hex(8)}"
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def place(path: Path, sha256: str) -> None:
    """Move written bytes among the kept files, in the transaction that keeps their row and has called `begin`."""
    mark = _folder() / f"{sha256}.{secrets.token_hex(4)}"
    mark.touch(mode=0o600)
    _sync(mark.parent)  # before the bytes stand: a mark lost with the power would leave them for ever
    target = path_of(sha256)
    target.parent.mkdir(parents=True, exist_ok=True)
    path.replace(target)
    _sync(target.parent)
    _sync(target.parent.parent)
    transaction.on_commit(lambda: mark.unlink(missing_ok=True), robust=True)


def sweep() -> int:
    """Take away what acts that never came to their end left behind; how many files. Each round of a worker does it."""
    left = sorted(each for each in _folder().iterdir() if OURS.match(each.name))
    if not left:
        return 0
    with transaction.atomic():
        return sum(_take(each) for each in left) if alone() else 0


def _take(left: Path) -> int:
    """One file begun and not finished, or a mark with the bytes it stands for, unless a row names them by now."""
    sha256 = left.name.partition(".")[0]
    if not left.name.startswith("part-") and not Blob.objects.filter(sha256=sha256).exists():
        path_of(sha256).unlink(missing_ok=True)
    left.unlink(missing_ok=True)
    return 1


def _folder() -> Path:
    folder = Path(settings.CASEWRIGHT_FILES) / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _sync(folder: Path) -> None:
    """Have a new name in a folder outlast the machine: the row that follows will."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
