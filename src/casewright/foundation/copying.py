"""Sets into tables: ids reserved in one statement, rows copied in one COPY.

bulk_create is five to ten times slower (measured). Used only where a door works a whole chunk.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, models
from psycopg import sql
from psycopg.types.json import JsonbDumper


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """Take `count` fresh ids of a model's table from its sequence, in one statement."""
    if count == 0:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def keep_once(model: type[models.Model], contents: Iterable[str]) -> list[UUID]:
    """Keep JSON texts under the hash of what they say, each once however often it comes; their ids, in order.

    The model has two columns, `id` (uuid) and `content` (jsonb).
    """
    texts = list(contents)
    ids = [_hash_id(text) for text in texts]
    distinct = dict(zip(ids, texts, strict=True))
    held = set(model._default_manager.filter(pk__in=list(distinct)).values_list("pk", flat=True))
    # the same order everywhere, so that two chunks cannot lock each other out
    ordered = sorted(key for key in distinct if key not in held)
    if not ordered:
        return ids
    insert = sql.SQL(
        "INSERT INTO {} (id, content) SELECT (x ->> 0)::uuid, x -> 1 FROM jsonb_array_elements(%s::jsonb) AS x"
        " ON CONFLICT DO NOTHING"
    ).format(sql.Identifier(model._meta.db_table))
    with connection.cursor() as cursor:
        # one text, not arrays: Django binds on the client, and arrays of long texts are escaped slowly (measured)
        cursor.execute(insert, ["[" + ",".join(f'["{key}",{distinct[key]}]' for key in ordered) + "]"])
    return ids


def _hash_id(text: str) -> UUID:
    return UUID(bytes=hashlib.sha256(text.encode()).digest()[:16])


def copy_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """COPY rows (values in the order of `columns`) into a model's table. Dicts and lists become jsonb."""
    quoted = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        for kind in (dict, list):
            cursor.adapters.register_dumper(kind, JsonbDumper)
        _copy(cursor, f'COPY "{model._meta.db_table}" ({quoted}) FROM STDIN', rows)


def _copy(cursor: Any, statement: str, rows: Iterable[Sequence[Any]]) -> None:
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
