"""Files given by hand that mean harm: each refused in one sentence, on record, and nothing of it kept or shown."""

from __future__ import annotations

import bz2
import gzip
import io
import os
import re
import struct
import threading
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from tests import given
from tests.ports import POLL

from casewright.foundation.documents import blobs, contents, quarantine
from casewright.foundation.documents.models import Blob, Document
from casewright.foundation.journal.models import Entry, EntryText
from casewright.foundation.matters.models import Matter
from casewright.foundation.messages.models import HeldItem, IntakeFile
from casewright.interfaces.clamd.simulator import EICAR, serve

pytestmark = pytest.mark.django_db
MB = 1024 * 1024


def a_zip(name: str = "x.csv", content: bytes = b"0" * MB) -> bytes:
    """An archive that unpacks to a thousand times its size."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def a_pixel_flood() -> bytes:
    """A picture of a few bytes that says it is 60,000 by 60,000."""
    head = struct.pack("!IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return b"\x89PNG\r\n\x1a\n" + struct.pack("!I", 13) + chunk + struct.pack("!I", zlib.crc32(chunk))


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">' + b"".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">'.encode() for n in range(12)
    ) + b"]><l>&m;</l>"
)  # fmt: skip
XXE = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><l>&x;</l>'
XINCLUDE = (
    b'<l xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd" parse="text"/></l>'
)
HARMFUL = {
    "a ZIP bomb": a_zip(),
    "a ZIP inside a ZIP": a_zip("y.zip", a_zip()),
    "a spreadsheet": a_zip("xl/workbook.xml"),
    "a path that climbs in a ZIP": a_zip("../../../etc/cron.d/x", b"x"),
    "a gzip bomb": gzip.compress(b"0" * MB),
    "a bzip2 bomb": bz2.compress(b"\0" * MB) + b"\0",
    "a pixel flood": a_pixel_flood(),
    "a picture": b"\xff\xd8\xff\xe0\0\x10JFIF\0",
    "a picture that is also a script": b"GIF89a/*\0*/=1;alert(1)//",
    "a PDF": b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>",
    "a program": b"MZ\x90\0\x03\0",
    "a program of Linux": b"\x7fELF\x02\x01\x01\0",
    "a script": b"#!/bin/sh\nid\n",
    "a page": b"<html><script>alert(1)</script>",
    "a picture with a script": b"\xef\xbb\xbf <svg onload=alert(1)>",
    "a billion laughs": LAUGHS,
    "an entity from outside": XXE,
    "an inclusion from outside": XINCLUDE,
    "UTF-16": "device,mark\n".encode("utf-16"),
    "nothing": b"",
    "another heading": b"=cmd|' /C calc'!A0,mark\nx,y\n",
}


_ZIP, _PACKED, _PAGE = "a ZIP archive or a spreadsheet", "a compressed file", "a page or XML"
# What each is told to be, by its content alone: that its heading would be refused too is not enough.
NAMED = {
    "a ZIP bomb": _ZIP, "a ZIP inside a ZIP": _ZIP, "a spreadsheet": _ZIP, "a path that climbs in a ZIP": _ZIP,
    "a gzip bomb": _PACKED, "a bzip2 bomb": _PACKED, "a pixel flood": "a picture", "a picture": "a picture",
    "a picture that is also a script": "a picture", "a PDF": "a PDF", "a program": "a program",
    "a program of Linux": "a program", "a script": "a program", "a page": _PAGE, "a picture with a script": _PAGE,
    "a billion laughs": _PAGE, "an entity from outside": _PAGE, "an inclusion from outside": _PAGE,
    "UTF-16": "in UTF-16", "nothing": "", "another heading": "missing: ",
}  # fmt: skip


@pytest.fixture
def jonah() -> Client:
    given.a_unit()
    client = Client()
    client.force_login(given.person("Jonah Prewett"))
    return client


@pytest.fixture
def scanner(settings: Any) -> Iterator[None]:
    """A scanner over its protocol."""
    server = serve(0)
    threading.Thread(target=server.serve_forever, args=(POLL,), daemon=True).start()
    settings.CASEWRIGHT_SCANNER = f"127.0.0.1:{server.server_address[1]}"
    yield
    server.shutdown()
    server.server_close()


def give(client: Client, content: bytes, name: str = "detections.csv", media_type: str = "text/csv") -> Any:
    force = given.person("Jonah Prewett").forces.get()
    with given.on(given.MONDAY):
        return client.post(
            "/intake", {"force": force.id, "file": SimpleUploadedFile(name, content, media_type)}
        )


def kept(settings: Any) -> set[Path]:
    """Every file among the kept ones and in quarantine."""
    return {each for each in Path(settings.CASEWRIGHT_FILES).rglob("*") if each.is_file()}


@pytest.mark.parametrize("what", HARMFUL)
def test_a_harmful_file_is_refused_in_a_sentence_and_nothing_of_it_stays(
    what: str, jonah: Client, settings: Any
) -> None:
    before = kept(settings)
    answer = give(jonah, HARMFUL[what])
    assert answer.status_code == 422
    assert not IntakeFile.objects.exists()
    assert not Blob.objects.exists()
    assert kept(settings) == before
    if what != "nothing":  # the form itself says that a file is empty
        assert "The file was not taken in" in answer.content.decode()
        assert NAMED[what] in answer.content.decode()
        entry = Entry.objects.get(verb="intake.refuse_file")
        assert entry.actor_id == given.person("Jonah Prewett").id
        text = EntryText.objects.get(entry_id=entry.id).text
        assert NAMED[what] in text
        assert "detections.csv" not in text, "a file may be called after a person, and these words never go"


def test_a_large_upload_waits_in_quarantine_where_what_a_kill_leaves_of_it_is_swept_away(
    rf: RequestFactory, settings: Any
) -> None:
    sent = rf.post("/intake", {"file": SimpleUploadedFile("big.csv", b"x" * 2 * MB)}).FILES["file"]
    path = Path(sent.temporary_file_path())
    assert path.parent == Path(settings.CASEWRIGHT_FILES) / quarantine.FOLDER
    assert path.read_bytes() == b"x" * 2 * MB
    assert path.stat().st_mode & 0o077 == 0
    left = path.with_name("upload-left")
    os.link(path, left)  # as if the process had been killed
    sent.close()
    assert not path.exists()
    long_ago = left.stat().st_mtime - 2 * 86_400
    os.utime(left, (long_ago, long_ago))
    quarantine.sweep()
    assert not left.exists()


def test_too_large_a_file_is_refused_while_it_comes_and_leaves_nothing(
    jonah: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casewright.interfaces.cameras.file.MOST_BYTES", MB)
    before = kept(settings)
    answer = give(jonah, given.csv_of([given.row()]) + b"x" * MB)
    assert "larger than 1 MB" in answer.content.decode()
    assert kept(settings) == before


def test_a_request_of_nobody_writes_no_more_than_shows_that_its_file_is_too_large(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A form is read before it is known who sent it: no stranger fills the disk of the kept files."""
    monkeypatch.setattr("casewright.interfaces.cameras.file.MOST_BYTES", MB)
    sent = rf.post("/sign-in", {"file": SimpleUploadedFile("big.csv", b"x" * 3 * MB)}).FILES["file"]
    assert Path(sent.temporary_file_path()).stat().st_size == MB + 1
    sent.close()


