"""Looks: who was shown what, kept before it is shown (DPA 2018 s.62(1)(c)); one INSERT each.

A page's look is kept on a connection of its own while the page is being made, so that the page does not wait for the
disk as well: why, and what it costs, is in docs/decisions/looks-on-their-own-connection.md.
"""

from __future__ import annotations

import json
import select
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from threading import Lock
from typing import Any

import psycopg
from django.db import connection
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGresult
from psycopg_pool import ConnectionPool

from casewright.foundation import patience
from casewright.foundation.journal.record import salted_hash
from casewright.foundation.journal.whence import source, stands_in_for

UNSENT_MS = 10  # a row longer than the socket takes at once is handed over in parts
MAKING = Lock()
WITHIN = """
WITH look AS (SELECT * FROM json_to_record(%s) AS given (
    at timestamptz, actor_id bigint, matter_id bigint, page text, reason text, shown jsonb, for_id bigint,
    source text, text_hash text, salt text, words text)),
  kept AS (
    INSERT INTO journal_consultation (at, actor_id, matter_id, page, reason, shown, for_id, source, text_hash)
    SELECT at, actor_id, matter_id, page, reason, shown, for_id, source, text_hash FROM look RETURNING id)
INSERT INTO journal_searchwords (at, consultation_id, salt, words)
SELECT look.at, kept.id, look.salt, look.words FROM look, kept WHERE look.words <> ''
"""
SENT = WITHIN.replace("%s", "$1").encode()


def consulted(**look: Any) -> None:
    """Log within the present transaction that a person was shown something; arguments as of `being_consulted`."""
    with connection.cursor() as cursor:
        cursor.execute(WITHIN, [_row(**look)])


@contextmanager
def being_consulted(**look: Any) -> Iterator[None]:
    """Make within what is shown; it ends once the look is kept, and stays kept if the request fails afterwards.

    Inside a transaction within the request's own, which may be taken back alone, the look is part of that.

    :param by: the user's id; ``page``, ``at`` (aware), ``matter_id`` and ``reason`` as in the table
    :param shown: ids of what was shown, never names
    :param words: what was searched for; kept apart so that a destroy can erase it, its salted hash stays
    :raises django.db.Error: if the look cannot be kept: then nothing must be shown
    """
    if len(connection.atomic_blocks) > 1:
        consulted(**look)
        yield
        return
    row = _row(**look)
    with connection.wrap_database_errors:
        sent = _sent(row)
    try:
        yield
    finally:
        with connection.wrap_database_errors:
            _make_sure(sent, row)


def _row(
    *,
    by: int,
    page: str,
    at: datetime,
    matter_id: int | None = None,
    reason: str = "",
    shown: dict[str, Any] | None = None,
    words: str = "",
) -> str:
    salt, digest = salted_hash(words)
    return json.dumps({
        "at": at.isoformat(), "actor_id": by, "matter_id": matter_id, "page": page, "reason": reason,
        "shown": shown or {}, "for_id": stands_in_for(), "source": source(), "text_hash": digest,
        "salt": salt, "words": words,
    })  # fmt: skip


def _pool() -> ConnectionPool[patience.Connection]:
    """The process's one pool, made at its first look; first looks at the same moment must not make two."""
    with MAKING:
        return _made()


@cache
def _made() -> ConnectionPool[patience.Connection]:
    """As many connections again as the pages' own pool, so that none waits for another's."""
    options = connection.settings_dict["OPTIONS"]["pool"]
    return ConnectionPool(kwargs=_where(), open=True, **options)


def _where() -> dict[str, Any]:
    """The database of the pages; each statement stands by itself."""
    return connection.get_connection_params() | {"autocommit": True}


def _sent(row: str) -> patience.Connection:
    """Hand the look to the database without waiting for its answer; psycopg's own methods would wait."""
    patience.must_not_have_given_up()
    used = _lent()
    try:
        used.pgconn.send_query_params(SENT, [row.encode()])
        used.pgconn.flush()
    except psycopg.OperationalError:
        used.close()  # the server went meanwhile: `_make_sure` finds no answer
    return used


def _lent() -> patience.Connection:
    """One of the pool's; a page that waited for one in vain waits for nothing further."""
    try:
        return _pool().getconn()
    except psycopg.OperationalError:
        patience.gave_up()
        raise


def _make_sure(used: patience.Connection, row: str) -> None:
    """Wait until the look is kept; where that is not certain it is written again: twice rather than not at all."""
    try:
        kept = _answered(used)
    finally:
        _pool().putconn(used)
    if not kept:
        _pool().check()  # none of a server that went is lent again
        # A new one, not one of the pool: that may be one more of the server that went, made while it did.
        with patience.Connection.connect(**_where()) as another:
            another.execute(WITHIN, [row])


class NoAnswer(psycopg.OperationalError):
    """The database said nothing for as long as a page waits; whether the look is kept is not known."""


def _more_time(used: patience.Connection, asked: bool) -> patience.Deadline:
    """Until when a page waits on, where the server lives and was not asked before."""
    try:
        if asked:
            raise used.no_answer()
        return used.waited_for()
    except psycopg.OperationalError as gone:
        raise NoAnswer(str(gone)) from gone


def _answered(used: patience.Connection) -> bool:
    """Whether the database says that the look is kept.

    :raises psycopg.OperationalError: if it says nothing as long as a page waits: the page is not shown then
    """
    try:
        return [each.status for each in _answers(used)] == [ExecStatus.COMMAND_OK]
    except NoAnswer:
        raise
    except psycopg.OperationalError:
        return False


def _answers(used: patience.Connection) -> Iterator[PGresult]:
    """What the database answers to what was sent; other threads go on meanwhile (`get_result` would hold them)."""
    pgconn, waiting, until, asked = used.pgconn, select.poll(), used.silent_until(), False
    waiting.register(pgconn.socket, select.POLLIN)
    while True:
        while pgconn.is_busy():
            if until.passed:
                until, asked = _more_time(used, asked), True
            waiting.poll(until.left_ms(UNSENT_MS if pgconn.flush() else None))
            pgconn.consume_input()
        answer = pgconn.get_result()
        if answer is None:
            return
        yield answer
