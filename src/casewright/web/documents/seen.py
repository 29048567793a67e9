"""Which print runs a person sees, and which of their letters no count may show him."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, QuerySet, Sum
from django.db.models.functions import Coalesce

from casewright.areas.deadlines.models import Deadline
from casewright.foundation.documents.models import Letter, PrintRun
from casewright.foundation.matters.models import Matter
from casewright.foundation.matters.rights import hidden_from


def visible_runs(actor: Any) -> Any:
    """Print runs of the forces this person serves, but those that hold only letters he may not see."""
    of_force = PrintRun.objects.filter(force_id__in=actor.force_ids)
    return of_force.exclude(id__in=only_of(hidden_from(actor)).values("id"))


def only_of(hidden: QuerySet[Matter]) -> QuerySet[PrintRun]:
    """The few print runs that hold letters of these few matters and of no others."""
    ids = hidden.values("id")
    others = Letter.objects.filter(print_run_id=OuterRef("pk")).exclude(matter_id__in=ids)
    holding = Letter.objects.filter(matter_id__in=ids, print_run__isnull=False).values("print_run_id")
    return PrintRun.objects.filter(~Exists(others), id__in=holding)


def hidden_letters(actor: Any, print_run_ids: list[int]) -> dict[int, dict[str, tuple[int, int]]]:
    """Letters and pages of each run and state that this person may not see: counts leave them out. One statement."""
    found: dict[int, dict[str, tuple[int, int]]] = {}
    hidden = Letter.objects.filter(
        print_run_id__in=print_run_ids, matter_id__in=hidden_from(actor).values("id")
    )
    counted = hidden.values_list("print_run_id", "state").annotate(
        letters=Count("id"), pages=Coalesce(Sum(F("page_to") - F("page_from") + 1), 0)
    )
    for run_id, state, letters_in, pages_in in counted:
        found.setdefault(run_id, {})[state] = (letters_in, pages_in)
    return found


def post_by(actor: Any, run_ids: list[int]) -> dict[int, date]:
    """The first day by which any letter of each run that this person may see must be posted."""
    clocks = Deadline.objects.filter(
        rule_id="nip-14",
        state="running",
        matter__letters__print_run_id__in=run_ids,
        matter__letters__state="produced",
    ).exclude(matter_id__in=hidden_from(actor).values("id"))
    return dict(clocks.values_list("matter__letters__print_run_id").annotate(first=Min("post_by")))
