"""Like cases: how people decided the same offence before, each beside this one with what differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casewright.areas.decisions.models import Decision
from casewright.foundation.matters.rights import visible_to
from casewright.law.traffic.allegation import FIELDS
from casewright.law.traffic.detections import band
from casewright.law.traffic.values import national

LOOKED_AT, SHOWN = 200, 5
# These tell cases apart without making them unlike: days of the case itself, and papers.
LEFT_OUT = frozenset(
    {"offence_code", "offence_on", "received_on", "notice_posted_on", "notice_served_on", "requirement_served_on",
     "device_certified_from", "device_certified_until", "secondary_mph", "born_on", "qualified_on", "code_checked"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LikeCase:
    """One earlier decision: what was taken, why, by whom, and how its facts differ from this case's."""

    matter_id: int
    reference: str
    taken: str
    state: str
    reasons: str
    by: str
    at: datetime
    differences: tuple[str, ...]


def like_cases(actor: Any, facts: Mapping[str, Any], *, except_matter: int) -> list[LikeCase]:
    """The most alike of the newest decisions on the same offence that this person may see: one statement."""
    rows = (
        Decision.objects.select_related("matter", "by")
        .filter(kind="allegation", facts__offence_code=facts["offence_code"], matter__in=visible_to(actor))
        .exclude(matter_id=except_matter)
        .exclude(state="replaced")
        .order_by("-id")[:LOOKED_AT]
    )
    compared = [(_differences(facts, row.facts), row) for row in rows]
    nearest = sorted(compared, key=lambda each: (len(each[0]), -each[1].id))[:SHOWN]
    return [_case(differences, row) for differences, row in nearest]


def _case(differences: tuple[str, ...], row: Decision) -> LikeCase:
    who = row.by.name if row.by else "Casewright"
    matter = row.matter
    return LikeCase(
        matter.id,
        matter.reference,
        row.taken_title,
        row.get_state_display(),
        row.why,
        who,
        row.at,
        differences,
    )


def _differences(here: Mapping[str, Any], there: Mapping[str, Any]) -> tuple[str, ...]:
    """Each fact that differs, in words; a speed differs where its band does, or by three miles an hour."""
    names = [name for name in FIELDS if name not in LEFT_OUT and (name in here or name in there)]
    return tuple(_said(name, here, there) for name in names if _differ(name, here, there))


def _differ(name: str, here: Mapping[str, Any], there: Mapping[str, Any]) -> bool:
    default = FIELDS[name].default
    mine, other = here.get(name, default), there.get(name, default)
    if name == "recorded_mph" and mine and other:
        return abs(mine - other) >= 3 or _band(here) != _band(there)
    return bool(mine != other and not (not mine and not other))


def _band(facts: Mapping[str, Any]) -> str:
    rows = {row.limit: row for row in national()}
    row = rows.get(facts.get("limit_mph", 0))
    return band(facts["recorded_mph"], row) if row else ""


def _said(name: str, here: Mapping[str, Any], there: Mapping[str, Any]) -> str:
    words = FIELDS[name].metadata["words"]
    return f"{words}: {_value(there.get(name))} there, {_value(here.get(name))} here"


def _value(value: Any) -> str:
    if value in (None, "", [], ()):
        return "not said"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, list) else str(value).replace("_", " ")
