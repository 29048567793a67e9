"""Sets into tables: ids reserved in one statement, rows copied in one COPY.

bulk_create is five to ten times slower (measured). Used only where a door works a whole chunk.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any, LiteralString
from uuid import UUID

from django.db import connection, models
from psycopg import Cursor, sql


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """Take `count` fresh ids of a model's table from its sequence, in one statement."""
    if count == 0:
        return []
    with connection.cursor() as cursor:
        # the sequence's name is looked up once, and the ids come as one text: both many times the cost (measured)
        cursor.execute(
            "SELECT string_agg(nextval(s.name)::text, ' ') FROM"
            " (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS name OFFSET 0) s, generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [int(each) for each in cursor.fetchone()[0].split()]


def keep_once(model: type[models.Model], contents: Iterable[str]) -> list[str]:
    """Keep JSON texts under the hash of what they say, each once however often it comes; their ids, in order.

    The model has two columns, `id` (uuid) and `content` (jsonb). Two statements, or one where all are kept already.
    """
    texts = list(contents)
    hashed = {text: _hash_id(text) for text in dict.fromkeys(texts)}
    distinct = {key: text for text, key in hashed.items()}
    table = sql.Identifier(model._meta.db_table)
    held = "SELECT id::text FROM {} WHERE id IN (SELECT x::uuid FROM jsonb_array_elements_text(%s::jsonb) x)"
    kept = {row[0] for row in bound(sql.SQL(held).format(table), json.dumps(list(distinct)))}
    # the same order everywhere, so that two chunks cannot lock each other out
    fresh = ",".join(f'["{key}",{distinct[key]}]' for key in sorted(distinct) if key not in kept)
    if fresh:
        insert = (
            "INSERT INTO {} (id, content) SELECT (x ->> 0)::uuid, x -> 1 FROM jsonb_array_elements(%s::jsonb) AS x"
            " ON CONFLICT DO NOTHING"
        )
        bound(sql.SQL(insert).format(table), f"[{fresh}]")
    return [hashed[text] for text in texts]


@lru_cache(maxsize=8192)
def _hash_id(text: str) -> str:
    return str(UUID(bytes=hashlib.sha256(text.encode()).digest()[:16]))


def bound(statement: sql.Composed | LiteralString, text: str) -> list[tuple[Any, ...]]:
    """Run a statement with one long text bound by the server; the rows it gives.

    Django writes values into the statement on the client, where a long text is escaped slowly and parsed again.
    """
    connection.ensure_connection()
    counted = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    bare: Any = Cursor(connection.connection)
    with counted(bare) as cursor:
        cursor.execute(statement, [text])
        return cursor.fetchall() if cursor.description else []


def copy_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """COPY rows (values in the order of `columns`) into a model's table. Dicts and lists become jsonb."""
    text = as_copy_text(rows)
    if not text:
        return
    quoted = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        _copy(cursor, f'COPY "{model._meta.db_table}" ({quoted}) FROM STDIN', text)


def _copy(cursor: Any, statement: str, text: str) -> None:
    with cursor.copy(statement) as copy:
        copy.write(text)


def as_copy_text(rows: Iterable[Sequence[Any]]) -> str:
    """Rows in PostgreSQL's text form of COPY, one a line.

    Written column by column: most columns of a chunk hold one value or one type, which is then looked at once.
    """
    columns = [_column(values) for values in zip(*rows, strict=True)]
    lines = "\n".join(map("\t".join, zip(*columns, strict=True)))
    return lines and lines + "\n"


def _column(values: tuple[Any, ...]) -> Iterable[str]:
    first = values[0]
    if type(first) in _EQUAL_IS_SAME and values[-1] == first and values.count(first) == len(values):
        return [_FORMS[type(first)](first)] * len(values)
    kinds = set(map(type, values))
    if kinds <= _FEW:
        told = {value: _FORMS[type(value)](value) for value in set(values)}
        return map(told.__getitem__, values)
    if len(kinds) > 1:
        return [_FORMS[type(value)](value) for value in values]
    kind = kinds.pop()
    if kind not in _JSON and values.count(first) == len(values):
        return [_FORMS[kind](first)] * len(values)
    if kind is str and not _holds_special("".join(values)):
        return values
    return map(_FORMS[kind], values)


def _holds_special(text: str) -> bool:
    return "\\" in text or "\t" in text or "\n" in text or "\r" in text


def _escaped(text: str) -> str:
    """Backslash first, then the signs that part fields and lines. (Searching is quicker than a pattern: measured.)"""
    if not _holds_special(text):
        return text
    return text.replace("\\", r"\\").replace("\t", r"\t").replace("\n", r"\n").replace("\r", r"\r")


def _iso(moment: date | time) -> str:
    return moment.isoformat()


_encode = json.JSONEncoder().encode  # as `json.dumps`, which looks at its many arguments first


def _as_json(value: Any) -> str:
    return _escaped(_encode(value))


class _Forms(dict[type, Callable[[Any], str]]):
    """How each type is written; a subclass (an enumeration, a named text) as its base is."""

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        base = next((each for each in kind.__mro__[1:] if each in self), None)
        if base is None:
            raise TypeError(f"COPY has no form for {kind.__name__}")
        plain = self[kind] = _of_base(base, self[base])
        return plain


def _of_base(base: type, form: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda value: form(base(value))


_FEW = {
    type(None),
    date,
    UUID,
}  # of these a chunk holds few different ones, slow to write: each is written once
_EQUAL_IS_SAME = {type(None), str, date}  # no value of another type is equal to one of these and written otherwise
_JSON = (dict, list)  # equal is not the same there: 1 and True are equal
_FORMS = _Forms(
    {
        type(None): lambda _none: r"\N",
        bool: lambda value: "t" if value else "f",
        int: str,
        float: repr,
        Decimal: str,
        str: _escaped,
        datetime: _iso,
        date: _iso,
        time: _iso,
        UUID: str,
        dict: _as_json,
        list: _as_json,
    }
)
