"""A database that hangs: it accepts connections and says nothing. A page says so within seconds; work waits on.

The server of this test run is really stopped, every process of it, and goes on afterwards.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection, transaction
from tests import given
from tests.web.test_away import PARTED, SIGN, WHY, a_matter, agnes, fields, hold

from casewright.foundation import patience
from casewright.foundation.journal.looks import being_consulted
from casewright.foundation.journal.models import Consultation
from casewright.foundation.matters.models import Hold, Matter
from casewright.web import away

real = pytest.mark.django_db(transaction=True, serialized_rollback=True)
SOON = 15.0  # seconds: three of silence, two to ask anew, and a machine with much other work; well under LONGEST
KEY = 90210
SHORTER = 0.5  # seconds, where it is not the figure itself that is shown


def took(ask: Callable[[], Any]) -> tuple[Any, float]:
    began = time.monotonic()
    return ask(), time.monotonic() - began


def ask(sql: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []


def servers() -> list[int]:
    """Every process of this run's own database: its postmaster and all it began."""
    ((backend,),) = ask("SELECT pg_backend_pid()")
    postmaster = parent_of(backend)
    numbers = [int(each.name) for each in Path("/proc").iterdir() if each.name.isdecimal()]
    return [postmaster, *(each for each in numbers if parent_of(each) == postmaster)]


