"""Deciding an allegation: the law's options on its facts, the Full Code Test as a person answers it, and what follows.

What law said, the facts and figures it used, and each answer are kept with the decision, so that it can be replayed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from casewright import law
from casewright.areas.decisions import actions as decisions
from casewright.areas.tasks import actions as tasks
from casewright.areas.traffic import facts as bridge
from casewright.areas.traffic.actions.moving import close_if_over, end_allegations, lock, move, set_next_days
from casewright.areas.traffic.models import Allegation, Incident
from casewright.foundation.journal.record import Line, record
from casewright.foundation.lifecycle import NOT_THERE, NotAllowed, NotYours
from casewright.foundation.matters.rights import visible_to
from casewright.foundation.people import roles
from casewright.foundation.policy import queries as policy
from casewright.foundation.reference.queries import calendar
from casewright.law import charges, practice
from casewright.law import traffic as traffic_law
from casewright.law.charging import full_code
from casewright.law.charging.full_code import Considered
from casewright.law.offences import known
from casewright.law.traffic import Choice, Outcome
from casewright.law.traffic.concluding import SUPERVISOR
from casewright.law.traffic.disposals import Block

KIND, CARRY_OUT = "allegation", "carry_out_disposal"
WITHIN, OUTSIDE, NO_FALL_BACK = (
    "decision.within_policy",
    "decision.outside_policy",
    "decision.without_fall_back",
)
CHARGED = frozenset({"single_justice", "requisition"})
ENDED_REASON = {"not_met": "INSUFFICIENT_EVIDENCE", "met": "PUBLIC_INTEREST"}
LATEST_REVIEW = "unit.review_days"


class DecidedMeanwhile(NotAllowed):
    """Somebody decided it while this person was deciding."""


class Provisional(NamedTuple):
    """That a decision is taken on limited information: what is awaited, and the day it is looked at at the latest."""

    awaits: str
    review_on: date


def asked(allegation: Allegation, more: Mapping[str, Any], *, today: date) -> tuple[Outcome, dict[str, Any]]:
    """What law and the force's policy say of an allegation today, and the facts they said it on.

    :param more: facts a person adds to those of the record, by their names
    :raises InvalidFacts: for facts that cannot be, or contradict each other or the record
    """
    incident = Incident.objects.select_related("matter", "site").get(matter_id=allegation.incident_id)
    allegation.incident = incident
    facts = bridge.allegation_facts(allegation) | dict(more)
    return traffic_law.decide(facts, on=today, policy=_figures(incident, today), calendars=calendar()), facts


def _figures(incident: Incident, today: date) -> Mapping[str, Any]:
    """The settings in force for the force of an incident."""
    return policy.in_force(force_id=incident.matter.force_id, on=today)


def right_for(choice: Choice) -> str:
    """The right that an option asks for: within the policy's table, outside it, or with no lawful fall-back left."""
    if of_supervisor(choice):
        return NO_FALL_BACK
    return WITHIN if choice.in_policy else OUTSIDE


def decide_allegation(
    *, allegation_id: int, more: Mapping[str, Any], considered: Considered, taken: str, provisional: Provisional | None,
    looked_at: int, by: Any, at: datetime, today: date,
) -> None:  # fmt: skip
    """Decide how an allegation is disposed of, and carry it on.

    :param more: facts added to those of the record
    :param taken: an option of `law.traffic.decide`
    :param provisional: taken on limited information, or None
    :param looked_at: id of the decision that stood when this one was begun; 0 where none did
    :raises NotAllowed: beyond the decider's limits, for an option the law does not allow, an ended allegation, or one
        that somebody decided in the meantime
    :raises InvalidFacts: for stages unanswered or answered against what is taken
    """
    allegation = _open(allegation_id, by)
    _not_decided_since(allegation, looked_at)
    outcome, facts = asked(allegation, more, today=today)
    choice = _choice(outcome, taken)
    _within_limits(choice, by)
    _code_looked_up(choice, provisional)
    figures = _figures(allegation.incident, today)
    full_code.check(considered, taken, provisional=provisional is not None, policy=figures)
    _check_against(outcome, choice, considered)
    _check_review(provisional, today, practice.figure(LATEST_REVIEW, figures))
    decisions.replace_earlier(subject_kind="allegation", subject_id=allegation.id, kind=KIND)
    tasks.drop(matter_id=allegation.incident_id, type_code=CARRY_OUT, about=_task_of(allegation), at=at)
    _keep(allegation, outcome, choice, facts, considered, provisional, by, at)
    if provisional is None:
        _carry_on(allegation, choice, considered, outcome, by, today, at)
    set_next_days([allegation.incident_id])


def _task_of(allegation: Allegation) -> str:
    """How the detail of a task that carries out a decision on this allegation begins."""
    return f"Allegation {allegation.number}: "


def _not_decided_since(allegation: Allegation, looked_at: int) -> None:
    """That nobody decided it while this person was deciding: the form knows which decision stood when it was shown."""
    newest = decisions.newest(subject_kind="allegation", subject_id=allegation.id, kind=KIND)
    if newest is not None and newest.id != looked_at:
        who = newest.by.name if newest.by else "Casewright"
        raise DecidedMeanwhile(
            f"{who} has decided this since you opened it: {newest.taken_title}. Read that under “Decided so far”; to "
            "decide otherwise all the same, record yours again."
        )


