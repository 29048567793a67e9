"""The health board and long work: what a page costs, and that no count tells how much another force has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import given
from tests.web import restricted_world
from tests.web.test_worklists import nodes

from casewright.areas.deadlines.models import Deadline
from casewright.config.metrics import OurWork
from casewright.flows import daily_round, recount_deadlines
from casewright.foundation import clock
from casewright.foundation.matters.models import Matter
from casewright.foundation.messages.models import HeldItem, Message
from casewright.foundation.people.models import RoleGiven, User
from casewright.foundation.reference import holidays
from casewright.foundation.runs import actions as work
from casewright.foundation.runs.models import Chunk, Run
from casewright.web.messages.health import Board, health_page
from casewright.web.runs import queries as runs

pytestmark = pytest.mark.django_db
MANY = 3_000
AFTER = given.MONDAY + timedelta(days=60)
SAME_FOR_ALL = ("rows that point to nothing",)


def examined(ask: Callable[[], Any]) -> dict[str, int]:
    """For each statement how many rows it read from tables and indexes, whether it kept them or not."""
    with CaptureQueriesContext(connection) as asked:
        ask()
    return {each["sql"]: _read(each["sql"]) for each in asked if each["sql"].startswith("SELECT")}


def _read(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")
        ((plan,),) = cursor.fetchall()
    return sum(
        (each["Actual Rows"] + each.get("Rows Removed by Filter", 0) + each.get("Rows Removed by Index Recheck", 0))
        * each["Actual Loops"]
        for each in nodes(plan[0]["Plan"])
        if each["Node Type"].endswith("Scan") and each["Node Type"] not in ("Bitmap Index Scan", "Subquery Scan")
    )  # fmt: skip


def long_past(matter: Matter) -> None:
    """Much that was sent, held, worked and closed once, and is over."""
    at = clock.now() - timedelta(days=30)
    Message.objects.bulk_create(
        Message(
            interface="dvla", direction="out", kind="x", external_id=f"past{n}", created_at=at, settled_at=at,
            state="answered", matter_id=matter.id,
        )
        for n in range(MANY)
    )  # fmt: skip
    HeldItem.objects.bulk_create(
        HeldItem(interface="dvla", state="replayed", held_at=at, settled_at=at, emptied_at=at)
        for _ in range(MANY)
    )
    ran = Run.objects.bulk_create(
        Run(kind="daily_round", title="Past", state="done", started_at=at, finished_at=at)
        for _ in range(MANY)
    )
    Chunk.objects.bulk_create(
        Chunk(run=each, number=1, items=1, state="done", done_at=at, force=matter.force) for each in ran
    )
    Matter.objects.bulk_create(
        Matter(
            reference=f"Z/{n}", kind=matter.kind, status=matter.status, force=matter.force, opened_at=at, closed_at=at,
            closed_reason="x",
        )
        for n in range(MANY)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def waits(matter: Matter, name: str) -> None:
    """One message that waits, one answered today, one answer held and one given up, all about a matter."""
    for state, direction in (("queued", "out"), ("answered", "out"), ("held", "in"), ("given_up", "in")):
        settled = clock.now() if state != "queued" else None
        about = None if state == "given_up" else matter.id
        made = Message.objects.create(
            interface="dvla", direction=direction, kind="x", external_id=f"{name}{state}", state=state,
            created_at=clock.now(), settled_at=settled, matter_id=about,
        )  # fmt: skip
        if state == "held":
            HeldItem.objects.create(interface="dvla", message=made, matter_id=matter.id, held_at=clock.now())


def recounting(matter: Matter) -> Run:
    """Clocks of one matter that are being counted again: one part done, one failed, one waiting."""
    ids = list(Deadline.objects.filter(matter=matter).values_list("id", flat=True))[:1]
    part = work.Part(1, {"deadlines": ids, "told": ["now later"]}, matter.force_id)
    run = work.start(
        kind="recount_deadlines",
        title="Deadlines counted again",
        payloads=[part] * 3,
        by=None,
        at=clock.now(),
    )
    Chunk.objects.filter(run=run, number=1).update(
        state="done", done_at=clock.now(), took_ms=5, counts={"now later": 1, "matters": 1}
    )
    Chunk.objects.filter(run=run, number=2).update(state="failed", attempts=3)
    return run


@pytest.fixture
def world():
    made = restricted_world.a_world()
    with given.on(given.MONDAY, 15):  # after the leave of whoever broke the glass
        yield made


def someone_of(force: Any) -> User:
    """Fay Ardley, a case administrator of the other force, who also keeps the machine."""
    fay = User.objects.create(email="fay@southmere.example", name="Fay Ardley")
    fay.forces.set([force])
    for role in ("case_administrator", "system_administrator"):
        RoleGiven.objects.create(user=fay, role=role)
    return User.objects.get(id=fay.id)


def board(actor: User) -> Board:
    return health_page(User.objects.get(id=actor.id), now=clock.now())


def test_the_board_reads_what_is_open_and_not_what_ever_was(world) -> None:
    waits(world.ordinary, "ours")
    recounting(world.ordinary)
    long_past(world.ordinary)
    ruth = given.person("Ruth Alder")
    read = examined(lambda: health_page(ruth, now=clock.now()))
    assert len(read) >= 8
    assert {sql: rows for sql, rows in read.items() if rows > 100} == {}


def test_the_figures_for_machines_read_no_more_either(world) -> None:
    waits(world.ordinary, "ours")
    recounting(world.ordinary)
    long_past(world.ordinary)
    read = examined(lambda: list(OurWork().collect()))
    assert len(read) == 5
    assert {sql: rows for sql, rows in read.items() if rows > 100} == {}


def test_the_list_of_long_work_reads_a_page_of_it(world) -> None:
    long_past(world.ordinary)
    mina = given.person("Mina Thorley")
    read = examined(lambda: runs.recent(mina))
    assert {sql: rows for sql, rows in read.items() if rows > 10 * runs.PAGE} == {}


def test_no_number_of_the_board_counts_another_forces_matters_or_restricted_ones(world) -> None:
    fay, mina, ruth = (
        someone_of(world.elsewhere.force),
        given.person("Mina Thorley"),
        given.person("Ruth Alder"),
    )
    before = {actor.name: board(actor) for actor in (fay, mina, ruth)}
    for matter, name, told in (
        (world.elsewhere, "theirs", {"Fay Ardley"}),
        (world.restricted, "hidden", {"Ruth Alder"}),
        (world.ordinary, "ours", {"Mina Thorley", "Ruth Alder"}),
    ):
        for number in range(3):
            waits(matter, f"{name}{number}")
        Message.objects.filter(state="given_up").delete()  # about no matter: shown to all, see the next test
        for actor in (fay, mina, ruth):
            after = board(actor)
            more = [
                getattr(after.systems[0], each) - getattr(before[actor.name].systems[0], each)
                for each in ("queued", "answered", "held")
            ]
            assert more == ([3, 3, 3] if actor.name in told else [0, 0, 0]), (actor.name, name)
            before[actor.name] = after
    page = Client()
    page.force_login(mina)
    assert "Answered today" in page.get("/health").content.decode()


def test_what_was_given_up_is_told_for_a_week(world) -> None:
    waits(world.ordinary, "ours")
    HeldItem.objects.create(
        interface="dvla", message=Message.objects.get(state="given_up"), state="refused", held_at=clock.now(),
        emptied_at=clock.now(),
    )  # fmt: skip
    mina = given.person("Mina Thorley")
    assert board(mina).systems[0].given_up == 1
    with given.on(given.MONDAY + timedelta(days=9)):
        assert board(mina).systems[0].given_up == 0


def test_answers_of_the_day_before_are_not_of_today(world) -> None:
    waits(world.ordinary, "ours")
    mina = given.person("Mina Thorley")
    today = board(mina).systems[0].answered
    assert today >= 1
    with given.on(given.MONDAY + timedelta(days=1)):
        assert board(mina).systems[0].answered == 0


def test_the_work_on_the_board_is_ones_own_forces_and_a_stopped_worker_is_everybodys(world) -> None:
    fay, mina = someone_of(world.elsewhere.force), given.person("Mina Thorley")
    recounting(world.elsewhere)
    assert (board(fay).work.waiting, board(mina).work.waiting) == (1, 0)
    assert board(fay).work.last_done_at
    assert board(mina).work.last_done_at is None
    Run.objects.update(started_at=clock.now() - timedelta(minutes=3))
    Chunk.objects.filter(state="done").update(done_at=clock.now() - timedelta(minutes=3))
    assert board(fay).work.stuck
    assert board(mina).work.stuck


def of_run(actor: User, run: Run) -> tuple[runs.Progress, list[Chunk]]:
    fresh = User.objects.get(id=actor.id)
    (listed,) = (each for each in runs.recent(fresh) if each.id == run.id)
    assert listed == runs.one(fresh, run.id)
    return listed, runs.chunks(fresh, run.id)


def acted(parts: list[Chunk]) -> int:
    """What came of parts, added up."""
    return sum(number for part in parts for name, number in part.counts.items() if name not in SAME_FOR_ALL)


def test_a_round_counts_only_ones_own_forces_and_nothing_restricted(world) -> None:
    fay, mina, ruth = (
        someone_of(world.elsewhere.force),
        given.person("Mina Thorley"),
        given.person("Ruth Alder"),
    )
    with given.on(AFTER) as at:
        due = {
            matter.id: Deadline.objects.filter(
                matter=matter, state="running", act_by__lt=AFTER, outer_limit__lt=AFTER, mover__in=daily_round.MOVERS
            )
            for matter in (world.ordinary, world.restricted, world.elsewhere)
        }  # fmt: skip
        many = {matter_id: rows.count() for matter_id, rows in due.items()}
        assert all(many.values())
        daily_round.go_round(AFTER, at=at)
        run = Run.objects.get(kind=daily_round.KIND, params__day=AFTER.isoformat())
        ours = many[world.ordinary.id]
        for actor, number in (
            (mina, ours), (ruth, ours + many[world.restricted.id]), (fay, many[world.elsewhere.id])
        ):  # fmt: skip
            told, parts = of_run(actor, run)
            assert (told.done, told.whole, told.parts) == (number, number, 2)
            assert (sum(part.items for part in parts), acted(parts)) == (number, number)
            assert [part.number for part in parts] == [2, 1]
        assert run.total == sum(many.values())


def test_clocks_counted_again_are_counted_to_ones_own_forces_and_nothing_restricted(world) -> None:
    fay, mina, ruth = (
        someone_of(world.elsewhere.force),
        given.person("Mina Thorley"),
        given.person("Ruth Alder"),
    )
    with given.on(given.MONDAY, 16) as at:
        row = holidays.propose(
            on=date(2026, 12, 1), name="Day of thanks", source="Proclamation", by=ruth, at=at
        )
        run = recount_deadlines.approve_holiday(
            holiday_id=row.id, by=given.person("Sergeant Una Brill"), at=at
        )
        clocks = [each for part in run.chunks.all() for each in part.payload["deadlines"]]
        many = {
            matter.id: Deadline.objects.filter(matter=matter, id__in=clocks).count()
            for matter in (world.ordinary, world.restricted, world.elsewhere)
        }
        assert all(many.values())
        for worked in (False, True):
            for actor, which in ((mina, "ordinary"), (ruth, "ordinary restricted"), (fay, "elsewhere")):
                number = sum(many[getattr(world, each).id] for each in which.split())
                told, parts = of_run(actor, run)
                done = number if worked else 0
                assert (told.done, told.whole, told.parts) == (done, number, 1)
                assert sum(part.items for part in parts) == done
                if worked:
                    (part,) = parts
                    assert part.number == 1
                    assert part.counts["matters"] == len(which.split())
                    assert acted(parts) == done + len(which.split())
            given.work(run.id)


def test_a_round_kept_before_parts_had_a_force_is_counted_to_nobody(world) -> None:
    run = Run.objects.create(
        kind=daily_round.KIND, title="Round", state="done", total=7, started_at=clock.now()
    )
    Chunk.objects.create(run=run, number=1, state="done", items=7, counts={"traffic.record_defaults": 7})
    told, parts = of_run(given.person("Mina Thorley"), run)
    assert (told.done, told.whole, parts) == (0, 0, [])
    page = Client()
    page.force_login(given.person("Mina Thorley"))
    assert "Nothing in it is of your forces" in page.get(f"/runs/{run.id}").content.decode()
