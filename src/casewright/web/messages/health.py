"""The health board: each outside system, what waits for it, and our own long work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Count, Exists, Max, Min, OuterRef, Q

from casewright.foundation import clock
from casewright.foundation.matters.rights import counted_for
from casewright.foundation.messages.models import HeldItem, InterfaceState, Message
from casewright.foundation.runs.models import Chunk
from casewright.web import words
from casewright.web.messages.queries import mine_to_mend
from casewright.web.runs.unseen import counted_parts, visible

NAMES = {"dvla": "DVLA, keeper enquiries", "cameras": "Cameras, detections"}
QUIET = timedelta(minutes=15)
STILL = timedelta(minutes=2)
GIVEN_UP_FOR = timedelta(days=7)
MOST = 1_000  # more than that is told as so many or more


class Waiting(NamedTuple):
    """How many messages wait for a system, and since when the oldest does."""

    number: int
    oldest: datetime | None


class Kept(NamedTuple):
    """A system's answers that could not be understood: to be mended, and given up lately."""

    held: int = 0
    given_up: int = 0


NOTHING = Waiting(0, None)


@dataclass(frozen=True, slots=True)
class System:
    """One outside system as the board shows it.

    ``state`` is a band's shape; ``said`` is one sentence with what happens next. ``answered`` is of today,
    ``given_up`` of the last seven days; ``queued`` and ``held`` are what waits now.
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
    """Our own long work. ``stuck`` is of the machine as a whole, the rest of what the person may be told of."""

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
    """The whole board: eleven statements at most, each over what is not over yet or what is lately done by its moment.

    Whether a system answers and whether our own work moves is the machine's state and is told to whoever opens the
    board. How much there is tells of matters: that is counted over the person's forces, without what is hidden.
    """
    known = {state.name: state for state in InterfaceState.objects.all()}
    waiting, answered, kept = _waiting(actor), _answered(actor, now), _kept_answers(actor, now)
    names = sorted({*known, *waiting, *answered, *kept, "dvla"})
    systems = [
        _system(
            name, known.get(name), waiting.get(name, NOTHING), answered.get(name, 0),
            kept.get(name, Kept()), now,
        )
        for name in names
    ]  # fmt: skip
    return Board(
        systems,
        _work(actor, now),
        HeldItem.objects.filter(mine_to_mend(actor), state="held").values("id")[:MOST].count(),
        settings.CASEWRIGHT_SCANNER or "none",
    )


def _of_ours(actor: Any) -> Q:
    """Messages about matters of which this person is told how many there are, and messages about none."""
    ours = counted_for(actor).filter(pk=OuterRef("matter_id"))
    return Q(matter_id__isnull=True) | Q(Exists(ours))


def _waiting(actor: Any) -> dict[str, Waiting]:
    """What waits to be sent to each system, and since when: one statement over what waits alone."""
    rows = Message.objects.filter(_of_ours(actor), state="queued", direction="out").values_list("interface")
    return {
        name: Waiting(count, first) for name, count, first in rows.annotate(Count("id"), Min("created_at"))
    }


def _answered(actor: Any, now: datetime) -> dict[str, int]:
    """What each system answered today: one statement over today's alone."""
    today = datetime.combine(clock.london_day(now), time(), clock.LONDON)
    rows = Message.objects.filter(_of_ours(actor), direction="out", state="answered", settled_at__gte=today)
    return dict(rows.values_list("interface").annotate(Count("id")))


def _kept_answers(actor: Any, now: datetime) -> dict[str, Kept]:
    """Answers that wait to be mended, and those whose last day came unmended in the last week: two statements."""
    mine = HeldItem.objects.filter(mine_to_mend(actor), message__isnull=False)
    held = mine.filter(state="held", file__isnull=True).values_list("interface").annotate(Count("id"))
    late = mine.filter(message__state="given_up", emptied_at__gte=now - GIVEN_UP_FOR)
    gone = late.values_list("interface").annotate(Count("id"))
    found = {name: Kept(count) for name, count in held}
    for name, count in gone:
        found[name] = found.get(name, Kept())._replace(given_up=count)
    return found


def _system(
    name: str, known: InterfaceState | None, waiting: Waiting, answered: int, kept: Kept, now: datetime
) -> System:
    state, word, said = _standing(known, waiting.number, now)
    return System(
        NAMES.get(name, name),
        state,
        word,
        said,
        known.last_good_at if known else None,
        waiting.number,
        words.lasted((now - waiting.oldest).total_seconds()) if waiting.oldest else "",
        answered,
        kept.held,
        kept.given_up,
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


def _work(actor: Any, now: datetime) -> Work:
    """Our own long work as far as this person may be told of it, and whether the machine moves at all."""
    ours = visible(actor)
    going = ours.filter(state="going").values("id")
    parts = Chunk.objects.filter(counted_parts(actor, "run__"), run_id__in=going)
    return Work(
        going.count(),
        parts.filter(state="waiting").values("id")[:MOST].count(),
        ours.filter(state="failed").count(),
        parts.filter(state="done").aggregate(last=Max("done_at"))["last"],
        _stuck(now),
    )


def _stuck(now: datetime) -> bool:
    """Whether anything waits and nothing was done for a while, whosever it is: a worker that stopped is everybody's."""
    waiting = Chunk.objects.filter(state="waiting", run__state="going")
    since = waiting.order_by("run__started_at").values_list("run__started_at", flat=True).first()
    if since is None:
        return False
    done = Chunk.objects.filter(done_at__isnull=False).order_by("-done_at")
    last = done.values_list("done_at", flat=True).first()
    return now - max(since, last or since) > STILL
