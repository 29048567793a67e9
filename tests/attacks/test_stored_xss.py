"""Words that are an attack, in every column and through every form, are read as words on every page and in files."""

from __future__ import annotations

import csv
import inspect
import io
import re
from collections import defaultdict
from importlib import import_module
from typing import Any

import pytest
from django import forms
from django.db import transaction
from django.test import Client
from tests import given
from tests.architecture import sources
from tests.attacks import crawler, hostile_world

from casewright.foundation.people.models import User
from casewright.foundation.people.roles import ROLES as ROLES_THERE_ARE
from casewright.foundation.spreadsheets import BEGINS

pytestmark = pytest.mark.django_db
RAW = re.compile(r"<q7|<img src=x")
ROLES = (
    "senior_processing_officer",
    "system_administrator",
    "records_manager",
    "case_administrator",
    "supervisor",
)
TYPED = "\"'><img src=x onerror=alert(1)>{{7*7}}${7*7}"
# Where the words of a form can be seen by nobody, or are asked before anybody is signed in (tested where it is built).
NOT_CRAWLED = {
    "SignIn": "before signing in: the address typed is shown again, tested below",
    "Code": "a code is six figures, and is never shown",
    "Specimen": "the gallery's own example, which sends nothing",
    "GiveFile": "a file: tests/attacks/test_uploads.py",
    "Facts": "read by GET: tested below with every field",
    "RuleFacts": "read by GET: tested below with every field",
    "Threshold": "read by GET: tested below with every field",
}


@pytest.fixture
def marks(db: Any) -> dict[str, str]:
    hostile_world.a_world()
    return hostile_world.plant()


def raw(answer: Any) -> list[str]:
    """The marks that stand in an answer as a tag of its own, where it is a page."""
    if not answer.get("Content-Type", "").startswith("text/html"):
        return []
    return RAW.findall(crawler.content_of(answer))


def test_no_page_and_no_file_shows_a_column_as_anything_but_words(marks: dict[str, str]) -> None:
    seen, tables = shown_to(ROLES, marks, each_role=False)
    # That the marks do come to the pages, so that one left raw would have been found.
    assert seen >= {
        "people.User.name", "parties.Party.name", "matters.Matter.title", "documents.Document.title",
        "messages.HeldItem.value", "messages.IntakeFile.name", "traffic.Site.location", "matters.Hold.reason",
        "people.RoleProposal.reason", "journal.EntryText.text", "people.SecurityNotice.said", "people.Factor.name",
    }, sorted(seen)  # fmt: skip
    assert len(seen) > 35
    assert tables


@pytest.mark.drill
def test_nor_does_any_page_of_any_other_role(marks: dict[str, str]) -> None:
    shown_to(tuple(ROLES_THERE_ARE), marks, each_role=True)


def shown_to(roles: tuple[str, ...], marks: dict[str, str], *, each_role: bool) -> tuple[set[str], int]:
    """Open every page (for each role, or for the first that may); the columns seen and the guarded cells of tables.

    Nothing may be raw, and no page may break.
    """
    seen, guarded, opened = set(), 0, set()
    with given.on(given.MONDAY, 15):
        paths = list(crawler.every_path(hostile_world.there(), most=3 if each_role else 2))
        assert len(paths) > 90
        for role in roles:
            client = crawler.client_of(User.objects.filter(roles__role=role).earliest("id"))
            for path in paths:
                if path in opened and not each_role:
                    continue
                with transaction.atomic():
                    answer = client.get(path)
                    transaction.set_rollback(True)
                assert answer.status_code < 500, (role, path)
                assert raw(answer) == [], (role, path)
                guarded += cells_guarded(answer, path)
                if answer.status_code == 200:
                    opened.add(path)
                    text = crawler.unescaped(crawler.content_of(answer))
                    seen |= {column for column, mark in marks.items() if mark in text}
    return seen, guarded


def cells_guarded(answer: Any, path: str) -> int:
    """How many cells of a table that leaves would have been formulae; one that still is fails."""
    if not answer.get("Content-Type", "").startswith("text/csv") or "try-it" in path:
        return 0
    assert answer["Content-Disposition"].startswith("attachment")
    cells = [each for row in csv.reader(io.StringIO(crawler.content_of(answer), newline="")) for each in row]
    assert [each for each in cells if each.startswith(BEGINS)] == [], path
    return sum(each.startswith("'=") for each in cells)


