"""Changing the installation's key: what the one before sealed is read until it has been sealed anew."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography.fernet import InvalidToken

from casewright.foundation.people.sealing import seal, sealed_anew, unseal

OLD, NEW = "o" * 50, "n" * 50


@pytest.fixture
def sealed_before(settings: Any) -> bytes:
    """Words sealed under the old key, in an installation that has a new one and still knows the old."""
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = OLD, []
    words = seal(b"heron", purpose="test")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    return words


def test_the_key_before_opens_and_only_the_new_one_seals(sealed_before: bytes, settings: Any) -> None:
    assert unseal(sealed_before, purpose="test") == b"heron"
    fresh = seal(b"crane", purpose="test")
    settings.SECRET_KEY_FALLBACKS = []
    assert unseal(fresh, purpose="test") == b"crane"
    with pytest.raises(InvalidToken):
        unseal(sealed_before, purpose="test")


def test_what_was_sealed_anew_needs_the_old_key_no_more(sealed_before: bytes, settings: Any) -> None:
    anew = sealed_anew(sealed_before, purpose="test")
    settings.SECRET_KEY_FALLBACKS = []
    assert unseal(anew, purpose="test") == b"heron"


def test_words_under_a_key_of_their_own_are_not_opened_by_the_installations(settings: Any) -> None:
    sealed = seal(b"heron", purpose="test", key="k" * 32)
    with pytest.raises(InvalidToken):
        unseal(sealed, purpose="test")
