"""Files come and leave with the act that brings or lets them go, never before, and after a crash too."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from tests import given

from casewright.commands import worker
from casewright.flows.daily_round import KIND
from casewright.foundation.documents import arriving, blobs, leaving, quarantine
from casewright.foundation.documents.models import Blob, LeavingFile, PrintRun
from casewright.foundation.matters.models import Matter
from casewright.foundation.runs.models import Run

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def kept(words: bytes) -> str:
    with transaction.atomic():
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


def test_while_another_brings_the_same_bytes_nothing_is_taken_away() -> None:
    """Their row is not to be seen yet: they would have a row and no bytes."""
    sha = kept(b"Coming back")
    Blob.objects.filter(sha256=sha).delete()
    LeavingFile.objects.create(kind="blob", name=sha)
    with bringing(b"Coming back"):
        assert leaving.take_away() == 0
    assert leaving.take_away() == 1
    assert blobs.read(sha) == b"Coming back"


def test_bytes_whose_last_row_is_let_go_at_this_moment_are_kept_by_a_row_of_their_own() -> None:
    """Who brings them waits for that act; then there is no row, and it writes one."""
    sha = kept(b"Crossing")
    with transaction.atomic():
        Blob.objects.filter(sha256=sha).delete()
        thread = threading.Thread(target=_bring, args=(b"Crossing", threading.Event(), ready()))
        thread.start()
        until_somebody_waits()
    thread.join(30)
    assert Blob.objects.filter(sha256=sha).exists()


def test_of_a_demonstration_that_was_emptied_only_what_a_row_names_stays() -> None:
    old, named, coming = kept(b"Of the old one"), kept(b"Of the new one"), b"Being given"
    Blob.objects.filter(sha256=old).delete()
    for reference in ("P26-8", "P26-9"):
        blobs.printer_folder(reference).mkdir(parents=True, exist_ok=True)
    a_print_run("P26-9")
    with quarantine.received([b"On its way"]) as held, bringing(coming) as let_it_end:
        thread = threading.Thread(target=_take_away_unnamed)
        thread.start()
        until_somebody_waits()
        let_it_end()
        thread.join(30)
        assert held.path.exists()
    assert not blobs.path_of(old).exists()
    assert blobs.read(named) == b"Of the new one"
    assert blobs.read(hashlib.sha256(coming).hexdigest()) == coming
    assert not blobs.printer_folder("P26-8").exists()
    assert blobs.printer_folder("P26-9").exists()


@pytest.mark.parametrize("left", ["unfinished", "placed"])
def test_what_an_act_left_that_never_ended_goes_and_what_has_its_row_stays(left: str) -> None:
    sha = hashlib.sha256(b"Broken off").hexdigest()
    arriving.sweep()  # what tests left that take back what they wrote
    with transaction.atomic():
        stays = blobs.keep([b"Ended"], "text/plain", made=True).sha256
    mark = arriving._folder() / f"{stays}.killed-before-its-mark-went"
    mark.touch()
    if left == "placed":
        with transaction.atomic():
            blobs.keep([b"Broken off"], "text/plain", made=True)
            transaction.set_rollback(True)
        assert blobs.path_of(sha).exists()
    else:
        (arriving._folder() / "part-of-a-killed-process").write_bytes(b"Broken")
    with bringing(b"Another"):
        assert arriving.sweep() == 0, "it might be that one's"
    assert arriving.sweep() == 2
    assert not blobs.path_of(sha).exists()
    assert blobs.read(stays) == b"Ended"
    assert list(arriving._folder().iterdir()) == []


def test_a_file_that_is_none_of_ours_stays_and_ends_no_round() -> None:
    """As a desktop, a network disk or a restore leaves them."""
    stray = arriving._folder() / ".DS_Store"
    stray.touch()
    arriving.sweep()
    assert stray.exists()
    stray.unlink()


@contextmanager
def bringing(words: bytes) -> Iterator[Callable[[], None]]:
    """Another's transaction that has brought bytes and has not ended; what ends it, else it ends afterwards."""
    end, placed = threading.Event(), threading.Event()
    thread = threading.Thread(target=_bring, args=(words, placed, end))
    thread.start()
    assert placed.wait(30)
    try:
        yield end.set
    finally:
        end.set()
        thread.join(30)


def _bring(words: bytes, placed: threading.Event, end: threading.Event) -> None:
    with transaction.atomic():
        blobs.keep([words], "text/plain", made=True)
        placed.set()
        end.wait(30)
    connection.close()


def _take_away_unnamed() -> None:
    leaving.take_away_unnamed()
    connection.close()


def ready() -> threading.Event:
    end = threading.Event()
    end.set()
    return end


def until_somebody_waits() -> None:
    """Until a connection waits for what another has locked."""
    with connection.cursor() as cursor:
        waits = 0
        while not waits:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            waits = cursor.fetchone()[0]


def a_print_run(reference: str) -> None:
    with given.on(given.MONDAY) as at:
        force = given.a_unit()
        PrintRun.objects.create(reference=reference, title="Notices", template="nip_s172", template_version=1, chosen=0,
                                force=force, started_at=at)  # fmt: skip


def test_the_printer_s_folder_stays_of_a_run_that_is_given_to_it_again() -> None:
    """A destroy noted it while others brought files, and then its run was printed again."""
    force = given.a_unit()
    with given.on(given.MONDAY):
        given.give(given.csv_of([given.row()]), force=force)
        given.keepers_answer(list(Matter.objects.all()))
        made = given.print_notices(force)
        LeavingFile.objects.create(kind="printer", name=made.reference)
        given.hand_over(made)
    leaving.take_away()
    assert len(list(blobs.printer_folder(made.reference).iterdir())) == 2


def test_what_cannot_be_tidied_keeps_no_worker_from_the_day_s_round(tmp_path, settings, capsys) -> None:
    given.a_unit()
    settings.CASEWRIGHT_FILES = tmp_path
    (tmp_path / "arriving").write_text("no folder")
    with given.on(given.MONDAY):
        assert worker._round()
    assert "arriving.sweep could not be done (FileExistsError); trying again" in capsys.readouterr().err
    assert Run.objects.filter(kind=KIND).exists()