def _open(allegation_id: int, by: Any) -> Allegation:
    """The allegation, its matter locked, if this person may see it and it is still open."""
    found = Allegation.objects.filter(id=allegation_id, incident__matter__in=visible_to(by)).first()
    if found is None:
        raise NotYours("There is no such allegation for you.", NOT_THERE)
    lock([found.incident_id])
    found.refresh_from_db()
    if found.status != "alleged":
        raise NotAllowed("This allegation has been decided or has ended by now; look at its matter again.")
    return found


def _choice(outcome: Outcome, taken: str) -> Choice:
    choice = next((each for each in outcome.options if each.key == taken), None)
    if choice is None:
        raise NotAllowed("Choose one of the options.")
    if not choice.lawful:
        raise NotAllowed(f"{choice.title} is not open here. {' '.join(choice.reasons)}")
    return choice


def _within_limits(choice: Choice, by: Any) -> None:
    wanted = right_for(choice)
    if wanted in by.permissions:
        return
    holders = [title for role, title in roles.ROLES.items() if role in roles.PERMISSIONS[wanted]]
    why = {
        NO_FALL_BACK: _why_a_supervisor(choice),
        OUTSIDE: f"It is outside the unit's policy: {' '.join(choice.reasons)}",
        WITHIN: "Your roles do not decide allegations.",
    }[wanted]
    raise NotYours(f"{choice.title} is above your limit. {why} It can be decided by: {', '.join(holders)}.")


def _check_against(outcome: Outcome, choice: Choice, considered: Considered) -> None:
    """The record says why not what policy would take, and why a supervisor goes on without a fall-back."""
    usual = next((each for each in outcome.options if each.key == outcome.taken), None)
    said = considered.against.get(outcome.taken, "").strip()
    if usual is not None and usual.key != choice.key and not said:
        raise law.InvalidFacts("against", None, f"why not the unit's usual way here: {usual.title.lower()}")
    if right_for(choice) == NO_FALL_BACK and not said:
        raise law.InvalidFacts(
            "against", None, f"why it is done all the same: {_why_a_supervisor(choice)}".rstrip(".")
        )


def _code_looked_up(choice: Choice, provisional: Provisional | None) -> None:
    """That a person has looked up whether the code was in force: where its dates are not held it is never assumed."""
    if provisional is None and any(block.code == "DATES_NOT_HELD" for block in choice.blocks):
        raise law.InvalidFacts(
            "code_checked", None, "that you have looked up whether the code was in force on the day"
        )


def of_supervisor(choice: Choice) -> list[Block]:
    """What keeps an option for a supervisor; empty where nothing does."""
    return [block for block in choice.blocks if block.decides == SUPERVISOR]


def _why_a_supervisor(choice: Choice) -> str:
    return " ".join(block.sentence for block in of_supervisor(choice))


def _check_review(provisional: Provisional | None, today: date, longest: int) -> None:
    if provisional is None:
        return
    if provisional.awaits not in decisions.AWAITED:
        raise law.InvalidFacts("awaits", provisional.awaits or None, "what will wake the decision")
    if not 0 < (provisional.review_on - today).days <= longest:
        raise law.InvalidFacts(
            "review_on", provisional.review_on, f"a day after today, at most {longest} days on"
        )


def _keep(
    allegation: Allegation, outcome: Outcome, choice: Choice, facts: dict[str, Any], considered: Considered,
    provisional: Provisional | None, by: Any, at: datetime,
) -> None:  # fmt: skip
    matter_id, label = allegation.incident_id, f"Allegation {allegation.number}"
    awaits, review_on = provisional or ("", None)
    kept = decisions.Taken(
        matter_id, "allegation", allegation.id, label, KIND, choice.key, choice.title, outcome.as_text(),
        json.dumps(facts, sort_keys=True), considered.rationale.strip(), json.dumps(considered.as_json()),
        awaits, review_on,
    )  # fmt: skip
    decisions.record_taken([kept], by=by, at=at)
    verb = "traffic.decide_provisionally" if provisional else "traffic.decide_allegation"
    told = {"taken": choice.title, "number": allegation.number}
    if provisional:
        told |= {"awaits": decisions.AWAITED[awaits], "review_on": str(review_on)}
    authority = str(choice.authority)
    record(
        [Line(verb, matter_id, "allegation", allegation.id, told, considered.rationale, authority)],
        by=by.id,
        at=at,
    )


def _carry_on(
    allegation: Allegation,
    choice: Choice,
    considered: Considered,
    outcome: Outcome,
    by: Any,
    today: date,
    at: datetime,
) -> None:
    """What follows: it ends; it is charged, worded by a person where no wording is held; or a person carries it out."""
    matter_id = allegation.incident_id
    tasks.end(matter_ids=[matter_id], type_code="decide_default", outcome="decided", at=at)
    if choice.key == full_code.NOTHING:
        reason = outcome.reason_code or ENDED_REASON[considered.evidential]
        end_allegations([allegation.id], reason=reason, at=at)
        close_if_over([matter_id], name="traffic.end_without_action", reason=reason, today=today, at=at)
        return
    if choice.key in CHARGED:
        Allegation.objects.filter(id=allegation.id).update(status="prosecution_file")
        if not Allegation.objects.filter(incident_id=matter_id, status="alleged").exists():
            move([matter_id], "traffic.prepare_prosecution")
        if charges.pattern(known(allegation.offence_code)) is not None:
            return
    detail = f"{_task_of(allegation)}{charges.NOT_HELD if choice.key in CHARGED else choice.title}"
    tasks.give(type_code=CARRY_OUT, matter_ids=[matter_id], detail=detail, today=today, by=by, at=at)