def test_of_a_request_with_two_files_one_is_written(rf: RequestFactory) -> None:
    """What is cut short is never taken for the whole: the other is empty, and refused as that."""
    files = {name: SimpleUploadedFile(f"{name}.csv", b"x" * MB) for name in ("one", "two")}
    sent = rf.post("/sign-in", files).FILES
    assert [sent[name].size for name in files] == [MB, 0]
    assert [Path(sent[name].temporary_file_path()).stat().st_size for name in files] == [MB, 0]
    for each in sent.values():
        each.close()


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd",
        "..\\..\\x.csv",
        "/etc/passwd",
        "a\0b.csv",
        "a" * 500 + ".csv",
        "<script>.csv",
        "=1+1.csv",
    ],
)
def test_a_files_name_is_never_a_path(name: str, jonah: Client, settings: Any) -> None:
    before = kept(settings)
    answer = give(jonah, given.csv_of([given.row()]), name=name)
    assert answer.status_code in (302, 422)
    for new in kept(settings) - before:
        assert re.fullmatch(r"[0-9a-f]{64}(\.[0-9a-f]{8})?", new.name), (
            "its hash, or the mark that it arrives"
        )
        assert new.is_relative_to(settings.CASEWRIGHT_FILES)
    for file in IntakeFile.objects.all():
        assert "/" not in file.name
        assert len(file.name) <= 200


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 200_000,
        b'[{"mark": ' + b"[" * 100_000 + b"]" * 100_000 + b"}]",
        b'{"mark": ' + b'{"a":' * 1_500 + b"1" + b"}" * 1_500 + b"}\n",
        b'[{"speed": 1e400000}, {"speed": ' + b"9" * 5_000 + b"}]",
        b'{"mark": "a", "mark": "b", "__proto__": {"x": 1}}\n',
        given.csv_of([given.row()]) + a_zip(),
        given.csv_of([given.row()]) + b'"' + b"x" * 100_000 + b"\n",
    ],
    ids=[
        "deep array",
        "deep value",
        "deep object",
        "long numbers",
        "doubled names",
        "table and ZIP",
        "open quotation",
    ],
)
def test_a_table_made_to_break_its_reader_is_held_or_refused_row_by_row(
    content: bytes, jonah: Client
) -> None:
    answer = give(jonah, content)
    assert answer.status_code == 302
    with given.on(given.MONDAY):
        given.work()
    file = IntakeFile.objects.get()
    assert file.run is not None
    assert file.run.state == "done"
    given.account(file)
    assert HeldItem.objects.exists()
    assert jonah.get(answer["Location"]).status_code == 200


