"""A file of detections: kept, cut into chunks, each row accepted, held, refused or known already.

received = accepted + held + refused + duplicate + not yet read, at every moment: a chunk's rows, matters, held items
and counts are one transaction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path, PurePath
from typing import Any, BinaryIO, NamedTuple

from casewright.areas.traffic import facts as traffic_facts
from casewright.areas.traffic.actions.receive import receive_detections
from casewright.areas.traffic.detections import Detection, Register
from casewright.foundation import clock
from casewright.foundation.documents import blobs, quarantine
from casewright.foundation.documents.models import Blob
from casewright.foundation.journal.models import Operation
from casewright.foundation.journal.record import Line, record
from casewright.foundation.lifecycle import NotYours
from casewright.foundation.matters.references import new_references
from casewright.foundation.matters.rights import must_hold
from casewright.foundation.messages import actions as messages
from casewright.foundation.messages import lines
from casewright.foundation.messages.adapters import adapter
from casewright.foundation.messages.models import IntakeFile, Outcome
from casewright.foundation.messages.repeats import Doubtful, hold_once, mark_of
from casewright.foundation.policy import queries as policy
from casewright.foundation.runs import actions as runs
from casewright.foundation.runs.models import Chunk, Run

RUN_KIND = "intake_detections"


def receive_file(*, content: Iterable[bytes], name: str, force_id: int, by: Any, at: datetime) -> IntakeFile:
    """Keep a file given by a person or command and begin to read it.

    :param content: the bytes, in pieces
    :raises FileRefused: if it is too large, empty, not text, or its heading is wrong
    :raises NotAdmitted: if the virus scanner found something or gave no verdict
    :raises NotAllowed: without the right to upload, or for a force this person does not serve
    """
    must_hold(by, "intake.upload")
    if by is not None and force_id not in by.force_ids:
        raise NotYours("You do not serve this force, so its file was not taken in. Ask one of its people.")
    cameras = adapter("cameras")
    with quarantine.received(_limited(content, cameras.MOST_BYTES)) as held:
        heading = _heading(held.path, cameras.format_of(held.start()))
        blob = held.admit("text/plain")
    kept_lines = _as_lines(blob, heading.format)
    path = blobs.path_of(kept_lines.sha256)
    pieces = list(lines.chunks(path, after=heading.after, first=heading.first, size=cameras.CHUNK))
    received = _file_row(name, blob, kept_lines, heading, sum(p.items for p in pieces), force_id, by, at)
    received.run = runs.start(
        kind=RUN_KIND,
        title=received.title_of_reading,
        by=by,
        at=at,
        params={"file": received.id},
        payloads=[(p.items, {"offset": p.offset, "length": p.length, "first": p.first}) for p in pieces],
    )
    received.save(update_fields=["run"])
    record(
        [
            Line(
                "intake.receive_file",
                subject_kind="file",
                subject_id=received.id,
                facts={"reference": received.reference, "rows": received.rows, "sha256": blob.sha256},
                operation=Operation.COLLECTION,
            )
        ],
        by=by and by.id,
        at=at,
    )
    return received


def record_refused(*, why: str, by: Any, at: datetime) -> None:
    """Put on record that a file was given and not taken in; nothing of the file itself is kept, nor what it was called.

    Words of the log that belong to no matter would never go, and a file may be called after a person.
    """
    said = Line("intake.refuse_file", text=why, operation=Operation.COLLECTION)
    record([said], by=by and by.id, at=at)


def _limited(content: Iterable[bytes], most: int) -> Iterable[bytes]:
    size = 0
    for piece in content:
        size += len(piece)
        if size > most:
            raise messages.FileRefused(
                f"The file is larger than {most // 2**20} MB. Ask the site to send it in parts."
            )
        yield piece


def _as_lines(blob: Blob, file_format: str) -> Blob:
    if file_format != "json":
        return blob
    text = blobs.read(blob.sha256).decode("utf-8-sig", "replace")
    return blobs.keep(lines.array_as_lines(text), "application/jsonl", made=True)


class Heading(NamedTuple):
    """How a file is read: its format, the columns it names, where its rows begin and on which line."""

    format: str
    names: list[str]
    after: int
    first: int


def _heading(path: Path, file_format: str) -> Heading:
    """What a CSV file says of itself in its first line or two; an array is written out as lines of our own."""
    cameras = adapter("cameras")
    with path.open("rb") as file:
        bom = 3 if file.read(3) == b"\xef\xbb\xbf" else 0
        if file_format != "csv":
            return Heading(file_format, [], 0 if file_format == "json" else bom, 1)
        file.seek(bom)
        line, first = _text(file), 2
        separator = cameras.separator_named(line)
        if separator:
            line, first = _text(file), 3
        told, names = cameras.heading(line, separator)
        return Heading(told, names, file.tell(), first)


def _text(file: BinaryIO) -> str:
    return file.readline(100_000).decode("utf-8", "replace")


def _file_row(
    name: str, blob: Blob, kept: Blob, heading: Heading, rows: int, force_id: int, by: Any, at: datetime
) -> IntakeFile:
    (reference,) = new_references(prefix="U", sequence="matters_upload", count=1, on=clock.london_day(at))
    before = IntakeFile.objects.filter(sha256=blob.sha256).order_by("id").first()
    return IntakeFile.objects.create(
        reference=reference,
        name=PurePath(name).name[:200] or "unnamed",
        kind="detections",
        format=heading.format,
        header=heading.names,
        blob=blob,
        lines=kept,
        sha256=blob.sha256,
        size=blob.size,
        rows=rows,
        force_id=force_id,
        received_at=at,
        received_by=by,
        same_as=before,
    )


def work_chunk(run: Run, chunk: Chunk) -> dict[str, int]:
    """Read one chunk of a file: its rows, matters, held items and counts in the caller's one transaction."""
    file = IntakeFile.objects.select_related("received_by").get(id=run.params["file"])
    at, today = clock.now(), clock.today()
    piece = lines.Slice(chunk.payload["offset"], chunk.payload["length"], chunk.payload["first"], chunk.items)
    raws = dict(lines.rows(blobs.path_of(file.lines_id), piece))
    register = traffic_facts.register(received_at=file.received_at)
    detections, faults = _read_rows(raws, file, register)
    in_force = policy.in_force(force_id=file.force_id, on=today)
    outcomes = receive_detections(
        detections,
        register=register,
        force_id=file.force_id,
        file_id=file.id,
        policy=in_force,
        today=today,
        by=file.received_by,
        at=at,
    )
    faults += [(o.row, o.fault) for o in outcomes if o.fault]
    settled = [messages.Settled(o.row, str(o.outcome), o.matter_id) for o in outcomes if not o.fault]
    settled += _held_or_refused([_doubtful(n, raws[n], f, file) for n, f in faults], file, today=today, at=at)
    messages.settle_rows(file.id, settled)
    return dict(Counter(row.outcome for row in settled))


