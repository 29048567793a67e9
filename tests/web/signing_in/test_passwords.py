"""What a password may be and how it is kept."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.web.signing_in.hands import SECRET, sign_in

import casewright
from casewright.foundation.people import accounts
from casewright.foundation.people.models import User
from casewright.foundation.people.passwords import stands_in

pytestmark = pytest.mark.django_db


def test_passwords_are_kept_as_argon2_alone(ruth: User) -> None:
    assert ruth.password.startswith("argon2$argon2id$")
    assert SECRET not in ruth.password


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short", "at least 12"),
        ("password1234", "too common"),
        ("ruth.alder@northmere", "too similar"),
        ("x" * 257, "at most 256"),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(ruth: User, password: str, said: str) -> None:
    assert said in " ".join(accounts.faults_of(password, ruth))


def test_a_long_sentence_of_any_signs_is_a_good_password(ruth: User) -> None:
    assert accounts.faults_of("ä b 漢 " * 20, ruth) == []


def test_a_breached_password_is_found_in_the_ordered_file_wherever_it_stands(
    ruth: User, settings: Any, tmp_path: Path
) -> None:
    known = [f"stolen password {n}" for n in range(301)]
    lines = sorted(hashlib.sha1(word.encode(), usedforsecurity=False).hexdigest().upper() for word in known)
    file = tmp_path / "breached.txt"
    for ending in ("", "\n"):
        file.write_text("\r\n".join(f"{line}:{n + 1}" for n, line in enumerate(lines)) + ending)
        assert all(stands_in(file, word) for word in known)
        assert not any(stands_in(file, f"fresh password {n}") for n in range(300))
    settings.CASEWRIGHT_BREACHED_PASSWORDS = file
    assert "stolen" in " ".join(accounts.faults_of(known[7], ruth))
    file.write_text("")
    assert not stands_in(file, known[0])


def test_a_password_is_taken_exactly_as_typed(client: Client, ruth: User) -> None:
    ruth.set_password(f" {SECRET} ")
    ruth.save()
    for typed in (SECRET, f" {SECRET.upper()} ", f" {SECRET} x"):
        assert client.post("/sign-in", {"email": ruth.email, "password": typed}).status_code == 422
    assert client.post("/sign-in", {"email": ruth.email, "password": f" {SECRET} "}).status_code == 302


def test_a_password_is_masked_and_may_be_pasted_and_kept_by_the_browser(client: Client, ruth: User) -> None:
    pages = [client.get("/sign-in").content.decode()]
    sign_in(client, ruth)
    pages.append(client.get("/account/password").content.decode())
    for page in pages:
        fields = re.findall(r"<input[^>]*autocomplete=\"(?:current|new)-password\"[^>]*>", page)
        assert fields
        assert all('type="password"' in each and "onpaste" not in each for each in fields)
    script = Path(casewright.__file__).parent / "web" / "static" / "js"
    assert not any("paste" in each.read_text(encoding="utf-8") for each in script.glob("*.js"))


@pytest.mark.parametrize("password", ["Casewright2026!", "northmere police", "Prosecution-Unit-1"])
def test_words_of_the_house_make_no_password(ruth: User, password: str) -> None:
    assert any("words of this house" in each for each in accounts.faults_of(password, ruth))


def test_a_password_typed_wrongly_is_never_written_into_the_page(client: Client, ruth: User) -> None:
    answer = client.post("/sign-in", {"email": ruth.email, "password": "quince and medlar 7"})
    assert answer.status_code == 422
    assert "quince and medlar" not in answer.content.decode()
    assert ruth.email in answer.content.decode()
