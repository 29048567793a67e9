"""Making a finding from a rule and what was counted; shared by the plain rules and those that are code."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from casewright.law.findings import Finding, Told, When
from casewright.law.limits.catalogue import Rule, version
from casewright.law.wording import LONDON

LAW_VERSION = version()
COMPUTED = "The bank holidays of that year are computed, not yet published; a proclamation could move it."


def answer(
    rule: Rule,
    facts: Mapping[str, Any],
    act_by: When | None,
    outer: When | None,
    *,
    tell: Callable[[], Told],
    applies: bool = True,
    uncertain: str | None = None,
    changes: tuple[str, ...] | None = None,
) -> Finding:
    """A finding with everything the rule itself states filled in."""
    return Finding(
        rule.id, rule, act_by, outer, facts, applies=applies,
        uncertain=rule.uncertain if uncertain is None else uncertain,
        changes=rule.changes if changes is None else changes, law_version=LAW_VERSION, tell=tell,
    )  # fmt: skip


def year_of(when: When) -> int:
    """The London year of a day or an instant."""
    return when.astimezone(LONDON).year if isinstance(when, datetime) else when.year
