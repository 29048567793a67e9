"""Headers and cookies of every answer; and no name, mark or street in an address, a log line, a header or a figure."""

from __future__ import annotations

import io
import logging
import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from tests import given
from tests.attacks import crawler, hostile_world
from tests.web import restricted_world

from casewright.config.headers import CONTENT_POLICY
from casewright.config.logs import formatter
from casewright.foundation import clock
from casewright.foundation.people import accounts
from casewright.foundation.people.models import User

pytestmark = pytest.mark.django_db
# The stored documents' own: nothing runs, and the browser's viewer of PDF may draw itself (style only).
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"
PERSONAL = (
    restricted_world.NAME,
    "Vexmoor",
    "QW22",
    "Quillmere",
    restricted_world.NOTE,
    given.KEEPER,
    "Marlow-Tate",
    "Mill Lane",
)
CONNECTED: list[Any] = []


def _note(event: str, given_args: tuple[Any, ...]) -> None:
    if event == "socket.connect":
        CONNECTED.append(given_args[1])


sys.addaudithook(_note)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Every line of every logger, as production writes them, from the most talkative level on."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(formatter())
    root = logging.getLogger()
    levels = {each: logging.getLogger(each).level for each in ("", "django", "casewright", "django.request")}
    root.addHandler(handler)
    for each in levels:
        logging.getLogger(each).setLevel(logging.INFO)
    yield out
    root.removeHandler(handler)
    for each, level in levels.items():
        logging.getLogger(each).setLevel(level)


class _Addresses(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        wanted = {"href", "src", "action", "formaction", "hx-get", "hx-post", "data-href"}
        self.found += [value or "" for name, value in attrs if name in wanted]


def addresses_in(answer: Any) -> list[str]:
    """Every address an answer holds, in its page and its headers."""
    found = [answer.get("Location", ""), answer.get("HX-Redirect", ""), answer.get("HX-Push-Url", "")]
    if answer.get("Content-Type", "").startswith("text/html"):
        reader = _Addresses()
        reader.feed(crawler.content_of(answer))
        found += reader.found
    return found


def check_headers(answer: Any, path: str) -> None:
    policy = answer["Content-Security-Policy"]
    assert policy in (CONTENT_POLICY, FILE_POLICY), path
    assert "unsafe-inline" not in CONTENT_POLICY
    assert "unsafe-eval" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer["X-Content-Type-Options"] == "nosniff", path
    assert answer["X-Frame-Options"] == "DENY", path
    assert answer["Referrer-Policy"] == "same-origin", path
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin", path
    assert answer["Cache-Control"].find("no-store") >= 0, path
    assert "Server" not in answer.headers
    if answer.get("Content-Type", "").startswith("text/"):
        assert "charset=utf-8" in answer["Content-Type"], path
    for cookie in answer.cookies.values():
        if cookie["max-age"] == 0:  # the browser is told to forget it
            continue
        assert cookie["httponly"], (path, cookie.key)
        assert cookie["samesite"] in ("Lax", "Strict"), (path, cookie.key)


def test_every_answer_is_guarded_and_gives_nobody_away_in_addresses_logs_or_connections(
    log: io.StringIO,
) -> None:
    hostile_world.a_world()
    people = [
        User.objects.filter(roles__role=role).earliest("id")
        for role in ("senior_processing_officer", "system_administrator")
    ]
    clients = [*(crawler.client_of(each) for each in people), Client(raise_request_exception=False)]
    CONNECTED.clear()
    with given.on(given.MONDAY, 15):
        for path in crawler.every_path(hostile_world.there(), most=1):
            for client in clients:
                answers = [client.get(path)]
                if answers[0].status_code == 405:
                    with transaction.atomic():
                        answers.append(
                            client.post(
                                path,
                                {
                                    "sought": restricted_world.NAME,
                                    "text": restricted_world.NAME,
                                    "name": given.KEEPER,
                                },
                            )
                        )
                        transaction.set_rollback(True)
                for answer in answers:
                    check_headers(answer, path)
                    given_away = [
                        (path, each, name)
                        for each in addresses_in(answer)
                        for name in PERSONAL
                        if name in each
                    ]
                    assert given_away == []
        page = clients[0].post("/search", {"sought": restricted_world.NAME}, follow=True)
        assert restricted_world.NAME in crawler.content_of(page)  # so the names were there to be given away
    written = log.getvalue()
    assert "/matters/" in written
    assert [name for name in PERSONAL if name in written] == []
    assert CONNECTED == []


def test_an_error_of_the_database_is_logged_without_the_row_it_speaks_of(log: io.StringIO) -> None:
    from django.db import DataError, IntegrityError

    given.a_unit()
    for act in (
        lambda: User.objects.create(name=restricted_world.NAME, email=given.person("Ruth Alder").email),
        lambda: User.objects.create(name=restricted_world.NAME * 50, email="long@northmere.example"),
    ):
        try:
            with transaction.atomic():
                act()
        except (IntegrityError, DataError):
            logging.getLogger("casewright").exception("this did not work\n{'forged': 1}")
    written = log.getvalue()
    assert "Traceback" in written
    assert "ruth.alder" not in written
    assert restricted_world.NAME not in written
    assert re.search("UniqueViolation|IntegrityError", written)
    assert (
        len(written.strip().splitlines()) == 2
    )  # what is logged stays one line: nobody writes lines of his own


def test_a_one_time_link_stands_in_no_log_line(log: io.StringIO, client: Client) -> None:
    given.a_unit()
    token = accounts.make_enrolment(person=given.person("Ruth Alder"), by=None, at=clock.now())
    refused = client.post(f"/sign-in/password/{token}", {"password": "short", "password_again": "short"})
    unknown = client.get(f"/sign-in/{'x' * 32}")
    assert (refused.status_code, unknown.status_code) == (422, 409)
    written = log.getvalue()
    assert written.count("/sign-in/") == 2  # each was logged, without what opens it
    assert token not in written
    assert "x" * 32 not in written
