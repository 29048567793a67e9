"""Questions about intake: files with their counts, and whether the counts add up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Sum

from casewright.foundation import clock
from casewright.foundation.matters.rights import hidden_from, visible_to
from casewright.foundation.messages.models import HeldItem, IntakeFile, IntakeRow, Outcome
from casewright.foundation.runs.models import Chunk
from casewright.web import words
from casewright.web.bands import Part
from casewright.web.messages.going import going
from casewright.web.runs.queries import Progress
from casewright.web.runs.queries import one as run_of

PAGE = 50
_PARTS = (
    ("ok", "Accepted", Outcome.ACCEPTED),
    ("held", "Held, to mend", Outcome.HELD),
    ("no", "Refused", Outcome.REFUSED),
    ("dup", "Here already", Outcome.DUPLICATE),
)


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the rows of one file, and whether every row is accounted for."""

    whole: Part
    parts: list[Part]
    adds_up: bool
    checked: str
    difference: str

    @property
    def unread(self) -> int:
        """Rows not yet read."""
        return sum(part.count for part in self.parts if part.key == "todo")


@dataclass(frozen=True, slots=True)
class FilePage:
    """One file as its page shows it."""

    file: IntakeFile
    count: Tally
    run: Progress | None
    held: list[HeldItem]
    causes: list[tuple[str, int]]
    live: bool


def visible_files(actor: Any) -> Any:
    """Files of the forces this person serves."""
    return IntakeFile.objects.filter(force_id__in=actor.force_ids).select_related(
        "received_by", "force", "run", "same_as"
    )


def recent_files(actor: Any) -> list[tuple[IntakeFile, Tally]]:
    """The newest files with their counts: five statements."""
    files = list(visible_files(actor).order_by("-id")[:20])
    hidden = _hidden_rows(actor, [file.id for file in files])
    counts = _outcomes([file.id for file in files], hidden)
    waiting = _waiting([file.run_id for file in files if file.run_id])
    return [
        (
            file,
            _count(
                _seen_rows(file, hidden), counts.get(file.id, {}), waiting.get(file.run_id, 0), running=False
            ),
        )
        for file in files
    ]


def file_page(actor: Any, file_id: int, *, cause: str = "") -> FilePage | None:
    """One file, its count and its held rows: ten statements."""
    file = visible_files(actor).filter(id=file_id).first()
    if file is None:
        return None
    run = run_of(actor, file.run_id) if file.run_id else None
    unread = _waiting([file.run_id]).get(file.run_id, 0) if file.run_id else 0
    live = bool(run and run.live)
    hidden = _hidden_rows(actor, [file.id])
    count = _count(
        _seen_rows(file, hidden), _outcomes([file.id], hidden).get(file.id, {}), unread, running=live
    )
    held = HeldItem.objects.filter(file_id=file.id, state="held")
    causes = list(held.values_list("field").annotate(count=Count("id")).order_by("-count", "field"))
    shown = held.filter(field=cause) if cause else held
    return FilePage(file, count, run, list(shown.order_by("row_number")[:PAGE]), causes, live)


def _hidden_rows(actor: Any, file_ids: Iterable[int]) -> dict[tuple[int, str], int]:
    """Rows of each file and outcome that became matters this person may not see: one statement."""
    rows = IntakeRow.objects.filter(file_id__in=file_ids, matter_id__in=hidden_from(actor).values("id"))
    counted = rows.values_list("file_id", "outcome").annotate(count=Count("number"))
    return {(file_id, outcome): count for file_id, outcome, count in counted}


