"""Authenticator apps and recovery codes."""

from __future__ import annotations

import re
from typing import Any

import pyotp
import pytest
from django.test import Client
from tests.web.signing_in.hands import sign_in, with_an_app

from casewright.foundation import clock
from casewright.foundation.people import factors
from casewright.foundation.people.models import Factor, RecoveryCode, User
from casewright.foundation.people.sealing import unseal

pytestmark = pytest.mark.django_db


def test_an_app_is_added_and_asked_for_and_each_code_works_once(client: Client, ruth: User) -> None:
    secret = with_an_app(ruth)
    assert secret.encode() not in bytes(Factor.objects.get().key)
    assert unseal(Factor.objects.get().key, purpose="authenticator app").decode() == secret
    assert sign_in(client, ruth, next="/health").headers["Location"] == "/sign-in/second"
    code = pyotp.TOTP(secret).now()
    assert client.post("/sign-in/second", {"code": code}).headers["Location"] == "/health"
    again = Client()
    sign_in(again, ruth)
    assert "used already" in again.post("/sign-in/second", {"code": code}).content.decode()


def test_an_app_sealed_with_another_key_fits_no_code_and_breaks_nothing(
    client: Client, ruth: User, settings: Any
) -> None:
    secret = with_an_app(ruth)
    settings.SECRET_KEY = "another key of the installation, just as long as the one before"
    sign_in(client, ruth)
    assert client.post("/sign-in/second", {"code": pyotp.TOTP(secret).now()}).status_code == 422


def test_a_recovery_code_works_once_and_only_its_hash_is_kept(client: Client, ruth: User) -> None:
    with_an_app(ruth)
    codes = factors.new_recovery_codes(by=ruth, at=clock.now())
    assert len(set(codes)) == 10
    assert {len(each.replace("-", "")) * 5 for each in codes} == {120}  # bits, of base32's 5 a letter
    assert not RecoveryCode.objects.filter(code_hash__in=codes).exists()
    sign_in(client, ruth)
    assert client.post("/sign-in/second", {"code": codes[3].upper()}).status_code == 302
    again = Client()
    sign_in(again, ruth)
    assert again.post("/sign-in/second", {"code": codes[3]}).status_code == 422
    assert again.post("/sign-in/second", {"code": codes[4].replace("-", "")}).status_code == 302
    assert ruth.security_notices.filter(said__contains="left unused: 8").exists()


def test_a_password_alone_opens_only_ones_account_where_a_second_proof_is_asked(
    client: Client, ruth: User, settings: Any
) -> None:
    settings.CASEWRIGHT_SECOND_FACTOR = True
    assert sign_in(client, ruth, next="/health").headers["Location"] == "/account"
    assert client.get("/health").headers["Location"] == "/account"
    assert "Add a second proof" in client.get("/account").content.decode()
    page = client.get("/account/app").content.decode()
    secret = re.search(r'class="num">([A-Z2-7 ]+)<', page)
    assert secret
    code = pyotp.TOTP(secret[1].replace(" ", "")).now()
    assert client.post("/account/app", {"code": code}).status_code == 302
    assert client.get("/health").status_code == 200


def test_figures_of_another_script_are_a_wrong_code_and_no_fault_of_ours(client: Client, ruth: User) -> None:
    with_an_app(ruth)
    sign_in(client, ruth)
    assert client.post("/sign-in/second", {"code": "１２３４５６"}).status_code == 422
    assert "is not right" in client.post("/sign-in/second", {"code": "é"}).content.decode()
