"""How far somebody has come in the six steps of Try it, read from what is in the database and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from casewright.areas.deadlines.models import Deadline
from casewright.areas.traffic.lifecycle import LIFECYCLE
from casewright.foundation import clock
from casewright.foundation.matters.models import Matter
from casewright.foundation.matters.rights import visible_to
from casewright.foundation.messages.models import HeldItem, IntakeFile
from casewright.web import words
from casewright.web.documents.seen import visible_runs
from casewright.web.messages.beside import likely_day, rows_beside

FILE = "northmere-detections.csv"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what to do, where, and whether it is done. ``post`` is an act rather than a link."""

    number: int
    art: str
    title: str
    text: str
    done: str
    button: str
    href: str
    post: bool = False
    matter_id: int | None = None


def steps(actor: Any, *, today: date) -> list[Step]:
    """The six steps as they stand: at most twelve statements."""
    given = (
        IntakeFile.objects.filter(name=FILE, force_id__in=actor.force_ids)
        .select_related("run")
        .order_by("-id")
        .first()
    )
    return [
        _give(given),
        _mend(actor, given),
        _ask_why(actor, today),
        _move(actor, today),
        _replay(actor),
        _print(actor),
    ]


def _give(given: IntakeFile | None) -> Step:
    said = ""
    if given and given.run and given.run.finished_at:
        said = f"Done in {words.lasted((given.run.finished_at - given.run.started_at).total_seconds())}"
    text = (
        "The file has 37 planted faults. Watch its 800 rows become accepted, held, refused or here already, "
        "and see the count add up."
    )
    if given:
        return Step(
            1,
            "intake",
            "Drop in 800 detections",
            text,
            said or "Being read",
            "Look at its count",
            reverse("intake_file", kwargs={"file_id": given.id}),
        )
    return Step(1, "intake", "Drop in 800 detections", text, "", "Drop it in", reverse("drop_in"), post=True)


def _mend(actor: Any, given: IntakeFile | None) -> Step:
    rows = HeldItem.objects.filter(file__force_id__in=actor.force_ids, file__isnull=False).select_related(
        "file"
    )
    rows = rows.filter(file=given) if given else rows
    mended = rows.filter(state="replayed").count()
    held = (
        rows.filter(state="held", field="date").exclude(cause="future").order_by("id").first()
        or rows.filter(state="held").order_by("id").first()
    )
    done = f"{words.counted(mended, 'row')} mended" if mended else ""
    if held is None:
        return Step(
            2,
            "held",
            "Mend a held row",
            "No row is held just now. Drop in the file of the first step.",
            done,
            "Held rows",
            reverse("held"),
        )
    says = f"Row {held.row_number} says {held.value or 'nothing'}. {held.reason}"
    text = f"{says} {_what_to_type(actor, held)} Replay it, and see it join the others."
    return Step(
        2,
        "held",
        "Mend a held row",
        text,
        done,
        f"Mend row {held.row_number}",
        reverse("held_row", kwargs={"held_id": held.id}),
    )


def _what_to_type(actor: Any, held: HeldItem) -> str:
    """What mends the row here, where no image can be looked at: the day of the rows beside it."""
    day = likely_day(held, rows_beside(actor, held)) if held.field == "date" else None
    return f"The rows beside it are of {words.plain_day(day)}: type {day}." if day else held.remedy


def _ask_why(actor: Any, today: date) -> Step:
    """The matter with the most allegations whose notice clock still runs, the nearest day first."""
    running = Deadline.objects.filter(
        rule_id="nip-14", state="running", produce_by__gte=today, matter__in=visible_to(actor)
    ).select_related("matter")
    nearest = running.order_by("act_by", "-subject_label", "id")
    # Asked in two, each by an index of its own: somebody may have dropped in 200,000 rows.
    found = nearest.filter(matter__in=_open_at(actor, "keeper_found")).first() or nearest.first()
    text = (
        "Open a notice: the days drawn, and when to produce, post and serve it. "
        "Each sentence can be said down the telephone."
    )
    if found is None:
        return Step(
            3,
            "why",
            "Ask a date why",
            "No notice clock runs just now; every rule of the law can be asked too.",
            "",
            "Open the rule",
            reverse("rule", kwargs={"rule_id": "nip-14"}),
        )
    return Step(
        3,
        "why",
        "Ask a date why",
        text,
        "",
        f"Open {found.matter.reference}",
        reverse("matter", kwargs={"matter_id": found.matter_id}),
        matter_id=found.matter_id,
    )


def _open_at(actor: Any, status: str) -> QuerySet[Matter]:
    """The detections that stand at a status, by its index."""
    return visible_to(actor).filter(kind=LIFECYCLE.kind, status=status, closed_at__isnull=True)


def _move(actor: Any, today: date) -> Step:
    """The reply that falls due next, and the default that follows where none comes."""
    due = (
        Deadline.objects.filter(rule_id="s172-28", state="running", matter__in=visible_to(actor))
        .select_related("matter")
        .order_by("outer_limit", "id")
        .first()
    )
    moved = f"Moved {words.counted(clock.shift().days, 'day')}" if clock.shift().days else ""
    defaults = _open_at(actor, "s172_default").values("id")[:1_000].count()
    seen = f"{moved}; {words.counted(defaults, 'default')} to decide" if moved and defaults else moved
    on = words.day(due.outer_limit + timedelta(days=1)) if due else ""
    text = (
        f"The reply on {due.matter.reference} is due {words.day(due.outer_limit)}. "
        f"Move past it: the default appears with its working on {on}, and not a day early."
        if due
        else "Post a print run first; its 28 days then run."
    )
    return Step(
        4,
        "clock",
        "Move the clock 28 days",
        text,
        seen,
        f"Move to {words.plain_day(today + timedelta(days=28))}",
        reverse("clock"),
        matter_id=due.matter_id if due else None,
    )


def _replay(actor: Any) -> Step:
    """Every decision can be asked for again, alone or all of one speed limit under another threshold."""
    if "decision.replay" not in actor.permissions:
        return _what_if()
    text = (
        "Every decision keeps its facts and figures. Run them again as if 30 were enforced from 36, "
        "see which differ, and open one to see why."
    )
    return Step(5, "replay", "Replay a decision", text, "", "Choose a decision", reverse("decisions"))


def _what_if() -> Step:
    """For whoever may not run decisions again: the same law on facts of one's own."""
    text = (
        "Type facts and see every option that law and policy leave open, each with its reasons. The same code runs "
        "kept decisions again: be the senior prosecution officer, below, to see it."
    )
    return Step(5, "replay", "Ask what if", text, "", "Type the facts", reverse("what_if"))


def _print(actor: Any) -> Step:
    made = visible_runs(actor).order_by("-id").first()
    text = (
        "Notices in one document, each page traced to its matter. Hand it over, record the posting; "
        "or kill the worker half way: nothing is lost."
    )
    if made is None:
        return Step(6, "print", "Open the print run", text, "", "Print runs", reverse("print_runs"))
    return Step(
        6,
        "print",
        "Open the print run",
        text,
        "Posted" if made.posted_on else "",
        f"Open {made.reference}",
        reverse("print_run", kwargs={"print_run_id": made.id}),
    )
