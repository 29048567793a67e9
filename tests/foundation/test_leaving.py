"""Files leave when the act that lets them go stands, never before, and after a crash too."""

from __future__ import annotations

import pytest
from django.db import transaction

from casewright.foundation.documents import blobs, leaving
from casewright.foundation.documents.models import Blob, LeavingFile

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def kept(words: bytes) -> str:
    return str(blobs.keep([words], "text/plain", made=True).sha256)


def let_go(sha: str) -> None:
    Blob.objects.filter(sha256=sha).delete()
    leaving.let_go(blobs=[sha], printed=["P26-1"])


def test_what_is_undone_before_it_stands_keeps_its_files() -> None:
    """As when a process is killed between letting go and the end of its transaction."""
    sha, folder = kept(b"Undone"), blobs.printer_folder("P26-1")
    folder.mkdir(parents=True, exist_ok=True)
    with transaction.atomic():
        let_go(sha)
        assert blobs.path_of(sha).exists()
        transaction.set_rollback(True)
    assert blobs.read(sha) == b"Undone"
    assert folder.exists()
    assert not LeavingFile.objects.exists()


def test_what_stands_takes_its_files_away_at_once() -> None:
    sha, folder = kept(b"Standing"), blobs.printer_folder("P26-1")
    folder.mkdir(parents=True, exist_ok=True)
    with transaction.atomic():
        let_go(sha)
    assert not blobs.path_of(sha).exists()
    assert not folder.exists()
    assert not LeavingFile.objects.exists()


def test_the_worker_takes_away_what_a_crash_left() -> None:
    sha = kept(b"Left")
    Blob.objects.filter(sha256=sha).delete()
    LeavingFile.objects.create(kind="blob", name=sha)  # committed, and killed before anything was taken away
    assert leaving.take_away() == 1
    assert not blobs.path_of(sha).exists()
    assert leaving.take_away() == 0


def test_the_same_bytes_that_have_come_back_meanwhile_stay() -> None:
    sha = kept(b"Back")
    LeavingFile.objects.create(kind="blob", name=sha)
    assert leaving.take_away() == 1
    assert blobs.read(sha) == b"Back"
