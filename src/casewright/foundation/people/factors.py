"""Second proofs of who it is: an authenticator app (TOTP, RFC 6238), passkeys (WebAuthn) and recovery codes."""

from __future__ import annotations

import base64
import secrets
from datetime import datetime
from typing import Any

import pyotp
import webauthn
from cryptography.fernet import InvalidToken
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from casewright.foundation import clock
from casewright.foundation.journal.record import Line, record
from casewright.foundation.lifecycle import NOT_THERE, NotAllowed, NotYours
from casewright.foundation.people.models import Factor, RecoveryCode, User
from casewright.foundation.people.notices import notify
from casewright.foundation.people.sealing import hashed, seal, sealed_anew, unseal

ISSUER = "Casewright"
PURPOSE = "authenticator app"
STEP = 30  # seconds of one code, and one step either side for a clock that is a little off
CODES = 10
CODE_BYTES = 15  # 120 random bits: above the 112 that a plain hash of them needs (ASVS 5.0 6.5.2)


def new_app_secret() -> str:
    """A fresh secret of 160 bits for an authenticator app."""
    return pyotp.random_base32()


def app_address(person: User, secret: str) -> str:
    """What the app reads from the picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=person.email, issuer_name=ISSUER)


def add_app(*, secret: str, code: str, by: User, at: datetime) -> Factor:
    """Add an authenticator app, once it has shown a right code.

    :raises NotAllowed: if the code is wrong
    """
    step = _step(secret, code, after=0)
    if step is None:
        raise NotAllowed(
            "That code is not the one the app shows now. Check this machine's clock and type the next one."
        )
    sealed = seal(secret.encode(), purpose=PURPOSE)
    made = Factor.objects.create(
        user=by, kind="app", name="Authenticator app", key=sealed, counter=step, added_at=clock.real()
    )
    _tell(by, "people.add_factor", made, "An authenticator app was added to your account.", at)
    return made


def app_code_is_right(person: User, code: str) -> bool:
    """Whether a code is one that an app of this person shows now; each code works once (one conditional UPDATE)."""
    for factor in person.factors.filter(kind="app"):
        step = _step(_secret_of(factor), code.replace(" ", ""), after=factor.counter)
        if step is not None and Factor.objects.filter(id=factor.id, counter__lt=step).update(
            counter=step, used_at=clock.real()
        ):
            return True
    return False


def _secret_of(factor: Factor) -> str:
    """The app's secret; a fresh one, which no code fits, if the installation's key is no longer the one it had."""
    try:
        return unseal(factor.key, purpose=PURPOSE).decode()
    except InvalidToken:
        return new_app_secret()


def seal_anew() -> tuple[int, int]:
    """Seal every app's secret with the key of today; how many were, and how many no key opens (to be added again)."""
    done, lost = 0, 0
    for factor in Factor.objects.filter(kind="app").select_for_update().order_by("id"):
        try:
            factor.key = sealed_anew(factor.key, purpose=PURPOSE)
        except InvalidToken:
            lost += 1
            continue
        factor.save(update_fields=["key"])
        done += 1
    return done, lost


def _step(secret: str, code: str, *, after: int) -> int | None:
    now = int(clock.real().timestamp()) // STEP
    made, typed = pyotp.TOTP(secret), code.strip().encode()  # bytes: figures of other scripts may stand in it
    right = [n for n in (now - 1, now, now + 1) if secrets.compare_digest(made.generate_otp(n).encode(), typed)]
    return next((n for n in right if n > after), None)


