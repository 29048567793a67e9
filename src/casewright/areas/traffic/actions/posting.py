"""Posting recorded: the notice's clock is met with its proof and the 28 days of s.172 begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from casewright import law
from casewright.areas.deadlines import actions as deadlines
from casewright.areas.deadlines.facts import last_day
from casewright.areas.traffic.actions.moving import actor_id, lock, move, running
from casewright.areas.traffic.models import Requirement
from casewright.foundation.clock import london_day
from casewright.foundation.documents.models import Letter
from casewright.foundation.journal.record import Line, record
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.reference.queries import calendar
from casewright.law.wording import full

ENDED = "Its matter does not wait for a posting: nothing was recorded as served and no clock was started."
METHODS = {
    "post": ("svc-post", "posted_on", "first class post"),
    "handed": ("svc-hand", "handed_on", "handed over"),
}


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of a set of letters: posted in time, or refused with the reason."""

    done: list[int]
    refused: list[tuple[int, str]]


def record_posting(
    letters: Sequence[Letter],
    *,
    sent_on: date,
    method: str,
    proof: dict[str, Any],
    today: date,
    by: Any,
    at: datetime,
) -> Posted:
    """Record that produced letters were posted (or handed over) on a London day.

    A letter whose presumed service would fall after the last lawful day is refused, not recorded as met.

    :raises NotAllowed: for a day in the future or before the letters were produced, or an unknown method
    """
    check_day(letters, sent_on, today)
    rule, fact, words = METHODS[method]
    days = calendar()
    served = law.deadline(rule, {fact: sent_on}, on=sent_on, calendars=days)
    served_on = last_day(served)
    good, refused = _sort_out(letters, served_on)
    moved = _serve(
        good,
        sent_on,
        served_on,
        _reply(sent_on, served_on, method, days),
        method,
        {**proof, "how": words, "sent_on": sent_on.isoformat(), "presumed_served": served_on.isoformat()},
        at,
    )
    told = {"sent_on": sent_on.isoformat(), "how": words, "served": served_on.isoformat()}
    rule = "CrimPR 4.11(2)(b), 4.12"
    record(
        [Line("traffic.record_posting", m, "incident", m, told, authority=rule) for m in sorted(moved)],
        by=actor_id(by),
        at=at,
    )
    return Posted(sorted(moved), refused)


def _sort_out(letters: Sequence[Letter], served_on: date) -> tuple[list[Letter], list[tuple[int, str]]]:
    """The letters whose posting is in time, and for the others why it is not recorded as service."""
    ids = [letter.matter_id for letter in letters]
    clocks, statuses = running(ids, "nip-14"), lock(ids)
    good: list[Letter] = []
    refused: list[tuple[int, str]] = []
    for letter in letters:
        clock = clocks.get(letter.matter_id)
        if clock is not None and served_on > clock.act_by:
            refused.append((letter.matter_id, _late(clock.act_by, served_on)))
        elif statuses.get(letter.matter_id) != "notice_produced":
            refused.append((letter.matter_id, ENDED))
        else:
            good.append(letter)
    return good, refused


def _reply(sent_on: date, served_on: date, method: str, days: law.Calendar) -> law.Finding:
    """The 28 days to answer, counted from posting where it was posted.

    So a holiday proclaimed while the letter travels moves the reply with its presumed service.
    """
    begins = {"posted_on": sent_on} if method == "post" else {"served_on": served_on}
    return law.deadline("s172-28", begins, on=law.law_day("s172-28", begins), calendars=days)


def check_day(letters: Sequence[Letter], sent_on: date, today: date) -> None:
    """Refuse a day of posting that cannot be.

    :raises NotAllowed: for a day in the future or before the letters were produced
    """
    if sent_on > today:
        raise NotAllowed("The day of posting cannot lie in the future; record it when it has been done.")
    produced = max(
        (london_day(letter.produced_at) for letter in letters if letter.produced_at), default=sent_on
    )
    if sent_on < produced:
        raise NotAllowed(
            f"These letters were produced on {full(produced)}; they cannot have been posted before."
        )


def _late(last: date, served_on: date) -> str:
    return (
        f"It would be presumed served on {full(served_on)}, after the last lawful day, "
        f"{full(last)}: not recorded as served."
    )


def _serve(
    letters: list[Letter],
    sent_on: date,
    served_on: date,
    reply: law.Finding,
    method: str,
    proof: dict[str, Any],
    at: datetime,
) -> set[int]:
    ids = [letter.matter_id for letter in letters]
    deadlines.meet(of=Q(matter_id__in=ids, rule_id="nip-14"), proof=proof, at=at)
    _require(letters, served_on, reply, method, at)
    Letter.objects.filter(id__in=[letter.id for letter in letters]).update(state="posted", posted_on=sent_on)
    return move(ids, "traffic.record_posting")


def _require(letters: list[Letter], served_on: date, reply: law.Finding, method: str, at: datetime) -> None:
    """Start the 28 days of each requirement served.

    A letter prints a date to answer by, counted from a posting on the day after production. Where it was posted sooner
    the law's day is the earlier one; nobody is alleged to have failed before the date on their own letter has passed.
    """
    printed = {letter.matter_id: _printed(letter) for letter in letters}
    requirements = list(Requirement.objects.filter(incident_id__in=printed, state="produced"))
    clocks = []
    for r in requirements:
        subject = (r.incident_id, "requirement", r.id, f"Requirement {r.hop}")
        clocks.append(deadlines.Clock(*subject, reply, "traffic.record_defaults", printed[r.incident_id]))
        r.state, r.served_on, r.how_served = "served", served_on, method
        r.reply_by = max(last_day(reply), printed[r.incident_id] or served_on)
    deadlines.start(clocks, at=at)
    Requirement.objects.bulk_update(
        requirements, ["state", "served_on", "how_served", "reply_by"], batch_size=500
    )


def _printed(letter: Letter) -> date | None:
    text = letter.data.get("courtesy_on")
    return date.fromisoformat(text) if text else None
