"""Which matters a page showed, as the log keeps it: ids, each once, from what its view already holds.

Every list says it to `show` (DPA 2018 s.62(1)(c)): one row of the log for one look, whatever the length of the list.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def matters_in(*rows: Iterable[Any], **also: Any) -> dict[str, Any]:
    """The matters of some rows, by their `matter_id`; ``also`` is what else was shown.

    A row without a matter (a held row nobody knows the matter of) adds nothing.
    """
    found = {row.matter_id for each in rows for row in each}
    return {**also, "matters": sorted(each for each in found if each)}