def new_recovery_codes(*, by: User, at: datetime) -> list[str]:
    """Ten fresh codes, shown once; those before them stop working."""
    RecoveryCode.objects.filter(user=by).delete()
    codes = [base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode().lower() for _ in range(CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(user=by, code_hash=hashed(code)) for code in codes)
    record([Line("people.make_recovery_codes", subject_kind="person", subject_id=by.id)], by=by.id, at=at)
    notify(by, "New recovery codes were made for your account; the old ones no longer work.", at=at)
    return ["-".join(code[n : n + 4] for n in range(0, len(code), 4)) for code in codes]


def use_recovery_code(person: User, code: str, *, at: datetime) -> bool:
    """Spend a recovery code: one conditional UPDATE, so it works exactly once."""
    plain = code.replace("-", "").replace(" ", "").lower()
    mine = RecoveryCode.objects.filter(user=person, code_hash=hashed(plain), used_at=None)
    if not plain or not mine.update(used_at=clock.real()):
        return False
    left = RecoveryCode.objects.filter(user=person, used_at=None).count()
    notify(person, f"A recovery code was used to sign in to your account; codes left unused: {left}.", at=at)
    return True


def begin_passkey(person: User, *, host: str) -> tuple[str, bytes]:
    """What the browser needs to make a passkey (JSON), and the challenge to keep."""
    options = webauthn.generate_registration_options(
        rp_id=host,
        rp_name=ISSUER,
        user_id=hashed(f"passkey {person.pk}").encode()[:32],
        user_name=person.email,
        user_display_name=person.name,
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=bytes(each.credential_id or b""))
            for each in person.factors.filter(kind="passkey")
        ],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
    )
    return webauthn.options_to_json(options), options.challenge


def add_passkey(
    *, made: dict[str, Any], challenge: bytes, host: str, origin: str, name: str, by: User, at: datetime
) -> Factor:
    """Add the passkey that a browser made for our challenge.

    :raises NotAllowed: if its answer does not prove itself
    """
    try:
        proved = webauthn.verify_registration_response(
            credential=made,
            expected_challenge=challenge,
            expected_rp_id=host,
            expected_origin=origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as problem:
        raise NotAllowed(
            "This passkey could not be added. Begin again from your account's page."
        ) from problem
    if Factor.objects.filter(credential_id=proved.credential_id).exists():
        raise NotAllowed("This passkey is known already.")
    row = Factor.objects.create(
        user=by,
        kind="passkey",
        name=name.strip()[:60] or "Passkey",
        credential_id=proved.credential_id,
        key=proved.credential_public_key,
        counter=proved.sign_count,
        added_at=clock.real(),
    )
    _tell(by, "people.add_factor", row, "A passkey was added to your account.", at)
    return row


def ask_passkey(*, host: str) -> tuple[str, bytes]:
    """What the browser needs to sign in with any passkey it has for this host (JSON), and the challenge to keep."""
    options = webauthn.generate_authentication_options(
        rp_id=host, user_verification=UserVerificationRequirement.REQUIRED
    )
    return webauthn.options_to_json(options), options.challenge


def person_of_passkey(*, shown: dict[str, Any], challenge: bytes, host: str, origin: str) -> User | None:
    """Whose passkey answered our challenge; None if it proves nobody who works here."""
    try:
        credential_id = webauthn.base64url_to_bytes(shown["rawId"])
        factor = Factor.objects.select_related("user").get(kind="passkey", credential_id=credential_id)
        proved = webauthn.verify_authentication_response(
            credential=shown,
            expected_challenge=challenge,
            expected_rp_id=host,
            expected_origin=origin,
            credential_public_key=bytes(factor.key),
            credential_current_sign_count=factor.counter,
            require_user_verification=True,
        )
    except (WebAuthnException, Factor.DoesNotExist, ValueError, KeyError, TypeError):
        return None
    Factor.objects.filter(id=factor.id).update(counter=proved.new_sign_count, used_at=clock.real())
    return factor.user if factor.user.works_here else None


def remove_factor(*, factor_id: int, by: User, at: datetime) -> None:
    """Take a second proof away; one's own only.

    :raises NotAllowed: if it is not one's own
    """
    row = Factor.objects.filter(id=factor_id, user=by).first()
    if row is None:
        raise NotYours("There is no such second proof on your account.", NOT_THERE)
    row_id, name = row.id, row.name
    row.delete()
    record([Line("people.remove_factor", subject_kind="factor", subject_id=row_id)], by=by.id, at=at)
    notify(by, f"A second proof was removed from your account: {name}.", at=at)


def _tell(person: User, verb: str, factor: Factor, said: str, at: datetime) -> None:
    record([Line(verb, subject_kind="factor", subject_id=factor.id)], by=person.id, at=at)
    notify(person, said, at=at)


def forget_all(person: User, *, at: datetime) -> None:
    """Take every second proof away, from the server's command line, when the telephone and the codes are lost."""
    person.factors.all().delete()
    person.recovery_codes.all().delete()
    record([Line("people.forget_proofs", subject_kind="person", subject_id=person.id)], by=None, at=at)
    notify(person, "All second proofs were removed from your account at your unit's request.", at=at)
