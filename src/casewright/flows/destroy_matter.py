"""Destroying a matter: proposed by one person, approved by another, then gone from every table, blob and index.

`erasure_registry.py` says for every table how a destroy reaches it; a test fails for a table that is not in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from casewright.areas.traffic.models import DetectionKey
from casewright.flows import kept_lines
from casewright.foundation import clock
from casewright.foundation.documents import leaving
from casewright.foundation.documents.models import Document, Letter, PrintPart
from casewright.foundation.journal.models import Operation
from casewright.foundation.journal.record import Line, record
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.matters.actions import folded
from casewright.foundation.matters.models import Destruction, Hold, Matter, SearchAsked
from casewright.foundation.matters.restricting import stated
from casewright.foundation.matters.rights import must_hold, must_see, visible_to
from casewright.foundation.messages.models import HeldItem, IntakeFile, IntakeRow, Message
from casewright.foundation.parties.models import Identity, Party, Vehicle
from casewright.foundation.two_people import take_back, take_second

MOST_DUE = 50  # proposed at once: what one page lists, so that nobody proposes what they did not see
HELD = Exists(Hold.objects.filter(matter_id=OuterRef("pk"), lifted_at__isnull=True))


def due(actor: Any, *, today: date) -> QuerySet[Matter]:
    """Closed matters kept until a day before ``today`` whose destruction nobody proposed yet; held ones among them."""
    proposed = Destruction.objects.filter(matter_id=OuterRef("pk"))
    return visible_to(actor).filter(~Exists(proposed), closed_at__isnull=False, retain_until__lt=today)


def propose_due(*, matter_ids: Iterable[int], by: Any, at: datetime) -> int:
    """Propose the destruction of those of the matters that are due and not held; says how many, in four statements.

    Looked at again once all are locked: a hold placed, a day moved or a proposal made meanwhile leaves its matter out.

    :raises NotAllowed: without the right, or for more than are proposed at once
    """
    must_hold(by, "records.propose_destroy")
    asked = set(matter_ids)
    if len(asked) > MOST_DUE:
        raise NotAllowed(
            f"At most {MOST_DUE} are proposed at once. Open the list again and propose what it shows."
        )
    seen = visible_to(by).filter(id__in=asked).order_by("id").select_for_update(of=("self",))
    locked = list(seen.values_list("id", flat=True))
    ready = list(due(by, today=clock.london_day(at)).filter(~HELD, id__in=locked).order_by("id"))
    Destruction.objects.bulk_create(
        Destruction(
            matter_id=each.id, reference=each.reference, reason=_kept(each), proposed_by=by, proposed_at=at
        )
        for each in ready
    )
    record([_proposed(each.id, each.reference) for each in ready], by=by.id, at=at)
    return len(ready)


def _kept(matter: Matter) -> str:
    until = matter.retain_until
    return f"Kept until {until.day} {until:%B} {until.year}, which has passed" if until else ""


def _proposed(matter_id: int, reference: str) -> Line:
    facts, erasure = {"reference": reference}, Operation.ERASURE
    return Line("records.propose_destroy", matter_id, "matter", matter_id, facts, operation=erasure)


def propose(*, matter_id: int, reason: str, by: Any, at: datetime) -> Destruction:
    """Propose that a closed matter be destroyed.

    :raises NotAllowed: without the right or the reason, while the matter is open, or if it is proposed already
    """
    must_hold(by, "records.propose_destroy")
    matter = visible_to(by).filter(id=matter_id).first()
    if matter is None or matter.closed_at is None or not reason.strip():
        raise NotAllowed("Only a closed matter can be destroyed, and the rule or order for it must be given.")
    _must_not_be_held(matter.id)
    reason = stated(reason, 300)
    proposal, is_new = Destruction.objects.get_or_create(
        matter_id=matter.id,
        defaults={"reference": matter.reference, "reason": reason, "proposed_by": by, "proposed_at": at},
    )
    if not is_new:
        raise NotAllowed("Its destruction is proposed already, and waits for another person’s approval.")
    record([_proposed(matter.id, matter.reference)], by=by.id, at=at)
    return proposal


def approve(*, destruction_id: int, by: Any, at: datetime) -> Destruction:
    """Approve a proposed destruction and carry it out in the caller's transaction.

    :raises NotAllowed: without the right, of a matter not there for this person, by the proposer, or if it is done
    """
    must_hold(by, "records.approve_destroy")
    proposal = take_second(Destruction.objects.filter(id=destruction_id), by=by, at=at)
    proposal.force_id = must_see(by, proposal.matter_id).force_id
    _must_not_be_held(proposal.matter_id)
    proposal.certificate = destroy(proposal.matter_id)
    proposal.save(update_fields=["force", "certificate"])
    record(
        [
            Line(
                "records.destroy",
                proposal.matter_id,
                "matter",
                proposal.matter_id,
                {"reference": proposal.reference, "rows": sum(proposal.certificate.values())},
                operation=Operation.ERASURE,
            )
        ],
        by=by.id,
        at=at,
    )
    return proposal


def decline(*, destruction_id: int, reason: str, by: Any, at: datetime) -> None:
    """Decline a proposed destruction: the proposal goes, the matter stays, the journal says why.

    :raises NotAllowed: without the right or the reason, or if it is done already
    """
    must_hold(by, "records.approve_destroy")
    reason = stated(reason, 300)
    proposal = Destruction.objects.select_for_update().filter(id=destruction_id).first()
    if proposal is None or proposal.approved_at is not None:
        raise NotAllowed("There is no such proposal, or the matter has been destroyed.")
    must_see(by, proposal.matter_id)
    facts = {"reference": proposal.reference}
    line = Line("records.decline_destroy", proposal.matter_id, "matter", proposal.matter_id, facts, reason)
    proposal.delete()
    record([line], by=by.id, at=at)


def withdraw(*, destruction_id: int, by: Any, at: datetime) -> None:
    """Take one's own proposal back before anybody has decided it; the matter stays.

    :raises NotAllowed: by anybody else, or once it was decided
    """
    proposal = take_back(Destruction.objects.filter(id=destruction_id), by=by)
    facts = {"reference": proposal.reference}
    line = Line("records.withdraw_destroy", proposal.matter_id, "matter", proposal.matter_id, facts)
    record([line], by=by.id, at=at)


def _must_not_be_held(matter_id: int) -> None:
    """The database refuses it too (matters migration 0008); this says it in a sentence, and locks the matter."""
    Matter.objects.select_for_update().filter(id=matter_id).first()
    held = Hold.objects.filter(matter_id=matter_id, lifted_at__isnull=True).first()
    if held is not None:
        raise NotAllowed(
            f"A legal hold forbids it: {held.reason} Lift the hold first, if its reason is gone."
        )


def destroy(matter_id: int) -> dict[str, int]:
    """Remove a matter from every table, blob and index; returns how many rows went from each table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('cw.destroying', 'yes', true)")
    gone = {"searches": _forget_searches(matter_id)}
    identities = _identities(matter_id)
    unused = _blobs_of(matter_id)
    gone["struck_lines"] = _strike_out_rows(matter_id, unused)
    gone["messages"] = HeldItem.objects.filter(
        Q(matter_id=matter_id) | Q(message__matter_id=matter_id)
    ).delete()[0]
    gone["messages"] += Message.objects.filter(matter_id=matter_id).delete()[0]
    gone["keys"] = DetectionKey.objects.filter(matter_id=matter_id).delete()[0]
    gone["matter"] = Matter.objects.filter(id=matter_id).delete()[0]
    Identity.objects.filter(id__in=identities, parties=None, vehicles=None).delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT journal_erase_words(%s)", [matter_id])
        gone["words"] = cursor.fetchone()[0]
    gone["blobs"] = len(kept_lines.drop_unused(unused))
    return gone


