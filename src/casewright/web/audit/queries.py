"""What was done and who looked: one page of the log, in a constant number of statements, without any count.

An auditor sees what `visible_to` lets him see, and what is left of a destroyed matter: a restricted matter without
leave is absent here as everywhere (design 4). Nothing here is counted or ranked by person: the log may not serve to
measure anybody's work (DPA 2018 s.62(4)).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.fields import DateTimeField

from casewright.foundation import clock
from casewright.foundation.journal.models import Consultation, Entry, Operation
from casewright.foundation.matters.models import Matter
from casewright.foundation.matters.references import as_written
from casewright.foundation.matters.rights import destroyed_for, visible_to
from casewright.web.audit.telling import Row, told

PAGE = 50
BATCH = 2_000  # rows of an export asked for at once


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the log; `matter_id` is of a matter this person may see, or of a destroyed one."""

    matter_id: int | None
    reference: str
    person: int | None
    since: date | None
    until: date | None
    operation: str

    def kept(self) -> dict[str, Any]:
        """The question as it is logged itself: ids, days and codes."""
        days = {
            "since": self.since and self.since.isoformat(),
            "until": self.until and self.until.isoformat(),
        }
        asked = {"matter": self.matter_id, "person": self.person, "operation": self.operation, **days}
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True, slots=True)
class Mark:
    """The last row seen: what comes after it is older."""

    at: datetime
    look: bool
    id: int

    def written(self) -> str:
        """As it stands in an address."""
        return f"{self.at.timestamp():.6f}_{int(self.look)}_{self.id}"


def read_mark(text: str) -> Mark | None:
    """A mark as it stood in an address; None for anything else."""
    try:
        seconds, look, row = text.split("_")
        return Mark(datetime.fromtimestamp(float(seconds), clock.LONDON), look == "1", int(row))
    except (ValueError, OverflowError, OSError):
        return None


def matter_asked(actor: Any, reference: str) -> tuple[int, str, Matter | None] | None:
    """The matter of a reference, or what is left of a destroyed one; None where there is none for this person."""
    wanted = as_written(reference)
    if wanted is None:
        return None
    matter = visible_to(actor).filter(reference=wanted).first()
    if matter is not None:
        return matter.id, wanted, matter
    gone = destroyed_for(actor).filter(reference=wanted).first()
    return (gone.matter_id, wanted, None) if gone else None


def log_page(actor: Any, asked: Question, *, after: Mark | None, size: int = PAGE) -> tuple[list[Row], str]:
    """Rows newest first, acts and looks together, and the mark of the next page: seven statements at most."""
    found = _together(actor, asked, after, size + 1)
    more = len(found) > size
    rows = found[:size]
    mark = Mark(rows[-1].at, isinstance(rows[-1], Consultation), rows[-1].id).written() if more else ""
    return told(actor, rows, about=asked.matter_id), mark


def all_rows(actor: Any, asked: Question) -> Iterator[Row]:
    """Every row of the answer, newest first, a batch at a time."""
    after: Mark | None = None
    while True:
        rows, mark = log_page(actor, asked, after=after, size=BATCH)
        yield from rows
        if not mark:
            return
        after = read_mark(mark)


def _together(actor: Any, asked: Question, after: Mark | None, most: int) -> list[Entry | Consultation]:
    rows: list[Entry | Consultation] = []
    acts = _after(_acts(actor, asked), after, look=False)
    rows += list(acts.order_by("-at", "-id")[:most])
    if asked.operation in ("", Operation.CONSULTATION):
        looks = _after(_looks(actor, asked), after, look=True)
        rows += list(looks.order_by(*_newest(asked))[:most])
    rows.sort(key=lambda each: (each.at, isinstance(each, Consultation), each.id), reverse=True)
    return rows[:most]


def _newest(asked: Question) -> tuple[Any, ...]:
    """For one matter the order is made unlike any index, so that its few rows are found first and sorted then."""
    at = ExpressionWrapper(F("at") + timedelta(0), output_field=DateTimeField())
    return (at.desc(), "-id") if asked.matter_id else ("-at", "-id")


def _acts(actor: Any, asked: Question) -> QuerySet[Entry]:
    acts = Entry.objects.filter(_there_for(actor), _in_period(asked))
    hidden_link = Q(verb="matters.link") & ~Exists(visible_to(actor).filter(pk=OuterRef("subject_id")))
    acts = acts.exclude(hidden_link)
    if asked.matter_id:
        acts = acts.filter(matter_id=asked.matter_id)
    if asked.person:
        acts = acts.filter(Q(actor_id=asked.person) | Q(for_id=asked.person, actor_id__isnull=False))
    return acts.filter(operation=asked.operation) if asked.operation else acts


def _looks(actor: Any, asked: Question) -> QuerySet[Consultation]:
    looks = Consultation.objects.filter(_there_for(actor), _in_period(asked))
    if asked.matter_id:
        looks = looks.filter(Q(matter_id=asked.matter_id) | Q(shown__matters__contains=[asked.matter_id]))
    return looks.filter(actor_id=asked.person) if asked.person else looks


def _there_for(actor: Any) -> Q:
    """Rows of no matter, of matters this person may see, and of destroyed ones of their forces: ids and hashes only."""
    seen = Exists(visible_to(actor).filter(pk=OuterRef("matter_id")))
    gone = Exists(destroyed_for(actor).filter(matter_id=OuterRef("matter_id")))
    return Q(matter_id__isnull=True) | Q(seen) | Q(gone)


def _in_period(asked: Question) -> Q:
    period = Q()
    if asked.since:
        period &= Q(at__gte=datetime.combine(asked.since, time.min, clock.LONDON))
    if asked.until:
        period &= Q(at__lt=datetime.combine(asked.until + timedelta(days=1), time.min, clock.LONDON))
    return period


def _after(rows: QuerySet[Any], mark: Mark | None, *, look: bool) -> QuerySet[Any]:
    """Rows older than a mark; of the same moment looks come before acts, and of one kind the higher id."""
    if mark is None:
        return rows
    if look == mark.look:
        return rows.filter(Q(at__lt=mark.at) | Q(at=mark.at, id__lt=mark.id))
    return rows.filter(at__lte=mark.at) if mark.look else rows.filter(at__lt=mark.at)