def parent_of(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


@contextmanager
def stopped() -> Iterator[None]:
    """The database is stopped in the midst of whatever it does, until this is over."""
    pids = servers()
    assert len(pids) > 2
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


@contextmanager
def held_up(table: str) -> Iterator[None]:
    """Whoever writes to a table waits for this test; nobody does any more once it is over."""
    ask("""CREATE FUNCTION wait_for_the_test() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_advisory_xact_lock(90210); RETURN NEW; END $$""")
    ask(f"CREATE TRIGGER waits BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION wait_for_the_test()")
    ask(f"SELECT pg_advisory_lock({KEY})")
    try:
        yield
    finally:
        ask(f"SELECT pg_advisory_unlock({KEY})")
        ask("DROP FUNCTION wait_for_the_test() CASCADE")


def somebody_waits() -> bool:
    return bool(
        ask("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND pid <> pg_backend_pid()")
    )


@contextmanager
def stopped_once_somebody_waits() -> Iterator[None]:
    while not somebody_waits():
        pass
    with stopped():
        yield


def elsewhere(work: Callable[[], Any]) -> Any:
    """Do something on a connection of another thread's own."""
    try:
        return work()
    finally:
        connection.close()


@real
def test_pages_say_so_within_seconds_keep_what_was_typed_and_work_again_at_once() -> None:
    matter, client = a_matter(), agnes()
    with stopped():
        connection.close()
        looked, seconds_to_look = took(lambda: client.get(f"/matters/{matter.id}"))
        pressed, seconds_to_press = took(lambda: hold(client, matter))
        ready, seconds_to_say = took(lambda: client.get("/-/ready"))
    assert (looked.status_code, pressed.status_code, ready.status_code) == (503, 503, 503)
    assert max(seconds_to_look, seconds_to_press, seconds_to_say) < SOON
    assert away.LOOKED in looked.content.decode()
    assert away.NOT_DONE_KEPT in pressed.content.decode()
    assert fields(pressed.content.decode()) == {"csrfmiddlewaretoken": SIGN, "reason": WHY}
    assert not Hold.objects.exists()
    assert client.get(f"/matters/{matter.id}").status_code == 200
    assert [hold(client, matter).status_code for _ in range(2)] == [302, 302]
    assert Hold.objects.get().reason == WHY


@real
def test_what_was_pressed_as_the_database_stopped_is_not_done_and_is_kept(monkeypatch) -> None:
    monkeypatch.setattr(patience, "SILENCE", SHORTER)
    matter, client = a_matter(), agnes()
    with ThreadPoolExecutor(1) as other, held_up("matters_hold"):
        pressed = other.submit(elsewhere, lambda: took(lambda: hold(client, matter)))
        while not somebody_waits():
            assert not pressed.done()
        with stopped():
            answer, seconds = pressed.result(timeout=60)
    assert answer.status_code == 503
    assert seconds < SOON
    assert away.NOT_DONE_KEPT in answer.content.decode()
    assert not Hold.objects.exists()
    assert hold(client, matter).status_code == 302


@real
def test_work_that_is_no_page_waits_until_the_database_goes_on(monkeypatch) -> None:
    monkeypatch.setattr(patience, "SILENCE", SHORTER)
    given.a_unit()
    client = agnes()
    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            ask(f"SELECT pg_advisory_xact_lock({KEY})")
            working = other.submit(elsewhere, lambda: ask(f"SELECT pg_advisory_xact_lock({KEY}), 7"))
            while not somebody_waits():
                assert not working.done()
            with stopped():
                assert client.get("/-/ready").status_code == 503
                assert not working.done()
            transaction.set_rollback(True)
        assert working.result(timeout=60) == [("", 7)]


@real
def test_a_look_that_the_database_says_nothing_of_is_an_error_and_the_next_one_is_kept(monkeypatch) -> None:
    monkeypatch.setattr(patience, "SILENCE", SHORTER)
    given.a_unit()
    look = {"by": given.person("Agnes Dray").id, "page": "matter", "at": given.clock.now()}
    before = Consultation.objects.count()
    with held_up("journal_consultation"), ExitStack() as stop:
        began = time.monotonic()
        with pytest.raises(OperationalError), patience.of_a_page(), being_consulted(**look):
            stop.enter_context(stopped_once_somebody_waits())
        seconds = time.monotonic() - began
    assert seconds < SOON
    with patience.of_a_page(), being_consulted(**look):
        pass
    assert Consultation.objects.count() - before in (1, 2)  # the first one may have been kept after all


@real
def test_what_somebody_else_holds_is_waited_for_a_few_seconds_only(monkeypatch) -> None:
    monkeypatch.setattr(patience, "LOCK", 1)
    matter, client = a_matter(), agnes()
    with ThreadPoolExecutor(1) as other, transaction.atomic():
        Matter.objects.select_for_update(of=("self",)).get(id=matter.id)
        answer, seconds = other.submit(elsewhere, lambda: took(lambda: hold(client, matter))).result(60)
    page = answer.content.decode()
    assert answer.status_code == 503
    assert patience.LOCK <= seconds < SOON + patience.LOCK
    assert away.OCCUPIED.strip().replace("'", "&#39;") in page
    assert away.UNDONE_KEPT in page
    assert fields(page)["reason"] == WHY
    assert hold(client, matter).status_code == 302


@real
def test_a_statement_that_takes_too_long_is_ended_where_the_server_lives(monkeypatch) -> None:
    monkeypatch.setattr(patience, "SILENCE", 0.2)
    monkeypatch.setattr(patience, "LONGEST", 0.5)
    with patience.of_a_page(), pytest.raises(OperationalError) as ended, transaction.atomic():
        ask("SELECT pg_sleep(60)")
    assert ended.value.__cause__.sqlstate == "57014"
    assert ask("SELECT 1") == [(1,)]
    assert not ask("SELECT 1 FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)' AND state = 'active'")


@real
def test_a_statement_that_takes_long_is_let_go_on_where_the_server_lives(monkeypatch) -> None:
    monkeypatch.setattr(patience, "SILENCE", 0.2)
    with patience.of_a_page():
        assert ask("SELECT 7 FROM pg_sleep(0.6)") == [(7,)]


def test_every_page_says_so_where_only_a_listening_socket_is() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=64) as silent:
        told = os.environ | {"DATABASE_URL": f"postgresql://nobody@127.0.0.1:{silent.getsockname()[1]}/none"}
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-c", PARTED], env=told, capture_output=True, text=True, check=True
        )
        seconds = time.monotonic() - began
    assert done.stdout.count(away.LOOKED) == 3
    assert seconds < 3 * SOON


def test_nothing_of_a_page_waits_a_second_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with patience.of_a_page(), pytest.raises(psycopg.OperationalError):
            patience.Connection.connect(f"postgresql://nobody@127.0.0.1:{port}/none", connect_timeout=2)
        with patience.of_a_page():
            patience.gave_up()
            with pytest.raises(psycopg.OperationalError, match="before"):
                patience.must_not_have_given_up()
    patience.must_not_have_given_up()


def test_a_network_is_noticed_to_be_gone_and_a_connection_is_waited_for_two_seconds() -> None:
    from casewright.config import environment

    options: Any = environment.database("postgresql://u@db.example/n", pool_size=1, application="t")[
        "OPTIONS"
    ]
    assert (options["connect_timeout"], options["tcp_user_timeout"], options["keepalives_idle"]) == (
        2,
        10_000,
        5,
    )
    own: Any = environment.database("postgresql://u@d/n?keepalives_idle=60", pool_size=1, application="t")
    assert own["OPTIONS"]["keepalives_idle"] == "60"
