"""A held row mended and replayed, alike rows with one cure, or refused with a reason."""

from __future__ import annotations

import threading
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection, transaction
from tests import given

from casewright.areas.traffic.models import Device, DeviceCertificate
from casewright.flows import mend_held_row
from casewright.foundation.journal.models import Entry
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.matters.models import Matter
from casewright.foundation.messages import queries
from casewright.foundation.messages.actions import Unreadable
from casewright.foundation.messages.models import HeldItem, IntakeFile, IntakeRow
from casewright.interfaces.cameras import generator
from casewright.web.messages.holding import said_of_alike

pytestmark = pytest.mark.django_db


@pytest.fixture
def held() -> HeldItem:
    force = given.a_unit()
    with given.on(given.MONDAY):
        given.give(given.csv_of([given.row(date="2026-11-31")]), force=force)
    return HeldItem.objects.get()


def mend(
    held: HeldItem, values: dict[str, str], by: str = "Jonah Prewett", known: str = "Data block"
) -> HeldItem:
    with given.on(given.MONDAY) as at:
        return mend_held_row.mend_and_replay(
            held_id=held.id, values=values, how_known=known, by=given.person(by), at=at
        )


def test_a_mended_row_joins_the_accepted_and_says_who_mended_it_and_how(held) -> None:
    done = mend(held, {"date": "2026-11-21"})
    assert done.state == "replayed"
    assert Matter.objects.get().id == done.matter_id
    counts = queries.counts_of_file(IntakeFile.objects.get())
    assert (counts["accepted"], counts["held"], counts["received"]) == (1, 0, 1)
    entry = Entry.objects.get(verb="held.replay")
    assert entry.facts["fields"] == ["date"]


def test_a_row_mended_wrongly_stays_held_with_the_new_reason(held) -> None:
    with pytest.raises(Unreadable) as refused:
        mend(held, {"date": "2026-11-24"})
    assert "later than its upload" in refused.value.fault.reason
    assert HeldItem.objects.get().state == "held"
    assert not Matter.objects.exists()


@pytest.mark.parametrize(
    ("day", "goes"), [("2026-11-22", True), ("2026-11-23", False), ("2026-11-24", False)]
)
def test_a_row_mended_weeks_later_is_still_held_to_its_own_upload(held, day: str, goes: bool) -> None:
    """Uploaded at nine on the 23rd, the detection at seven minutes past two: the day before, the day, the day after."""
    values = {"date": day, "time": "14:07:31"}
    with given.on(date(2026, 12, 14)) as at:
        said = {"held_id": held.id, "values": values, "how_known": "Data block", "at": at}
        if goes:
            mended = mend_held_row.mend_and_replay(**said, by=given.person("Jonah Prewett"))
            assert mended.state == "replayed"
            return
        with pytest.raises(Unreadable, match="later than its upload"):
            mend_held_row.mend_and_replay(**said, by=given.person("Jonah Prewett"))
    assert HeldItem.objects.get().state == "held"


def test_a_row_is_mended_once_and_the_second_person_is_told(held) -> None:
    mend(held, {"date": "2026-11-21"})
    with pytest.raises(NotAllowed, match="colleague has settled"):
        mend(held, {"date": "2026-11-20"})
    assert Matter.objects.count() == 1


def test_nobody_mends_without_saying_how_they_know_or_without_the_right(held) -> None:
    with pytest.raises(NotAllowed, match="how you know"):
        mend(held, {"date": "2026-11-21"}, known=" ")
    with pytest.raises(NotAllowed, match="roles"):
        mend(held, {"date": "2026-11-21"}, by="Hester Lowe")


def test_a_row_replayed_into_what_is_known_already_is_a_duplicate(held) -> None:
    with given.on(given.MONDAY):
        given.give(given.csv_of([given.row(date="2026-11-21")]), force=held.file.force)
    done = mend(held, {"date": "2026-11-21"})
    assert queries.counts_of_file(held.file)["duplicate"] == 1
    assert done.matter_id == Matter.objects.get().id


def again(held: HeldItem) -> tuple[IntakeFile, IntakeRow]:
    with given.on(given.MONDAY):
        file = given.give(given.csv_of([given.row(date="2026-11-31")]), force=held.file.force)
    return file, IntakeRow.objects.get(file=file)


