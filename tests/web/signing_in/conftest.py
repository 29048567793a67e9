"""Ruth Alder with a password, and the times of a unit’s own installation."""

from __future__ import annotations

from typing import Any

import pytest
from tests import given
from tests.web.signing_in.hands import NOT_THE_DEMO, SECRET

from casewright.foundation.people.models import User


@pytest.fixture
def ruth() -> User:
    """Ruth Alder of a unit, with a password and without the demonstration's ease."""
    given.a_unit()
    person = given.person("Ruth Alder")
    person.set_password(SECRET)
    person.is_demo = False
    person.save()
    return person


@pytest.fixture
def production(settings: Any) -> Any:
    """The times of a unit's own installation."""
    for name, value in NOT_THE_DEMO.items():
        setattr(settings, name, value)
    return settings
