"""Nothing is offered that is then refused: no link to a page and no button that the person's role may not use."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import resolve
from tests import given
from tests.web.prepared import a_world
from tests.web.test_rights import table

from casewright.foundation.people.models import User
from casewright.foundation.people.roles import PERMISSIONS, ROLES
from casewright.web.words import came_of

pytestmark = pytest.mark.django_db
MOST_ALIKE = 4  # pages of one address that are opened: the first matters, the first rules
SINGLE = {
    "sign_out",
    "sign_in_by_link",
    "manifest",
    "letter_copy",
    "document",
    "trial",
}  # end it, or are no page


class Offers(HTMLParser):
    """What a page offers: where its links lead, and what its forms and buttons send to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.links, self.acts = page, list[str](), list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "a" and said.get("href", "").startswith(("/", "?")):
            self.links.append(said["href"])
        if tag == "form" and said.get("method") != "dialog":
            self.acts.append(said.get("action") or self.page)
        if tag == "button" and "formaction" in said:
            self.acts.append(said["formaction"])


def name_of(address: str) -> str:
    """The name of the page or act at an address."""
    return resolve(urlsplit(address).path).url_name or ""


def refused(client: Client, role: str) -> list[str]:
    """What is offered to this role and then refused, on every page that links lead to from the first."""
    may = {name for name, row in table().items() if row[role]}
    found, seen, alike, waiting = list[str](), set[str](), Counter[str](), ["/"]
    while waiting:
        page = waiting.pop(0)
        name = name_of(page)
        if page in seen or alike[name] >= MOST_ALIKE or name in SINGLE:
            continue
        seen.add(page)
        alike[name] += 1
        answer = client.get(page, follow=True)
        found += [f"{page} answers {answer.status_code}"] if answer.status_code == 403 else []
        offers = Offers(page)
        offers.feed(answer.content.decode())
        found += [f"{page} offers {act}" for act in offers.acts if name_of(act) not in may]
        waiting += [urlsplit(page).path + each if each[0] == "?" else each for each in offers.links]
    return found


@pytest.mark.parametrize("role", ROLES)
def test_nothing_is_offered_that_is_then_refused(role: str, client: Client, settings: object) -> None:
    settings.CASEWRIGHT_DEMO = True  # type: ignore[attr-defined]
    a_world()
    with given.on(given.MONDAY, 10):
        client.force_login(User.objects.filter(roles__role=role).earliest("id"))
        assert refused(client, role) == []


def test_a_role_that_may_not_take_matters_has_no_boxes_to_tick(client: Client) -> None:
    a_world()
    with given.on(given.MONDAY, 10):
        client.force_login(given.person("Hester Lowe"))
        assert 'name="chosen"' not in client.get("/worklist?of=unit").content.decode()
        client.force_login(given.person("Mina Thorley"))
        assert 'name="chosen"' in client.get("/worklist?of=unit").content.decode()


def test_every_right_is_said_in_words_of_its_own() -> None:
    from casewright.foundation.people.right_words import WORDS

    assert set(WORDS) == set(PERMISSIONS)
    assert len(set(WORDS.values())) == len(WORDS)


def test_what_came_of_a_part_is_told_in_words_and_nothing_is_not_counted() -> None:
    assert came_of({"traffic.record_defaults": 1, "traffic.end_late_notices": 0}) == "1 default was alleged"
    assert came_of({"accepted": 24, "held": 1}) == "24 accepted, 1 held"
    assert came_of({"traffic.end_time_barred": 0}) == ""
