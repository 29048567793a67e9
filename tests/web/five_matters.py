"""One matter of each kind that a role meets, with one of everything that hangs on a matter."""

from __future__ import annotations

from typing import Any

from tests import given

from casewright.areas.decisions.models import Decision
from casewright.areas.tasks.models import Task
from casewright.areas.traffic.models import Allegation
from casewright.flows import produce_notices
from casewright.foundation import clock
from casewright.foundation.documents import blobs
from casewright.foundation.documents.models import Document, Letter
from casewright.foundation.matters.models import Destruction, Hold, Matter
from casewright.foundation.messages.models import HeldItem
from casewright.foundation.people.models import User
from casewright.foundation.reference.models import Force

KINDS = ("own", "team", "force", "restricted", "closed")


def five() -> dict[str, dict[str, Any]]:
    """For each kind the ids of its matter and of what hangs on it, by what an address calls them."""
    ours = given.a_unit()
    other = Force.objects.create(code="92", name="Southmere Police", prefix="SM")
    with given.on(given.MONDAY):
        for number, kind in enumerate(KINDS):
            detected = given.row(
                sequence=f"{number:08d}", mark=f"QX{number + 10} RTL", time=f"{10 + number}:00:00"
            )
            given.give(given.csv_of([detected]), force=other if kind == "force" else ours)
        found = dict(zip(KINDS, Matter.objects.order_by("id"), strict=True))
        given.keepers_answer(list(found.values()))
        made = {kind: _filled(matter) for kind, matter in found.items()}
    Matter.objects.filter(id=found["team"].id).update(owner=given.person("Silas Crane"))
    Matter.objects.filter(id=found["restricted"].id).update(sensitivity="restricted")
    closed = {
        "closed_at": clock.now(),
        "closed_reason": "PUBLIC_INTEREST",
        "next_act": "",
        "next_act_by": None,
    }
    Matter.objects.filter(id=found["closed"].id).update(owner=None, **closed)
    return made


def owned_by(person: User, matter_id: int) -> None:
    """Make the first matter a person's own."""
    Matter.objects.filter(id=matter_id).update(owner=person)


def _filled(matter: Matter) -> dict[str, Any]:
    """A letter in a run of its own, a paper, a decision, a hold, a held answer and a proposal to destroy."""
    at, agnes = clock.now(), given.person("Agnes Dray")
    run = produce_notices.start_print_run(
        force_id=matter.force_id, matter_ids=[matter.id], receipt_promised=False, by=None, at=at
    )
    given.work(run.run_id)
    paper = Document.objects.create(
        matter=matter, blob=blobs.keep([f"paper {matter.id}".encode()], "text/plain"), kind="paper",
        title="Paper", direction="received", at=at,
    )  # fmt: skip
    held = HeldItem.objects.create(
        interface="dvla", matter_id=matter.id, raw="{}", field="keeper", value="x", reason="Not read.",
        remedy="Type it.", cause="keeper", held_at=at,
    )  # fmt: skip
    gone = Destruction.objects.create(
        matter_id=matter.id, reference=matter.reference, reason="Rule", proposed_by=agnes, proposed_at=at
    )
    return {
        "matter_id": matter.id,
        "letter_id": Letter.objects.get(print_run=run, matter=matter).id,
        "number": 1,
        "document_id": paper.id,
        "print_run_id": run.id,
        "decision_id": Decision.objects.filter(matter=matter).order_by("id")[0].id,
        "hold_id": Hold.objects.create(matter=matter, reason="Claim", placed_by=agnes, placed_at=at).id,
        "held_id": held.id,
        "allegation_id": Allegation.objects.get(incident_id=matter.id, number=1).id,
        "task_id": Task.objects.create(
            type_id="carry_out_disposal", matter=matter, queue="decisions", due_on=given.MONDAY, given_at=at
        ).id,
        "destruction_id": gone.id,
    }
