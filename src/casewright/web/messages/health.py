"""The health board: each outside system, what waits for it, and our own long work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Min, Q

from casewright.foundation.matters.rights import hidden_from
from casewright.foundation.messages.models import HeldItem, InterfaceState, Message
from casewright.foundation.runs.models import Chunk, Run
from casewright.web import words
from casewright.web.messages.queries import mine_to_mend

NAMES = {"dvla": "DVLA, keeper enquiries", "cameras": "Cameras, detections"}
QUIET = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class System:
    """One outside system as the board shows it.

    ``state`` is a band's shape; ``said`` is one sentence with what happens next.
    """

    name: str
    state: str
    word: str
    said: str
    last_good_at: datetime | None
    queued: int
    oldest: str
    answered: int
    held: int
    given_up: int


@dataclass(frozen=True, slots=True)
class Work:
    """Our own long work."""

    going: int
    waiting: int
    failed: int
    last_done_at: datetime | None
    stuck: bool


@dataclass(frozen=True, slots=True)
class Board:
    """What the health page shows."""

    systems: list[System]
    work: Work
    held: int
    scanner: str


def health_page(actor: Any, *, now: datetime) -> Board:
    """The whole board: seven statements."""
    known = {state.name: state for state in InterfaceState.objects.all()}
    counts: dict[str, dict[str, int]] = {}
    hidden = hidden_from(actor).values("id")
    messages = Message.objects.filter(Q(matter_id__isnull=True) | ~Q(matter_id__in=hidden))
    for name, state, count in messages.values_list("interface", "state").annotate(count=Count("id")):
        counts.setdefault(name, {})[state] = count
    oldest = dict(
        messages.filter(state="queued", direction="out")
        .values_list("interface")
        .annotate(first=Min("created_at"))
    )
    names = sorted({*known, *counts, "dvla"})
    systems = [_system(name, known.get(name), counts.get(name, {}), oldest.get(name), now) for name in names]
    return Board(
        systems,
        _work(now),
        HeldItem.objects.filter(mine_to_mend(actor), state="held").values("id")[:1_000].count(),
        settings.CASEWRIGHT_SCANNER or "none",
    )


def _system(
    name: str, known: InterfaceState | None, counts: dict[str, int], oldest: datetime | None, now: datetime
) -> System:
    queued = counts.get("queued", 0)
    state, word, said = _standing(known, queued, now)
    waited = words.lasted((now - oldest).total_seconds()) if oldest else ""
    return System(
        NAMES.get(name, name),
        state,
        word,
        said,
        known.last_good_at if known else None,
        queued,
        waited,
        counts.get("answered", 0) + counts.get("understood", 0),
        counts.get("held", 0),
        counts.get("given_up", 0),
    )


def _standing(known: InterfaceState | None, queued: int, now: datetime) -> tuple[str, str, str]:
    """Shape, word and sentence: what is wrong, what was kept, what happens next."""
    if known is None or (known.last_good_at is None and not known.failures_in_a_row):
        return (
            "off",
            "Not asked yet",
            "Nothing has been sent to it."
            if not queued
            else f"{words.counted(queued, 'message')} wait to be sent; nothing to do.",
        )
    kept, last = words.counted(queued, "message"), known.last_error or "nothing"
    if known.failures_in_a_row:
        since = f" since {words.moment(known.last_good_at)}" if known.last_good_at else ""
        at = (
            f" at {words.clock_time(known.pause_until)}"
            if known.pause_until and known.pause_until > now
            else ""
        )
        waits = (
            f"{kept} are kept and go again{at}" if queued else f"Nothing waits for it; it is asked again{at}"
        )
        said = f"It has not answered{since}. {waits}; nothing to do. It last said: {last}"
        return "late", "Not answering", said
    if queued and known.last_good_at and now - known.last_good_at > QUIET:
        return (
            "lead",
            "Quiet",
            f"{kept} wait; it was last heard {words.moment(known.last_good_at)}. Is the worker running?",
        )
    return "met", "Answering", "It answers; nothing to do."


def _work(now: datetime) -> Work:
    waiting = Chunk.objects.filter(state="waiting", run__state="going").values("id")[:1_000].count()
    last = (
        Chunk.objects.filter(done_at__isnull=False)
        .order_by("-done_at")
        .values_list("done_at", flat=True)
        .first()
        if waiting
        else None
    )
    started = (
        Run.objects.filter(state="going").order_by("started_at").values_list("started_at", flat=True).first()
    )
    quiet_since = last or started
    stuck = bool(waiting and quiet_since and now - quiet_since > timedelta(minutes=2))
    return Work(
        Run.objects.filter(state="going").count(),
        waiting,
        Run.objects.filter(state="failed").count(),
        last,
        stuck,
    )
