"""Which settings are in force."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import Any

from django.db.models import Q

from casewright.foundation.policy.models import Setting
from casewright.law import practice


def in_force(*, force_id: int | None, on: date) -> MappingProxyType[str, Any]:
    """All approved settings in force for a force on a day, frozen, as `law` takes them: one statement.

    A force's own value wins over the unit's; a later one over an earlier one.
    """
    rows = (
        Setting.objects.filter(
            Q(force_id=force_id) | Q(force__isnull=True),
            Q(effective_until__isnull=True) | Q(effective_until__gt=on),
            effective_from__lte=on,
            approved_at__isnull=False,
            turned_down=False,
        )
        .order_by("force_id", "effective_from")
        .values_list("force_id", "key", "value")
    )
    general = {key: value for owner, key, value in rows if owner is None}
    own = {key: value for owner, key, value in rows if owner is not None}
    return MappingProxyType({**general, **own})


def figure(key: str, *, on: date) -> int:
    """A figure of the whole unit's own practice (`law.practice`) on a day: one statement."""
    return practice.figure(key, in_force(force_id=None, on=on))
