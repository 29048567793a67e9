"""Small secrets that must be read again, sealed with a key made from the installation's own (never stored in clear)."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def seal(words: bytes, *, purpose: str, key: str = "") -> bytes:
    """Words sealed for one purpose, by the installation's key or another high-entropy one."""
    return _box(purpose, key).encrypt(words)


def unseal(sealed: bytes | memoryview, *, purpose: str, key: str = "") -> bytes:
    """The words again; what the installation's key before this one sealed is read too.

    :raises cryptography.fernet.InvalidToken: if they were sealed for another purpose or by another key
    """
    return _box(purpose, key).decrypt(bytes(sealed))


def sealed_anew(sealed: bytes | memoryview, *, purpose: str) -> bytes:
    """The same words sealed by the installation's key of today, so that the one before can be forgotten.

    :raises cryptography.fernet.InvalidToken: if neither key opens them
    """
    return _box(purpose, "").rotate(bytes(sealed))


def hashed(token: str) -> str:
    """The hash under which a random token is kept; tokens have at least 112 bits, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def _box(purpose: str, key: str) -> MultiFernet:
    """The first key seals; all of them open."""
    return MultiFernet(
        [
            _one(purpose, each)
            for each in ([key] if key else [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS])
        ]
    )


def _one(purpose: str, key: str) -> Fernet:
    made = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"casewright " + purpose.encode())
    return Fernet(base64.urlsafe_b64encode(made.derive(key.encode())))
