"""Pointers that carry no foreign key in the database: what they are, and the proof that none of them dangles.

An intake writes rows and what they point to in one transaction, by ids it has just taken, so a key would only look up
each row again (docs/decisions/findings-kept-once.md). What a key would have refused, the daily round finds.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django.apps import apps
from django.db import connection, models
from psycopg import sql


class Pointer(NamedTuple):
    """A column that points to another table's key, which the database itself does not hold it to."""

    table: str
    column: str
    to_table: str
    to_column: str

    def __str__(self) -> str:
        return f"{self.table}.{self.column}"


def keyless() -> list[Pointer]:
    """Every pointer of the product's own tables without a foreign key in the database."""
    found = []
    for model in apps.get_models():
        for field in model._meta.local_fields if model._meta.managed else ():
            if isinstance(field, models.ForeignKey) and not field.deconstruct()[3].get("db_constraint", True):
                to = field.target_field
                found.append(
                    Pointer(model._meta.db_table, field.column, to.model._meta.db_table, _column_of(to))
                )
    return sorted(found)


def _column_of(field: models.Field[Any, Any]) -> str:
    return str(field.column)


def dangling() -> dict[str, int]:
    """How many rows point to nothing, by pointer; always empty, or somebody is told. One statement a pointer."""
    counts = {str(each): _dangling(each) for each in keyless()}
    return {name: count for name, count in counts.items() if count}


def _dangling(pointer: Pointer) -> int:
    table, column, to_table, to_column = map(sql.Identifier, pointer)
    statement = sql.SQL(
        "SELECT count(*) FROM {} p WHERE p.{} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {} o WHERE o.{} = p.{})"
    ).format(table, column, to_table, to_column, column)
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.fetchone()[0])
