"""One matter and all about it, for its page: a constant number of statements, starting from who may see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from casewright import law
from casewright.areas.deadlines import queries as deadlines
from casewright.areas.deadlines.models import Deadline
from casewright.areas.decisions.actions import AWAITED
from casewright.areas.decisions.models import Decision
from casewright.areas.tasks.models import Task
from casewright.areas.traffic.lifecycle import ALLEGATION
from casewright.areas.traffic.models import Allegation, Incident, Requirement
from casewright.foundation.documents.models import Document, Letter
from casewright.foundation.matters.models import Hold, Link, Matter, MatterStatus
from casewright.foundation.matters.rights import visible_to
from casewright.foundation.parties.models import Party, Vehicle
from casewright.foundation.reference.queries import calendar
from casewright.law.wording import full
from casewright.web import clocks as drawn
from casewright.web import words
from casewright.web.collisions.queries import Report, report_of
from casewright.web.matters.timeline import Happened, happened
from casewright.web.records.queries import standing_holds

REPLAYED = frozenset({"detection"})  # decisions that law itself took, and can be asked to take again
SOURCES = {"dvla": "from DVLA", "enquiry": "found by enquiry", "reply": "from the reply"}
_DONE = {"notice_produced": ("produce_by",), "notice_posted": ("produce_by", "post_by")}


@dataclass(frozen=True, slots=True)
class Made:
    """One decision as the page shows it."""

    title: str
    state: str
    reasons: tuple[str, ...]
    by: str
    at: datetime
    authority: tuple[str, ...]
    not_taken: tuple[str, ...]
    blocking: tuple[str, ...]
    next: str
    replay_href: str


@dataclass(frozen=True, slots=True)
class File:
    """One document or letter."""

    name: str
    href: str
    facts: str
    picture: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """All about one matter."""

    matter: Matter
    stands_at: str
    tone: str
    clocks: tuple[drawn.Clock, ...]
    ended_clocks: tuple[drawn.Clock, ...]
    incident: Incident | None
    allegations: tuple[Allegation, ...]
    allegation_states: dict[str, str]
    parties: tuple[Party, ...]
    vehicles: tuple[Vehicle, ...]
    requirements: tuple[Requirement, ...]
    decisions: tuple[Made, ...]
    files: tuple[File, ...]
    tasks: tuple[Task, ...]
    links: tuple[Link, ...]
    happened: tuple[Happened, ...]
    report: Report | None
    sources: dict[str, str]
    holds: tuple[Hold, ...]


def record_page(actor: Any, matter_id: int, *, today: date) -> Record | None:
    """The page of one matter, or None where there is no such matter for this person: sixteen statements."""
    matter = visible_to(actor).select_related("owner", "team", "force").filter(id=matter_id).first()
    if matter is None:
        return None
    status = MatterStatus.objects.filter(kind=matter.kind, status=matter.status).first()
    running, over = _clocks(deadlines.of_matter(matter.id), matter, today)
    return Record(
        matter=matter,
        stands_at=status.title if status else matter.status,
        tone="wait" if status and status.waits else "",
        clocks=running,
        ended_clocks=over,
        incident=Incident.objects.select_related("site", "device").filter(matter_id=matter.id).first(),
        allegations=tuple(
            Allegation.objects.select_related("accused").filter(incident_id=matter.id).order_by("number")
        ),
        allegation_states=ALLEGATION.statuses,
        parties=tuple(Party.objects.filter(matter_id=matter.id).order_by("id")),
        vehicles=tuple(Vehicle.objects.filter(matter_id=matter.id).order_by("id")),
        requirements=tuple(
            Requirement.objects.select_related("addressee").filter(incident_id=matter.id).order_by("hop")
        ),
        decisions=_decisions(matter.id, "decision.replay" in actor.permissions),
        files=_files(matter.id),
        tasks=tuple(
            Task.objects.select_related("type", "given_to")
            .filter(matter_id=matter.id, state="open")
            .order_by("due_on")
        ),
        links=tuple(
            Link.objects.select_related("other").filter(matter_id=matter.id, other__in=visible_to(actor))
        ),
        happened=happened(actor, matter.id, "intake.read" in actor.permissions),
        report=report_of(matter.id) if matter.kind == "collision" else None,
        sources=SOURCES,
        holds=standing_holds(matter.id),
    )


def _clocks(
    rows: Iterable[Deadline], matter: Matter, today: date
) -> tuple[tuple[drawn.Clock, ...], tuple[drawn.Clock, ...]]:
    """Running clocks, the most urgent first, and those that have ended."""
    running, over, days = [], [], calendar()
    for row in rows:
        finding = law.Finding.from_json(row.working)
        if row.state == "running":
            done = _DONE.get(matter.status, ())
            running.append(
                drawn.clock(
                    finding,
                    today=today,
                    lead=_lead(matter, row),
                    subject=row.subject_label,
                    done=done,
                    calendars=days,
                )
            )
        else:
            over.append(drawn.ended(finding, state=row.state, line=_ending(row), today=today))
    return tuple(sorted(running, key=lambda one: (one.left is None, one.left))), tuple(over)


def _lead(matter: Matter, row: Deadline) -> int:
    """The days the work needs: the matter's own for its next day, a month for the charge behind it."""
    return matter.next_lead_days if matter.next_act_by in (row.produce_by, row.post_by, row.act_by) else 30


