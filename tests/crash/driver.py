"""What a crash test asks of the rig's database, each a process of its own that could itself be killed."""

from __future__ import annotations

import contextlib
import io
import json
import sys
import traceback
from collections import Counter
from datetime import timedelta
from pathlib import Path

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.db.models import Count  # noqa: E402
from tests.crash import journalled  # noqa: E402
from tests.crash.removed import fall_due, kept_whole, left_behind, removals, told_by_files, where  # noqa: E402, F401

from casewright.areas.deadlines.models import Deadline  # noqa: E402
from casewright.areas.traffic.models import DetectionKey, Incident, Requirement  # noqa: E402
from casewright.commands.demonstration.unit import make_unit  # noqa: E402
from casewright.flows import daily_round, produce_notices, remove_held_rows, take_in_detections  # noqa: E402
from casewright.foundation import clock  # noqa: E402
from casewright.foundation.documents import blobs, typesetting  # noqa: E402
from casewright.foundation.documents.models import Letter, PrintPart, PrintRun  # noqa: E402
from casewright.foundation.journal.models import Entry  # noqa: E402
from casewright.foundation.journal.record import Line, record  # noqa: E402
from casewright.foundation.lifecycle import NotAllowed  # noqa: E402
from casewright.foundation.matters.models import Destruction, Hold, Matter  # noqa: E402
from casewright.foundation.messages import queries  # noqa: E402
from casewright.foundation.messages.models import HeldItem, IntakeFile, IntakeRow, Message  # noqa: E402
from casewright.foundation.people.actions import make_sign_in_link  # noqa: E402
from casewright.foundation.people.models import RoleProposal, User  # noqa: E402
from casewright.foundation.policy.models import Setting  # noqa: E402
from casewright.foundation.reference.models import Force  # noqa: E402
from casewright.foundation.runs.models import Chunk, Run  # noqa: E402
from casewright.interfaces.cameras import generator  # noqa: E402


def unit() -> None:
    """The invented unit without work."""
    with transaction.atomic():
        make_unit(today=clock.today(), at=clock.now())


def link(name: str = "Ruth Alder") -> None:
    """A sign-in link, of the senior processing officer if of nobody else."""
    with transaction.atomic():
        print(make_sign_in_link(user=User.objects.get(name=name), at=clock.now()))


def moment() -> None:
    """When the last transaction ended."""
    print(journalled.moment())


def faults(since: str) -> None:
    """Rows without an entry and entries without their row, of what ended after a moment."""
    print(json.dumps([*journalled.faults(since), *journalled.unknown_subjects()]))


def entries() -> None:
    """How many entries the journal has."""
    print(Entry.objects.count())


def there() -> None:
    """What people at their browsers can act on, by kind."""
    kinds = {
        "matter": Matter.objects.filter(closed_at=None), "closed": Matter.objects.filter(closed_at__isnull=False),
        "hold": Hold.objects.filter(lifted_at=None), "destruction": Destruction.objects.filter(approved_at=None),
        "person": User.objects.filter(is_active=True), "role": RoleProposal.objects.filter(approved_at=None),
        "figure": Setting.objects.filter(approved_at=None),
    }  # fmt: skip
    print(json.dumps({kind: list(found.values_list("pk", flat=True)) for kind, found in kinds.items()}))


def plant(what: str) -> None:
    """One fault of each sort, so that it is known that the check finds it."""
    matter, by, at = Matter.objects.earliest("id"), User.objects.earliest("id"), clock.now()
    if what == "row":
        Hold.objects.create(matter=matter, reason="planted", placed_by=by, placed_at=at)
    elif what == "change":
        Matter.objects.filter(id=matter.id).update(title="planted")
    elif what == "entry":
        record(
            [Line("records.lift_hold", matter.id, "hold", Hold.objects.earliest("id").id)], by=by.id, at=at
        )
    elif what == "entry of nothing":
        record([Line("matters.note", matter.id, "note", 987_654_321, text="planted")], by=by.id, at=at)


def make_file(path: str, rows: str, seed: str) -> None:
    """A file of detections with one fault in fifty rows."""
    good = list(generator.rows(int(rows), last_day=clock.today() - timedelta(days=1), seed=int(seed),
                               first_sequence=int(seed) * 100_000))  # fmt: skip
    lines = generator.with_faults(
        good, int(rows) // 50, seed=int(seed), tomorrow=clock.today() + timedelta(days=1)
    )
    Path(path).write_bytes(generator.header() + b"".join(lines))