def test_what_the_scanner_finds_is_never_kept_and_is_on_record(
    jonah: Client, scanner: None, settings: Any
) -> None:
    before = kept(settings)
    answer = give(jonah, given.csv_of([given.row()]) + EICAR)
    assert answer.status_code == 422
    assert "The virus scanner found Eicar-Test-Signature" in answer.content.decode()
    assert not IntakeFile.objects.exists()
    assert kept(settings) == before
    assert "Eicar-Test-Signature" in EntryText.objects.get().text


def test_a_sound_file_is_scanned_before_it_is_read(jonah: Client, scanner: None) -> None:
    assert give(jonah, given.csv_of([given.row()])).status_code == 302
    assert Blob.objects.get().cleared_at is not None


def test_while_the_scanner_is_away_nothing_is_taken_in_and_nothing_kept(jonah: Client, settings: Any) -> None:
    settings.CASEWRIGHT_SCANNER = "127.0.0.1:9"
    before = kept(settings)
    answer = give(jonah, given.csv_of([given.row()]))
    assert answer.status_code == 422
    assert "gave no verdict" in answer.content.decode()
    assert kept(settings) == before


def test_without_a_scanner_the_health_board_says_so(jonah: Client) -> None:
    assert give(jonah, given.csv_of([given.row()])).status_code == 302
    assert Blob.objects.get().cleared_at is None
    ruth = Client()
    ruth.force_login(given.person("Ruth Alder"))
    assert "stored unscanned" in ruth.get("/health").content.decode()


@pytest.mark.parametrize(("content", "status"), [(b"a sound paper", 200), (EICAR, 409)])
def test_a_paper_nobody_scanned_is_scanned_before_its_first_view(
    content: bytes, status: int, jonah: Client, scanner: None
) -> None:
    with given.on(given.MONDAY) as at:
        given.give(given.csv_of([given.row()]), force=given.person("Jonah Prewett").forces.get())
        kept_before = blobs.keep([content], "text/html")
        paper = Document.objects.create(
            matter=Matter.objects.get(),
            blob=kept_before,
            kind="paper",
            title="A letter",
            direction="received",
            at=at,
        )
    ruth = Client()
    ruth.force_login(given.person("Ruth Alder"))
    answer = ruth.get(f"/documents/{paper.id}")
    assert answer.status_code == status
    assert EICAR not in answer.content
    if status == 200:  # never run: a download under our own name, with a policy that forbids everything
        assert answer["Content-Disposition"].startswith("attachment; ")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_a_heading_that_begins_with_the_letters_of_a_program_is_a_heading() -> None:
    assert contents.what_it_is(b"MZone,mark\n") == ""
    assert contents.what_it_is(b"BMW mark,device\n") == ""


def test_what_a_crash_left_in_quarantine_is_swept_the_day_after(settings: Any) -> None:
    folder = Path(settings.CASEWRIGHT_FILES) / quarantine.FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    left = folder / "left"
    left.write_bytes(b"x")
    assert quarantine.sweep() == 0
    import os

    os.utime(left, (0, 0))
    assert quarantine.sweep() == 1
    assert not left.exists()
