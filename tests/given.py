"""What stories begin with: an invented unit, and the hands that work it through its real flows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from casewright.areas.traffic.actions.keepers import KeeperReply, record_keepers
from casewright.commands.demonstration.unit import make_unit
from casewright.commands.work import HANDLERS
from casewright.flows import daily_round, hand_over_print_run, produce_notices, take_in_detections
from casewright.foundation import clock
from casewright.foundation.documents.models import PrintRun
from casewright.foundation.matters.models import Matter
from casewright.foundation.messages import queries
from casewright.foundation.messages.models import IntakeFile
from casewright.foundation.people.models import User
from casewright.foundation.reference.models import Force
from casewright.foundation.runs import actions as runs
from casewright.interfaces.cameras import generator
from casewright.interfaces.cameras.contract import NAMES

MONDAY = date(2026, 11, 23)
KEEPER = "Edwin Marlow-Tate"
ADDRESS = ("4 Mill Lane", "Fernhithe", "FX2 1AA")


@contextmanager
def on(day: date, hour: int = 9) -> Iterator[datetime]:
    """The clock stands still at an hour of a London day."""
    moment = datetime.combine(day, time(hour), clock.LONDON)
    with clock.standing_at(moment):
        yield moment


def a_unit(today: date = MONDAY) -> Force:
    """The demonstration's unit, without any work."""
    with on(today) as at:
        return make_unit(today=today, at=at)


def person(name: str) -> User:
    """One of the unit's people."""
    return User.objects.get(name=name)


def row(**changed: str) -> dict[str, str]:
    """A sound row: 47 in a 30 on Sunday 22 November 2026, with fields changed."""
    sound = {
        "device": "NM0411", "sequence": "00000001", "date": "2026-11-22", "time": "14:07:31", "mark": "QX26 RTL",
        "site": "0411", "limit": "30", "speed": "47", "secondary_speed": "46", "image": "0411-1",
    }  # fmt: skip
    return {**dict.fromkeys(NAMES, ""), **sound, **changed}


def csv_of(rows: Iterable[dict[str, str]]) -> bytes:
    """Rows as a CSV file."""
    return generator.header() + b"".join(generator._line(each) for each in rows)


def give(content: bytes, *, force: Force, name: str = "detections.csv", by: Any = None) -> IntakeFile:
    """Give a file to the unit at the clock's moment and read it to the end."""
    with transaction.atomic():
        received = take_in_detections.receive_file(
            content=[content], name=name, force_id=force.id, by=by, at=clock.now()
        )
    work(received.run_id)
    return IntakeFile.objects.get(id=received.id)


def work(run_id: int | None = None) -> None:
    """Work every chunk that waits."""
    while runs.work_one(HANDLERS, only_run=run_id):
        pass


def account(file: IntakeFile) -> dict[str, Any]:
    """The file's account, with the proof that it adds up."""
    told = queries.account_of_file(file.id)
    assert told["received"] == sum(
        told[k] for k in ("accepted", "held", "refused", "duplicate", "not_yet_read")
    )
    return told


def keepers_answer(matters: Sequence[Matter], **changed: Any) -> None:
    """DVLA names the same keeper for matters."""
    found = {"found": "keeper", "name": KEEPER, "address": ADDRESS, "since": date(2024, 3, 3), **changed}
    with transaction.atomic():
        record_keepers([KeeperReply(m.id, 0, **found) for m in matters], by=None, at=clock.now())


def print_notices(force: Force, *, by: Any = None, promised: bool = False) -> PrintRun:
    """Produce every notice that waits, at the clock's moment."""
    return print_letters("nip_s172", force, by=by, promised=promised)


def print_letters(kind: str, force: Force, *, by: Any = None, promised: bool = False) -> PrintRun:
    """Produce every letter of a kind that waits, at the clock's moment."""
    with transaction.atomic():
        made = produce_notices.start_print_run(
            kind=kind, force_id=force.id, matter_ids=None, receipt_promised=promised, by=by, at=clock.now()
        )
    work(made.run_id)
    return PrintRun.objects.get(id=made.id)


def hand_over(made: PrintRun) -> None:
    """Hand a run to the printer at the clock's moment."""
    at = clock.now()
    with transaction.atomic():
        hand_over_print_run.begin(print_run_id=made.id, by=None, at=at)
    hand_over_print_run.write_files(made)
    with transaction.atomic():
        hand_over_print_run.confirm(print_run_id=made.id, by=None, at=at)


def record_posted(made: PrintRun, posted_on: date) -> Any:
    """Record a handed-over run as posted on a day."""
    at, today = clock.now(), clock.today()
    with transaction.atomic():
        return hand_over_print_run.record_posted(
            print_run_id=made.id, posted_on=posted_on, receipt="FM-1", today=today, by=None, at=at
        )


def post(made: PrintRun, posted_on: date) -> Any:
    """Hand a run to the printer and record it as posted on a day."""
    hand_over(made)
    return record_posted(made, posted_on)


def live_until(day: date, *, after: date) -> None:
    """Go the round of every day after one up to another."""
    for each in daily_round.days_after(after, day):
        with on(each, 6) as at:
            daily_round.go_round(each, at=at)


def days(first: date, number: int) -> Iterator[date]:
    """A number of days from a first one on."""
    return (first + timedelta(days=n) for n in range(number))