def give(path: str) -> None:
    """Give a file as the command does, and leave the reading to the workers."""
    content = Path(path).read_bytes()
    with transaction.atomic():
        take_in_detections.receive_file(content=[content], name=Path(path).name,
                                        force_id=Force.objects.get().id, by=None, at=clock.now())  # fmt: skip


def remove_held() -> None:
    """Remove what held rows said as if their last day had passed; how many there were, and each file still adds up."""
    HeldItem.objects.filter(emptied_at=None).update(retain_until=clock.today() - timedelta(days=1))
    print(remove_held_rows.remove_due(clock.today(), at=clock.now()))
    for told in (queries.counts_of_file(file) for file in IntakeFile.objects.all()):
        whole = ("accepted", "held", "refused", "duplicate", "not_yet_read")
        assert told["received"] == sum(told[each] for each in whole), told


def print_all() -> None:
    """Begin a print run of everything that waits, in small parts, and leave it to the workers."""
    produce_notices.PART = 40
    try:
        with transaction.atomic():
            produce_notices.start_print_run(force_id=Force.objects.get().id, matter_ids=None, receipt_promised=False,
                                            by=None, at=clock.now())  # fmt: skip
    except NotAllowed:
        print("nothing waits")


def waiting() -> None:
    """How much work waits."""
    chunks = Chunk.objects.filter(state="waiting", run__state="going").count()
    print(chunks + Message.objects.filter(direction="out", state="queued").count())


def prove() -> None:
    """Every promise that must hold after any crash; prints the figures."""
    files = [queries.counts_of_file(f) for f in IntakeFile.objects.all()]
    for told in files:
        assert told["received"] == sum(told[k] for k in ("accepted", "held", "refused", "duplicate")), told
        assert told["not_yet_read"] == 0, told
    assert not Run.objects.filter(state="failed").exists(), list(
        Chunk.objects.exclude(error="").values("error")[:3]
    )
    accepted = IntakeRow.objects.filter(outcome="accepted")
    ids = list(accepted.values_list("matter_id", flat=True))
    assert len(ids) == len(set(ids)) == Matter.objects.count() == Incident.objects.count(), (
        "rows and matters differ"
    )
    assert set(ids) == set(Matter.objects.values_list("id", flat=True))
    assert DetectionKey.objects.count() == len(ids)
    _prove_clocks_and_journal(ids)
    _prove_letters()
    assert daily_round.unmoored() == 0
    statuses = Counter(Matter.objects.values_list("status", flat=True))
    print(json.dumps({"files": len(files), "received": sum(f["received"] for f in files), "matters": len(ids),
                      "letters": Letter.objects.filter(state="produced").count(), "statuses": statuses}))  # fmt: skip


def _prove_clocks_and_journal(ids: list[int]) -> None:
    alive = Matter.objects.filter(closed_at__isnull=True)
    clocks = dict(
        Deadline.objects.filter(rule_id="summary-6m").values_list("matter_id").annotate(Count("id"))
    )
    assert all(clocks.get(m) == 1 for m in alive.values_list("id", flat=True)), "a matter without its clock"
    begun = Entry.objects.filter(verb__in=("traffic.receive", "traffic.end_at_receipt"))
    assert sorted(begun.values_list("matter_id", flat=True)) == sorted(ids), "journal and matters differ"


def _prove_letters() -> None:
    produced = Letter.objects.filter(state__in=("produced", "posted"))
    twice = produced.values("matter_id").annotate(n=Count("id")).filter(n__gt=1)
    assert not twice.exists(), "two letters to one person"
    moved = set(Matter.objects.filter(status="notice_produced").values_list("id", flat=True))
    assert moved == set(produced.values_list("matter_id", flat=True)), "letters and matters differ"
    assert Requirement.objects.count() == len(moved)
    for part in PrintPart.objects.all():
        letters = produced.filter(print_run_id=part.print_run_id, part=part.number).count()
        assert letters == part.letters
        assert typesetting.page_count(blobs.read(part.sha256)) == part.pages == 2 * letters
    for run in PrintRun.objects.all():
        assert run.letters.count() == run.chosen, "chosen = in the run + held + refused"


def serve() -> None:
    """Do what comes in, one JSON list a line, and answer one JSON object a line; a lost database is met afresh."""
    for line in sys.stdin:
        what, *arguments = json.loads(line)
        said = io.StringIO()
        try:
            with contextlib.redirect_stdout(said):
                globals()[what](*arguments)
            answer = {"said": said.getvalue().strip()}
        except Exception:
            answer = {"failed": traceback.format_exc()[-3000:]}
        connection.close()
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    serve()
