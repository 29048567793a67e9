"""Door to the figures of traffic decisions over time: speeds, classes, guards, disposals, and the unit's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse

from casewright.foundation.policy.models import Setting
from casewright.law import settings
from casewright.law.traffic import case, penalties, values
from casewright.web.doors import door, show


@dataclass(frozen=True, slots=True)
class Own:
    """A figure the unit has set: what it is, for which force, from when, until when, and why."""

    words: str
    key: str
    force: str
    value: Any
    since: date
    until: date | None
    reason: str


@door("law.read")
def thresholds(request: Any) -> HttpResponse:
    """The national figures with their day and authority, then the unit's own approved ones, newest first."""
    known = settings.settings()
    figures = [known[key] for key in known if key.startswith("traffic.") or key in GUARDS]
    return show(
        request, "law/thresholds.html", area="rules", national=values.national(), began=values.guidance_began(),
        source=values.source("G2"), classes=values.class_rows(), class_source=values.source("G7"),
        figures=figures, own=_own(), surcharges=values.figures("surcharge"),
        registration=[(pounds, penalties.registration_sum(pounds)) for pounds in (50, 100, 200, 300)],
        rules=case.rules(), elsewhere=case.elsewhere(),
    )  # fmt: skip


GUARDS = ("speed.secondary_percent", "speed.variable_limit_seconds", "speed.fastest")


def _own() -> list[Own]:
    """The unit's own approved figures of speed and disposal, newest first: one statement."""
    rows = Setting.objects.filter(approved_at__isnull=False, key__regex=r"^(speed|traffic)\.").select_related(
        "force"
    )
    return [
        Own(
            _words(row.key), row.key, row.force.name if row.force else "every force", row.value, row.effective_from,
            row.effective_until, row.reason,
        )
        for row in rows.order_by("-effective_from", "key")
    ]  # fmt: skip


def _words(key: str) -> str:
    found = settings.settings().get(key)
    return found.words if found else key
