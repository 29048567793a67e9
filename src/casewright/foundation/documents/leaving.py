"""Files that leave: taken away once the act that let them go has committed, and by the worker if a crash came between.

A file removed within the transaction would be gone for a matter whose destruction a crash undid; one removed after it
without a note of it would stay for ever when a crash came between.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import transaction

from casewright.foundation import clock
from casewright.foundation.documents import arriving
from casewright.foundation.documents.arriving import path_of
from casewright.foundation.documents.blobs import PRINTER, printer_folder
from casewright.foundation.documents.models import Blob, LeavingFile, PrintRun


def let_go(*, blobs: Iterable[str] = (), printed: Iterable[str] = ()) -> None:
    """Note in the caller's transaction what files leave, and take them away when it commits.

    :param blobs: hashes of stored bytes whose rows are gone
    :param printed: references of print runs whose folder the printer needs no more
    """
    named = [LeavingFile(kind="blob", name=sha) for sha in blobs]
    named += [LeavingFile(kind="printer", name=reference) for reference in printed]
    LeavingFile.objects.bulk_create(named)
    if named:
        transaction.on_commit(take_away)


def take_away() -> int:
    """Take away what is noted as leaving; how many. Bytes that have come back meanwhile, with a row, stay.

    While others bring files it does nothing: their rows are not to be seen yet. The worker's next turn does it.
    """
    with transaction.atomic():
        if not LeavingFile.objects.exists() or not arriving.alone():
            return 0
        noted = list(LeavingFile.objects.select_for_update(skip_locked=True).order_by("id")[:1000])
        back = set(
            Blob.objects.filter(sha256__in=[each.name for each in noted]).values_list("sha256", flat=True)
        )
        for each in noted:
            if each.kind == "printer":
                shutil.rmtree(printer_folder(each.name), ignore_errors=True)
            elif each.name not in back:
                path_of(each.name).unlink(missing_ok=True)
        LeavingFile.objects.filter(id__in=[each.id for each in noted]).delete()
    return len(noted)


def take_away_unnamed() -> int:
    """Take away every kept file, and every folder at the printer's, that no row names; how many.

    For a demonstration that was emptied: elsewhere a file goes with its row. What is being given meanwhile stays: it
    is in quarantine, or its transaction is waited for, or younger than this.
    """
    began = clock.real().timestamp()
    with transaction.atomic():
        arriving.wait_until_alone()
        named = set(Blob.objects.values_list("sha256", flat=True))
        kept = Path(settings.CASEWRIGHT_FILES)
        old = _older(kept.glob("[0-9a-f][0-9a-f]/*"), named, began)
        for path in old:
            path.unlink(missing_ok=True)
        runs = set(PrintRun.objects.values_list("reference", flat=True))
        printed = _older((kept.parent / PRINTER).glob("*"), runs, began)
        for folder in printed:
            shutil.rmtree(folder, ignore_errors=True)
    return len(old) + len(printed)


def _older(paths: Iterable[Path], named: set[str], moment: float) -> list[Path]:
    return [path for path in paths if path.name not in named and path.stat().st_mtime < moment]
