"""Our side of each figure, through the product's own flows and pages, on a unit of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from multiprocessing.connection import Connection
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from benchmarks import second
from benchmarks.bare import intake as bare_intake
from benchmarks.bare import print_run as bare_print
from benchmarks.figures import Figure, in_turns
from casewright.areas.traffic.actions.keepers import KeeperReply, record_keepers
from casewright.areas.traffic.letters import nip_s172
from casewright.commands.demonstration.unit import make_unit
from casewright.commands.work import HANDLERS
from casewright.flows import produce_notices, take_in_detections
from casewright.foundation import clock
from casewright.foundation.documents import typesetting
from casewright.foundation.matters.models import Matter
from casewright.foundation.people.models import User
from casewright.foundation.reference.models import Force
from casewright.foundation.runs import actions as runs
from casewright.interfaces.cameras import generator

BACKEND = "casewright.foundation.people.backends.StillHere"


def unit() -> Force:
    """The invented unit, without any work."""
    with transaction.atomic():
        return make_unit(today=clock.today(), at=clock.now())


def detections(count: int, seed: int) -> bytes:
    """A file of sound detections, none of them in any other file of this seed's neighbours."""
    rows = generator.rows(
        count, last_day=clock.today() - timedelta(days=1), seed=seed, first_sequence=seed * 10**6
    )
    return generator.header() + b"".join(
        generator.with_faults(list(rows), 0, seed=seed, tomorrow=clock.today())
    )


def take_in(content: bytes, force: Force, others: list[Connection]) -> int:
    """Take a file in to the end with as many workers as `up` runs, this process one of them; how many rows it had."""
    with transaction.atomic():
        file = take_in_detections.receive_file(
            content=[content], name="bench.csv", force_id=force.id, by=None, at=clock.now()
        )
    _work_together(file.run_id, others)
    return int(file.rows)


def _work_together(run_id: int | None, others: list[Connection]) -> None:
    for other in others:
        other.send(run_id)
    work(run_id)
    for other in others:
        other.recv()


def work(run_id: int | None) -> None:
    """Work a run's chunks in this one process."""
    while runs.work_one(HANDLERS, only_run=run_id):
        pass


def intake(force: Force, address: str, *, rows: int, rounds: int) -> Figure:
    """Intake with validation, duplicates, decision, deadlines, journal and search, beside the bare pipeline."""
    with connection.cursor() as cursor:
        cursor.execute(bare_intake.TABLE)
    files = [detections(rows, seed) for seed in range(1, rounds + 1)]
    certified = (date(2020, 1, 1), date(2035, 1, 1))
    with second.workers(clock.now()) as others:
        take_in(detections(rows // 10, rounds + 1), force, others)  # `up`'s workers have long worked: theirs are warm
        return in_turns(
            f"intake of {rows:,} detections",
            "rows/s",
            lambda n: take_in(files[n], force, others),
            lambda n: bare_intake.take_in(files[n], address, certified, clock.today()),
            wanted=0.4,
            rounds=rounds,
        )


def print_run(force: Force, *, letters: int, rounds: int) -> Figure:
    """A print run of notices beside the bare engine given the same template and data."""
    _name_keepers(letters * rounds)
    parts: dict[int, list[dict[str, Any]]] = {}
    chosen = {n: _waiting(force, letters, n * letters) for n in range(rounds)}
    for number, matters in chosen.items():
        parts[number] = [_data(part, force) for part in produce_notices._parts(matters)]

    def ours(number: int) -> int:
        with transaction.atomic():
            made = produce_notices.start_print_run(
                force_id=force.id,
                matter_ids=chosen[number],
                receipt_promised=True,
                by=_ruth(),
                at=clock.now(),
            )
        _work_together(made.run_id, others)
        return int(made.chosen)

    def bare(number: int) -> int:
        bare_print.typeset(produce_notices.TEMPLATE, parts[number])
        return len(chosen[number])

    with second.workers(clock.now()) as others:  # as `up` runs them; the bare engine uses every core too
        return in_turns(
            f"print run of {letters:,} notices", "notices/s", ours, bare, wanted=0.7, rounds=rounds
        )


def _name_keepers(count: int) -> None:
    """DVLA has named a keeper for as many matters as are to be printed."""
    waiting = Matter.objects.filter(status="awaiting_keeper").order_by("id")[:count]
    names = [
        KeeperReply(m.id, 0, found="keeper", name=f"Ada Thorn{m.id}", address=("4 Mill Lane", "Fernhithe", "FX2 1AA"),
                    since=date(2024, 3, 3))
        for m in waiting
    ]  # fmt: skip
    for start in range(0, len(names), 500):
        with transaction.atomic():
            record_keepers(names[start : start + 500], by=None, at=clock.now())


def _waiting(force: Force, count: int, start: int) -> list[int]:
    found = Matter.objects.filter(status="keeper_found", force_id=force.id).order_by("id")
    return list(found.values_list("id", flat=True)[start : start + count])


def _data(part: list[int], force: Force) -> dict[str, Any]:
    today = clock.today()
    title = typesetting.template(produce_notices.TEMPLATE).title
    letters = nip_s172.letters_data(part, today=today)
    return produce_notices.document_data(letters, force.id, force.name, title, today)


def pages(*, requests: int, rounds: int) -> list[Figure]:
    """The matter page and the worklist beside a page of one query, in this process, signed in."""
    matter = Matter.objects.filter(status="notice_produced").order_by("id").first()
    assert matter is not None
    addresses = {"matter page": f"/matters/{matter.id}", "worklist": "/worklist"}
    return [_page(name, address, requests=requests, rounds=rounds) for name, address in addresses.items()]


def _page(name: str, address: str, *, requests: int, rounds: int) -> Figure:
    client = Client()
    client.force_login(_ruth(), backend=BACKEND)
    answer = client.get(address, follow=True)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    with CaptureQueriesContext(connection) as asked:
        client.get(address)

    def bare(_number: int) -> int:
        with override_settings(ROOT_URLCONF="benchmarks.bare.page"):
            return _ask(client, "/bare", requests)

    def ours(_number: int) -> int:
        return _ask(client, address, requests)

    return in_turns(f"{name} ({len(asked)} statements)", "pages/s", ours, bare, wanted=0.0, rounds=rounds)


def _ask(client: Client, address: str, requests: int) -> int:
    for _ in range(requests):
        assert client.get(address).status_code == 200
    return requests


def _ruth() -> User:
    return User.objects.get(name="Ruth Alder")


@contextmanager
def this_morning() -> Iterator[None]:
    """The clock stands at ten today, so that no figure changes at midnight."""
    with clock.standing_at(clock.now().astimezone(clock.LONDON).replace(hour=10, minute=0)):
        yield
