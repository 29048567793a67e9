"""What the page of a rule asks: its values over time, and the matters whose day under it comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from casewright import law
from casewright.areas.deadlines.models import Deadline
from casewright.foundation import clock
from casewright.foundation.matters.rights import visible_to
from casewright.foundation.policy.models import Setting
from casewright.law.limits.catalogue import versions

AHEAD, MOST = timedelta(days=35), 10


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a rule and when it holds (until is exclusive; None: still), with what it rests on."""

    length: str
    since: date
    until: date | None
    rests_on: str


@dataclass(frozen=True, slots=True)
class Uses:
    """The first matters whose day under a rule comes next, and how many there are in all."""

    first: list[Use]
    count: int


@dataclass(frozen=True, slots=True)
class Use:
    """A matter whose day under a rule comes next."""

    reference: str
    href: str
    subject: str
    act_by: date
    matter_id: int


def over_time(rule: law.Rule) -> list[Value]:
    """Each version of the rule, newest first, then the unit's own approved values of its setting: one statement."""
    found = [
        Value(each.length, each.effective_from, each.effective_until, each.cited)
        for each in versions()[rule.id]
    ]
    if rule.setting:
        own = Setting.objects.filter(key=rule.setting, approved_at__isnull=False).order_by("-effective_from")
        found += [
            Value(f"The unit's own: {each.value}", each.effective_from, each.effective_until, each.reason)
            for each in own
        ]
    return found


def used_by(actor: Any, rule_id: str) -> Uses:
    """The matters this person may see with an open day under a rule in the next five weeks: two statements."""
    today = clock.today()
    rows = Deadline.objects.filter(
        rule_id=rule_id, state="running", act_by__range=(today, today + AHEAD), matter__in=visible_to(actor)
    )
    first = [
        Use(d.matter.reference, reverse("matter", args=[d.matter_id]), d.subject_label, d.act_by, d.matter_id)
        for d in rows.select_related("matter").order_by("act_by", "id")[:MOST]
    ]
    return Uses(first, rows.count() if len(first) == MOST else len(first))
