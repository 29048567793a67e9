"""Questions about the parts of the unit's own rounds, which work matters of every force the unit serves."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db import connection

# A part of a round keeps the ids of its clocks, and beside each what came of it once it is done. Each part is read
# once: asked for one clock after the other, it would be read as often as there are clocks.
_HOLDING = """
SELECT c.run_id, c.id, c.state = 'done', held.id::bigint
FROM runs_chunk c CROSS JOIN jsonb_array_elements_text(c.payload -> 'deadlines') AS held (id)
WHERE held.id::bigint = ANY (%s) AND c.run_id = ANY (%s) AND c.force_id = ANY (%s)
"""


class Holding(NamedTuple):
    """A part that works a clock: of which run, and whether it is done."""

    run_id: int
    chunk_id: int
    done: bool
    deadline_id: int


def holding(
    deadline_ids: Collection[int], *, run_ids: Iterable[int], force_ids: Iterable[int]
) -> list[Holding]:
    """The parts of these runs and forces that work any of these clocks: one statement, none where there is no clock."""
    if not deadline_ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_HOLDING, [list(deadline_ids), list(run_ids), list(force_ids)])
        return [Holding(*row) for row in cursor.fetchall()]
