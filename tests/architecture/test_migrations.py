"""The tables are what the models say, and there is one newest migration of each app."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader


@pytest.mark.django_db
def test_the_models_need_no_migration_that_is_not_there() -> None:
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)


def test_no_two_migrations_follow_the_same_one() -> None:
    assert MigrationLoader(None).detect_conflicts() == {}