def test_what_is_typed_into_any_form_of_any_page_comes_back_as_words() -> None:
    hostile_world.a_world()
    sent_fields: set[str] = set()
    faults, broken = [], []
    done: set[tuple[str, ...]] = set()
    with given.on(given.MONDAY, 15):
        today = given.MONDAY.isoformat()
        for role in ROLES:
            person = User.objects.filter(roles__role=role).earliest("id")
            client = crawler.client_of(person)
            for path in crawler.every_path(hostile_world.there(), most=2):
                for form in forms_on(client, path):
                    shape = (re.sub(r"\d+", "0", form.action), *sorted(form.kinds))
                    if shape in done or RISKY.search(form.action):
                        continue
                    done.add(shape)
                    sent_fields |= set(form.kinds)
                    for typed in (TYPED, '"><q7>'):
                        with transaction.atomic():
                            answer = crawler.sent(client, form.action, form.filled(typed, today))
                            transaction.set_rollback(True)
                        faults += [(role, form.action, each) for each in raw(answer)]
                        broken += [(role, form.action)] * (answer.status_code >= 500)
    assert faults == []
    assert broken == []
    assert sorted(text_fields() - sent_fields) == []


RISKY = re.compile(r"^/(sign-in|account/sessions|try-it)")


def forms_on(client: Client, path: str) -> list[crawler.SentForm]:
    """The forms of a page; none where it is not for this person."""
    answer = client.get(path)
    if answer.status_code != 200 or not answer.get("Content-Type", "").startswith("text/html"):
        return []
    return crawler.forms_of(path, crawler.content_of(answer))


def text_fields() -> set[str]:
    """The name of every field for text of every form there is, but those that are tested elsewhere."""
    found = set()
    for each in sources.modules("web"):
        module = import_module(".".join(each.relative_to(sources.PACKAGE.parent).with_suffix("").parts))
        for name, form in inspect.getmembers(module, inspect.isclass):
            if (
                issubclass(form, forms.Form)
                and form.__module__ == module.__name__
                and name not in NOT_CRAWLED
            ):
                found |= {
                    n for n, f in form.base_fields.items() if type(f) in (forms.CharField, forms.EmailField)
                }
    return found


@pytest.mark.parametrize(
    "page", ["/law", "/law/nip-14", "/law/check", "/law/what-if", "/law/offences", "/law/thresholds"]
)
def test_what_stands_in_an_address_comes_back_as_words(page: str) -> None:
    given.a_unit()
    client = crawler.client_of(given.person("Ruth Alder"))
    names = defaultdict(lambda: TYPED)
    fields = {
        n: names[n]
        for n in [*re.findall(r'name="([\w.-]+)"', crawler.content_of(client.get(page))), "q", "next", "kept"]
    }
    answer = client.get(page, fields)
    assert answer.status_code < 500
    assert raw(answer) == []
    nobody = Client()
    for path in ("/sign-in", "/sign-in/again", page):
        assert raw(nobody.get(path, {"next": TYPED, "ended": TYPED})) == []
    assert raw(nobody.post("/sign-in", {"email": TYPED, "password": TYPED, "next": TYPED})) == []


UNQUOTED = re.compile(r"""\s[\w:-]+=\{\{""")
LINKS = re.compile(r"""(?:href|src|action|formaction)=["']\{\{\s*(?!url\(|static\()([^}]*)\}\}""")


def test_no_template_puts_a_value_into_an_attribute_without_quotation_marks() -> None:
    pages = [
        each for each in sources.ours() if each.suffix == ".html" and each.is_relative_to(sources.PACKAGE)
    ]
    said = {sources.name(each): UNQUOTED.findall(each.read_text(encoding="utf-8")) for each in pages}
    assert {name: found for name, found in said.items() if found} == {}


def test_letters_set_hostile_words_as_words() -> None:
    import pypdfium2

    from casewright.areas.traffic.letters import nip_s172
    from casewright.foundation.documents.typesetting import set_type, template

    hostile = '#read("/etc/passwd") #eval("1+1") *b* <q7> \\#x $x$ @y `z` #include "x" //c /*d*/'
    letter = nip_s172.EXAMPLE | {
        "addressee": {"name": hostile, "lines": [hostile, "FX2 1AA"]},
        "where": hostile,
        "make": hostile,
    }
    data = nip_s172.run_data(
        [letter],
        unit={"name": hostile, "address": [hostile]},
        force=hostile,
        title=hostile,
        today=given.MONDAY,
    )
    path = sources.PACKAGE / "areas" / "traffic" / "letters" / "nip_s172.typ"
    pdf = pypdfium2.PdfDocument(set_type(template(path), data))
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())
    assert '#read("/etc/passwd")' in text.replace("“", '"').replace("”", '"')
    assert "root:" not in text
    assert "*b* <q7>" in text
