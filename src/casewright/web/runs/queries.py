"""Runs as their pages show them; progress is counted from chunks, never kept twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Avg, Case, Count, F, IntegerField, Max, Q, Sum, Value, When
from django.db.models.functions import Coalesce

from casewright.foundation.runs.models import Chunk, Run
from casewright.web import words
from casewright.web.runs.unseen import Hidden, counted_parts, hidden_items, visible, without_hidden

TONES = {"going": "wait", "paused": "wait", "done": "good", "failed": "late"}
STATES = {
    "going": "running",
    "paused": "paused",
    "done": "finished",
    "stopped": "stopped",
    "failed": "stopped",
}
KINDS = {"print_notices": "print run"}  # whatever the kind of its letters
PAGE = 50


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one run is. Counts are items; ``left`` is an estimate in words, empty when nothing is known."""

    id: int
    title: str
    state: str
    state_words: str
    tone: str
    kind: str
    started_at: datetime
    finished_at: datetime | None
    started_by: str
    done: int
    whole: int
    part: int
    parts: int
    failed: int
    left: str
    unit: str = "items done"

    @property
    def live(self) -> bool:
        """Whether there is anything to wait for."""
        return self.state == "running"


def recent(actor: Any, *, before: int | None = None) -> list[Progress]:
    """The newest runs that are there for this person, a page at a time: six statements at most."""
    seen = visible(actor)
    newest = (seen.filter(id__lt=before) if before else seen).order_by("-id").values("id")[:PAGE]
    runs = list(_counted(actor, Run.objects.filter(id__in=newest)).order_by("-id"))
    hidden = hidden_items(actor, [run.id for run in runs])
    return [_progress(run, hidden) for run in runs]


def one(actor: Any, run_id: int) -> Progress | None:
    """One run that is there for this person: six statements at most."""
    run = _counted(actor, Run.objects.filter(id__in=visible(actor).filter(id=run_id).values("id"))).first()
    return _progress(run, hidden_items(actor, [run_id])) if run else None


def chunks(actor: Any, run_id: int) -> list[Chunk]:
    """The parts of a run that failed, or are being tried again, then the last ones done: at most fifty."""
    rank = Case(
        When(state="failed", then=0), When(attempts__gt=0, then=1), default=2, output_field=IntegerField()
    )
    seen = Chunk.objects.filter(counted_parts(actor, "run__"), run_id=run_id)
    found = seen.filter(~Q(state="waiting") | Q(attempts__gt=0)).order_by(rank, "-number")
    found = found.select_related("force")[:PAGE]
    return _numbered(seen, without_hidden(actor, run_id, list(found)))


def _numbered(seen: Any, parts: list[Chunk]) -> list[Chunk]:
    """Parts by their place among those this person is told of: the number itself would count what others have."""
    place = {each: n for n, each in enumerate(seen.order_by("number").values_list("id", flat=True), 1)}
    for part in parts:
        part.number = place[part.id]
    return parts


def _counted(actor: Any, runs: Any) -> Any:
    ours = counted_parts(actor, "")
    done = ours & Q(chunks__state="done")
    return runs.select_related("started_by").annotate(
        done_items=Coalesce(Sum("chunks__items", filter=done), Value(0)),
        all_items=Coalesce(Sum("chunks__items", filter=ours), Value(0)),
        done_parts=Count("chunks", filter=done),
        failed_parts=Count("chunks", filter=ours & Q(chunks__state="failed")),
        all_parts=Count("chunks", filter=ours),
        took=Avg("chunks__took_ms", filter=done),
        last=Max("chunks__done_at", filter=done),
        title_of=F("title"),
    )


def _progress(run: Any, hidden: Hidden) -> Progress:
    waiting = run.all_parts - run.done_parts - run.failed_parts
    left = words.about(waiting * _each(run)) if run.took and waiting else ""
    return Progress(
        id=run.id,
        title=run.title,
        state=STATES[run.state],
        state_words=run.get_state_display(),
        tone=TONES.get(run.state, ""),
        kind=KINDS.get(run.kind, run.kind.replace("_", " ")),
        started_at=run.started_at,
        finished_at=run.finished_at,
        started_by=run.started_by.name if run.started_by else "Casewright",
        done=run.done_items - hidden.done[run.id],
        whole=run.all_items - hidden.whole[run.id],
        part=min(run.done_parts + 1, run.all_parts),
        parts=run.all_parts,
        failed=run.failed_parts,
        left=left,
    )


def _each(run: Any) -> float:
    """Seconds from one part to the next: what a part takes, or less where several workers do parts at a time."""
    took = run.took / 1000
    return float(
        min(took, (run.last - run.started_at).total_seconds() / run.done_parts) if run.last else took
    )