def _held_or_refused(
    rows: list[Doubtful], file: IntakeFile, *, today: date, at: datetime
) -> list[messages.Settled]:
    """Hold each row that nobody held before; a row that says the same as a held one is known already."""
    repeated = hold_once(rows, interface="cameras", file_id=file.id, today=today, at=at)
    return [
        messages.Settled(
            r.number, str(Outcome.DUPLICATE), repeated[r.number].matter_id, repeated[r.number].held_id
        )
        if r.number in repeated
        else messages.Settled(r.number, str(Outcome.REFUSED if r.fault.refused else Outcome.HELD))
        for r in rows
    ]


def _doubtful(number: int, raw: bytes, fault: messages.Fault, file: IntakeFile) -> Doubtful:
    values = _values(raw, file)
    mark = mark_of(raw, values, interface="cameras", force_id=file.force_id)
    # the database holds no NUL, neither in a value nor in the name a file gives it
    kept = {_shown(k, 40): _shown(v, 400) for k, v in list(values.items())[:40]}
    return Doubtful(number, raw.decode("utf-8", "replace"), kept, fault, mark)


def _shown(text: str, longest: int) -> str:
    return text.replace("\x00", "␀")[:longest]


def _read_rows(
    raws: dict[int, bytes], file: IntakeFile, register: Register
) -> tuple[list[Detection], list[tuple[int, messages.Fault]]]:
    cameras = adapter("cameras")
    good: list[Detection] = []
    bad: list[tuple[int, messages.Fault]] = []
    for number, raw in raws.items():
        try:
            good.append(cameras.read(number, cameras.split(raw, file.format, file.header), register))
        except messages.Unreadable as problem:
            bad.append((number, problem.fault))
    return good, bad


def _values(raw: bytes, file: IntakeFile) -> dict[str, str]:
    try:
        values: dict[str, str] = adapter("cameras").split(raw, file.format, file.header)
    except messages.Unreadable:
        return {}
    return values
