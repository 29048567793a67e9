"""Where bytes are kept: a local folder, content addressed. The same bytes are kept once."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from casewright.foundation.documents.models import Blob


def path_of(sha256: str) -> Path:
    """The file that holds a blob."""
    return Path(settings.CASEWRIGHT_FILES) / sha256[:2] / sha256


def printer_folder(reference: str) -> Path:
    """Where the printer takes a print run's files; emptied once the posting is recorded."""
    return Path(settings.CASEWRIGHT_FILES).parent / "printer" / reference


def keep(chunks: Iterable[bytes], media_type: str) -> Blob:
    """Store bytes (written and synced under a name of our own, then renamed into place) and return their row."""
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
        sha256=digest.hexdigest(), defaults={"size": size, "media_type": media_type}
    )
    return blob


def read(sha256: str) -> bytes:
    """All bytes of a blob.

    :raises FileNotFoundError: if the file is gone
    """
    return path_of(sha256).read_bytes()
