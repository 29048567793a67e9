"""References people read out: a kind letter, the year, a number. Numbered by sequences, so never twice."""

from __future__ import annotations

import re
from datetime import date

from django.db import connection

_REFERENCE = re.compile(r"^[A-Z]{1,4}\d{2}-?\d{1,6}$")


def as_written(typed: str) -> str | None:
    """A whole reference as it is kept: ``t26 123`` becomes T26-000123; None for anything else."""
    wanted = typed.strip().upper().replace(" ", "")
    if not _REFERENCE.match(wanted):
        return None
    head, _, number = wanted.partition("-") if "-" in wanted else (wanted[:3], "-", wanted[3:])
    return f"{head}-{number:0>6}"


def new_references(*, prefix: str, sequence: str, count: int, on: date) -> list[str]:
    """Take `count` fresh references such as T26-100001, in one statement.

    :param sequence: matters_reference, matters_upload or matters_print_run
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(nextval(%s::regclass)::text, ' ') FROM generate_series(1, %s)",
            [sequence, count],
        )
        head = f"{prefix}{on:%y}-"
        return [f"{head}{number:0>6}" for number in (cursor.fetchone()[0] or "").split()]
