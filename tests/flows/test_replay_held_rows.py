"""Rows replayed as a set: each comes out as it would alone, in as many statements for many rows as for few."""

from __future__ import annotations

import contextlib
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests import given

from casewright.areas.traffic.models import Device, DeviceCertificate
from casewright.flows import mend_held_row
from casewright.foundation.journal.models import Entry, EntryText
from casewright.foundation.matters.models import Matter
from casewright.foundation.messages.actions import Unreadable
from casewright.foundation.messages.models import HeldItem, IntakeRow
from casewright.interfaces.cameras import generator

pytestmark = pytest.mark.django_db
WHY = "The register was mended."


def late(**changed: str) -> dict[str, str]:
    """A row held because its device had no certificate."""
    return given.row(device=generator.EXPIRED_DEVICE, **changed)


def certify() -> None:
    DeviceCertificate.objects.create(
        device=Device.objects.get(code=generator.EXPIRED_DEVICE),
        valid_from=date(2026, 10, 1),
        valid_until=date(2027, 10, 1),
    )


def of_every_fate() -> None:
    """Two files of rows held for the same device: sound, the same detection twice, one with more faults, a repeat."""
    force = given.a_unit()
    first = [
        late(),
        late(sequence="2", time="14:08:00"),
        late(sequence="3", time="14:08:00"),  # the same detection under another number
        late(sequence="4", time="14:09:00", speed="20", secondary_speed="20"),  # not over the limit
    ]
    second = [late(image="another image, so another row"), first[1], late(sequence="6", time="14:10:00")]
    for rows in (first, second):
        given.give(given.csv_of(rows), force=force)
    certify()


def alone(held: list[HeldItem], at: Any) -> None:
    for each in held:
        with contextlib.suppress(Unreadable):
            mend_held_row.mend_and_replay(
                held_id=each.id, values={}, how_known=WHY, by=given.person("Jonah Prewett"), at=at
            )


def together(held: list[HeldItem], at: Any) -> None:
    jonah = given.person("Jonah Prewett")
    became = mend_held_row.replay_alike(held_id=held[0].id, by=jonah, at=at)
    assert (became.done, became.still, became.meanwhile) == (4, 2, ())


def told() -> dict[str, Any]:
    """What became of every row, by file and number; matters by what they are about, since each has an id of its own."""
    about = {
        m.id: (m.title, m.status, m.incident.sequence, m.incident.intake_row) for m in Matter.objects.all()
    }
    texts = dict(EntryText.objects.values_list("entry_id", "text"))
    rows = IntakeRow.objects.order_by("file_id", "number")
    items = HeldItem.objects.order_by("id")
    entries = Entry.objects.filter(verb="held.replay").order_by("subject_id")
    return {
        "rows": [(r.file_id, r.number, r.outcome, about.get(r.matter_id or 0), r.repeats_id) for r in rows],
        "held": [(i.id, i.state, about.get(i.matter_id or 0), i.settled_why, i.settled_by_id) for i in items],
        "entries": [
            (e.subject_id, e.facts, e.actor_id, about.get(e.matter_id or 0), texts[e.id]) for e in entries
        ],
    }


def test_each_row_of_a_set_comes_out_as_it_would_alone() -> None:
    found = []
    with given.on(given.MONDAY) as at:
        of_every_fate()
        held = list(HeldItem.objects.filter(state="held").order_by("id"))
        for replaying in (alone, together):
            with transaction.atomic():
                replaying(held, at)
                found.append(told())
                transaction.set_rollback(True)
    assert found[0] == found[1]
    assert [each[2] for each in found[1]["rows"]].count("accepted") == 3
    assert [each[2] for each in found[1]["rows"]].count("duplicate") == 2
    assert [each[1] for each in found[1]["held"]].count("held") == 2


def test_sixty_rows_are_replayed_in_as_many_statements_as_three() -> None:
    force, numbers = given.a_unit(), []
    with given.on(given.MONDAY) as at:
        for hour, count in ((9, 1), (10, 3), (11, 60)):  # what the first alone keeps for all is in no number
            rows = [late(sequence=f"{hour}-{n}", time=f"{hour:02d}:{n:02d}:00") for n in range(count)]
            file = given.give(given.csv_of(rows), force=force)
            HeldItem.objects.filter(file=file).update(cause=f"of {count}")
        certify()
        for count in (1, 3, 60):
            first = HeldItem.objects.filter(cause=f"of {count}").earliest("id")
            with CaptureQueriesContext(connection) as asked:
                became = mend_held_row.replay_alike(held_id=first.id, by=given.person("Jonah Prewett"), at=at)
            assert became == (count, 0, ())
            numbers.append(len(asked))
    assert numbers[1] == numbers[2]
