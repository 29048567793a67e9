"""What DVLA says of the keeper: found, or a reason why somebody has to enquire."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from casewright.areas.decisions import actions as decisions
from casewright.areas.tasks import actions as tasks
from casewright.areas.traffic.actions.moving import actor_id, move
from casewright.areas.traffic.models import Incident
from casewright.foundation import clock
from casewright.foundation.copying import copy_rows
from casewright.foundation.journal.models import Operation
from casewright.foundation.journal.record import Line, record
from casewright.foundation.lifecycle import NOT_THERE, NotAllowed, NotYours
from casewright.foundation.matters.actions import name_keys
from casewright.foundation.matters.models import SearchKey
from casewright.foundation.matters.rights import must_hold, visible_to
from casewright.foundation.parties.models import Party

ASK = {
    "none": ("find_keeper", "DVLA holds no keeper for the day of the offence."),
    "stale": ("find_keeper", "The keeper DVLA names became keeper only after the offence."),
    "abroad": (
        "keeper_abroad",
        "The vehicle is registered abroad; there is no duty to answer across the border.",
    ),
}


@dataclass(frozen=True, slots=True)
class KeeperReply:
    """One answer from DVLA about one matter. `since` is the day the person became keeper."""

    matter_id: int
    message_id: int
    found: str  # keeper, none or abroad, as DVLA says
    name: str = ""
    kind: str = "person"
    address: tuple[str, ...] = ()
    since: date | None = None
    language: str = "en"
    make: str = ""
    model: str = ""
    colour: str = ""


def record_keepers(replies: Sequence[KeeperReply], *, by: Any, at: datetime) -> dict[str, int]:
    """Record answers in sets; an answer that comes twice changes nothing the second time.

    :returns: how many keepers were found, how many go to enquiries, how many had been answered already
    """
    first = {r.matter_id: r for r in reversed(replies)}
    days = dict(Incident.objects.filter(matter_id__in=first).values_list("matter_id", "offence_at"))
    judged = {m: _judge(r, clock.london_day(days[m])) for m, r in first.items() if m in days}
    named = [m for m, how in judged.items() if how == "keeper"]
    decisions.wake(matter_ids=named, item="keeper", at=at)
    moved = move(named, "traffic.accept_keeper")
    _write_keepers([first[m] for m in sorted(moved)])
    record(
        [
            Line(
                "traffic.accept_keeper",
                m,
                "incident",
                m,
                {"since": str(first[m].since or "a day not given")},
                first[m].name,
                "RTA 1988 s.172(2)(a)",
                Operation.COLLECTION,
            )
            for m in sorted(moved)
        ],
        by=actor_id(by),
        at=at,
    )
    asked = _to_enquiries({m: how for m, how in judged.items() if how != "keeper"}, by, at)
    return {"found": len(moved), "enquiries": asked, "known already": len(replies) - len(moved) - asked}


def _judge(reply: KeeperReply, offence_on: date) -> str:
    if reply.found != "keeper":
        return reply.found
    if not reply.name or not reply.address:
        return "none"
    return "stale" if reply.since and reply.since > offence_on else "keeper"


_PARTY = (
    "matter_id", "role", "kind", "name", "address", "country", "language", "source", "source_message_id",
    "identity_evidence", "version",
)  # fmt: skip


def _party(r: KeeperReply) -> tuple[Any, ...]:
    return (
        r.matter_id,
        "keeper",
        r.kind,
        r.name,
        list(r.address),
        "GB",
        r.language,
        "dvla",
        r.message_id,
        "",
        1,
    )


def _write_keepers(replies: list[KeeperReply]) -> None:
    copy_rows(Party, _PARTY, [_party(r) for r in replies])
    copy_rows(
        SearchKey, ("matter_id", "key"), [(r.matter_id, key) for r in replies for key in name_keys(r.name)]
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE parties_vehicle v SET make = d.make, model = d.model, colour = d.colour FROM unnest(%s::bigint[],"
            " %s::text[], %s::text[], %s::text[]) AS d(id, make, model, colour) WHERE v.matter_id = d.id",
            [
                [r.matter_id for r in replies],
                [r.make[:40] for r in replies],
                [r.model[:40] for r in replies],
                [r.colour[:30] for r in replies],
            ],
        )


def _to_enquiries(judged: dict[int, str], by: Any, at: datetime) -> int:
    moved = move(judged, "traffic.refer_to_enquiries")
    today = clock.london_day(at)
    for how, (task, detail) in ASK.items():
        chosen = sorted(m for m in moved if judged[m] == how)
        if chosen:
            tasks.give(type_code=task, matter_ids=chosen, detail=detail, today=today, by=by, at=at)
    record(
        [
            Line(
                "traffic.refer_to_enquiries",
                m,
                "incident",
                m,
                {"why": ASK[judged[m]][1]},
                operation=Operation.COLLECTION,
            )
            for m in sorted(moved)
        ],
        by=actor_id(by),
        at=at,
    )
    return len(moved)


def name_keeper(
    *, matter_id: int, name: str, address: Sequence[str], evidence: str, by: Any, at: datetime
) -> None:
    """Name the keeper by hand after an enquiry, with the evidence for it.

    :raises NotAllowed: without the right, a name, an address, or the evidence, or at another status
    """
    must_hold(by, "traffic.accept_keeper")
    lines = tuple(line.strip() for line in address if line.strip())
    if not name.strip() or len(lines) < 2 or not evidence.strip():
        raise NotAllowed("Give the keeper's name, an address of at least two lines, and how you know.")
    if not visible_to(by).filter(id=matter_id).exists():
        raise NotYours("There is no such matter for you.", NOT_THERE)
    decisions.wake(matter_ids=[matter_id], item="keeper", at=at)
    if not move([matter_id], "traffic.name_keeper"):
        raise NotAllowed("The keeper can be named until the notice has been produced.")
    Party.objects.create(
        matter_id=matter_id, role="keeper", name=name.strip()[:200], address=list(lines), source="enquiry"
    )
    SearchKey.objects.bulk_create(SearchKey(matter_id=matter_id, key=key) for key in name_keys(name))
    tasks.end(matter_ids=[matter_id], type_code="find_keeper", outcome="found", at=at)
    tasks.end(matter_ids=[matter_id], type_code="keeper_abroad", outcome="pursue", at=at)
    record(
        [
            Line(
                "traffic.name_keeper",
                matter_id,
                "incident",
                matter_id,
                {},
                f"{name.strip()}: {evidence.strip()}",
                "RTA 1988 s.172(2)(a)",
                Operation.COLLECTION,
            )
        ],
        by=by.id,
        at=at,
    )
