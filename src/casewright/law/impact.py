"""Superseding: what a proclaimed holiday or a changed value would do to findings already made.

Pure: findings go in, each counted again, and out come only those whose days move. Keeping the old with its
working and telling who must act belongs to the areas.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from casewright.law.calendars import Calendar
from casewright.law.findings import Finding, When
from casewright.law.limits import deadline, law_day
from casewright.law.refusals import InvalidFacts, NoLawInForce


class Moved(NamedTuple):
    """A finding that a change would move: the old, the new (None if it can no longer be counted), and why."""

    old: Finding
    new: Finding | None
    why: str

    @property
    def earlier(self) -> bool:
        """Whether something must now be done sooner: the changes to look at first."""
        if self.new is None:
            return True
        return any(_sooner(now, was) for was, now in _pairs(self.old, self.new))


def impact(
    findings: Iterable[Finding], calendars: Calendar | None = None, *, policy: Mapping[str, Any] | None = None
) -> Iterator[Moved]:
    """Count each finding again under `calendars` and `policy`; yield those of which any day moves."""
    for old in findings:
        try:
            new = again(old, calendars, policy)
        except (InvalidFacts, NoLawInForce) as refusal:
            yield Moved(old, None, str(refusal))
            continue
        moved = [f"{label} moves from {was} to {now}" for label, was, now in _changes(old, new)]
        if moved:
            yield Moved(old, new, "; ".join(moved) + ".")


def again(
    old: Finding, calendars: Calendar | None = None, policy: Mapping[str, Any] | None = None
) -> Finding:
    """The same rule on the same facts, counted today under this calendar and policy."""
    return deadline(
        old.rule_id, old.facts, on=law_day(old.rule_id, old.facts), policy=policy, calendars=calendars
    )


def _pairs(old: Finding, new: Finding) -> list[tuple[When | None, When | None]]:
    now = {step.key: step.on for step in new.steps}
    steps = [(step.on, now.get(step.key)) for step in old.steps]
    return [(old.act_by, new.act_by), (old.outer_limit, new.outer_limit), *steps]


def _changes(old: Finding, new: Finding) -> list[tuple[str, When | None, When | None]]:
    labels = ["Act by", "Outer limit", *(step.label for step in old.steps)]
    pairs = zip(labels, _pairs(old, new), strict=True)
    return [(label, was, now) for label, (was, now) in pairs if was != now]


def _sooner(now: When | None, was: When | None) -> bool:
    if isinstance(now, datetime) and isinstance(was, datetime):
        return now.astimezone(UTC) < was.astimezone(UTC)
    return now is not None and was is not None and now.isoformat() < was.isoformat()
