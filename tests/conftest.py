"""What all tests share: nothing in them hangs on chance or on how busy the machine is."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

# The same examples in every run, however long one takes. New ones: `run.py test PATHS --hypothesis-profile=new`.
settings.register_profile(
    "steady", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("new", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> None:
    """Argon2 as everywhere, but at its least cost: what one costs in production is no test's business."""
    from django.contrib.auth.hashers import Argon2PasswordHasher

    Argon2PasswordHasher.time_cost = 1
    Argon2PasswordHasher.memory_cost = 8  # KiB
    Argon2PasswordHasher.parallelism = 1
