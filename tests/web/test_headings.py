"""Headings as spreadsheets of all countries and as people write them: read as they stand, or refused in a sentence."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given as whatever
from hypothesis import strategies as st
from tests import given
from typer.testing import CliRunner

from casewright.commands.intake import app
from casewright.foundation.messages.actions import FileRefused
from casewright.foundation.messages.models import HeldItem, IntakeFile
from casewright.interfaces.cameras import file
from casewright.interfaces.cameras.contract import NAMES

pytestmark = pytest.mark.django_db
CLERK = "Jonah Prewett"
ROWS = [given.row(), given.row(sequence="2", time="15:00:00", mark="")]  # one is accepted, one held


@pytest.fixture
def unit() -> None:
    given.a_unit()


def table(
    separator: str = ",", names: tuple[str, ...] = NAMES, *, quoted: bool = False, above: str = ""
) -> bytes:
    """The two rows as a spreadsheet writes them."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL)
    writer.writerow(names)
    known = [name.strip().lower().replace(" ", "_") for name in names]
    writer.writerows([row.get(name, "") for name in known] for row in ROWS)
    return (above + out.getvalue()).encode()


def spaced() -> bytes:
    """Every cell quoted, a space after each comma."""
    return table(quoted=True).replace(b'","', b'", "')


AS_PEOPLE_SAY = tuple(name.replace("_", " ").title() for name in NAMES)
READ = {
    "commas": table(),
    "semicolons, as where a comma is a decimal point": table(";"),
    "tabs": table("\t"),
    "semicolons, every cell quoted, with a byte order mark": b"\xef\xbb\xbf" + table(";", quoted=True),
    "the separator told in a line above": table(";", above="sep=;\r\n"),
    "tabs told in a line above": table("\t", above="SEP=\t\r\n"),
    "every cell quoted, with spaces": spaced(),
    "words with capitals and spaces": table(names=AS_PEOPLE_SAY),
    "another order": table(";", names=tuple(reversed(NAMES))),
    "only the needed columns": table(
        names=("device", "sequence", "date", "time", "mark", "site", "limit", "speed")
    ),
    "empty lines at its end": table(";") + b";" * (len(NAMES) - 1) + b"\r\n\r\n",
}
REFUSED = {
    "a bar between": (table("|"), "with a comma, semicolon or tab between them; missing: date, device"),
    "a bar told above": (table("|", above="sep=|\r\n"), "says that '|' separates the columns"),
    "another separator than is told above": (
        table(",", above="sep=;\r\n"), "with a semicolon between them; missing: date, device"),
    "a column more": (table(";", names=(*NAMES, "colour")), "columns that are not known: colour. Take them out"),
    "a column twice": (table(names=(*NAMES, "mark")), "names columns twice: mark. Leave each once"),
    "twice in other letters": (table(names=(*NAMES, "Mark")), "names columns twice: mark. Leave each once"),
    "a column without a name": (table(names=(*NAMES, "")), "Column 17 of the first line has no name"),
    "UTF-16 as Excel writes it": (table("\t").decode().encode("utf-16"), "The file is in UTF-16. Save it as UTF-8"),
    "UTF-16 without its mark": (table("\t").decode().encode("utf-16-le"), "This is not a text file"),
    "no heading": (table().split(b"\n", 1)[1], "The first line must name the columns"),
    "a told separator and no more": (b"sep=;\r\n", "The first line must name the columns"),
}  # fmt: skip


def by_form(content: bytes, _folder: Path) -> tuple[str, dict[str, Any] | None]:
    """What the page says, and the account of the file if it was taken in."""
    client, clerk = Client(), given.person(CLERK)
    client.force_login(clerk)
    with given.on(given.MONDAY):
        given_file = SimpleUploadedFile("detections.csv", content, "text/csv")
        answer = client.post("/intake", {"force": clerk.forces.get().id, "file": given_file})
        given.work()
    if answer.status_code == 302:
        return "", given.account(IntakeFile.objects.get())
    assert answer.status_code == 422
    return unescape(answer.content.decode()), None


def by_command(content: bytes, folder: Path) -> tuple[str, dict[str, Any] | None]:
    """What the command says, and the account of the file if it was taken in."""
    path = folder / "detections.csv"
    path.write_bytes(content)
    with given.on(given.MONDAY):
        done = CliRunner().invoke(app, ["detections", str(path), "--json"])
    if done.exit_code == 0:
        return "", json.loads(done.stdout)
    assert done.exit_code == 2, done.output
    return done.output, None


Door = Callable[[bytes, Path], tuple[str, dict[str, Any] | None]]
doors = pytest.mark.parametrize("door", [by_form, by_command])


@doors
@pytest.mark.parametrize("what", READ)
def test_it_is_read_as_it_stands_and_no_row_is_lost(
    what: str, door: Door, unit: None, tmp_path: Path
) -> None:
    said, told = door(READ[what], tmp_path)
    assert told is not None, said
    assert (told["received"], told["accepted"], told["held"]) == (2, 1, 1)
    assert told["rows"][0]["field"] == "mark"
    assert HeldItem.objects.get().values["time"] == "15:00:00"
    number = (
        READ[what].splitlines().index(next(line for line in READ[what].splitlines() if b"15:00:00" in line))
        + 1
    )
    assert told["rows"][0]["row"] == number, "the line as a person counts it"


@doors
@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_in_one_sentence_and_nothing_is_kept(
    what: str, door: Door, unit: None, tmp_path: Path
) -> None:
    content, words = REFUSED[what]
    said, told = door(content, tmp_path)
    assert told is None
    assert words in said
    assert not IntakeFile.objects.exists()


@whatever(
    st.lists(st.sampled_from([*NAMES, "colour", ""]), max_size=20), st.text(",;\t ", min_size=1, max_size=3)
)
def test_a_heading_is_read_by_one_separator_or_not_at_all(names: list[str], between: str) -> None:
    """Whatever stands between: what is read names each column once, and by no other separator could be read."""
    line = between.join(names)
    read = []
    for separator in (",", ";", "\t"):
        try:
            read.append(file.heading(line, separator)[1])
        except FileRefused:
            continue
    try:
        read.append(file.heading(line)[1])
    except FileRefused:
        assert read == []
    else:
        assert len(read) == 2
        assert read[0] == read[1]
