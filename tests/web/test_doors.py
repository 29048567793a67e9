"""What every door does: asks who it is, asks the right, keeps what was typed, undoes what was refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver
from tests import given

from casewright.foundation.journal.models import Consultation, Entry
from casewright.foundation.matters.models import Matter, Note, SearchAsked
from casewright.foundation.people.actions import make_sign_in_link
from casewright.foundation.people.models import SignInLink
from casewright.foundation.people.tries import MOST, MOST_AT_ONE_MACHINE
from casewright.foundation.people.tries import tried as failed
from casewright.web.people.machines import machine_of
from casewright.web.people.views import _moved

pytestmark = pytest.mark.django_db
INLINE = re.compile(r"<[^>]+\s(?:style|on[a-z]+)=", re.IGNORECASE)


@pytest.fixture
def matter() -> Matter:
    force = given.a_unit()
    with given.on(given.MONDAY):
        given.give(given.csv_of([given.row(offences="RR84707 RC86820 RT88509")]), force=force)
    return Matter.objects.get()


def signed_in(client: Client, name: str = "Ruth Alder") -> Any:
    person = given.person(name)
    client.force_login(person)
    return person


def every_route() -> list[str]:
    """Every address of the web with numbers in the place of its ids."""
    found = []
    for pattern in get_resolver().url_patterns:
        for group in getattr(pattern, "url_patterns", []):
            for each in getattr(group, "url_patterns", []):
                route = str(each.pattern)
                route = re.sub(r"<int:\w+>|\(\?P<\w+>\\d\+\)", "1", route).replace("<slug:rule_id>", "nip-14")
                route = route.replace("<slug:code>", "RR84221").replace("<str:key>", "speed.start.30")
                route = route.replace("<uuid:search_id>", "00000000-0000-0000-0000-000000000000").replace(
                    "<str:token>", "x"
                )
                found.append("/" + re.sub(r"\(\?P<how>(\w+)\|[^)]*\)", r"\1", route).strip("^$"))
    return found


def test_no_page_is_shown_to_someone_not_signed_in(client: Client) -> None:
    routes = every_route()
    assert len(routes) > 40
    for route in routes:
        if route.startswith("/sign-in"):
            continue
        for answer in (client.get(route), client.post(route)):
            assert answer.status_code in (302, 405), f"{route} answers {answer.status_code}"
            assert answer.status_code == 405 or answer.headers["Location"].startswith("/sign-in"), route


def test_a_page_without_the_right_says_whom_to_ask(client: Client, matter: Matter) -> None:
    signed_in(client, "Agnes Dray")
    answer = client.get("/intake")
    assert answer.status_code == 403
    assert "one of them" in answer.content.decode()


def test_a_matter_of_another_force_and_one_that_is_not_look_the_same(client: Client, matter: Matter) -> None:
    signed_in(client)
    Matter.objects.filter(id=matter.id).update(sensitivity="restricted")
    with given.on(given.MONDAY, 16):  # a page says which minute it is
        hidden, none = client.get(f"/matters/{matter.id}"), client.get("/matters/999999999")
    assert hidden.status_code == none.status_code == 404
    assert hidden.content == none.content


def test_a_refused_note_keeps_what_was_typed_and_writes_nothing(client: Client, matter: Matter) -> None:
    signed_in(client)
    answer = client.post(f"/matters/{matter.id}/note", {"text": "x" * 4001})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "4,001" in page
    assert "x" * 4001 in page
    assert not Note.objects.exists()


def test_a_note_with_markup_is_shown_as_it_was_typed(client: Client, matter: Matter) -> None:
    signed_in(client)
    client.post(f"/matters/{matter.id}/note", {"text": "<script>alert(1)</script>"})
    page = client.get(f"/matters/{matter.id}").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_looking_at_a_matter_is_logged(client: Client, matter: Matter) -> None:
    person = signed_in(client)
    client.get(f"/matters/{matter.id}")
    assert list(Consultation.objects.values_list("actor_id", "matter_id", "page")) == [
        (person.id, matter.id, "matter")
    ]


def test_what_is_sought_never_stands_in_an_address(client: Client, matter: Matter) -> None:
    signed_in(client)
    answer = client.post("/search", {"sought": "QX26 RTL"})
    asked = SearchAsked.objects.get()
    assert answer.headers["Location"] == f"/search/{asked.id}"
    assert matter.reference in client.get(answer.headers["Location"]).content.decode()
    other = Client()
    signed_in(other, "Mina Thorley")
    assert other.get(answer.headers["Location"]).status_code == 404


@pytest.mark.parametrize("typed", ["Edwin Marlow-Tate", "marlow", "MARLOW-TATE", "edwin  m", "Márlow"])
def test_a_person_is_found_by_first_name_or_family_name(typed: str, client: Client, matter: Matter) -> None:
    signed_in(client)
    with given.on(given.MONDAY):
        given.keepers_answer([matter])
    answer = client.post("/search", {"sought": typed})
    assert matter.reference in client.get(answer.headers["Location"]).content.decode()


@pytest.mark.parametrize("typed", ["{}", " {} ", "lower", "spaced"])
def test_a_reference_is_gone_to_however_it_is_typed(typed: str, client: Client, matter: Matter) -> None:
    signed_in(client)
    given_as = {"lower": matter.reference.lower(), "spaced": matter.reference.replace("-", " ")}.get(
        typed, typed.format(matter.reference)
    )
    answer = client.post("/search", {"sought": given_as})
    assert answer.headers["Location"] == f"/matters/{matter.id}"


def test_a_sign_in_link_works_once(client: Client) -> None:
    given.a_unit()
    person = given.person("Ruth Alder")
    with given.on(given.MONDAY) as at:
        token = make_sign_in_link(user=person, lands_on="try_it", at=at)
    SignInLink.objects.update(expires_at="2099-01-01T00:00Z")
    assert client.get(f"/sign-in/{token}").headers["Location"] == "/try-it"
    assert (
        client.get(f"/sign-in/{token}").headers["Location"] == "/"
    )  # inside already: the back button leads home
    again = Client().get(f"/sign-in/{token}")
    assert again.status_code == 409
    assert "has been used" in again.content.decode()


def test_ten_wrong_passwords_and_no_more(client: Client) -> None:
    given.a_unit()
    typed = {"email": "ruth.alder@northmere.example", "password": "wrong"}
    said = [client.post("/sign-in", typed).content.decode() for _ in range(MOST + 1)]
    assert all("do not belong together" in page for page in said[:MOST])
    assert "Too many tries" in said[MOST]


SECRET = "a long enough secret"


def with_a_password(name: str = "Ruth Alder") -> dict[str, str]:
    person = given.person(name)
    person.set_password(SECRET)
    person.save()
    return {"email": person.email, "password": SECRET}


def test_signing_in_rightly_is_never_counted_and_forgets_ones_failures(client: Client) -> None:
    given.a_unit()
    right = with_a_password()
    for _ in range(MOST + 1):
        assert client.post("/sign-in", right).status_code == 302
    for _ in range(MOST - 1):
        failed(right["email"], "127.0.0.1")
    assert client.post("/sign-in", right).status_code == 302
    failed(right["email"], "127.0.0.1")
    assert client.post("/sign-in", right).status_code == 302


def test_failures_elsewhere_lock_nobody_out(client: Client) -> None:
    given.a_unit()
    right = with_a_password()
    for _ in range(MOST):
        failed(right["email"], "192.0.2.7")
    assert "Too many tries" in client.post("/sign-in", right, REMOTE_ADDR="192.0.2.7").content.decode()
    assert client.post("/sign-in", right, REMOTE_ADDR="192.0.2.8").status_code == 302


def test_one_machine_cannot_guess_at_everybody_for_ever(client: Client) -> None:
    given.a_unit()
    for number in range(MOST_AT_ONE_MACHINE):
        failed(f"person-{number}@northmere.example", "127.0.0.1")
    assert "Too many tries" in client.post("/sign-in", with_a_password()).content.decode()


def test_behind_the_proxy_the_machine_is_the_last_one_it_names(rf: Any, settings: Any) -> None:
    asked = rf.get("/", headers={"X-Forwarded-For": "192.0.2.1, 192.0.2.9"})
    assert machine_of(asked) == "127.0.0.1"  # without https nobody vouches for the header
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert machine_of(asked) == "192.0.2.9"


def test_a_button_pressed_after_the_session_ended_leads_back_to_its_page(client: Client) -> None:
    given.a_unit()
    right = with_a_password()
    answer = client.post(
        "/worklist/take", {"chosen": "1"}, headers={"Referer": "http://testserver/worklist?of=unit"}
    )
    asked = client.get(answer.headers["Location"])
    page = asked.content.decode()
    assert "What you pressed was not done" in page
    going = re.search(r'name="next" value="([^"]*)"', page)
    assert going
    assert (
        client.post("/sign-in", {**right, "next": going[1]}).headers["Location"].endswith("/worklist?of=unit")
    )
    sent_from_elsewhere = Client().post(
        "/search", {"sought": "x"}, headers={"Referer": "https://elsewhere.example/"}
    )
    assert "next=%2F&" in sent_from_elsewhere.headers["Location"]


def test_what_moving_the_clock_did_is_told_in_words() -> None:
    said = _moved(
        28, {"traffic.record_defaults": 398, "traffic.end_late_notices": 1, "traffic.end_time_barred": 0}
    )
    assert said.endswith("What fell due: 398 defaults were alleged, 1 notice ended as too late.")


def test_an_address_of_a_button_opened_as_a_page_says_so(client: Client, matter: Matter) -> None:
    signed_in(client)
    answer = client.get("/search")
    assert answer.status_code == 405
    assert "There is no page at this address" in answer.content.decode()
    assert "POST" in answer.headers["Allow"]


def test_what_is_too_large_to_read_is_told_in_our_words(client: Client, matter: Matter) -> None:
    signed_in(client)
    answer = client.post(f"/matters/{matter.id}/note", {"text": "x" * 3_000_000})
    assert answer.status_code == 400
    assert "That could not be read" in answer.content.decode()


@pytest.mark.parametrize(
    "going", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"]
)
def test_signing_in_never_leads_to_another_site(going: str, client: Client) -> None:
    given.a_unit()
    answer = client.post("/sign-in", {**with_a_password(), "next": going})
    assert answer.headers["Location"] == "/"


def test_what_an_act_refuses_leaves_nothing_behind(client: Client, matter: Matter) -> None:
    signed_in(client)
    before = Entry.objects.count()
    answer = client.post(f"/matters/{matter.id}/produce")
    assert answer.status_code == 409
    assert "No notice waits" in answer.content.decode()
    assert Entry.objects.count() == before


def test_a_form_sent_from_elsewhere_is_refused(matter: Matter) -> None:
    strict = Client(enforce_csrf_checks=True)
    signed_in(strict)
    assert strict.post(f"/matters/{matter.id}/note", {"text": "x"}).status_code == 403
    assert not Note.objects.exists()


def test_the_matter_page_takes_the_same_statements_for_one_allegation_and_for_three(
    client: Client, matter: Matter, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    signed_in(client)
    client.get(f"/matters/{matter.id}")
    with django_assert_max_num_queries(40) as three:
        client.get(f"/matters/{matter.id}")
    with given.on(given.MONDAY):
        given.give(
            given.csv_of([given.row(sequence="2", time="15:00:00", mark="QX27 RTL")]), force=matter.force
        )
    other = Matter.objects.exclude(id=matter.id).get()
    with django_assert_max_num_queries(40) as one:
        client.get(f"/matters/{other.id}")
    assert len(one) == len(three)


def test_no_page_holds_a_style_or_a_script_of_its_own(client: Client, matter: Matter) -> None:
    signed_in(client)
    for path in (
        "/my-day",
        "/worklist?of=unit",
        f"/matters/{matter.id}",
        "/try-it",
        "/intake",
        "/intake/files/1",
        "/law/nip-14",
        "/health",
    ):
        page = client.get(path).content.decode()
        assert not INLINE.search(page), path
        assert "<script>" not in page, path


MISTYPED = (
    "/runs?before=x",
    "/worklist?after=%27",
    "/law/nip-14?offence_on=yesterday",
    "/law/nip-14?offence_on=1999-01-01",
    "/law/nip-14?offence_on=9999-12-31",
    "/decisions?limit=31&start=x",
    "/print-runs?before=-1",
    "/intake/held?after=9999999999999",
    "/law?about=%00",
)


@pytest.mark.parametrize("path", MISTYPED)
def test_a_mistyped_address_is_answered_not_broken(path: str, client: Client, matter: Matter) -> None:
    signed_in(client)
    assert client.get(path).status_code in (200, 400, 422), path
