"""What a held row said goes after its last day, from every place; its number, its fate and the counts stay."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests import given
from tests.flows.test_destroy_matter import _where

from casewright.flows import daily_round, mend_held_row, remove_held_rows, take_in_detections
from casewright.foundation import clock
from casewright.foundation.documents import blobs
from casewright.foundation.documents.models import Blob
from casewright.foundation.journal import seals
from casewright.foundation.journal.models import Entry, Operation
from casewright.foundation.journal.verifying import verify
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.matters import holds
from casewright.foundation.matters.models import Matter
from casewright.foundation.messages import actions as messages
from casewright.foundation.messages.models import HeldItem, IntakeFile, IntakeRow, Message
from casewright.foundation.policy.models import Setting
from casewright.foundation.reference.models import Force

KEPT = 10  # days, by the unit's own figure in these tests
LAST = given.MONDAY + timedelta(days=KEPT)
MARK, NO_MARK = "QY72 WXZ", "QX2B RTV"


@pytest.fixture
def fresh_log() -> Iterator[None]:
    """Of tests that keep what they write: neither their log nor another's is in the other's way."""
    _empty_log()
    yield
    _empty_log()


def _empty_log() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE journal_entry, journal_entrytext, journal_consultation, journal_searchwords,"
                       " journal_fieldhistory, journal_seal")  # fmt: skip


def a_unit_that_keeps(days: int = KEPT) -> Force:
    force = given.a_unit()
    with given.on(given.MONDAY) as at:
        Setting.objects.create(
            key="unit.keep_held_days", value=days, effective_from=given.MONDAY, reason="Ours", proposed_at=at,
            approved_at=at, proposed_by=given.person("Ruth Alder"), approved_by=given.person("Agnes Dray"),
        )  # fmt: skip
    return force


def a_file(
    force: Force,
    *,
    day: date = given.MONDAY,
    more: int = 0,
    first: int = 1,
    mark: str = MARK,
    no_mark: str = NO_MARK,
) -> IntakeFile:
    """One row accepted, one held for its mark, one for its day, one refused when read, one here already."""
    same = given.row(mark=mark, sequence="1")
    unread = [given.row(date="2026-11-31", sequence=str(first + 2 + n)) for n in range(1 + more)]
    rows = [same, given.row(mark=no_mark, sequence=str(first + 1), time="15:00:00"), *unread, same]
    content = given.csv_of(rows) + b"SC-0 " + mark.encode()
    with given.on(day):
        return given.give(content, force=force, name=f"{no_mark} and others.csv")


def go(day: date) -> None:
    with given.on(day, 6) as at, transaction.atomic():
        daily_round.live_through(day, at=at)


def counts(file: IntakeFile) -> dict[str, int]:
    told = given.account(file)
    return {name: told[name] for name in ("received", "accepted", "held", "refused", "duplicate")}


BEFORE = {"received": 5, "accepted": 1, "held": 2, "refused": 1, "duplicate": 1}
AFTER = {"received": 5, "accepted": 1, "held": 0, "refused": 3, "duplicate": 1}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "there"), [(LAST - timedelta(days=1), True), (LAST, True), (LAST + timedelta(days=1), False)]
)
def test_a_row_is_there_until_its_last_day_is_over_and_not_after(day: date, there: bool) -> None:
    file = a_file(a_unit_that_keeps())
    assert counts(file) == BEFORE
    go(day)
    assert counts(file) == (BEFORE if there else AFTER)
    assert HeldItem.objects.filter(emptied_at=None).count() == (3 if there else 0)
    assert IntakeFile.objects.get().blob.sha256 == file.sha256 if there else True


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_the_rows_said_is_nowhere_and_what_became_of_each_row_is_still_told(fresh_log) -> None:
    mark, no_mark = "QY73 WXA", "QY2B RTW"  # of no other test's files
    file = a_file(a_unit_that_keeps(), mark=mark, no_mark=no_mark)
    with given.on(given.MONDAY) as at, transaction.atomic():
        held = HeldItem.objects.get(value=no_mark)
        mend_held_row.refuse(
            held_id=held.id,
            why=f"The site said {no_mark} is a trailer",
            by=given.person("Jonah Prewett"),
            at=at,
        )
    assert _where(no_mark)
    go(LAST + timedelta(days=1))
    assert _where(no_mark) == []
    assert _where(mark), "the accepted row is as it was"
    assert _where(f"SC-0 {mark}") == []
    assert IntakeFile.objects.get().name == "a file of 23 November 2026", (
        "what it was called went with its rows"
    )
    assert counts(file) == AFTER
    told = {row["row"]: row for row in given.account(file)["rows"]}
    assert sorted(told) == [3, 4, 6]
    assert {row["outcome"] for row in told.values()} == {"refused"}
    assert {row["value"] for row in told.values()} == {""}
    assert {row["reason"] for row in told.values()} == {remove_held_rows.REASON}
    assert [told[n]["field"] for n in (3, 4)] == ["mark", "date"]
    by_hand = HeldItem.objects.get(row_number=3)
    assert (by_hand.settled_by, by_hand.settled_why) == (given.person("Jonah Prewett"), "")
    left = blobs.read(IntakeFile.objects.get().lines_id).decode().splitlines()
    assert [n for n, line in enumerate(left, 1) if line.startswith("(row destroy")] == [3, 4, 6]
    assert sum(mark in line for line in left) == 2
    seals.seal_all(at=clock.now())
    assert verify().fault is None
    HeldItem.objects.filter(id=by_hand.id).update(emptied_at=None)
    told_of = verify().fault
    assert told_of is not None
    assert told_of.what == "has words that were removed without a destroy"


@pytest.mark.django_db
def test_the_journal_says_how_many_went_of_which_file_and_by_which_rule() -> None:
    file = a_file(a_unit_that_keeps())
    go(LAST + timedelta(days=1))
    entry = Entry.objects.get(verb="held.remove")
    assert (entry.operation, entry.actor_id, entry.subject_kind, entry.subject_id) == (
        Operation.ERASURE, None, "file", file.id)  # fmt: skip
    assert entry.facts == {
        "reference": file.reference,
        "rows": 3,
        "unmended": 2,
        "rule": "unit.keep_held_days",
    }
    go(LAST + timedelta(days=2))
    assert Entry.objects.filter(verb="held.remove").count() == 1


@pytest.mark.django_db
def test_a_row_mended_on_its_last_day_is_a_matter_and_stays_and_one_day_later_it_cannot_be_mended() -> None:
    file = a_file(a_unit_that_keeps())
    mark, day = HeldItem.objects.get(field="mark"), HeldItem.objects.get(field="date")

    def mend(item: HeldItem, values: dict[str, str], on: date) -> HeldItem:
        with given.on(on) as at:
            return mend_held_row.mend_and_replay(
                held_id=item.id,
                values=values,
                how_known="Data block",
                by=given.person("Jonah Prewett"),
                at=at,
            )

    go(LAST)
    became = mend(mark, {"mark": "QX26 RTL"}, LAST)
    go(LAST + timedelta(days=1))
    became.refresh_from_db()
    assert (became.state, became.emptied_at, became.raw != "") == ("replayed", None, True)
    with pytest.raises(NotAllowed, match="last day has passed, so what it said was removed"):
        mend(day, {"date": "2026-11-21"}, LAST + timedelta(days=1))
    assert counts(file) == {**AFTER, "accepted": 2, "refused": 2}


@pytest.mark.django_db
def test_a_younger_row_stays_also_where_its_file_has_the_same_bytes() -> None:
    """What is cut off is refused each time it comes, and has its own last day each time."""
    force, cut = a_unit_that_keeps(), given.csv_of([]) + b"SC-0 " + MARK.encode()
    with given.on(given.MONDAY):
        first = given.give(cut, force=force)
    with given.on(given.MONDAY + timedelta(days=1)):
        second = given.give(cut, force=force)
    assert first.lines_id == second.lines_id
    before = blobs.read(second.lines_id)
    go(LAST + timedelta(days=1))
    second.refresh_from_db()
    assert blobs.read(second.lines_id) == before
    assert HeldItem.objects.get(file=second).raw == f"SC-0 {MARK}"
    assert HeldItem.objects.get(file=first).raw == ""
    go(LAST + timedelta(days=2))
    assert HeldItem.objects.get(file=second).raw == ""
    assert not Blob.objects.filter(sha256=first.sha256).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "there"), [(1, True), (2, False)])
def test_a_row_given_again_is_kept_from_then_and_goes_from_every_file_at_once(days: int, there: bool) -> None:
    force = a_unit_that_keeps()
    first = a_file(force)
    second = a_file(force, day=given.MONDAY + timedelta(days=1))
    assert counts(second) == {"received": 5, "accepted": 0, "held": 0, "refused": 1, "duplicate": 4}
    go(LAST + timedelta(days=days))
    assert counts(first)["held"] == (2 if there else 0)
    second.refresh_from_db()
    assert (NO_MARK.encode() in blobs.read(second.lines_id)) == there
    assert counts(second) == {"received": 5, "accepted": 0, "held": 0, "refused": 1, "duplicate": 4}
    if not there:
        gone: dict[str, list[int]] = {}
        for entry in Entry.objects.filter(verb="held.remove"):
            rows, unmended = gone.get(entry.facts["reference"], [0, 0])
            gone[entry.facts["reference"]] = [rows + entry.facts["rows"], unmended + entry.facts["unmended"]]
        assert gone == {first.reference: [3, 2], second.reference: [3, 0]}
        third = a_file(force, day=LAST + timedelta(days=days))
        assert (counts(third)["held"], counts(third)["duplicate"]) == (2, 2)


@pytest.mark.django_db
def test_what_is_about_a_matter_goes_with_the_matter_whether_a_legal_hold_stands_or_not() -> None:
    force = a_unit_that_keeps()
    a_file(force)
    matter, fault = (
        Matter.objects.get(),
        messages.Fault("keeper.name", "", "No name.", "Ask again.", "no_name"),
    )
    message = Message.objects.create(
        interface="dvla", direction="in", kind="keeper_answer", external_id="k9", matter_id=matter.id,
        body=NO_MARK, state="held", created_at=clock.now(),
    )  # fmt: skip
    said = {"interface": "dvla", "file_id": None, "today": given.MONDAY, "at": clock.now()}
    held = messages.what_is_held(
        [(None, NO_MARK, {}, fault)], message_id=message.id, matter_id=matter.id, **said
    )
    messages.keep_held(held)
    answer = HeldItem.objects.get(interface="dvla")
    assert answer.retain_until is None
    HeldItem.objects.filter(id=answer.id).update(retain_until=given.MONDAY)  # as older rows have it
    HeldItem.objects.create(interface="dvla", message=message, raw=NO_MARK, held_at=clock.now(),
                            retain_until=given.MONDAY)  # fmt: skip
    with given.on(given.MONDAY) as at:
        placed = holds.place(matter_id=matter.id, reason="Claim", by=given.person("Agnes Dray"), at=at)
    go(LAST + timedelta(days=1))
    with given.on(LAST + timedelta(days=1)) as at:
        holds.lift(hold_id=placed.id, reason="Settled", by=given.person("Agnes Dray"), at=at)
    go(LAST + timedelta(days=2))
    assert set(HeldItem.objects.filter(interface="dvla").values_list("raw", "state")) == {(NO_MARK, "held")}
    assert Message.objects.get(id=message.id).body == NO_MARK


@pytest.mark.django_db
def test_a_held_message_and_a_record_of_no_matter_go_with_their_bytes() -> None:
    given.a_unit()
    fault = messages.Fault("date", "31/11/2026", "This is not a day.", "Correct it.", "crash_date")
    message = Message.objects.create(
        interface="other", direction="in", kind="told", external_id="1", body=NO_MARK, state="held",
        created_at=clock.now(),
    )  # fmt: skip
    for name, message_id in (("crash", None), ("other", message.id)):
        messages.keep_held(messages.what_is_held(
            [(None, json.dumps({"mark": NO_MARK}), {"mark": NO_MARK}, fault)], interface=name, file_id=None,
            message_id=message_id, today=given.MONDAY, at=clock.now(),
        ))  # fmt: skip
    go(given.MONDAY + timedelta(days=366))
    assert set(HeldItem.objects.values_list("raw", "value", "state")) == {("", "", "refused")}
    message.refresh_from_db()
    assert (message.body, message.state) == ("", "given_up")
    said = Entry.objects.filter(verb="held.remove").values_list("facts__reference", "facts__rows")
    assert sorted(said) == [("crash", 1), ("other", 1)]


@pytest.mark.django_db
def test_a_hundred_rows_go_in_as_many_statements_as_two() -> None:
    force = a_unit_that_keeps()
    a_file(force)
    a_file(force, day=given.MONDAY + timedelta(days=1), more=100, first=500)
    numbers = []
    for day in (LAST + timedelta(days=1), LAST + timedelta(days=2)):
        with given.on(day, 6) as at, CaptureQueriesContext(connection) as asked, transaction.atomic():
            assert remove_held_rows.remove_due(day, at=at) in (3, 103)
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_removal_that_does_not_come_to_its_end_leaves_everything_as_it_was(fresh_log) -> None:
    file = a_file(a_unit_that_keeps())
    before = (counts(file), blobs.read(file.lines_id))
    with (
        contextlib.suppress(ZeroDivisionError),
        transaction.atomic(),
        given.on(LAST + timedelta(days=1)) as at,
    ):
        assert remove_held_rows.remove_due(LAST + timedelta(days=1), at=at) == 3
        raise ZeroDivisionError
    file.refresh_from_db()
    assert (counts(file), blobs.read(file.lines_id)) == before
    assert not Entry.objects.filter(verb="held.remove").exists()
    go(LAST + timedelta(days=1))
    assert counts(file) == AFTER
    assert not (settings.CASEWRIGHT_FILES / file.sha256[:2] / file.sha256).exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_row_that_somebody_mends_while_it_goes_is_theirs(fresh_log) -> None:
    """The mending has the row first and commits while the removal waits for it."""
    file = a_file(a_unit_that_keeps())
    row, jonah = HeldItem.objects.get(field="mark"), given.person("Jonah Prewett")
    removed: list[int] = []
    with given.on(LAST + timedelta(days=1)) as at, transaction.atomic():
        mend_held_row.mend_and_replay(
            held_id=row.id, values={"mark": "QX26 RTL"}, how_known="Data block", by=jonah, at=at
        )
        thread = removing(removed)
    thread.join(30)
    assert removed == [2]
    row.refresh_from_db()
    assert (row.state, row.emptied_at) == ("replayed", None)
    assert counts(file) == {**AFTER, "accepted": 2, "refused": 2}
    assert IntakeRow.objects.filter(file=file, outcome="accepted").count() == 2


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_row_given_again_while_it_goes_stays_for_as_long_as_if_it_had_come_then(fresh_log) -> None:
    """The second file has found the row held first and commits while the removal waits for it."""
    force = a_unit_that_keeps()
    first = a_file(force)
    removed: list[int] = []
    with transaction.atomic():
        second = a_file(force, day=LAST + timedelta(days=1))
        thread = removing(removed)
    thread.join(30)
    assert removed == [1], "what was cut off, which nobody can mend"
    assert counts(first)["held"] == 2
    assert counts(second)["duplicate"] == 4
    last = LAST + timedelta(days=1 + KEPT)
    assert set(HeldItem.objects.filter(state="held").values_list("retain_until", flat=True)) == {last}


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_bytes_that_are_given_again_while_their_last_rows_go_stay_for_the_new_file(fresh_log) -> None:
    """The new file is not to be seen yet when the removal asks whether anything needs the bytes."""
    force = a_unit_that_keeps()
    first = a_file(force)
    content = blobs.read(first.lines_id)
    removed: list[int] = []
    with given.on(LAST + timedelta(days=1)) as at, transaction.atomic():
        second = take_in_detections.receive_file(
            content=[content], name="again.csv", force_id=force.id, by=None, at=at
        )
        thread = removing(removed)
    thread.join(30)
    assert not HeldItem.objects.filter(emptied_at=None).exists(), "the removal came to its end"
    assert blobs.read(second.lines_id) == content


def removing(removed: list[int]) -> threading.Thread:
    """The removal on a connection of its own, which cannot end before what this one has locked is let go."""

    def remove() -> None:
        with given.on(LAST + timedelta(days=1)) as at, transaction.atomic():
            removed.append(remove_held_rows.remove_due(LAST + timedelta(days=1), at=at))
        connection.close()

    thread = threading.Thread(target=remove)
    thread.start()
    with connection.cursor() as cursor:
        waits = 0
        while not waits:
            assert thread.is_alive(), "it went past what is locked"
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            waits = cursor.fetchone()[0]
    return thread
