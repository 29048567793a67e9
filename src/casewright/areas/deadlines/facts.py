"""The bridge between findings of `law` and deadline rows."""

from __future__ import annotations

from datetime import date, datetime

from casewright import law
from casewright.areas.deadlines.models import Deadline
from casewright.foundation import clock


def last_day(finding: law.Finding) -> date:
    """The last day on which to act.

    :raises ValueError: if the rule fixes no day on these facts: such a finding starts no clock
    """
    when = finding.act_by
    if when is None:
        raise ValueError(f"{finding.rule_id} fixes no day on these facts")
    return clock.london_day(when) if isinstance(when, datetime) else when


def outer_day(finding: law.Finding) -> date:
    """The outer limit as a day; the last day where there is no later reading."""
    when = finding.outer_limit
    if when is None:
        return last_day(finding)
    return clock.london_day(when) if isinstance(when, datetime) else when


def presumed_served(each: Deadline) -> date | None:
    """The day of presumed service in a clock's working, or None if it was counted from a day of service."""
    for step in each.working["steps"]:
        if step["key"] == "presumed_served":
            return date.fromisoformat(step["on"])
    return None
