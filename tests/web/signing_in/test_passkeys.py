"""A passkey is made only for a challenge that was given for making one, after proving again who it is."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import Any

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from tests.web.signing_in.hands import sign_in
from webauthn.helpers import bytes_to_base64url

from casewright.foundation import clock
from casewright.foundation.people.models import User

pytestmark = pytest.mark.django_db


def made_for(challenge: str) -> dict[str, Any]:
    """What a browser with an authenticator that says yes answers (WebAuthn level 2, attestation "none")."""
    point = ec.generate_private_key(ec.SECP256R1()).public_key().public_numbers()
    key = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)}  # COSE: EC2, ES256, P-256
    present_verified_attested, counter, maker, one_id = b"\x45", bytes(4), bytes(16), b"k" * 32
    proved = hashlib.sha256(b"testserver").digest() + present_verified_attested + counter + maker
    proved += len(one_id).to_bytes(2) + one_id + cbor2.dumps(key)
    said = {"type": "webauthn.create", "challenge": challenge, "origin": "http://testserver"}
    return {
        "id": bytes_to_base64url(one_id),
        "rawId": bytes_to_base64url(one_id),
        "type": "public-key",
        "response": {
            "clientDataJSON": bytes_to_base64url(json.dumps(said).encode()),
            "attestationObject": bytes_to_base64url(
                cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": proved})
            ),
        },
    }


def add(client: Client, challenge: str) -> Any:
    return client.post("/account/passkey/made", made_for(challenge), content_type="application/json")


def test_a_session_that_did_not_prove_itself_again_adds_no_passkey(client: Client, ruth: User) -> None:
    sign_in(client, ruth)
    session = client.session
    session["proved_at"] = (clock.real() - timedelta(minutes=11)).isoformat()
    session.save()
    assert client.post("/account/passkey").headers["Location"].startswith("/sign-in/again")
    anyones = client.post("/sign-in/passkey").json()["challenge"]
    assert add(client, anyones).status_code == 422
    assert not ruth.factors.exists()


def test_one_that_did_adds_it_for_the_challenge_given_for_it(client: Client, ruth: User) -> None:
    sign_in(client, ruth)
    given = client.post("/account/passkey").json()["challenge"]
    assert add(client, given).status_code == 200
    assert ruth.factors.get().kind == "passkey"