def _outcomes(file_ids: Iterable[int], hidden: dict[tuple[int, str], int]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    for file_id, outcome, count in (
        IntakeRow.objects.filter(file_id__in=file_ids)
        .values_list("file_id", "outcome")
        .annotate(count=Count("number"))
    ):
        found.setdefault(file_id, {})[outcome] = count - hidden.get((file_id, outcome), 0)
    return found


def _seen_rows(file: IntakeFile, hidden: dict[tuple[int, str], int]) -> int:
    """The rows of a file without those that became matters this person may not see."""
    return file.rows - sum(count for (file_id, _), count in hidden.items() if file_id == file.id)


def _waiting(run_ids: Iterable[int | None]) -> dict[int | None, int]:
    """Rows in parts that are not done yet, by run."""
    chunks = Chunk.objects.filter(run_id__in=[each for each in run_ids if each]).exclude(state="done")
    return dict(chunks.values_list("run_id").annotate(rows=Sum("items")))


def _count(rows: int, outcomes: dict[str, int], unread: int, *, running: bool) -> Tally:
    """The parts beside the whole; the sum is taken from what is stored, never from the whole."""
    parts = [Part(key, word, outcomes.get(outcome, 0)) for key, word, outcome in _PARTS]
    parts += [Part("todo", "Not yet read", unread)] if unread or running else []
    off = rows - sum(part.count for part in parts)
    wrong = "are not accounted for" if off > 0 else "are counted twice"
    missing = (
        f"{abs(off):,} of {rows:,} rows {wrong}. Tell the system administrator; the run shows each part."
    )
    return Tally(
        Part("", "Received", rows),
        parts,
        off == 0,
        f"checked at {_second(clock.now())}",
        missing if off else "",
    )


def _second(moment: datetime) -> str:
    return f"{words.london(moment):%H:%M:%S}"


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A held row as the list of held rows shows it."""

    id: int
    row: int
    href: str
    file: str
    field: str
    value: str
    why: str
    cure: str
    alike: int
    goes: date | None = None


def held_rows(
    actor: Any, *, field: str = "", after: int = 0, until: date | None = None
) -> tuple[list[HeldItem], list[tuple[str, int]]]:
    """Every held row of every file of this person's forces, oldest first, and how many of each field.

    :param until: only those whose last day is not later
    """
    found = HeldItem.objects.filter(state="held").filter(mine_to_mend(actor))
    fields = list(found.values_list("field").annotate(count=Count("id")).order_by("-count", "field"))
    shown = found.filter(field=field) if field else found
    shown = shown.filter(going(until)) if until else shown
    return list(shown.filter(id__gt=after).select_related("file").order_by("id")[:PAGE]), fields


def going_soon(actor: Any, until: date) -> int:
    """How many of this person's held rows go after a day up to this one: one statement."""
    return HeldItem.objects.filter(going(until)).filter(mine_to_mend(actor)).count()


def alike(actor: Any, items: Iterable[HeldItem]) -> dict[tuple[str, str], int]:
    """How many held rows share cause and value with each of these: one statement."""
    pairs = {(item.cause, item.value) for item in items}
    if not pairs:
        return {}
    same = HeldItem.objects.filter(
        state="held",
        file__force_id__in=actor.force_ids,
        cause__in={cause for cause, _ in pairs},
        value__in={value for _, value in pairs},
    )
    return {
        (cause, value): count
        for cause, value, count in same.values_list("cause", "value").annotate(count=Count("id"))
    }


def mine_to_mend(actor: Any) -> Q:
    """Rows of one's forces' files, answers about matters one may see, and rows of national files, which name nobody."""
    # asked of each row: a set of all matters one may see would be read whole for a few rows
    answers = Q(Exists(visible_to(actor).filter(pk=OuterRef("matter_id"))), file__isnull=True)
    seen = Q(matter_id__isnull=True) | ~Q(matter_id__in=hidden_from(actor).values("id"))
    ours = Q(file__force_id__in=actor.force_ids) & seen
    return ours | answers | Q(file__isnull=True, matter_id__isnull=True)


def held_item(actor: Any, held_id: int) -> HeldItem | None:
    """One held row of this person's forces, whatever became of it."""
    mine = mine_to_mend(actor)
    return HeldItem.objects.select_related("file", "settled_by").filter(mine, id=held_id).first()


def next_held(item: HeldItem) -> HeldItem | None:
    """The next row to mend in the same file."""
    return (
        HeldItem.objects.filter(state="held", file_id=item.file_id, row_number__gt=item.row_number)
        .order_by("row_number")
        .first()
    )
