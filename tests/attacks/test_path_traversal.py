"""No place in an address and no name of a file leads to another file of the machine."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver
from tests import given
from tests.attacks import crawler

pytestmark = pytest.mark.django_db
CLIMBS = (
    "../../../../../../etc/passwd", "..%2f..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "....//....//etc/passwd", "..%5c..%5cetc%5cpasswd", "/etc/passwd", "%2fetc%2fpasswd", "..%c0%af..%c0%afetc/passwd",
    "..%252f..%252fetc%252fpasswd", "file:%2f%2f%2fetc%2fpasswd", "~root", "x%00.html", ".git/config", "settings.py",
)  # fmt: skip
OPENED: list[str] = []
LISTENING = {"now": False}


def _note(event: str, given_args: tuple[Any, ...]) -> None:
    if LISTENING["now"] and event == "open" and isinstance(given_args[0], str | bytes):
        OPENED.append(str(given_args[0]))


sys.addaudithook(_note)


@pytest.fixture
def opened() -> Iterator[list[str]]:
    """Every file this process opens meanwhile."""
    OPENED.clear()
    LISTENING["now"] = True
    yield OPENED
    LISTENING["now"] = False


def addresses() -> Iterator[str]:
    """Every address with a place in it, as its pattern; and the files beside the pages."""
    waiting, found = [("", get_resolver().url_patterns)], []
    while waiting:
        before, patterns = waiting.pop()
        for each in patterns:
            here = before + str(each.pattern)
            if hasattr(each, "url_patterns"):
                waiting.append((here, each.url_patterns))
            elif "<" in here:
                found.append(here)
    yield from found
    yield from ("static/<path>", "static/css/<path>", "static/vendor/<path>", "<path>")


def test_no_place_in_an_address_leads_to_another_file(opened: list[str]) -> None:
    given.a_unit()
    client = crawler.client_of(given.person("Ruth Alder"))
    patterns = list(addresses())
    assert len(patterns) > 50
    for pattern in patterns:
        for climb in CLIMBS:
            path = "/" + re.sub(r"<[^>]+>", climb, pattern)
            answer = client.get(path)
            answer = client.post(path) if answer.status_code == 405 else answer
            text = crawler.content_of(answer)
            assert answer.status_code < 500, path
            assert "root:" not in text, path
            assert "SECRET_KEY" not in text, path
            assert "repositoryformatversion" not in text, path
    assert [
        each
        for each in opened
        if each.startswith("/etc/passwd") or each.endswith((".git/config", "settings.py"))
    ] == []


def test_a_file_opened_meanwhile_would_have_been_noticed(opened: list[str]) -> None:
    with open("/etc/passwd", encoding="utf-8") as file:
        assert file.read(1)
    assert "/etc/passwd" in opened


@pytest.mark.parametrize(
    "going", ["//elsewhere.example", "https:elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)"]
)
def test_no_way_back_leads_off_this_host(going: str) -> None:
    given.a_unit()
    client = Client(headers={"Referer": going})
    client.force_login(given.person("Ruth Alder"))
    for path in ("/matters/999999", "/sign-in/again", "/preferences"):
        answer = client.post(path, {"next": going})
        assert "elsewhere.example" not in answer.get("Location", "")
        assert "javascript:" not in answer.get("Location", "")
        assert f'href="{going}' not in crawler.content_of(answer)
