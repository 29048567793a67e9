"""What must hold of a removal of held rows whenever it is killed, told by an own reading of the files as given."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

from casewright.flows import remove_held_rows
from casewright.foundation import clock
from casewright.foundation.documents import arriving
from casewright.foundation.documents.models import Blob, LeavingFile
from casewright.foundation.journal.models import Entry
from casewright.foundation.messages import queries
from casewright.foundation.messages.models import HeldItem, IntakeFile


def fall_due() -> None:
    """The last day of every held row has passed; how many rows, and what each said that nothing else says."""
    HeldItem.objects.filter(emptied_at=None).update(retain_until=clock.today() - timedelta(days=1))
    print(json.dumps(sorted(HeldItem.objects.values_list("values__image", flat=True))))


def removals() -> None:
    """How many entries tell of removals, and how many rows are still due."""
    due = remove_held_rows.due(clock.today()).count()
    print(json.dumps([Entry.objects.filter(verb="held.remove").count(), due]))


def told_by_files(folder: str) -> None:
    """Each file is as it was given but for exactly the lines removed; rows, counts and journal say the same."""
    for file in IntakeFile.objects.order_by("id"):
        rows = HeldItem.objects.filter(file=file)
        gone = set(rows.exclude(emptied_at=None).values_list("row_number", flat=True))
        assert len(gone) in (0, rows.count()), f"{file.reference}: half removed"
        assert all((row.raw == "") == (row.values == {}) == (row.row_number in gone) for row in rows)
        given = next(p for p in Path(folder).glob("given-*.csv") if _sha256(p.read_bytes()) == file.sha256)
        kept = arriving.path_of(file.lines_id).read_bytes()
        assert _sha256(kept) == file.lines_id, f"{file.reference}: not its own bytes"
        assert kept == _without(given.read_bytes(), gone), (
            f"{file.reference}: other lines than the removed ones"
        )
        entries = Entry.objects.filter(verb="held.remove", subject_id=file.id)
        assert sum(entries.values_list("facts__rows", flat=True)) == len(gone), f"{file.reference}: journal"
        told = queries.counts_of_file(file)
        assert told["received"] == sum(told[k] for k in ("accepted", "held", "refused", "duplicate")), told
        assert (told["held"] == 0) or not gone, told


def _without(given: bytes, gone: set[int | None]) -> bytes:
    lines = given.split(b"\n")
    for number in gone:
        length = len(lines[(number or 0) - 1])
        lines[(number or 0) - 1] = b"(row destroyed)"[:length].ljust(length)
    return b"\n".join(lines)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def left_behind() -> None:
    """Files begun or placed by acts that did not end, files that leave, and kept files that no row names."""
    kept = Path(settings.CASEWRIGHT_FILES)
    arrived = [each.name for each in (kept / arriving.FOLDER).glob("*")]
    named = set(Blob.objects.values_list("sha256", flat=True))
    unnamed = [each.name for each in kept.glob("??/*") if each.name not in named]
    print(json.dumps([len(arrived), LeavingFile.objects.count(), len(unnamed)]))


def where(secrets: str) -> None:
    """Each table and each file that holds one of some texts."""
    wanted = json.loads(secrets)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        found = set()
        for table in tables:
            cursor.execute(
                f'SELECT count(*) FROM "{table}" r WHERE r::text LIKE ANY (%s)', [[f"%{s}%" for s in wanted]]
            )
            if cursor.fetchone()[0]:
                found.add(table)
    for path in Path(settings.CASEWRIGHT_FILES).rglob("*"):
        if path.is_file() and any(s.encode() in path.read_bytes() for s in wanted):
            found.add(path.parent.name)
    print(json.dumps(sorted(found)))


def kept_whole() -> None:
    """How many rows name kept bytes, each of which is there and has the hash it is named by."""
    for sha256 in Blob.objects.values_list("sha256", flat=True):
        assert _sha256(arriving.path_of(sha256).read_bytes()) == sha256
    print(Blob.objects.count())