def _ending(row: Deadline) -> str:
    said = str(row.proof.get("sentence") or row.proof.get("how") or "")
    said = said and f"{said[0].upper()}{said[1:]}."
    ended = (
        f"{row.get_state_display()} {words.day(row.ended_at)}."
        if row.ended_at
        else f"{row.get_state_display()}."
    )
    return " ".join(part for part in (f"{row.subject_label}.", ended, said) if part)


def _decisions(matter_id: int, may_replay: bool) -> tuple[Made, ...]:
    rows = Decision.objects.select_related("by", "told").filter(matter_id=matter_id).order_by("-at", "-id")
    return tuple(_made(row, may_replay) for row in rows)


def _made(row: Decision, may_replay: bool) -> Made:
    told = row.finding
    rules = [rule for rule in told.get("rules", ()) if rule.get("outcome") != "not_known"]
    authority = dict.fromkeys(
        [str(rule["authority"]) for rule in rules if rule.get("authority")]
        or [str(told.get("authority", ""))]
    )
    return Made(
        title=row.taken_title,
        state=row.get_state_display(),
        reasons=(row.why,),
        by=row.by.name if row.by else "Casewright",
        at=row.at,
        authority=tuple(each for each in authority if each)[:4],
        not_taken=tuple(_not_taken(row)),
        blocking=tuple(str(each) for each in told.get("blocking", ())),
        next=_awaited(row),
        replay_href=reverse("replay", kwargs={"decision_id": row.id})
        if may_replay and row.kind in REPLAYED
        else "",
    )


def _awaited(row: Decision) -> str:
    """What a provisional decision waits for, in a sentence; nothing for others."""
    if row.state != "provisional" or row.review_on is None:
        return ""
    came = "It has come." if row.woken_at else f"Looked at again by {full(row.review_on)} at the latest."
    return f"Waits for: {AWAITED.get(row.awaits, row.awaits).lower()}. {came}"


def _not_taken(row: Decision) -> list[str]:
    """The other lawful options, as words."""
    others = [
        each if isinstance(each, dict) else {"key": each, "title": each.replace("_", " ")}
        for each in row.finding.get("options", ())
    ]
    return [
        str(each["title"]).lower() for each in others if each["key"] != row.taken and each.get("lawful", True)
    ]


def _files(matter_id: int) -> tuple[File, ...]:
    """Letters of print runs and stored documents, newest first."""
    letters = (
        Letter.objects.select_related("print_run")
        .filter(matter_id=matter_id, state__in=["produced", "posted", "withdrawn"])
        .order_by("-id")
    )
    stored = Document.objects.select_related("blob").filter(matter_id=matter_id).order_by("-at")
    found = [
        File(each.print_run.title, reverse("letter", kwargs={"letter_id": each.id}), _letter_facts(each))
        for each in letters
    ]
    return tuple(
        found
        + [
            File(
                each.title,
                reverse("document", kwargs={"document_id": each.id}),
                _document_facts(each),
                "image" in each.blob.media_type,
            )
            for each in stored
        ]
    )


def _letter_facts(letter: Letter) -> str:
    pages = (letter.page_to or 0) - (letter.page_from or 0) + 1
    posted = f", posted {words.plain_day(letter.posted_on)}" if letter.posted_on else ""
    gone = ", withdrawn" if letter.state == "withdrawn" else ""
    made = f"{words.counted(pages, 'page')}, produced {words.plain_day(letter.produced_at)}"
    return f"{made}{posted}{gone}, {letter.print_run.reference}"


def _document_facts(document: Document) -> str:
    copy = ", copy" if document.is_copy else ""
    came = f"{document.direction.capitalize()} {words.plain_day(document.at)}"
    return f"{came}, {words.bytes_of(document.blob.size)}{copy}"
