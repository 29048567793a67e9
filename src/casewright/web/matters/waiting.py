"""What waits for somebody in a role, beside the matters: counted, in words, and where it is done."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse

from casewright.areas.decisions.models import Decision
from casewright.foundation import clock
from casewright.foundation.matters.models import Destruction
from casewright.foundation.matters.rights import visible_to
from casewright.foundation.messages.models import HeldItem
from casewright.foundation.people.models import RoleProposal
from casewright.web import words
from casewright.web.documents.seen import visible_runs
from casewright.web.messages import going
from casewright.web.policy.queries import waiting_for as proposals_waiting
from casewright.web.seeing.queries import glass_to_review

MOST = 1_000
Told = tuple[int, str, str]  # how many, in words, and where

# Who is told of a print run, at which of its statuses, and what is to be done.
_RUNS_WAIT = (
    ("print_run.hand_over", ("producing", "handing_over"), "to hand to the printer"),
    ("traffic.record_posting", ("handed_over",), "with the printer: record the posting"),
)
# What can come to whoever has a right, as an empty list names it.
_COMES = (
    ("held.mend", "held rows"),
    ("print_run.hand_over", "print runs to hand over"),
    ("traffic.record_posting", "postings to record"),
    ("decision.within_policy", "provisional decisions whose day has come"),
    ("policy.approve", "proposed figures and bank holidays"),
    ("matter.review_glass", "broken glass to review"),
    ("people.approve_role", "proposed roles"),
    ("records.approve_destroy", "proposals to destroy"),
)


def waiting(actor: Any, today: date) -> tuple[tuple[str, str], ...]:
    """What waits for somebody in this role, counted up to a thousand: words and where."""
    every = [
        *_held(actor, today),
        *_runs(actor),
        *_decisions(actor),
        _figures(actor),
        _glass(actor, today),
        *_roles(actor),
        *_destructions(actor),
    ]
    return tuple((said, href) for count, said, href in every if count)


def comes(actor: Any) -> str:
    """What can come to this role, in a sentence: ``Postings to record appear here.``"""
    named = [words_of for right, words_of in _COMES if right in actor.permissions]
    if not named:
        return "No list waits for your role. Any matter you may see is in the worklists."
    said = words.listed(named)
    return f"{said[0].upper()}{said[1:]} {'appears' if named == [_COMES[5][1]] else 'appear'} here."


def provisional_due(actor: Any) -> int:
    """How many provisional decisions are to be looked at: their item has come, or their day is there."""
    due = Q(woken_at__isnull=False) | Q(review_on__lte=clock.today())
    return _count(Decision.objects.filter(due, state="provisional", matter__in=visible_to(actor)))


def _count(rows: Any) -> int:
    return int(rows.values("id")[:MOST].count())


def _held(actor: Any, today: date) -> list[Told]:
    if "held.mend" not in actor.permissions:
        return []
    rows = HeldItem.objects.filter(state="held", file__force_id__in=actor.force_ids)
    last_days = list(rows.order_by("retain_until").values_list("retain_until", flat=True)[:MOST])
    held = len(last_days)
    return [
        (held, f"{words.counted(held, 'row')} held, to be mended", reverse("held")),
        *_going(last_days, today),
    ]


def _going(last_days: list[date | None], today: date) -> list[Told]:
    """The held rows whose last day is near: what nobody mends by then goes."""
    near = going.near(last_days, going.warned_until(today)) if last_days else []
    if not near:
        return []
    go, by = ("it goes,", "after") if len(near) == 1 else ("they go,", "the first after")
    day = words.short_day(near[0], today=today)
    said = f"{words.counted(len(near), 'held row')} to be mended before {go} {by} {day}"
    return [(len(near), said, f"{reverse('held')}?due=soon")]


def _runs(actor: Any) -> list[Told]:
    return [
        (count, f"{words.counted(count, 'print run')} {act}", href)
        for right, statuses, act in _RUNS_WAIT
        if right in actor.permissions
        for count, href in [_runs_waiting(actor, statuses)]
    ]


def _runs_waiting(actor: Any, statuses: tuple[str, ...]) -> tuple[int, str]:
    """How many print runs stand so, and where to find them: the run itself where there is one only."""
    runs = visible_runs(actor).filter(status__in=statuses).exclude(run__state__in=("going", "paused"))
    ids = list(runs.filter(parts__isnull=False).distinct().order_by("id").values_list("id", flat=True)[:MOST])
    only = reverse("print_run", kwargs={"print_run_id": ids[0]}) if len(ids) == 1 else reverse("print_runs")
    return len(ids), only


def _decisions(actor: Any) -> list[Told]:
    if "decision.within_policy" not in actor.permissions:
        return []
    due = provisional_due(actor)
    return [(due, f"{words.counted(due, 'provisional decision')} to look at again", reverse("to_review"))]


def _figures(actor: Any) -> Told:
    proposed = proposals_waiting(actor)
    many = words.counted(proposed, "figure or bank holiday", "figures or bank holidays")
    return proposed, f"{many} proposed, to be decided", reverse("figures")


def _glass(actor: Any, today: date) -> Told:
    broken, first = glass_to_review(actor, today=today)
    late = first and first < today
    by = "the first is overdue" if late else f"the first by {words.short_day(first, today=today)}"
    return (
        broken,
        f"{words.counted(broken, 'case')} of broken glass to review, {by}",
        reverse("glass_reviews"),
    )


def _roles(actor: Any) -> list[Told]:
    """Roles proposed by another, and not for this person."""
    if "people.approve_role" not in actor.permissions:
        return []
    others = RoleProposal.objects.filter(approved_at=None).exclude(user_id=actor.id)
    proposed = _count(others.exclude(proposed_by_id=actor.id))
    return [(proposed, f"{words.counted(proposed, 'role')} proposed, to be decided", reverse("people"))]


def _destructions(actor: Any) -> list[Told]:
    """Proposals of another to destroy a matter that this person may see."""
    if "records.approve_destroy" not in actor.permissions:
        return []
    seen = Destruction.objects.filter(approved_at=None, matter_id__in=visible_to(actor).values("id"))
    proposed = _count(seen.exclude(proposed_by_id=actor.id))
    return [
        (
            proposed,
            f"{words.counted(proposed, 'proposal')} to destroy, to be decided",
            reverse("destructions"),
        )
    ]