def _forget_searches(matter_id: int) -> int:
    """Searches for the matter's names or marks: those kept for a day, and the words of those in the log."""
    names = Party.objects.filter(matter_id=matter_id).values_list("name", flat=True)
    marks = Vehicle.objects.filter(matter_id=matter_id).values_list("registration_mark", flat=True)
    words = {folded(word) for text in (*names, *marks) for word in (text, *text.split())}
    asked = SearchAsked.objects.values_list("id", "words")
    same = [
        row
        for row, said in asked
        if words & {folded(said), folded(said).replace(" ", ""), *folded(said).split()}
    ]
    with connection.cursor() as cursor:
        whole = [folded(mark).replace(" ", "") for mark in marks]
        cursor.execute("SELECT journal_erase_searches(%s, %s, %s)", [matter_id, sorted(words), whole])
        logged: int = cursor.fetchone()[0]
    return SearchAsked.objects.filter(id__in=same).delete()[0] + logged


def _identities(matter_id: int) -> set[int]:
    found = Party.objects.filter(matter_id=matter_id).values_list("identity_id", flat=True)
    also = Vehicle.objects.filter(matter_id=matter_id).values_list("identity_id", flat=True)
    return {i for i in (*found, *also) if i is not None}


def _blobs_of(matter_id: int) -> set[str]:
    """Blobs that may go: the matter's documents, and the print parts that hold one of its letters."""
    found = set(Document.objects.filter(matter_id=matter_id).values_list("blob_id", flat=True))
    for run_id, part, reference in Letter.objects.filter(matter_id=matter_id, part__isnull=False).values_list(
        "print_run_id", "part", "print_run__reference"
    ):
        leaving.let_go(printed=[reference])
        parts = PrintPart.objects.filter(print_run_id=run_id, number=part or 0, blob__isnull=False)
        found |= {blob_id for blob_id in parts.values_list("blob_id", flat=True) if blob_id}
        parts.update(blob=None)
    return found


def _strike_out_rows(matter_id: int, unused: set[str]) -> int:
    """Replace the matter's lines in the kept files of detections; the replaced files may go."""
    held = HeldItem.objects.filter(matter_id=matter_id).values("id")
    given = IntakeRow.objects.filter(Q(matter_id=matter_id) | Q(repeats_id__in=held))
    rows = list(given.values_list("file_id", "number"))
    for file in kept_lines.locked({f for f, _ in rows}):
        numbers = {n for f, n in rows if f == file.id}
        same = IntakeFile.objects.filter(lines_id=file.lines_id)
        unused |= kept_lines.strike_out(same, file.lines_id, numbers)
    given.update(matter_id=None, repeats_id=None)
    return len(rows)
