"""Looks are kept before anything is shown, on a connection of their own, whatever becomes of the request."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

import pytest
from django.db import DataError, InternalError, connection, connections, transaction
from django.test import Client
from tests import given

from casewright.foundation.journal import looks
from casewright.foundation.journal.looks import being_consulted, consulted
from casewright.foundation.journal.models import Consultation, SearchWords
from casewright.foundation.matters.models import Matter

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
OURS = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


@pytest.fixture(autouse=True)
def nothing_looked_at() -> Iterator[None]:
    """No look of any other test."""
    ask("TRUNCATE journal_consultation, journal_searchwords")
    yield
    connection.close()


def ask(statement: str) -> list[Any]:
    """As a superuser at the database would; the rows, if it answers any."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def look(page: str = "matter", **more: Any) -> Any:
    return being_consulted(by=7, page=page, at=AT, **more)


def kept() -> list[str]:
    return list(Consultation.objects.order_by("id").values_list("page", flat=True))


def test_a_look_is_kept_whole() -> None:
    with look("found", matter_id=3, reason="task", shown={"matters": [3, 4]}, words="ada"):
        pass
    one = Consultation.objects.get()
    assert (one.actor_id, one.at, one.matter_id, one.reason) == (7, AT, 3, "task")
    assert one.shown == {"matters": [3, 4]}
    assert one.tx > 0
    words = SearchWords.objects.get()
    assert (words.words, words.consultation_id, len(one.text_hash)) == ("ada", one.id, 64)


def test_a_look_and_its_like_within_a_transaction_are_written_alike() -> None:
    with look("found", shown={"matters": [3]}):
        pass
    consulted(by=7, page="found", at=AT, shown={"matters": [3]})
    one, other = Consultation.objects.order_by("id").values()
    differing = {name for name in one if one[name] != other[name]}
    assert differing == {"id", "tx"}


def test_a_look_stays_whatever_becomes_of_the_request() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic(), look():
        1 / 0  # noqa: B018 - the page fails
    assert kept() == ["matter"]


def test_in_a_transaction_within_the_requests_own_it_is_part_of_that() -> None:
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError), transaction.atomic(), look("taken back"):
            1 / 0  # noqa: B018
        with transaction.atomic(), look("kept"):
            pass
    assert kept() == ["kept"]


def test_a_server_that_ended_the_connection_meanwhile_costs_no_look() -> None:
    for page in ("one", "two"):
        with look(page):
            pass
        ask(f"SELECT pg_terminate_backend(pid, 5000) {OURS}")
    with look("three"):
        pass
    assert kept() == ["one", "two", "three"]


def test_a_connection_that_breaks_in_between_is_no_end_of_the_look() -> None:
    with look():
        ask(f"SELECT pg_terminate_backend(pid, 5000) {OURS}")
    assert set(kept()) == {"matter"}  # twice where the server had kept it before it went


def test_a_look_is_kept_though_every_connection_there_was_breaks_at_its_next_use() -> None:
    """As where a server goes while new ones are made: those are lent too, and nothing tells them from whole ones."""
    all_at_once(8)
    ask(f"""CREATE FUNCTION end_what_was_there() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE pid = pg_backend_pid() AND backend_start < '{ask("SELECT clock_timestamp()")[0][0]}';
        RETURN NULL; END $$""")
    ask("CREATE TRIGGER gone BEFORE INSERT ON journal_consultation"
        " FOR EACH STATEMENT EXECUTE FUNCTION end_what_was_there()")  # fmt: skip
    try:
        with look("kept"):
            pass
    finally:
        ask("DROP FUNCTION end_what_was_there() CASCADE")
    assert kept().count("kept") == 1


def all_at_once(number: int) -> None:
    """As many looks at one moment: the pool then has as many connections."""
    together = Barrier(number, timeout=30)

    def page(each: int) -> None:
        with look(f"page {each}"):
            together.wait()

    with ThreadPoolExecutor(number) as threads:
        list(threads.map(page, range(number)))


def test_a_look_that_cannot_be_kept_is_an_error_after_all_was_tried() -> None:
    with pytest.raises(DataError), look(words="w" * 201):
        pass
    assert kept() == []


def test_a_page_whose_look_cannot_be_kept_is_not_shown() -> None:
    force = given.a_unit()
    with given.on(given.MONDAY):
        given.give(given.csv_of([given.row()]), force=force)
        client, matter = Client(raise_request_exception=False), Matter.objects.get()
        client.force_login(given.person("Agnes Dray"))
        assert matter.reference in client.get(f"/matters/{matter.id}").content.decode()
        ask("CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE 'no space left on the disk' USING ERRCODE = 'XX000'; END $$")  # fmt: skip
        ask("CREATE TRIGGER on_full_disk BEFORE INSERT ON journal_consultation"
            " FOR EACH ROW EXECUTE FUNCTION full_disk()")  # fmt: skip
        try:
            answer = client.get(f"/matters/{matter.id}")
            with pytest.raises(InternalError), look():
                pass
        finally:
            ask("DROP FUNCTION full_disk() CASCADE")
    assert answer.status_code == 500
    assert matter.reference not in answer.content.decode()
    assert kept().count("matter") == 1


def test_as_many_pages_at_once_as_there_are_connections_wait_for_none_of_each_other() -> None:
    together = Barrier(8, timeout=30)

    def page(number: int) -> None:
        with transaction.atomic():
            ask("SELECT 1")  # each holds one of the pages' own
            together.wait()
            with look(f"page {number}"):
                together.wait()
        connections.close_all()

    connection.close()  # this thread's
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(page, range(8)))
    assert sorted(kept()) == [f"page {number}" for number in range(8)]


def test_first_looks_at_the_same_moment_make_one_pool() -> None:
    looks._pool().close()
    looks._made.cache_clear()
    together = Barrier(8, timeout=30)

    def page(number: int) -> int:
        together.wait()
        with look(f"page {number}"):
            return id(looks._pool())

    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(page, range(8)))) == 1
    assert len(kept()) == 8


def test_a_look_longer_than_the_socket_takes_at_once_is_kept() -> None:
    many = list(range(10**9, 10**9 + 400_000))
    with look("found", shown={"matters": many}):
        pass
    assert Consultation.objects.get().shown == {"matters": many}


def test_who_waits_for_a_look_to_be_kept_holds_up_nobody() -> None:
    def page() -> None:
        with look():
            pass

    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            ask("LOCK TABLE journal_consultation IN EXCLUSIVE MODE")
            shown = other.submit(page)
            while not ask(f"SELECT 1 {OURS} AND wait_event_type = 'Lock'"):
                pass  # this thread goes on while the other waits
            assert not shown.done()
        shown.result(timeout=30)
    assert kept() == ["matter"]
