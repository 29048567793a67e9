"""Print runs and letters as their pages show them, never a letter of a matter the reader may not see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Min, Sum
from django.urls import reverse

from casewright.areas.traffic.letters import LETTERS, LetterKind
from casewright.foundation.documents.models import Letter, PrintPart, PrintRun
from casewright.foundation.journal.models import Entry, EntryText
from casewright.foundation.journal.sentences import sentence
from casewright.foundation.matters.models import Matter
from casewright.foundation.matters.rights import visible_to
from casewright.foundation.people.models import User
from casewright.web import bands, words
from casewright.web.bands import Part
from casewright.web.clocks import Clock
from casewright.web.documents.letters import IN, letters_of
from casewright.web.documents.seen import hidden_letters, post_by, visible_runs
from casewright.web.runs.queries import Progress
from casewright.web.runs.queries import one as run_of

PAGE = 50
STATES = {
    "producing": ("Producing", "wait"),
    "handing_over": ("Handing over", "wait"),
    "handed_over": ("With the printer", ""),
    "posted": ("Posted", "good"),
}


@dataclass(frozen=True, slots=True)
class RunRow:
    """One print run in the list."""

    reference: str
    href: str
    title: str
    at: datetime
    state: str
    tone: str
    letters: int
    pages: int
    by: str
    band: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One letter that did not go into a run, and what to do; of alike ones the first is named."""

    matter: str
    href: str
    more: int
    outcome: str
    why: str
    cure: str
    cure_href: str
    act_by: date | None
    matter_id: int


@dataclass(frozen=True, slots=True)
class Told:
    """One line of a run's own story."""

    at: datetime
    sentence: str
    key: bool = True
    quote: str = ""
    more: str = ""
    href: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class RunPage:
    """One print run as its page shows it."""

    made: PrintRun
    state: str
    tone: str
    run: Progress | None
    whole: Part
    parts: list[Part]
    adds_up: bool
    difference: str
    produced: int
    pages: int
    left_out: list[LeftOut]
    first_letter: int | None
    post_by: date | None
    clock: Clock | None
    told: list[Told]
    live: bool
    letter: LetterKind


def waiting_to_produce(actor: Any) -> list[tuple[int, str, int]]:
    """How many notices wait to be produced, by force: one statement."""
    waiting = visible_to(actor).filter(
        kind="traffic", status="keeper_found", closed_at__isnull=True, sensitivity="ordinary"
    )
    return list(
        waiting.values_list("force_id", "force__name").annotate(count=Count("id")).order_by("force__name")
    )


def print_runs(actor: Any, *, before: int | None, today: date) -> tuple[list[RunRow], int | None]:
    """The newest print runs, and where the next page begins: four statements."""
    found = visible_runs(actor).filter(id__lt=before) if before else visible_runs(actor)
    runs = list(
        found.select_related("run")
        .annotate(letters_in=Sum("parts__letters"), pages_in=Sum("parts__pages"))
        .order_by("-id")[:PAGE]
    )
    due = post_by(actor, [run.id for run in runs if run.status != "posted"])
    hidden = hidden_letters(actor, [run.id for run in runs])
    for run in runs:
        inside = [both for state, both in hidden.get(run.id, {}).items() if state in IN]
        run.letters_in = (run.letters_in or 0) - sum(letters_in for letters_in, _ in inside)
        run.pages_in = (run.pages_in or 0) - sum(pages_in for _, pages_in in inside)
    return [_row(run, due.get(run.id), today) for run in runs], runs[-1].id if len(runs) == PAGE else None


def _row(run: Any, due: date | None, today: date) -> RunRow:
    state, tone = STATES.get(run.status, (run.status, ""))
    if run.status == "producing" and run.run is not None and run.run.state == "done":
        state, tone = "Produced", ""
    said = (
        f"Posted {words.short_day(run.posted_on, today=today)}"
        if run.posted_on
        else f"post by {words.short_day(due, today=today)}"
        if due
        else ""
    )
    shape = bands.band((due - today).days, 2) if due else ""
    return RunRow(
        run.reference,
        reverse("print_run", kwargs={"print_run_id": run.id}),
        run.title,
        run.started_at,
        state,
        tone,
        run.letters_in or 0,
        run.pages_in or 0,
        said,
        shape,
    )


