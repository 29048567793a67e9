"""Pages and workers have a database account each; what proves them is read at each new connection, and may change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.utils import OperationalError
from pytest_django import DjangoDbBlocker

from casewright.commands.machine.postgres import Cluster
from casewright.config import environment


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    made = Cluster(tmp_path / "pg", throwaway=True)
    made.start()
    yield made
    made.stop()


@pytest.fixture(autouse=True)
def databases_of_our_own(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The server here is this file's own: Django may connect to it."""
    with django_db_blocker.unblock():
        yield


def who_connects(cluster: Cluster, passfile: Path) -> str:
    """Whom PostgreSQL sees when an installation's settings name a file of passwords, on a fresh connection."""
    url = f"postgresql://cw_worker@/postgres?host={quote(str(cluster.socket), safe='')}&passfile={passfile}"
    settings = environment.database(url, pool_size=1, application="t")
    options = settings["OPTIONS"]
    assert isinstance(options, dict)
    options.pop("pool")  # each time anew
    whole = {"AUTOCOMMIT": True, "TIME_ZONE": None, "TEST": {}, "CONN_HEALTH_CHECKS": False}
    wrapper = DatabaseWrapper({**settings, **whole})
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT current_user")
        found: str = cursor.fetchone()[0]
    wrapper.close()
    return found


def say(passfile: Path, password: str) -> None:
    """Write the file as the unit's secret store does."""
    passfile.write_text(f"*:*:*:cw_worker:{password}\n")
    passfile.chmod(0o600)


def test_a_password_changed_at_the_server_and_in_the_file_is_taken_without_a_new_start(
    cluster: Cluster, tmp_path: Path
) -> None:
    passfile = tmp_path / "worker.pgpass"
    with psycopg.connect(cluster.url("casewright"), autocommit=True) as superuser:
        superuser.execute("CREATE ROLE cw_worker LOGIN IN ROLE cw_app PASSWORD 'of-monday'")
        say(passfile, "of-monday")
        assert who_connects(cluster, passfile) == "cw_worker"
        superuser.execute("ALTER ROLE cw_worker PASSWORD 'of-tuesday'")
        with pytest.raises(OperationalError, match="password authentication failed"):
            who_connects(cluster, passfile)
        say(passfile, "of-tuesday")
        assert who_connects(cluster, passfile) == "cw_worker"


def test_an_account_of_a_service_has_the_rights_of_the_application_and_no_more(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url("casewright"), autocommit=True) as superuser:
        superuser.execute("CREATE ROLE cw_worker LOGIN IN ROLE cw_app")
        superuser.execute("CREATE TABLE kept (id int)")
        superuser.execute("GRANT SELECT, INSERT ON kept TO cw_app")
        asked = "SELECT has_table_privilege('cw_worker', 'kept', one) FROM unnest(%s::text[]) one"
        rights = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE"]
        found = [row[0] for row in superuser.execute(asked, [rights])]
    assert found == [True, True, False, False, False]
