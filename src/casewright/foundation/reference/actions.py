"""Loading code lists."""

from __future__ import annotations

from collections.abc import Sequence

from casewright.foundation.reference.models import Code


def load_codes(rows: Sequence[tuple[str, str, str]], *, source: str) -> int:
    """Write codes given as (list, code, title); what is held already stays. Returns how many are new."""
    before = Code.objects.count()
    unique = {
        (name, code): Code(list=name[:60], code=code[:40], title=title[:300], source=source)
        for name, code, title in rows
    }
    Code.objects.bulk_create(unique.values(), ignore_conflicts=True, batch_size=1000)
    return Code.objects.count() - before
