"""Which long work a person sees, and what of it no count may show him: as on the pages of its file or print run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Count, Q, QuerySet

from casewright.foundation.documents.models import Letter
from casewright.foundation.matters.rights import hidden_from
from casewright.foundation.messages.models import IntakeFile, IntakeRow
from casewright.foundation.runs.models import Chunk, Run
from casewright.web.documents.seen import visible_runs

IN_THE_RUN = {"produced", "posted", "withdrawn"}  # states of a letter that its part counts as such


def visible(actor: Any) -> QuerySet[Run]:
    """Runs of files and print runs that are there for this person, and those of the unit's own rounds."""
    files = IntakeFile.objects.filter(force_id__in=actor.force_ids)
    return Run.objects.filter(
        Q(print_run__isnull=True) | Q(print_run__in=visible_runs(actor)),
        Q(intake_file__isnull=True) | Q(intake_file__in=files),
    )


def hidden_items(actor: Any, run_ids: Iterable[int]) -> Counter[int]:
    """How many letters and rows of each run are of matters this person may not see: two statements."""
    ids, found = list(run_ids), Counter[int]()
    for rows, run in (
        (_letters(actor, ids), "print_run__run_id"), (_rows(actor, ids), "file__run_id"),
    ):  # fmt: skip
        found.update(dict(rows.values_list(run).annotate(count=Count("matter_id"))))
    return found


def without_hidden(actor: Any, run_id: int, chunks: list[Chunk]) -> list[Chunk]:
    """The parts as this person may count them; not to be saved. Two statements."""
    ends = sorted((each.payload.get("first", 0), each.number) for each in chunks)
    outcomes = [*_of_letters(actor, run_id, chunks), *_of_rows(actor, run_id, ends)]
    for chunk in chunks:
        left_out = Counter(outcome for number, outcome in outcomes if number == chunk.number)
        chunk.items -= left_out.total()
        chunk.counts = {name: count - left_out[name] for name, count in chunk.counts.items()}
    return chunks


def _of_letters(actor: Any, run_id: int, chunks: list[Chunk]) -> Iterator[tuple[int, str]]:
    """For each hidden letter the number of its part and what it was counted as there."""
    part_of = {matter: each.number for each in chunks for matter in each.payload.get("matters", ())}
    for matter_id, state in _letters(actor, [run_id]).values_list("matter_id", "state"):
        yield part_of.get(matter_id, 0), "in the run" if state in IN_THE_RUN else state


def _of_rows(actor: Any, run_id: int, ends: list[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """For each hidden row the number of its part, the last that begins before it, and its outcome."""
    for row, outcome in _rows(actor, [run_id]).values_list("number", "outcome"):
        yield max((end for end in ends if end[0] <= row), default=(0, 0))[1], outcome


def _letters(actor: Any, run_ids: list[int]) -> QuerySet[Letter]:
    hidden = hidden_from(actor).values("id")
    return Letter.objects.filter(print_run__run_id__in=run_ids, matter_id__in=hidden)


def _rows(actor: Any, run_ids: list[int]) -> QuerySet[IntakeRow]:
    hidden = hidden_from(actor).values("id")
    return IntakeRow.objects.filter(file__run_id__in=run_ids, matter_id__in=hidden)
