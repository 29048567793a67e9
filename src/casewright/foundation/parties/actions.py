"""Joining parties into one identity and taking it back: both are combination under DPA 2018 s.62(1)(e)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from casewright.foundation.journal.models import Operation
from casewright.foundation.journal.record import Line, record
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.parties.models import Identity, Party


def join(*, party_ids: list[int], evidence: str, by: Any, at: datetime) -> Identity:
    """Say that parties are the same person or organisation, on stated evidence.

    :raises NotAllowed: without evidence, with fewer than two parties, or for parties of different kinds
    """
    parties = list(Party.objects.select_for_update().filter(id__in=party_ids).order_by("id"))
    if len(parties) < 2 or not evidence.strip():
        raise NotAllowed("Joining needs at least two records and the evidence that they are the same.")
    if len({p.kind for p in parties}) > 1:
        raise NotAllowed("A person and an organisation cannot be the same identity.")
    identity = next((p.identity for p in parties if p.identity), None) or Identity.objects.create(
        kind=parties[0].kind
    )
    Party.objects.filter(id__in=[p.id for p in parties]).update(identity=identity, identity_evidence=evidence)
    record(
        [
            Line(
                "parties.join",
                p.matter_id,
                "party",
                p.id,
                {"identity": identity.id},
                evidence,
                operation=Operation.COMBINATION,
            )
            for p in parties
        ],
        by=by.id,
        at=at,
    )
    return identity


def part(*, party_id: int, reason: str, by: Any, at: datetime) -> None:
    """Take a party out of its identity again; the earlier joining stays in the journal."""
    party = Party.objects.select_for_update().get(id=party_id)
    was = party.identity_id
    party.identity, party.identity_evidence = None, ""
    party.save(update_fields=["identity", "identity_evidence"])
    record(
        [
            Line(
                "parties.part",
                party.matter_id,
                "party",
                party.id,
                {"identity": was},
                reason,
                operation=Operation.COMBINATION,
            )
        ],
        by=by.id,
        at=at,
    )
