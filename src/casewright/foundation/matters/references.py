"""References people read out: a kind letter, the year, a number. Numbered by sequences, so never twice."""

from __future__ import annotations

from datetime import date

from django.db import connection


def new_references(*, prefix: str, sequence: str, count: int, on: date) -> list[str]:
    """Take `count` fresh references such as T26-100001, in one statement.

    :param sequence: matters_reference, matters_upload or matters_print_run
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s::regclass) FROM generate_series(1, %s)", [sequence, count])
        return [f"{prefix}{on:%y}-{row[0]:06d}" for row in cursor.fetchall()]
