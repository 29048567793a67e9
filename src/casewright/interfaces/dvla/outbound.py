"""Sending queued keeper enquiries and taking in the answers.

Claim (committed), ask, settle (committed). A crash in between costs a repeated question, which DVLA answers the same,
never a lost enquiry and never a second keeper: answers are kept once by their enquiry id.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from casewright.areas.traffic.actions.keepers import KeeperReply
from casewright.flows.answer_keeper_enquiries import answer_keeper_enquiries
from casewright.foundation import clock
from casewright.foundation.journal.models import Operation
from casewright.foundation.journal.record import Line, record
from casewright.foundation.messages import actions as messages
from casewright.foundation.messages.models import InterfaceState, Message
from casewright.interfaces.dvla import live, mapping
from casewright.interfaces.dvla.contract import MOST

NAME = "dvla"
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=15), timedelta(minutes=15)
LATER = timedelta(seconds=5)


def send_due() -> int:
    """Ask DVLA once about what is due; returns how many were answered (0 also when paused or nothing is due)."""
    at = clock.now()
    if _paused(at):
        return 0
    with transaction.atomic():
        due = _claim(at)
    if not due:
        return 0
    body = json.dumps({"enquiries": [json.loads(m.body) for m in due.values()]}).encode()
    try:
        answers = mapping.answers_in(live.ask(body))
    except (live.NotAnswered, ValueError) as problem:
        with transaction.atomic():
            _not_answered(str(problem), at)
        return 0
    with transaction.atomic():
        return _settle(answers, clock.now())


def _paused(at: datetime) -> bool:
    state = InterfaceState.objects.filter(name=NAME).first()
    return state is not None and state.pause_until is not None and state.pause_until > at


def _claim(at: datetime) -> dict[str, Message]:
    due = (
        Message.objects.select_for_update(skip_locked=True)
        .filter(interface=NAME, direction="out", state="queued", next_attempt_at__lte=at)
        .order_by("next_attempt_at", "id")
    )
    chosen = {m.external_id: m for m in due[:MOST]}
    for message in chosen.values():
        message.attempts += 1
        message.next_attempt_at = at + min(LATER * 2 ** min(message.attempts, 8), LONGEST_PAUSE)
    Message.objects.bulk_update(chosen.values(), ["attempts", "next_attempt_at"])
    _disclosed([each for each in chosen.values() if each.attempts == 1], at)
    return chosen


def _disclosed(first_asked: list[Message], at: datetime) -> None:
    """That the mark and the day are given to DVLA is logged before they are, in the claim: never after a crash only.

    Once for each enquiry: what is asked again tells DVLA nothing new (DPA 2018 s.62(1)(d)).
    """
    lines = [
        Line(
            "messages.ask_dvla", each.matter_id, "message", each.id,
            operation=Operation.DISCLOSURE, reason="keeper_enquiry", recipient=NAME,
        )
        for each in first_asked
    ]  # fmt: skip
    record(lines, by=None, at=at)


def _not_answered(why: str, at: datetime) -> None:
    state, _ = InterfaceState.objects.select_for_update().get_or_create(name=NAME)
    state.failures_in_a_row += 1
    state.last_bad_at, state.last_error = at, why[:300]
    state.pause_until = at + min(FIRST_PAUSE * 2 ** min(state.failures_in_a_row - 1, 8), LONGEST_PAUSE)
    state.save()


def _settle(answers: list[dict[str, Any]], at: datetime) -> int:
    InterfaceState.objects.update_or_create(
        name=NAME, defaults={"last_good_at": at, "failures_in_a_row": 0, "pause_until": None}
    )
    fresh = _kept_once(answers, at)
    replies: list[KeeperReply] = []
    settled: list[str] = []
    for external_id, (message_id, given) in fresh.items():
        try:
            reply = mapping.read_answer(given, message_id)
        except messages.Unreadable as problem:
            _hold(message_id, external_id, given, problem.fault, at)
        else:
            replies += [reply] if reply else []
        settled.append(external_id)
    answer_keeper_enquiries(replies, at=at)
    Message.objects.filter(id__in=[m for m, _ in fresh.values()], state="queued").update(state="understood")
    # An answer seen before settles its enquiry too: the first reply may have been lost after we kept it.
    given_ids = {str(a.get("enquiryId")) for a in answers if a.get("status") != "later"}
    Message.objects.filter(interface=NAME, direction="out", external_id__in=given_ids, state="queued").update(
        state="answered", settled_at=at
    )
    return len(settled)


def _kept_once(answers: list[dict[str, Any]], at: datetime) -> dict[str, tuple[int, dict[str, Any]]]:
    """Keep each answer as received, once: an answer whose id is known already is a repeat and is left aside."""
    first = {
        str(a.get("enquiryId"))[:80]: a for a in answers if a.get("status") != "later" and a.get("enquiryId")
    }
    ids = sorted(first)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO messages_message (interface, direction, kind, external_id, matter_id, body, state, attempts,
              created_at, settled_at, error)
            SELECT %s, 'in', 'keeper_answer', x.id, o.matter_id, x.body, 'queued', 0, %s, %s, ''
            FROM unnest(%s::text[], %s::text[]) AS x(id, body)
            JOIN messages_message o ON o.interface = %s AND o.direction = 'out' AND o.external_id = x.id
            ON CONFLICT (interface, direction, external_id) DO NOTHING RETURNING id, external_id""",
            [NAME, at, at, ids, [json.dumps(first[i]) for i in ids], NAME],
        )
        return {external_id: (row_id, first[external_id]) for row_id, external_id in cursor.fetchall()}


def _hold(
    message_id: int, external_id: str, given: dict[str, Any], fault: messages.Fault, at: datetime
) -> None:
    held = messages.what_is_held(
        [(None, json.dumps(given), given, fault)],
        interface=NAME,
        file_id=None,
        message_id=message_id,
        matter_id=int(external_id[1:]) if external_id[1:].isdigit() else None,
        today=clock.today(),
        at=at,
    )
    messages.keep_held(held)
    Message.objects.filter(id=message_id).update(state="held")
