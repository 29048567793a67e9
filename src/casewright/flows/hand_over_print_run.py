"""Handing a print run to the printer, and recording that it was posted.

Handing over has two steps, each its own transaction: `begin`, then the files are written where the printer takes them,
then `confirm`. If we are killed in between, nobody can know from here whether the printer took them: the run stands at
“handing over” and a person is asked. Nothing is ever handed over a second time without one.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from casewright.areas.traffic.actions import posting
from casewright.areas.traffic.letters import LETTERS
from casewright.flows.withdraw_late_letters import withdraw_late_letters
from casewright.foundation import clock
from casewright.foundation.documents import blobs, leaving
from casewright.foundation.documents.models import LeavingFile, Letter, PrintRun
from casewright.foundation.journal.models import Operation
from casewright.foundation.journal.record import Line, record
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.matters.rights import must_hold
from casewright.foundation.spreadsheets import as_csv
from casewright.law.wording import full


def begin(*, print_run_id: int, by: Any, at: datetime) -> PrintRun:
    """Mark a produced run as being handed over: one conditional UPDATE.

    :raises NotAllowed: without the right, before all parts are produced, or if it was handed over already
    """
    must_hold(by, "print_run.hand_over")
    ready = PrintRun.objects.filter(
        id=print_run_id, status="producing", run__state__in=("done", "stopped"), parts__isnull=False
    ).values("id")
    if not PrintRun.objects.filter(id__in=ready, status="producing").update(status="handing_over"):
        raise NotAllowed(
            "This run is still being produced, holds no letter, or has been handed over already."
        )
    made = _journalled(print_run_id, "print_run.begin_hand_over", "", by, at)
    if not withdraw_late_letters(made, today=clock.london_day(at), by=by, at=at):
        raise NotAllowed(
            "No letter of this run may still be posted: their days have passed. Nothing was handed over."
        )
    return made


def confirm(*, print_run_id: int, by: Any, at: datetime) -> PrintRun:
    """Record that the printer has the run.

    :raises NotAllowed: if it does not stand at handing over
    """
    must_hold(by, "print_run.hand_over")
    if not PrintRun.objects.filter(id=print_run_id, status="handing_over").update(
        status="handed_over", handed_over_at=at
    ):
        raise NotAllowed("This run is not being handed over.")
    made = _journalled(print_run_id, "print_run.confirm_hand_over", "", by, at, Operation.DISCLOSURE)
    _disclosed(made, by, at)
    return made


def _disclosed(made: PrintRun, by: Any, at: datetime) -> None:
    """Each letter is disclosed to its addressee, on its own matter: in one set (DPA 2018 s.62(1)(d))."""
    letters = Letter.objects.filter(print_run=made, state="produced").order_by("id")
    lines = [
        Line(
            "documents.hand_over_letter", matter_id, "letter", letter_id, {"reference": made.reference},
            operation=Operation.DISCLOSURE, reason=made.template[:60],
            recipient=f"party {recipient_id}" if recipient_id else "addressee",
        )
        for letter_id, matter_id, recipient_id in letters.values_list("id", "matter_id", "recipient_id")
    ]  # fmt: skip
    record(lines, by=by and by.id, at=at)


def hand_over_again(*, print_run_id: int, reason: str, by: Any, at: datetime) -> PrintRun:
    """Give the same pages to the printer again, on a person's word that it does not have them.

    :raises NotAllowed: without the right or the reason, or after it was posted
    """
    must_hold(by, "print_run.reprint")
    if not reason.strip():
        raise NotAllowed(
            "Say how you know that the printer does not have these pages: no one is sent two letters."
        )
    if not PrintRun.objects.filter(id=print_run_id, status__in=("handing_over", "handed_over")).update(
        status="handing_over", reprint_reason=reason.strip()[:300]
    ):
        raise NotAllowed(
            "Only a run that was being handed over, and has not been posted, can be given again."
        )
    return _journalled(print_run_id, "print_run.hand_over_again", reason, by, at)


def write_files(print_run: PrintRun) -> Path:
    """Put the parts and the manifest where the printer takes them; each file appears whole or not at all."""
    LeavingFile.objects.filter(kind="printer", name=print_run.reference).delete()  # it is wanted again
    folder = blobs.printer_folder(print_run.reference)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for part in print_run.parts.order_by("number"):
        _put(folder / f"{print_run.reference}-part-{part.number:03d}.pdf", blobs.read(part.sha256))
    _put(folder / f"{print_run.reference}-manifest.csv", manifest(print_run).encode())
    return folder


def _put(path: Path, content: bytes) -> None:
    waiting = path.with_suffix(path.suffix + ".part")
    waiting.touch(mode=0o600)
    waiting.write_bytes(content)
    waiting.replace(path)


def manifest(print_run: PrintRun, *, among: Any = None) -> str:
    """What is in the run, letter by letter, without names: for the printer and for the proof of posting.

    :param among: the ids of the matters a reader may see; None lists all, which only the printer's own copy does
    """
    heading = ["run", "part", "page from", "page to", "letter", "matter", "part sha256"]
    hashes = dict(print_run.parts.values_list("number", "sha256"))
    found = (
        listed(print_run, among=among)
        .order_by("part", "page_from")
        .values_list("part", "page_from", "page_to", "id", "matter__reference")
    )
    return as_csv(heading, ([print_run.reference, *row, hashes.get(row[0] or 0, "")] for row in found))


def listed(print_run: PrintRun, *, among: Any = None) -> Any:
    """The letters that a manifest lists; `among` as there."""
    rows = Letter.objects.filter(print_run=print_run, state__in=("produced", "posted"))
    return rows if among is None else rows.filter(matter_id__in=among)


def record_posted(
    *, print_run_id: int, posted_on: date, receipt: str, today: date, by: Any, at: datetime
) -> posting.Posted:
    """Record that the printer posted the whole run on a day, with its receipt as proof.

    :raises NotAllowed: without the right, before it was handed over, or for an impossible day
    """
    must_hold(by, "traffic.record_posting")
    print_run = PrintRun.objects.select_for_update(of=("self",)).get(id=print_run_id)
    if print_run.posted_on is not None:
        raise NotAllowed(
            f"This run was recorded as posted on {full(print_run.posted_on)} already; "
            "that record is evidence and is not overwritten."
        )
    if print_run.status != "handed_over":
        raise NotAllowed("Record the posting after the printer has the run.")
    if not receipt.strip():
        raise NotAllowed("Give the printer's receipt or docket number: it is the proof of posting.")
    letters = list(Letter.objects.filter(print_run=print_run, state="produced").order_by("matter_id"))
    done = LETTERS[print_run.template].record_posted(
        letters,
        sent_on=posted_on,
        method="post",
        today=today,
        by=by,
        at=at,
        proof={
            "print_run": print_run.reference,
            "receipt": receipt.strip()[:80],
            "recorded_by": by and by.id,
        },
    )
    PrintRun.objects.filter(id=print_run_id).update(status="posted", posted_on=posted_on)
    leaving.let_go(printed=[print_run.reference])  # taken: no second copy of names
    _journalled(print_run_id, "print_run.record_posted", receipt, by, at)
    return done


def _journalled(
    print_run_id: int, verb: str, text: str, by: Any, at: datetime, operation: str = Operation.ALTERATION
) -> PrintRun:
    found = PrintRun.objects.get(id=print_run_id)
    record(
        [
            Line(
                verb,
                subject_kind="print_run",
                subject_id=found.id,
                facts={"reference": found.reference},
                text=text,
                operation=operation,
            )
        ],
        by=by and by.id,
        at=at,
    )
    return found