def print_run_page(actor: Any, print_run_id: int, *, today: date) -> RunPage | None:
    """One print run: fifteen statements, whatever its size."""
    made = (
        visible_runs(actor)
        .select_related("started_by", "receipt_promised_by", "force")
        .filter(id=print_run_id)
        .first()
    )
    if made is None:
        return None
    run = run_of(actor, made.run_id) if made.run_id else None
    counts = dict(Letter.objects.filter(print_run=made).values_list("state").annotate(count=Count("id")))
    hidden = hidden_letters(actor, [made.id]).get(made.id, {})
    counts = {state: count - hidden.get(state, (0, 0))[0] for state, count in counts.items()}
    parts = _parts(counts, run)
    chosen = made.chosen - sum(letters_in for letters_in, _ in hidden.values())
    off = chosen - sum(part.count for part in parts)
    produced = PrintPart.objects.filter(print_run=made).aggregate(letters=Sum("letters"), pages=Sum("pages"))
    due = post_by(actor, [made.id]).get(made.id)
    unseen = [both for state, both in hidden.items() if state in IN]
    state, tone = _stands_at(made, run)
    return RunPage(
        made,
        state,
        tone,
        run,
        Part("", "Chosen", chosen),
        parts,
        off == 0,
        f"{abs(off):,} of {chosen:,} letters are not accounted for. Hand nothing over until they are found."
        if off
        else "",
        (produced["letters"] or 0) - sum(letters_in for letters_in, _ in unseen),
        (produced["pages"] or 0) - sum(pages_in for _, pages_in in unseen),
        left_out(actor, made.id),
        _first_letter(actor, made.id),
        due,
        _clock(due, made, today),
        _told(made.id),
        bool(run and run.live),
        LETTERS[made.template],
    )


def _stands_at(made: PrintRun, run: Progress | None) -> tuple[str, str]:
    """Where the run stands, in a word with its tone."""
    if made.status == "producing" and run and not run.live:
        return ("Produced", "") if run.state == "finished" else (f"Production {run.state}", "wait")
    return STATES.get(made.status, (made.status, ""))


def _parts(counts: dict[str, int], run: Progress | None) -> list[Part]:
    unmade = run.whole - run.done if run else 0
    parts = [
        Part("ok", "In the run", sum(counts.get(state, 0) for state in IN)),
        Part("held", "Held", counts.get("held", 0)),
        Part("no", "Refused", counts.get("refused", 0)),
    ]
    return [*parts, Part("todo", "Not yet produced", unmade)] if unmade else parts


def _first_letter(actor: Any, print_run_id: int) -> int | None:
    return letters_of(actor, print_run_id).values_list("id", flat=True).first()


def left_out(actor: Any, print_run_id: int) -> list[LeftOut]:
    """What did not go in, alike ones together, each with its cure: one statement."""
    rows = Letter.objects.filter(
        print_run_id=print_run_id, state__in=("held", "refused"), matter__in=visible_to(actor)
    )
    grouped = list(
        rows.values("state", "why", "remedy")
        .annotate(count=Count("id"), first=Min("matter_id"), act_by=Min("matter__next_act_by"))
        .order_by("state", "-count")[:PAGE]
    )
    names = dict(
        Matter.objects.filter(id__in=[each["first"] for each in grouped]).values_list("id", "reference")
    )
    return [
        LeftOut(
            names.get(each["first"], ""),
            reverse("matter", kwargs={"matter_id": each["first"]}),
            each["count"] - 1,
            each["state"].capitalize(),
            each["why"],
            each["remedy"],
            "",
            each["act_by"],
            each["first"],
        )
        for each in grouped
    ]


def _clock(due: date | None, made: PrintRun, today: date) -> Clock | None:
    """By when the run must be posted, as a clock."""
    if made.posted_on:
        return Clock(
            "met", f"Posted on {words.day(made.posted_on)}", "met", LETTERS[made.template].when_posted
        )
    if due is None:
        return None
    left = (due - today).days
    return Clock(
        bands.band(left, 2),
        f"Post by {words.day(due)}",
        words.days_left(left),
        "The first of these letters would be served too late after that day.",
        left,
        2,
        "Bars conviction",
    )


def _told(print_run_id: int) -> list[Told]:
    """The run's own journal: three statements."""
    entries = list(
        Entry.objects.filter(
            subject_kind="print_run", subject_id=print_run_id, matter_id__isnull=True
        ).order_by("-at", "-id")[:100]
    )
    texts = dict(
        EntryText.objects.filter(entry_id__in=[each.id for each in entries]).values_list("entry_id", "text")
    )
    names = dict(
        User.objects.filter(
            id__in={who for each in entries for who in (each.actor_id, each.for_id) if who}
        ).values_list("id", "name")
    )
    return [
        Told(
            each.at,
            sentence(
                each.verb,
                actor=names.get(each.actor_id or 0, ""),
                facts=words.facts_in_words(each.facts),
                text=texts.get(each.id, ""),
                for_=names.get(each.for_id or 0, ""),
            ),
        )
        for each in entries
    ]
