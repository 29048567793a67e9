"""Where bytes are kept: a local folder, content addressed. The same bytes are kept once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from casewright.foundation import clock
from casewright.foundation.documents import arriving, quarantine
from casewright.foundation.documents.arriving import path_of
from casewright.foundation.documents.models import Blob

__all__ = ["keep", "path_of", "printer_folder", "read"]

PRINTER = "printer"


def printer_folder(reference: str) -> Path:
    """Where the printer takes a print run's files; emptied once the posting is recorded."""
    return Path(settings.CASEWRIGHT_FILES).parent / PRINTER / reference


def keep(chunks: Iterable[bytes], media_type: str, *, made: bool = False) -> Blob:
    """Store bytes (written and synced under a name of our own, then renamed into place) and return their row.

    In the caller's transaction: bytes of one that does not commit are taken away again (`arriving`).

    :param made: they were made here; received ones come through `quarantine`, or are scanned before their first view
    """
    arriving.begin()
    digest, size = hashlib.sha256(), 0
    with arriving.unfinished() as path:
        with path.open("wb") as file:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        arriving.place(path, digest.hexdigest())
    # locked: who lets go the last row of the same bytes comes before or after, never in between
    blob, _ = Blob.objects.select_for_update(no_key=True).get_or_create(
        sha256=digest.hexdigest(),
        defaults={"size": size, "media_type": media_type, "cleared_at": clock.real() if made else None},
    )
    return blob


def read(sha256: str) -> bytes:
    """All bytes of a blob; what no scanner has seen is scanned first, where there is a scanner.

    :raises NotAdmitted: if the scanner found something, or gave no verdict
    :raises FileNotFoundError: if the file is gone
    """
    unseen = Blob.objects.filter(sha256=sha256, cleared_at=None)
    if quarantine.has_scanner() and unseen.exists():
        quarantine.must_be_clean(path_of(sha256))
        unseen.update(cleared_at=clock.real())
    return path_of(sha256).read_bytes()
