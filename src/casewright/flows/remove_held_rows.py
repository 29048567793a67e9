"""What held rows say goes once their last day has passed (`unit.keep_held_days`).

A row that never became a matter belongs to none, so that no destroy would ever reach it and no legal hold stands over
it; what is about a matter, such as an answer of DVLA, is never touched here and goes with the matter. A row that was
still to be mended counts as refused from then on, so that a file's counts go on adding up: its number, its field and
what became of it stay, what it said goes from the row, from every kept file it came in and from the words in the
journal. Given once more it is held anew. One file at a time, whole or not at all: its rows, counts, kept bytes and
entry stand together, and bytes of a removal that was killed are taken away again (`documents.arriving`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Case, F, Q, QuerySet, Value, When

from casewright.flows import kept_lines
from casewright.foundation.journal.models import Operation
from casewright.foundation.journal.record import Line, record
from casewright.foundation.messages.actions import KEEP_HELD
from casewright.foundation.messages.models import HeldItem, IntakeFile, IntakeRow, Message, Outcome

ONE_AFTER_THE_OTHER = 20_000  # rows to a set
REASON = "Its last day has passed, so what it said was removed."
REMEDY = "If it is still needed, ask for it again where it came from."
NOT_MENDED = "not mended by its last day"


class Gone(NamedTuple):
    """A row that goes: where it stood, and whether it was still to be mended."""

    id: int
    file_id: int | None
    number: int | None
    message_id: int | None
    interface: str
    unmended: bool


def remove_due(day: date, *, at: datetime) -> int:
    """Empty every held row whose last day lies before a day, each set in a transaction of its own; returns how many.

    What is left to do is what is still due: a removal that is killed is taken up by whoever next begins one.

    :param day: London day that has begun: on its last day a row is still there, and can still be mended
    """
    count = 0
    while (removed := _remove_set(day, at)) is not None:
        count += removed
    return count


@transaction.atomic
def _remove_set(day: date, at: datetime) -> int | None:
    """Empty what is due of one file, or of all that came in none; how many rows, or None where nothing is due."""
    first = due(day).order_by("id").values_list("file_id", flat=True)[:1]
    for file_id in first:
        rows = _locked(day, file_id)
        if rows:
            _remove(rows, at)
        return len(rows)
    return None


def due(day: date) -> QuerySet[HeldItem]:
    """Rows that belong to no matter and whose last day lies before a day."""
    of_none = Q(message=None) | Q(message__matter_id=None)
    return HeldItem.objects.filter(of_none, matter_id=None, emptied_at=None, retain_until__lt=day)


def _locked(day: date, file_id: int | None) -> list[Gone]:
    """A set of them, locked in the order of their ids: one that a person is mending just now is waited for."""
    of_file = due(day).filter(file_id=file_id) if file_id else due(day).filter(file_id=None)
    rows = of_file.order_by("id").select_for_update(of=("self",))[:ONE_AFTER_THE_OTHER]
    return [
        Gone(row.id, row.file_id, row.row_number, row.message_id, row.interface, row.state == "held")
        for row in rows.only("id", "file_id", "row_number", "message_id", "interface", "state")
    ]


def _remove(rows: list[Gone], at: datetime) -> None:
    lines = _lines_of(rows)
    files = {file.id: file for file in kept_lines.locked(lines)}
    unused: set[str] = set()
    for file_id, numbers in lines.items():
        # another file of the same bytes keeps its own: its rows have their own last day, or have become matters
        own = IntakeFile.objects.filter(id=file_id)
        unused |= kept_lines.strike_out(own, files[file_id].lines_id, numbers)
    _refuse_unmended(rows)
    _empty(rows, at)
    kept_lines.drop_unused(unused)
    told = [*_of_files(rows, lines, files), *_of_none(rows)]
    record(told, by=None, at=at)


def _lines_of(rows: list[Gone]) -> dict[int, set[int]]:
    """The line of each row in its file, and of each row of another file that says the same again."""
    lines: dict[int, set[int]] = defaultdict(set)
    again = IntakeRow.objects.filter(repeats_id__in=[row.id for row in rows]).values_list("file_id", "number")
    for file_id, number in [*((row.file_id, row.number) for row in rows), *again]:
        if file_id is not None and number is not None:
            lines[file_id].add(number)
    return lines


def _refuse_unmended(rows: list[Gone]) -> None:
    """What was still to be mended can never become a record now: one statement, so that each file still adds up."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE messages_intakerow r SET outcome = %s FROM messages_helditem h WHERE h.id = ANY (%s)"
            " AND r.file_id = h.file_id AND r.number = h.row_number AND r.outcome = %s",
            [Outcome.REFUSED, [row.id for row in rows if row.unmended], Outcome.HELD],
        )


def _empty(rows: list[Gone], at: datetime) -> None:
    """Leave of the rows what names nobody, in a constant number of statements."""
    ids = [row.id for row in rows]
    still = When(state="held", then=Value("refused"))
    HeldItem.objects.filter(id__in=ids).update(
        raw="", values={}, value="", same_mark=None, reason=REASON, remedy=REMEDY, emptied_at=at,
        settled_at=Case(When(state="held", then=Value(at)), default=F("settled_at")),
        settled_why=Case(When(state="held", then=Value(NOT_MENDED)), default=Value("")),
        state=Case(still, default=F("state")),
    )  # fmt: skip
    messages = Message.objects.filter(id__in={row.message_id for row in rows}, matter_id=None)
    messages.update(body="", state=Case(When(state="held", then=Value("given_up")), default=F("state")))
    with connection.cursor() as cursor:
        cursor.execute("SELECT journal_erase_words_of_held(%s)", [ids])


def _of_files(rows: list[Gone], lines: dict[int, set[int]], files: dict[int, IntakeFile]) -> Iterable[Line]:
    """One entry for each file of which lines were struck out."""
    unmended = Counter(row.file_id for row in rows if row.unmended)
    for file_id, numbers in lines.items():
        facts = _facts(files[file_id].reference, len(numbers), unmended[file_id])
        yield Line("held.remove", None, "file", file_id, facts, operation=Operation.ERASURE)


def _of_none(rows: list[Gone]) -> Iterable[Line]:
    """One entry for each other system whose messages or records they were."""
    alone = [row for row in rows if row.file_id is None]
    unmended = Counter(row.interface for row in alone if row.unmended)
    for name, number in Counter(row.interface for row in alone).items():
        yield Line("held.remove", facts=_facts(name, number, unmended[name]), operation=Operation.ERASURE)


def _facts(reference: str, rows: int, unmended: int) -> dict[str, Any]:
    return {"reference": reference, "rows": rows, "unmended": unmended, "rule": KEEP_HELD}