def test_once_mended_the_row_it_was_and_its_repeats_lead_to_the_matter(held) -> None:
    _, earlier = again(held)
    done = mend(held, {"date": "2026-11-21"})
    _, later = again(held)
    earlier.refresh_from_db()
    assert (earlier.outcome, earlier.matter_id) == ("duplicate", done.matter_id)
    assert (later.outcome, later.matter_id) == ("duplicate", done.matter_id)
    assert Matter.objects.count() == 1


def test_a_row_refused_in_error_comes_back_by_giving_it_again(held) -> None:
    with given.on(given.MONDAY) as at:
        mend_held_row.refuse(held_id=held.id, why="Taken for a test", by=given.person("Jonah Prewett"), at=at)
    file, row = again(held)
    assert row.outcome == "held"
    assert mend(HeldItem.objects.get(file=file), {"date": "2026-11-21"}).state == "replayed"


def test_one_certificate_mends_every_row_of_the_device() -> None:
    force = given.a_unit()
    rows = [given.row(device=generator.EXPIRED_DEVICE, sequence=str(n), time=f"14:0{n}:00") for n in range(4)]
    with given.on(given.MONDAY) as at:
        given.give(given.csv_of(rows), force=force)
        device = Device.objects.get(code=generator.EXPIRED_DEVICE)
        DeviceCertificate.objects.create(
            device=device, valid_from=date(2026, 10, 1), valid_until=date(2027, 10, 1)
        )
        first = HeldItem.objects.first()
        assert first is not None
        done = mend_held_row.replay_alike(held_id=first.id, by=given.person("Jonah Prewett"), at=at)
    assert done == (4, 0, ())
    assert Matter.objects.count() == 4


def test_a_row_refused_by_hand_is_counted_as_refused_with_the_reason(held) -> None:
    with given.on(given.MONDAY) as at:
        mend_held_row.refuse(
            held_id=held.id, why="Site clock failed", by=given.person("Jonah Prewett"), at=at
        )
    counts = queries.counts_of_file(held.file)
    assert (counts["refused"], counts["held"]) == (1, 0)
    assert HeldItem.objects.get().settled_why == "Site clock failed"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_rows_settled_by_another_meanwhile_are_left_so_and_named_and_all_others_go_on() -> None:
    """A colleague refuses the third of four rows, and commits, after another has begun to be replayed."""
    force = given.a_unit()
    rows = [given.row(device=generator.EXPIRED_DEVICE, sequence=str(n), time=f"14:0{n}:00") for n in range(4)]
    with given.on(given.MONDAY) as at:
        given.give(given.csv_of(rows), force=force)
        DeviceCertificate.objects.create(
            device=Device.objects.get(code=generator.EXPIRED_DEVICE),
            valid_from=date(2026, 10, 1),
            valid_until=date(2027, 10, 1),
        )
        first, _, third, _ = HeldItem.objects.order_by("id")
        colleague, now = Colleague(third.id, at), given.person("Jonah Prewett")
        with transaction.atomic(), connection.execute_wrapper(colleague):
            became = mend_held_row.replay_alike(held_id=first.id, by=now, at=at)
    assert colleague.done
    assert (became.done, became.still) == (3, 0)
    assert [each.id for each in became.meanwhile] == [third.id]
    assert said_of_alike(became) == (
        "3 rows went through; 0 rows are still held. "
        f"Row {third.row_number} of {third.file.reference} was settled meanwhile and is left so."
    )
    states = dict(HeldItem.objects.values_list("id", "state"))
    assert states.pop(third.id) == "refused"
    assert list(states.values()) == ["replayed"] * 3
    counts = queries.counts_of_file(IntakeFile.objects.get())
    assert (counts["accepted"], counts["refused"], counts["held"]) == (3, 1, 0)


class Colleague:
    """Refuses a row on a connection of their own once another has chosen it, just before all of them are locked."""

    def __init__(self, held_id: int, at: datetime) -> None:
        self.held_id, self.at, self.done = held_id, at, False

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not self.done and "FOR UPDATE" in str(sql):
            self.done = True
            thread = threading.Thread(target=self._refuse)
            thread.start()
            thread.join(120)
        return execute(sql, params, many, context)

    def _refuse(self) -> None:
        with transaction.atomic():
            mend_held_row.refuse(
                held_id=self.held_id, why="Site closed", by=given.person("Piers Hallam"), at=self.at
            )
        connection.close()
