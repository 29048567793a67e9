"""A server of our own: started, killed, started again, and never two on one folder."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from casewright.commands.machine import identity, programs
from casewright.commands.machine.postgres import AlreadyRunning, Cluster

FOUND = programs.find()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    made = Cluster(tmp_path / "a folder with spaces" / "pg", throwaway=True)
    made.start()
    yield made
    made.stop()


def test_the_application_role_owns_nothing_and_may_not_make_databases(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url("cw_app"), autocommit=True) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("cw_app",)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE DATABASE other")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE other (id int)")


def test_a_wrong_password_is_refused(cluster: Cluster) -> None:
    password = cluster.url("cw_app").split(":")[2].split("@")[0]
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(cluster.url("cw_app").replace(password, "wrong"))


def test_only_the_owner_of_the_files_can_reach_the_socket(cluster: Cluster) -> None:
    assert cluster.socket.stat().st_mode & 0o077 == 0
    assert (cluster.folder / "passwords.json").stat().st_mode & 0o077 == 0


def test_a_second_owner_is_refused(cluster: Cluster) -> None:
    with pytest.raises(AlreadyRunning):
        Cluster(cluster.folder).start()


@pytest.mark.parametrize("throwaway", [False, True])
def test_nothing_committed_is_lost_when_the_server_is_killed(tmp_path: Path, throwaway: bool) -> None:
    cluster = Cluster(tmp_path / "pg", throwaway=throwaway)
    cluster.start()
    with psycopg.connect(cluster.url("cw_owner"), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 5000) AS id")
    assert cluster.child is not None
    os.kill(cluster.child.pid, signal.SIGKILL)
    cluster.child.wait()
    assert not cluster.alive()
    cluster.start()
    with psycopg.connect(cluster.url("cw_owner")) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (5000,)
    cluster.stop()


def test_a_stale_pid_file_with_a_living_strangers_pid_does_not_stop_a_start(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path / "pg", throwaway=True)
    cluster.start()
    assert cluster.child is not None
    os.kill(cluster.child.pid, signal.SIGKILL)
    cluster.child.wait()
    lines = (cluster.data / "postmaster.pid").read_text().splitlines()
    (cluster.data / "postmaster.pid").write_text("\n".join(["999999999", *lines[1:]]))
    cluster.start()
    assert cluster.alive()
    cluster.stop()


def test_the_server_ends_when_its_owner_is_killed(tmp_path: Path) -> None:
    child = os.fork()
    if child == 0:
        Cluster(tmp_path / "pg", throwaway=True).start()
        (tmp_path / "ready").touch()
        time.sleep(60)
        os._exit(1)
    while not (tmp_path / "ready").exists():
        time.sleep(0.02)
    cluster = Cluster(tmp_path / "pg", throwaway=True)
    assert identity.working_in(cluster.data)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    cluster.start()  # waits for the old server's processes to be gone
    assert cluster.child is not None
    assert (cluster.data / "postmaster.pid").read_text().startswith(f"{cluster.child.pid}\n")
    cluster.stop()
    assert not identity.working_in(cluster.data)


def test_a_cluster_half_made_is_made_again(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path / "pg", throwaway=True)
    half = cluster.home / "data.new" / "base"
    half.mkdir(parents=True)
    cluster.start()
    assert cluster.alive()
    cluster.stop()


def test_a_folder_that_was_deleted_and_made_again_begins_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    far = tmp_path / "far"
    monkeypatch.setattr(identity.Myself, "home", lambda self, folder: far)
    cluster = Cluster(tmp_path / "pg", throwaway=True)
    cluster.start()
    cluster.stop()
    shutil.rmtree(cluster.folder)
    again = Cluster(tmp_path / "pg", throwaway=True)
    again.start()
    assert again.alive()
    again.stop()


def test_data_of_another_major_version_are_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "PG_VERSION").write_text("9\n")
    with pytest.raises(programs.NoDatabase, match="made by PostgreSQL 9"):
        programs.choose(FOUND, tmp_path / "data")


def test_without_any_programs_the_message_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(programs.NoDatabase, match="install PostgreSQL"):
        programs.choose([], tmp_path / "data")


@pytest.mark.parametrize("kind", ["machine", "wheel"])
def test_both_kinds_of_programs_serve(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEWRIGHT_POSTGRES", kind)
    if kind == "machine" and not programs.find():
        return  # a machine without PostgreSQL of its own: nothing to serve
    cluster = Cluster(tmp_path / "pg", throwaway=True)
    cluster.start()
    with psycopg.connect(cluster.url("cw_owner"), autocommit=True) as connection:
        for extension in ("pg_trgm", "btree_gist", "unaccent"):
            connection.execute(f"CREATE EXTENSION {extension}")
    cluster.stop()
    assert cluster.programs.embedded == (kind == "wheel")
