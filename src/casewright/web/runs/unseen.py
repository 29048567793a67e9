"""Which long work a person sees, and what of it no count may show him: as on the pages of its file or print run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet

from casewright.areas.deadlines.models import Deadline
from casewright.flows import daily_round
from casewright.foundation.documents.models import Letter
from casewright.foundation.matters.rights import hidden_from
from casewright.foundation.messages.models import IntakeRow
from casewright.foundation.runs.models import Chunk, Run
from casewright.foundation.runs.queries import holding
from casewright.web.documents.seen import only_of

IN_THE_RUN = {"produced", "posted", "withdrawn"}  # states of a letter that its part counts as such


def visible(actor: Any) -> QuerySet[Run]:
    """Runs of files and print runs that are there for this person, and those of the unit's own rounds.

    Asked from the run outward, so that a few runs are found however many files and print runs there ever were.
    """
    ours = Q(print_run__isnull=True) | Q(print_run__force_id__in=actor.force_ids)
    files = Q(intake_file__isnull=True) | Q(intake_file__force_id__in=actor.force_ids)
    return Run.objects.filter(ours, files).exclude(print_run__in=only_of(hidden_from(actor)).values("id"))


def counted_parts(actor: Any, run: str) -> Q:
    """Parts this person may be told of: of a file or print run that is there for him, or of a round and his forces.

    The machine's own part of a round, which works nobody's matters, is counted too.

    :param run: the way to the run with its underscores, empty where the rows are runs
    """
    parts = "" if run else "chunks__"
    whole = Q(**{f"{run}print_run__isnull": False}) | Q(**{f"{run}intake_file__isnull": False})
    machine = Q(**{f"{run}kind": daily_round.KIND, f"{parts}payload__has_key": "deadlines"})
    return Q(**{f"{parts}force_id__in": actor.force_ids}) | Q(
        whole | machine, **{f"{parts}force__isnull": True}
    )


class Hidden(NamedTuple):
    """Items of each run that no count may show: of its parts that are done, and of all its parts."""

    done: Counter[int]
    whole: Counter[int]


def hidden_items(actor: Any, run_ids: Iterable[int]) -> Hidden:
    """How many letters, rows and clocks of each run are of matters this person may not see: four statements."""
    ids, found = list(run_ids), Counter[int]()
    for rows, run in (
        (_letters(actor, ids), "print_run__run_id"), (_rows(actor, ids), "file__run_id"),
    ):  # fmt: skip
        found.update(dict(rows.values_list(run).annotate(count=Count("matter_id"))))
    rounds = holding(list(_clocks(actor)), run_ids=ids, force_ids=actor.force_ids)
    done = found + Counter(each.run_id for each in rounds if each.done)
    return Hidden(done, found + Counter(each.run_id for each in rounds))


def without_hidden(actor: Any, run_id: int, chunks: list[Chunk]) -> list[Chunk]:
    """The parts as this person may count them; not to be saved. Three statements."""
    ends = sorted((each.payload.get("first", 0), each.number) for each in chunks)
    outcomes = [*_of_letters(actor, run_id, chunks), *_of_rows(actor, run_id, ends)]
    clocks = _clocks(actor) if any("deadlines" in each.payload for each in chunks) else {}
    for chunk in chunks:
        _without_clocks(chunk, clocks)
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


def _clocks(actor: Any) -> dict[int, int]:
    """The clocks of the few matters of his forces this person may not see, each with its matter: one statement."""
    hidden = hidden_from(actor).filter(force_id__in=actor.force_ids).values("id")
    return dict(Deadline.objects.filter(matter_id__in=hidden).values_list("id", "matter_id"))


def _without_clocks(chunk: Chunk, clocks: dict[int, int]) -> None:
    """Take hidden clocks out of a round's part: out of its items, of what came of it, and out of its matters."""
    worked = chunk.payload.get("deadlines", [])
    told = dict(zip(worked, chunk.payload.get("told", []), strict=False))
    hidden = [each for each in worked if each in clocks]
    chunk.items -= len(hidden)
    left_out = Counter(told[each] for each in hidden if told.get(each))
    left_out["matters"] = len({clocks[each] for each in hidden if told.get(each, "").startswith("now ")})
    chunk.counts = {name: count - left_out[name] for name, count in chunk.counts.items()}


def _letters(actor: Any, run_ids: list[int]) -> QuerySet[Letter]:
    hidden = hidden_from(actor).values("id")
    return Letter.objects.filter(print_run__run_id__in=run_ids, matter_id__in=hidden)


def _rows(actor: Any, run_ids: list[int]) -> QuerySet[IntakeRow]:
    hidden = hidden_from(actor).values("id")
    return IntakeRow.objects.filter(file__run_id__in=run_ids, matter_id__in=hidden)
