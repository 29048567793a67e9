"""Where bytes are kept: a local folder, content addressed. The same bytes are kept once."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from casewright.foundation import clock
from casewright.foundation.documents import quarantine
from casewright.foundation.documents.models import Blob
from casewright.foundation.documents.quarantine import path_of

__all__ = ["keep", "path_of", "printer_folder", "read"]


def printer_folder(reference: str) -> Path:
    """Where the printer takes a print run's files; emptied once the posting is recorded."""
    return Path(settings.CASEWRIGHT_FILES).parent / "printer" / reference


def keep(chunks: Iterable[bytes], media_type: str, *, made: bool = False) -> Blob:
    """Store bytes (written and synced under a name of our own, then renamed into place) and return their row.

    :param made: they were made here; received ones come through `quarantine`, or are scanned before their first view
    """
    folder = Path(settings.CASEWRIGHT_FILES)
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f".part-{secrets.token_hex(8)}"
    digest, size = hashlib.sha256(), 0
    try:
        with temporary.open("wb") as file:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        target = path_of(digest.hexdigest())
        target.parent.mkdir(exist_ok=True)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    blob, _ = Blob.objects.get_or_create(
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
