"""Notices of intended prosecution with the s.172 requirement: produced within the law's days, or refused with reasons.

Production after produce-by is refused unless a named person has promised a posting receipt (then posting itself is
proved and the presumption for computer-produced letters is not needed: CrimPR 4.11(2)(b), (3)); production after
post-by is always refused, because no lawful posting would be left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from casewright.areas.deadlines.models import Deadline
from casewright.areas.traffic.actions.moving import actor_id, lock, move, running
from casewright.areas.traffic.models import Requirement
from casewright.foundation.documents.models import Letter, PrintRun
from casewright.foundation.journal.models import Operation
from casewright.foundation.journal.record import Line, record
from casewright.foundation.matters.models import Matter
from casewright.foundation.parties.models import Party
from casewright.law.wording import full

KIND = "nip_s172"
MOST_LINES, LONGEST_LINE = 7, 50  # what the window of the envelope shows


@dataclass(frozen=True, slots=True)
class Unfit:
    """Why a letter does not go in: held (can be mended) or refused (the law or the lifecycle says no)."""

    matter_id: int
    state: str
    why: str
    remedy: str


def sort_out(
    matter_ids: Sequence[int], *, receipt_promised: bool, today: date
) -> tuple[list[int], list[Unfit]]:
    """Lock matters and say which may have a notice produced today, and why the others may not."""
    statuses = lock(matter_ids)
    clocks = running(matter_ids, "nip-14")
    keepers = {
        p.matter_id: p for p in Party.objects.filter(matter_id__in=matter_ids, role="keeper").order_by("id")
    }
    fit, unfit = [], []
    for matter_id in matter_ids:
        problem = (
            _at_another_status(statuses.get(matter_id))
            or no_addressee(keepers.get(matter_id))
            or _too_late(clocks.get(matter_id), receipt_promised, today)
        )
        if problem:
            unfit.append(Unfit(matter_id, *problem))
        else:
            fit.append(matter_id)
    return fit, unfit


def _at_another_status(status: str | None) -> tuple[str, str, str] | None:
    if status == "keeper_found":
        return None
    return (
        "refused",
        "The matter has moved on since it was chosen.",
        "Nothing to do; its page says where it stands.",
    )


def no_addressee(keeper: Party | None) -> tuple[str, str, str] | None:
    """Why no letter in English can go to a keeper: held, with why and the remedy; None if it can."""
    if keeper is None or len(keeper.address) < 2:
        return (
            "held",
            "The keeper's address is not complete.",
            "Look at the keeper record and name the keeper again.",
        )
    if len(keeper.address) > MOST_LINES or max(map(len, (keeper.name, *keeper.address))) > LONGEST_LINE:
        return (
            "held",
            f"The address does not fit the window: at most {MOST_LINES} lines of {LONGEST_LINE} characters.",
            "Name the keeper again with a shorter address.",
        )
    if keeper.language == "cy":
        return (
            "held",
            "Must be in Welsh; the Welsh text has not been checked.",
            "Ask the translator; it is not sent in English alone.",
        )
    return None


def _too_late(deadline: Deadline | None, promised: bool, today: date) -> tuple[str, str, str] | None:
    if deadline is None or deadline.produce_by is None or deadline.post_by is None:
        return None
    if today > deadline.post_by:
        return (
            "refused",
            f"Posting by {full(deadline.post_by)} was the last that is presumed served in time.",
            f"No lawful posting is left: it ends as late, with that reason, after {full(deadline.act_by)}.",
        )
    if today > deadline.produce_by and not promised:
        return (
            "refused",
            f"It had to be produced by {full(deadline.produce_by)}.",
            f"It can still go if a senior officer promises a posting receipt for {full(deadline.post_by)}.",
        )
    return None


def record_produced(letters: Sequence[Letter], *, print_run: PrintRun, by: Any, at: datetime) -> None:
    """Write produced letters, move their matters and open the s.172 requirement of each (hop 1)."""
    ids = [letter.matter_id for letter in letters]
    move(ids, "traffic.produce_notice")
    Letter.objects.bulk_create(letters)
    Requirement.objects.bulk_create(
        [
            Requirement(
                incident_id=letter.matter_id,
                hop=1,
                addressee_id=letter.recipient_id,  # type: ignore[misc]  # a notice that goes has one
                letter=letter,
            )
            for letter in letters
        ],
        update_conflicts=True,
        unique_fields=["incident", "hop"],
        update_fields=["addressee", "letter", "state"],
    )
    promised = print_run.receipt_promised_by_id
    record(
        [
            Line(
                "traffic.produce_notice",
                letter.matter_id,
                "letter",
                letter.id,
                {
                    "run": print_run.reference,
                    "pages": f"{letter.page_from} to {letter.page_to}",
                    "receipt_promised_by": promised,
                },
                authority="RTOA 1988 s.1(1)(c); RTA 1988 s.172(2)",
                operation=Operation.DISCLOSURE,
            )
            for letter in letters
        ],
        by=actor_id(by),
        at=at,
    )


def record_unfit(unfit: Sequence[Unfit], *, print_run: PrintRun) -> None:
    """Keep why letters did not go into a run, for its page and for the matter's."""
    Letter.objects.bulk_create(
        [
            Letter(
                print_run=print_run,
                matter_id=u.matter_id,
                kind=print_run.template,
                state=u.state,
                why=u.why,
                remedy=u.remedy,
            )
            for u in unfit
        ]
    )


def all_matters() -> QuerySet[Matter]:
    """Every matter: for the system's own work, which acts for no person."""
    return Matter.objects.all()
