"""The database goes away while somebody works: a page says so, what became of what was pressed, and keeps it.

The server itself ends the connection: a trigger ends its own session in the midst of a statement or of a commit.
"""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests import given

from casewright.foundation.matters.models import Hold, Matter
from casewright.web import away

real = pytest.mark.django_db(transaction=True, serialized_rollback=True)
WHY = "A claim was announced & heard by letter <today>."
SIGN = "the page's own sign"
END = """CREATE FUNCTION end_this_session() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$"""
AT_THE_STATEMENT = "CREATE TRIGGER ended AFTER INSERT ON {} FOR EACH ROW EXECUTE FUNCTION end_this_session()"
AT_THE_COMMIT = """CREATE CONSTRAINT TRIGGER ended AFTER INSERT ON {} DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION end_this_session()"""
PARTED = """
import django, os
django.setup()
from django.test import Client
client = Client(raise_request_exception=False)
for address, headers in (("/", {}), ("/runs/1", {"HX-Request": "true"}), ("/sign-in", {})):
    client.cookies["casewright_session"] = client.cookies["__Host-casewright_session"] = "a" * 32
    answer = client.get(address, headers=headers, secure=True)
    print(answer.status_code, answer.get("Retry-After"), answer.get("HX-Refresh"), answer.content.decode())
"""


@contextmanager
def ending(trigger: str, table: str) -> Iterator[None]:
    """The session of whoever writes to a table is ended by the server, until this is over."""
    with connection.cursor() as cursor:
        cursor.execute(END)
        cursor.execute(trigger.format(table))
    try:
        yield
    finally:
        connection.close()  # as Django does after every request, but not after one of its test client
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION end_this_session() CASCADE")


def agnes() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(given.person("Agnes Dray"))
    return client


def a_matter() -> Matter:
    force = given.a_unit()
    with given.on(given.MONDAY):
        given.give(given.csv_of([given.row()]), force=force)
    return Matter.objects.get()


def hold(client: Client, matter: Matter) -> HttpResponse:
    said = {"csrfmiddlewaretoken": SIGN, "reason": WHY}
    return client.post(reverse("place_hold", kwargs={"matter_id": matter.id}), said)


def fields(page: str) -> dict[str, str]:
    """What the page's own form would send."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    return {name: html.unescape(value) for name, value in found}


@real
def test_a_press_in_whose_midst_the_database_goes_away_is_not_done_and_can_be_sent_again() -> None:
    matter, client = a_matter(), agnes()
    with ending(AT_THE_STATEMENT, "matters_hold"):
        answer = hold(client, matter)
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert away.NOT_DONE_KEPT in page
    assert fields(page) == {"csrfmiddlewaretoken": SIGN, "reason": WHY}
    assert f'action="{reverse("place_hold", kwargs={"matter_id": matter.id})}"' in page
    assert not Hold.objects.exists()
    assert [hold(client, matter).status_code for _ in range(2)] == [302, 302]
    assert Hold.objects.get().reason == WHY


@pytest.mark.django_db
def test_a_press_that_the_database_ends_since_two_waited_for_each_other_can_be_sent_again() -> None:
    """Here the server says so by itself: which of two it ends is chance."""
    matter, client = a_matter(), agnes()
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION end_one_of_two() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'deadlock detected' USING ERRCODE = '40P01'; END $$"
        )
        cursor.execute("CREATE TRIGGER ended BEFORE INSERT ON matters_hold EXECUTE FUNCTION end_one_of_two()")
    answer = hold(client, matter)
    page = answer.content.decode()
    assert answer.status_code == 503
    assert away.OCCUPIED + away.UNDONE_KEPT in html.unescape(page)
    assert fields(page) == {"csrfmiddlewaretoken": SIGN, "reason": WHY}


@real
def test_a_commit_that_was_broken_off_is_not_called_undone() -> None:
    matter, client = a_matter(), agnes()
    with ending(AT_THE_COMMIT, "matters_hold"):
        answer = hold(client, matter)
    page = answer.content.decode()
    assert answer.status_code == 503
    assert away.IN_DOUBT in page
    assert fields(page) == {}


@real
def test_an_act_done_in_whose_wake_the_session_cannot_be_kept_is_not_called_undone_either() -> None:
    matter, client = a_matter(), agnes()
    assert hold(client, matter).status_code == 302
    # the second press is told that it was done once, and that sentence is kept in the session
    with ending(AT_THE_STATEMENT.replace("INSERT", "UPDATE"), "people_session"):
        answer = hold(client, matter)
    assert answer.status_code == 503
    assert away.IN_DOUBT in answer.content.decode()
    assert Hold.objects.count() == 1


@real
def test_a_password_is_never_written_into_the_page() -> None:
    given.a_unit()
    client = Client(raise_request_exception=False)
    with ending(AT_THE_STATEMENT, "people_signintry"):
        answer = client.post("/sign-in", {"email": "nobody@example.test", "password": "the-secret-of-mina"})
    assert answer.status_code == 503
    assert b"the-secret-of-mina" not in answer.content
    assert fields(answer.content.decode()) == {}


def test_every_page_says_so_where_there_is_no_database_at_all() -> None:
    told = os.environ | {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    done = subprocess.run(
        [sys.executable, "-c", PARTED], env=told, capture_output=True, text=True, check=True
    )
    pages = done.stdout.split("<!doctype html>")
    assert [each.strip().splitlines()[-1] for each in pages[:-1]] == ["503 60 None"] * 3
    assert done.stdout.count(away.LOOKED) == 3
    assert '<a href="/runs/1">Load this page again</a>' in done.stdout


@real
def test_a_fault_of_ours_stays_one() -> None:
    matter, client = a_matter(), agnes()
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE matters_hold ADD COLUMN unknown integer NOT NULL DEFAULT 1 CHECK (unknown < 0)"
        )
    try:
        answer = hold(client, matter)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE matters_hold DROP COLUMN unknown")
    assert answer.status_code == 500
    assert "Something is wrong with Casewright" in answer.content.decode()
