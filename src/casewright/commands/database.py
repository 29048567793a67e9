"""Make the tables as their owner, and give the application its rights on them."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

app = typer.Typer(add_completion=False, no_args_is_help=True)
ONLY_ADDED_TO = "journal\\_%"  # as SQL's LIKE: the journal's tables and their months; DPA 2018 s.62
ONLY_READ = ("django_migrations",)


@app.callback()
def database() -> None:
    """Look after the tables."""


@app.command()
def prepare(
    role: Annotated[str, typer.Option(help="the role that web and workers connect as")] = "cw_app",
    as_json: Annotated[bool, typer.Option("--json", help="answer in JSON")] = False,
) -> None:
    """Bring the tables up to date, then give the application's role its rights; safe to repeat."""
    from django.core.management import call_command

    started = time.perf_counter()
    if waiting_migrations():
        call_command("migrate", interactive=False, verbosity=0)
    keep_transactions_rising()
    tables = grant(role)
    seconds = round(time.perf_counter() - started, 2)
    answer = {"tables": tables, "role": role, "seconds": seconds}
    typer.echo(json.dumps(answer) if as_json else f"{tables} tables are up to date; {role} may use them.")


def waiting_migrations() -> set[tuple[str, str]]:
    """What ships and is not applied yet, as (application, name): by file name, without loading a hundred modules."""
    from django.apps import apps
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    shipped = {
        (each.label, file.stem)
        for each in apps.get_app_configs()
        for file in Path(each.path, "migrations").glob("[!_]*.py")
    }
    return shipped - set(MigrationRecorder(connection).applied_migrations())


def keep_transactions_rising() -> int:
    """Raise the numbers the log keeps for transactions where a restore into a new cluster made them begin again.

    A seal ends at such a number; a row written later must lie behind it. Returns how much was added now, mostly 0.
    """
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(max(until_tx), 0) - journal_tx(), journal_tx_offset() FROM journal_seal"
        )
        missing, offset = cursor.fetchone()
        if missing < 0:
            return 0
        added = int(missing) + 1
        cursor.execute(
            "CREATE OR REPLACE FUNCTION journal_tx_offset() RETURNS bigint LANGUAGE sql IMMUTABLE AS"
            f" $$ SELECT {int(offset) + added}::bigint $$"
        )
        return added


def grant(role: str) -> int:
    """Give a role what the application may do on every table there is; how many tables there are.

    The journal may be added to and read, never changed: what a destroy erases goes through the owner's
    functions. Nothing is done for a role that does not exist or that owns the tables.
    """
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        tables: int = cursor.fetchone()[0]
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s AND rolname <> current_user", [role])
        if cursor.fetchone():
            for statement in _statements(cursor, role):
                cursor.execute(statement)
        return tables


def _statements(cursor: CursorWrapper, role: str) -> Iterator[str]:
    """Each statement of the rights, with the role's name quoted by PostgreSQL itself."""
    cursor.execute("SELECT quote_ident(%s)", [role])
    name = cursor.fetchone()[0]
    yield f"GRANT USAGE ON SCHEMA public TO {name}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}"
    cursor.execute(
        "SELECT quote_ident(relname), relname LIKE %s FROM pg_class WHERE relkind IN ('r', 'p')"
        " AND relnamespace = 'public'::regnamespace AND (relname LIKE %s OR relname = ANY(%s))",
        [ONLY_ADDED_TO, ONLY_ADDED_TO, list(ONLY_READ)],
    )
    for table, may_add in cursor.fetchall():
        yield f"REVOKE {'UPDATE, DELETE' if may_add else 'INSERT, UPDATE, DELETE'} ON {table} FROM {name}"
