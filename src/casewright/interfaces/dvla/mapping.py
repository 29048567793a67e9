"""DVLA's answers into our words, and the fault where one cannot be understood. Pure."""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError

from casewright.areas.traffic.actions.keepers import KeeperReply
from casewright.foundation.messages.actions import Fault, Unreadable
from casewright.interfaces.dvla.contract import Answer


def answers_in(body: bytes) -> list[dict[str, Any]]:
    """The answers in a reply, not yet checked.

    :raises ValueError: if the reply is not whole JSON of the agreed shape
    """
    given = json.loads(body)
    if not isinstance(given, dict) or not isinstance(given.get("answers"), list):
        raise ValueError("the reply holds no list of answers")
    return [a for a in given["answers"] if isinstance(a, dict)]


def read_answer(given: dict[str, Any], message_id: int) -> KeeperReply | None:
    """One answer as a keeper reply; None if DVLA says it will answer later.

    :raises Unreadable: naming the field that is wrong
    """
    try:
        answer = Answer.model_validate(given)
    except ValidationError as problem:
        raise Unreadable(_fault(problem)) from None
    if answer.status == "later":
        return None
    matter_id, vehicle = int(answer.enquiryId[1:]), answer.vehicle
    if answer.status != "keeper":
        return KeeperReply(matter_id, message_id, answer.status, make=vehicle.make, colour=vehicle.colour)
    if answer.keeper is None:
        raise Unreadable(
            Fault(
                "keeper",
                "",
                "DVLA says there is a keeper and names none.",
                "Ask DVLA again, or name the keeper by hand on the matter.",
                "keeper_missing",
            )
        )
    keeper = answer.keeper
    return KeeperReply(
        matter_id,
        message_id,
        "keeper",
        keeper.name,
        keeper.kind,
        tuple(keeper.address),
        keeper.since,
        keeper.language,
        vehicle.make,
        vehicle.model,
        vehicle.colour,
    )


def _fault(problem: ValidationError) -> Fault:
    first = problem.errors()[0]
    field = ".".join(str(part) for part in first["loc"]) or "answer"
    return Fault(
        field[:40],
        str(first.get("input", ""))[:200],
        f"DVLA's answer: {first['msg'].lower()}.",
        "Ask DVLA again, or name the keeper by hand on the matter.",
        "dvla_" + first["type"][:30],
    )
