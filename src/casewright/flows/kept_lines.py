"""The lines of a file as it is kept: striking some out once they may be kept no longer, all others where they were."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from casewright.foundation import clock
from casewright.foundation.documents import blobs, leaving
from casewright.foundation.documents.models import Blob, Document, PrintPart
from casewright.foundation.messages.models import IntakeFile
from casewright.foundation.runs.models import Run

STRUCK_OUT = b"(row destroyed)"


def locked(file_ids: Iterable[int]) -> QuerySet[IntakeFile]:
    """Files whose lines are about to be struck out, one after the other: two at once would undo each other.

    Rows of the file may still be written meanwhile: what is being read waits for none of this.
    """
    return IntakeFile.objects.filter(id__in=set(file_ids)).order_by("id").select_for_update(no_key=True)


def strike_out(files: QuerySet[IntakeFile], sha256: str, numbers: set[int]) -> set[str]:
    """Take lines out of the kept bytes of files that share them; returns bytes they need no longer, for `drop_unused`.

    What a file was called when it was given goes with the first of its lines: it may be the name of whom the line was
    about, in whatever spelling, and nobody can tell.

    :param sha256: of the lines as they are kept now
    :param numbers: line numbers as a person counts them, from 1
    """
    media_type = Blob.objects.values_list("media_type", flat=True).get(sha256=sha256)
    struck = blobs.keep(_struck(sha256, numbers), media_type, made=True)
    before = set()
    for file in files:
        before |= {file.blob_id, file.lines_id}
        file.blob = file.lines = struck
        day = clock.london_day(file.received_at)
        file.name = f"a file of {day.day} {day:%B} {day.year}"
        Run.objects.filter(id=file.run_id or 0).update(title=file.title_of_reading)
        file.save(update_fields=["blob", "lines", "name"])
    return before - {struck.sha256}


def _struck(sha256: str, numbers: set[int]) -> Iterable[bytes]:
    """Each line as long as before, so that other lines stay where they are."""
    with blobs.path_of(sha256).open("rb") as file:
        for number, line in enumerate(file, 1):
            body = line.rstrip(b"\r\n")
            yield (
                STRUCK_OUT[: len(body)].ljust(len(body), b" ") + line[len(body) :]
                if number in numbers
                else line
            )


def drop_unused(sha256s: set[str]) -> list[str]:
    """Remove blobs that no document, print part or received file points at any more; returns which.

    They are locked before it is asked: who brings the same bytes just now (`blobs.keep`) is waited for, and seen.
    """
    gone, locked = [], Blob.objects.select_for_update(no_key=True).filter(sha256__in=sha256s)
    for sha in locked.order_by("sha256").values_list("sha256", flat=True):
        used = (
            Document.objects.filter(blob_id=sha).exists()
            or PrintPart.objects.filter(blob_id=sha).exists()
            or IntakeFile.objects.filter(Q(blob_id=sha) | Q(lines_id=sha)).exists()
        )
        if not used:
            Blob.objects.filter(sha256=sha).delete()
            gone.append(sha)
    leaving.let_go(blobs=gone)
    return gone
