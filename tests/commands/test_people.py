"""`casewright people`: the first people of a unit, no default account, no password as an argument."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from tests import given
from typer.testing import CliRunner

from casewright.commands.people import app
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.people.models import User

pytestmark = pytest.mark.django_db
FIRST = ["add", "Ada.Quist@northmere.example", "--name", "Ada Quist", "--role", "system_administrator"]


def call(*words: str, typed: str = "") -> Any:
    answer = CliRunner().invoke(app, list(words), input=typed)
    if answer.exception and not isinstance(answer.exception, SystemExit):
        raise answer.exception
    return answer


def test_no_account_exists_before_somebody_makes_one() -> None:
    assert not User.objects.exists()


def test_the_first_administrator_gets_a_link_that_works_once(client: Client) -> None:
    said = call(*FIRST, "--address", "https://casewright.example/").stdout
    link = re.search(r"https://casewright\.example(/sign-in/password/\S+)", said)
    assert link
    ada = User.objects.get()
    assert (ada.role_names, ada.vetting, ada.has_usable_password()) == (
        {"system_administrator"},
        "recruitment",
        False,
    )
    new = {"password": "fifteen blue herons", "password_again": "fifteen blue herons"}
    assert client.post(link[1], new).status_code == 302
    assert client.post("/sign-in", {"email": ada.email, "password": new["password"]}).status_code == 302


def test_a_password_comes_by_standard_input_and_is_checked() -> None:
    with pytest.raises(NotAllowed, match="too common"):
        call(*FIRST, "--password", typed="password1234\n")
    assert not User.objects.exists()
    said = call(*FIRST, "--password", typed="fifteen blue herons\n").stdout
    assert "herons" not in said
    assert User.objects.get().check_password("fifteen blue herons")
    options = {
        name
        for each in app.registered_commands
        for name in (each.callback.__annotations__ if each.callback else {})
    }
    assert "password" not in options


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add", "a@b.example", "--name", "A", "--role", "chief"], "no role"),
        (["add", "a@b.example", "--name", "A", "--role", "supervisor", "--force", "77"], "No force"),
        (
            ["add", "a@b.example", "--name", "A", "--role", "supervisor", "--vetting", "top"],
            "levels of vetting",
        ),
        (["link", "nobody@b.example"], "Nobody has"),
        (["leave", "nobody@b.example"], "Nobody has"),
    ],
)
def test_what_cannot_be_done_is_said_and_leaves_nothing(words: list[str], said: str) -> None:
    with pytest.raises(NotAllowed, match=said):
        call(*words)
    assert not User.objects.exists()


def test_a_leaver_is_cut_off_and_gets_no_more_links() -> None:
    given.a_unit()
    call("leave", "mina.thorley@northmere.example")
    assert not given.person("Mina Thorley").is_active
    with pytest.raises(NotAllowed, match="has left"):
        call("link", "mina.thorley@northmere.example")


def test_a_lost_telephone_is_forgotten_from_the_server_alone() -> None:
    from casewright.foundation import clock
    from casewright.foundation.people import factors

    given.a_unit()
    ruth = given.person("Ruth Alder")
    factors.new_recovery_codes(by=ruth, at=clock.now())
    call("link", ruth.email, "--forget-proofs")
    assert not ruth.recovery_codes.exists()
    assert ruth.security_notices.filter(said__contains="All second proofs were removed").exists()
