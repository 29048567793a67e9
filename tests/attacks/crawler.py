"""Every page and every form that stands on one, as a browser would find and send them."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client
from django.urls import reverse
from tests.web.test_rights import names, wanted

from casewright.foundation import clock
from casewright.foundation.people.models import User

END_THE_SESSION = {"sign_out", "sign_in_by_link", "be_someone", "end_sessions"}
TEXT_INPUTS = {"text", "search", "email", "tel", "url", "password", "textarea", ""}


@dataclass
class SentForm:
    """One form of a page: where it goes, and its fields with their kinds and what may be chosen."""

    page: str
    action: str
    kinds: dict[str, str] = field(default_factory=dict)
    values: dict[str, list[str]] = field(default_factory=dict)

    def filled(self, typed: str, today: str) -> dict[str, list[str]]:
        """The form as sent: text fields typed into, the last choice chosen, days of today."""
        sent: dict[str, list[str]] = {}
        for name, kind in self.kinds.items():
            if kind in TEXT_INPUTS:
                sent[name] = [typed]
            elif kind == "date":
                sent[name] = [today]
            elif kind == "number":
                sent[name] = ["30"]
            elif kind in {"select", "radio", "checkbox"}:
                sent[name] = [each for each in self.values.get(name, []) if each][-1:]
            elif kind == "hidden":
                sent[name] = self.values.get(name, [""])
        return {name: said for name, said in sent.items() if said}


class _Forms(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.found, self.now, self.select = page, [], None, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form" and said.get("method", "get").lower() == "post":
            self.now = SentForm(self.page, said.get("action") or self.page)
            self.found.append(self.now)
        elif tag == "form":
            self.now = None
        elif tag == "option" and self.now and self.select:
            self.now.values.setdefault(self.select, []).append(said.get("value", ""))
        elif tag in ("input", "textarea", "select", "button") and self.now is not None:
            self._field(tag, said)

    def _field(self, tag: str, said: dict[str, str]) -> None:
        assert self.now is not None
        name, kind = said.get("name", ""), said.get("type", "") if tag == "input" else tag
        self.select = name if tag == "select" else ""
        if not name:
            return
        self.now.kinds[name] = "hidden" if tag == "button" else kind
        if kind in {"hidden", "checkbox", "radio"} or tag == "button":
            self.now.values.setdefault(name, []).append(said.get("value", "on"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""
        if tag == "form":
            self.now = None


def forms_of(path: str, page: str) -> list[SentForm]:
    """The forms of a page that change something."""
    reader = _Forms(path)
    reader.feed(page)
    return [each for each in reader.found if urlsplit(each.action).path not in {"/sign-out", "/preferences"}]


def client_of(person: User) -> Client:
    """A browser of someone who proved just now who they are."""
    client = Client(raise_request_exception=False)
    client.force_login(person)
    session = client.session
    assert {SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY} <= set(session.keys())
    session["proved_at"] = clock.real().isoformat()
    session.save()
    return client


def sent(client: Client, action: str, fields: dict[str, list[str]]) -> Any:
    """Send a form and follow where it leads, in a browser of its own with the same session: what it does is undone."""
    other = Client(raise_request_exception=False)
    other.cookies = SimpleCookie({name: morsel.value for name, morsel in client.cookies.items()})
    return other.post(action, fields, follow=True)


def every_path(there: dict[str, list[Any]], *, most: int = 3) -> Iterator[str]:
    """Every address, with a few of what there is in its place."""
    for name in sorted(names() - END_THE_SESSION):
        places = wanted(name)
        if not places:
            yield reverse(name)
        elif set(places) <= set(there):
            for value in there[places[0]][:most]:
                rest = {place: there[place][0] for place in places[1:] if there[place]}
                if len(rest) == len(places) - 1:
                    yield reverse(name, kwargs={places[0]: value, **rest})


def content_of(answer: Any) -> str:
    """The text of an answer."""
    return (b"".join(answer) if answer.streaming else answer.content).decode("utf-8", "replace")


def unescaped(text: str) -> str:
    """What a person reads."""
    return html.unescape(text)
