"""Small secrets that must be read again, sealed with a key made from the installation's own (never stored in clear)."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def seal(words: bytes, *, purpose: str, key: str = "") -> bytes:
    """Words sealed for one purpose, by the installation's key or another high-entropy one."""
    return _box(purpose, key).encrypt(words)


def unseal(sealed: bytes | memoryview, *, purpose: str, key: str = "") -> bytes:
    """The words again.

    :raises cryptography.fernet.InvalidToken: if they were sealed for another purpose or by another key
    """
    return _box(purpose, key).decrypt(bytes(sealed))


def hashed(token: str) -> str:
    """The hash under which a random token is kept; tokens have at least 80 bits, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def _box(purpose: str, key: str) -> Fernet:
    made = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"casewright " + purpose.encode())
    return Fernet(base64.urlsafe_b64encode(made.derive((key or settings.SECRET_KEY).encode())))
