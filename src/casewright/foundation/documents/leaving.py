"""Files that leave: taken away once the act that let them go has committed, and by the worker if a crash came between.

A file removed within the transaction would be gone for a matter whose destruction a crash undid; one removed after it
without a note of it would stay for ever when a crash came between.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable

from django.db import transaction

from casewright.foundation.documents.blobs import path_of, printer_folder
from casewright.foundation.documents.models import Blob, LeavingFile


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
    """Take away what is noted as leaving; how many. Bytes that have come back meanwhile, with a row, stay."""
    with transaction.atomic():
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
