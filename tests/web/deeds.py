"""What is done without a page: each command as it is typed, and each job as the worker does it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest import mock

from django.db import transaction
from django.test import override_settings
from tests import given
from tests.interfaces.test_crash import CASUALTY, COLLISION, VEHICLES, write
from tests.web import prepared
from tests.web.prepared import World
from typer.testing import CliRunner

from casewright.areas.deadlines import queries as deadlines
from casewright.commands import main, security
from casewright.flows import daily_round, produce_notices, recount_deadlines
from casewright.foundation import clock
from casewright.foundation.documents import quarantine
from casewright.foundation.documents.models import PrintRun
from casewright.foundation.journal import seals
from casewright.foundation.matters.models import Matter
from casewright.foundation.messages.models import HeldItem
from casewright.foundation.people.actions import sweep
from casewright.foundation.people.models import User
from casewright.foundation.runs.models import Run
from casewright.interfaces.dvla import outbound, simulator

NO_WEAKNESS = '{"dependencies": [{"name": "django", "version": "5", "vulns": []}]}'
LATER = given.MONDAY + timedelta(days=400)


def call(act: str, line: list[str]) -> None:
    """Type a command; one that refuses fails the test. The list of weaknesses is asked of a program that has none."""
    name, _, rest = act.partition(" ")
    app = import_module(f"casewright.commands.{name}").app
    asked = [sys.executable, "-c", f"print('{NO_WEAKNESS}')"]
    ours = mock.patch.object(main, "_close_connections")  # the test's own connection stays open
    with mock.patch.object(security, "_program", return_value=asked), ours:
        answer = CliRunner().invoke(app, [*rest.split(), *line])
    if answer.exception and not isinstance(answer.exception, SystemExit):
        raise answer.exception
    assert answer.exit_code == 0, (act, answer.output)


def _file(folder: Path, name: str, content: bytes | str) -> str:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def _detections(world: World, folder: Path) -> list[str]:
    row = given.row(sequence="00000061", time="18:30:00")
    return [_file(folder, "given.csv", given.csv_of([row])), "--force", world.force.code]


def _sites(world: World, folder: Path) -> list[str]:
    told = 'code,location,limit_mph,road_kind,offence_code\n0997,"A9, Fernhithe",30,built-up,RR84707\n'
    return [_file(folder, "sites.csv", told), "--force", world.force.code]


def _devices(_: World, folder: Path) -> list[str]:
    told = (
        f"code,kind,approval,first,last\nNM0997,{prepared.registering.KINDS[0]},Type,2026-01-01,2027-01-01\n"
    )
    return [_file(folder, "devices.csv", told)]


def _codes(_: World, folder: Path) -> list[str]:
    (folder / "stats19").mkdir()
    head = "table,field_name,code_format,label\ncollision,light,1,Daylight\n"
    _file(folder / "stats19", "code-list-2024.csv", head)
    return [str(folder)]


def _collisions(world: World, folder: Path) -> list[str]:
    for name, rows in (("collisions", [COLLISION]), ("vehicles", VEHICLES), ("casualties", [CASUALTY])):
        write(folder, name, rows)
    return [str(folder), "--force", world.force.code]


def _recounted(world: World, _: Path) -> list[str]:
    _recount(world)()
    return [str(Run.objects.filter(kind="recount_deadlines").latest("id").id)]


def _approve(world: World, _: Path) -> list[str]:
    prepared.holiday_proposed(world)
    return [str(world.holiday), "--by", given.person(prepared.UNA).email]


COMMANDS: dict[str, Callable[[World, Path], list[str]]] = {
    "journal seal": lambda _, folder: ["--seals", str(folder / "seals")],
    "journal verify": lambda _, folder: ["--seals", str(folder / "seals")],
    "people add": lambda w, _: [
        "ada.quist@northmere.example", "--name", "Ada Quist", "--role", "system_administrator",
        "--force", w.force.code],
    "people link": lambda *_: [given.person(prepared.MINA).email, "--forget-proofs"],
    "people leave": lambda *_: [given.person(prepared.MINA).email],
    "people reseal": lambda *_: [],
    "register sites": _sites,
    "register devices": _devices,
    "intake detections": _detections,
    "holidays list": lambda *_: [],
    "holidays propose": lambda *_: [
        "2027-06-09", "Proclaimed day", "--by", given.person(prepared.PIERS).email, "--source", "Proclamation"],
    "holidays approve": _approve,
    "reference load": _codes,
    "letters list": lambda *_: [],
    "letters preview": lambda _, folder: ["nip_s172", "--output", str(folder / "letter.pdf")],
    "holidays who-must-act": _recounted,
    "intake collisions": _collisions,
    "decisions replay": lambda *_: ["--all"],
    "demo ensure": lambda *_: [],
    "demo links": lambda *_: [],
    "generate detections": lambda _, folder: ["--count", "3", "--output", str(folder / "made.csv")],
    "law check": lambda *_: ["vrm", "QX26 RTL"],
    "law deadline": lambda *_: ["nip-14", "--fact", "offence_on=2026-11-22"],
    "law decide": lambda *_: [
        "--fact", "offence_code=RT88509", "--fact", "offence_on=2026-06-01", "--fact", "detected_by=officer",
        "--on", "2026-07-16"],
    "law docs": lambda *_: [],
    "law impact": lambda *_: ["--proclaim", "2027-06-09=Proclaimed day"],
    "law offence": lambda *_: ["RR84221", "--on", "2026-11-20"],
    "law route": lambda *_: ["RR84221", "--age", "30", "--on", "2026-11-20"],
    "law rules": lambda *_: [],
    "law show": lambda *_: ["nip-14"],
    "law working-time": lambda *_: ["2026-12-23T16:00+00:00", "2:00"],
    "security audit": lambda *_: [],
    "security sbom": lambda *_: [],
}  # fmt: skip


def _defaults(world: World) -> Callable[[], Any]:
    given.record_posted(PrintRun.objects.get(id=world.made), given.MONDAY)
    return _moved("traffic.record_defaults")


def _moved(name: str) -> Callable[[], Any]:
    """The mover does what it does with every clock of its own that has passed at the end of time."""

    def move() -> None:
        with given.on(LATER, 6) as at:
            passed = list(deadlines.passed(today=LATER, movers=[name]))
            assert passed, name
            daily_round.MOVERS[name](passed, LATER, at)

    return move


def _collision(world: World) -> Callable[[], Any]:
    prepared.collided(world)
    return _moved("collisions.pass_time_limit")


def _read(world: World) -> Callable[[], Any]:
    prepared.being_read(world)
    return lambda: given.work(world.run)


def _produce(world: World) -> Callable[[], Any]:
    made = produce_notices.start_print_run(
        force_id=world.force.id, matter_ids=[world.ready], receipt_promised=False, by=None, at=clock.now()
    )
    return lambda: given.work(made.run_id)


def _recount(world: World) -> Callable[[], Any]:
    from tests.flows.test_recount_deadlines import offer, propose

    offer(Matter.objects.get(id=world.ordinary), offered_on=date(2026, 11, 20))
    row = propose(at=clock.now())
    with transaction.atomic():
        run = recount_deadlines.approve_holiday(
            holiday_id=row.id, by=given.person(prepared.UNA), at=clock.now()
        )
    return lambda: given.work(run.id)


def _absent(world: World) -> Callable[[], Any]:
    User.objects.filter(id=world.mina).update(is_active=False)
    return lambda: daily_round.go_round(given.MONDAY, at=clock.now())


def _last_day_over(world: World) -> Callable[[], Any]:
    HeldItem.objects.filter(id=world.held).update(retain_until=given.MONDAY - timedelta(days=1))
    return lambda: daily_round.live_through(given.MONDAY, at=clock.now())


def _answered(**found: Any) -> Callable[[], Any]:
    asked = Matter.objects.filter(status="awaiting_keeper").latest("id")
    return lambda: given.keepers_answer([asked], **found)


def _waits(world: World) -> None:
    prepared.being_read(world)
    given.work(world.run)


def _keeper_named(world: World) -> Callable[[], Any]:
    _waits(world)
    return _answered()


def _keeper_unknown(world: World) -> Callable[[], Any]:
    _waits(world)
    return _answered(found="none")


def _asked_of_dvla(world: World) -> Callable[[], Any]:
    _waits(world)

    def send() -> None:
        server = simulator.in_background(simulator.Behaviour())
        address = f"http://127.0.0.1:{server.server_address[1]}"
        with override_settings(CASEWRIGHT_DVLA_URL=address):
            outbound.send_due()
        server.shutdown()
        server.server_close()

    return send


JOBS: dict[str, Callable[[World], Callable[[], Any]]] = {
    "intake_detections": _read,
    "print_notices": _produce,
    "recount_deadlines": _recount,
    "traffic.record_defaults": _defaults,
    "traffic.end_late_notices": lambda _: _moved("traffic.end_late_notices"),
    "traffic.end_time_barred": lambda _: _moved("traffic.end_time_barred"),
    "collisions.pass_time_limit": _collision,
    "daily_round on a quiet day": lambda _: lambda: daily_round.go_round(given.MONDAY, at=clock.now()),
    "daily_round with a leaver": _absent,
    "daily_round with a held row past its last day": _last_day_over,
    "keeper enquiry answered": _keeper_named,
    "keeper enquiry answered with nobody": _keeper_unknown,
    "keeper enquiry sent": _asked_of_dvla,
    "seal": lambda _: lambda: seals.seal_all(at=clock.now()),
    "sweep": lambda _: lambda: (sweep(), quarantine.sweep()),
}
