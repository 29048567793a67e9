"""What a person decides on a traffic matter: to prosecute a failure to identify, or to end the matter with a reason."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from casewright.areas.decisions import actions as decisions
from casewright.areas.tasks import actions as tasks
from casewright.areas.traffic.actions.moving import close_if_over, end_allegations, move
from casewright.areas.traffic.lifecycle import LIFECYCLE
from casewright.areas.traffic.models import Allegation
from casewright.foundation.journal.record import Line, record
from casewright.foundation.lifecycle import NOT_THERE, NotAllowed, NotYours
from casewright.foundation.matters.models import Matter
from casewright.foundation.matters.rights import must_hold, visible_to

DEFAULT_RULE = "s172-charge-by"
DEFAULT_OPTIONS = ("prosecute", "no_further_action")
OPTION_TITLES = {
    "prosecute": "Prosecute for failing to identify the driver",
    "no_further_action": "Take no further action, on the offence itself either: no driver is known",
}
# Reason codes for ending a matter, kept apart because national figures lose this detail (traffic.md 1.2).
CANCEL_REASONS = {
    "UNREADABLE": "Image cannot be read",
    "OBSCURED": "Mark or vehicle obscured",
    "MULTI_VEHICLE": "Two vehicles in view",
    "DEVICE_FAULT": "Fault of the device",
    "SIGNAGE_TRO": "Signs or traffic order not in force",
    "EXEMPT_EMERGENCY": "Emergency service exemption",
    "DIPLOMATIC": "Diplomatic immunity",
    "FOREIGN_NOT_PURSUED": "Registered abroad, not pursued",
    "CLONE_CONFIRMED": "Cloned mark confirmed",
    "KEEPER_UNTRACED": "Keeper cannot be traced",
    "NIP_DEFECTIVE": "Notice was defective",
    "DECEASED": "Person has died",
    "PUBLIC_INTEREST": "Not in the public interest",
    "INSUFFICIENT_EVIDENCE": "Not enough evidence",
    "OFFICER_ERROR": "Error by the officer",
    "DUPLICATE": "Same as another matter",
}


def decide_default(
    *, matter_id: int, prosecute: bool, reasons: str, by: Any, at: datetime, today: date
) -> None:
    """Decide whether a failure to identify the driver is to be charged.

    :raises NotAllowed: without the right or reasons, or at another status
    """
    must_hold(by, "traffic.decide_default")
    matter = _seen(matter_id, by)
    if not reasons.strip():
        raise NotAllowed("Write the reasons: the evidence, and why it is in the public interest or not.")
    name = "traffic.prepare_prosecution" if prosecute else "traffic.end_without_action"
    if matter.status != "s172_default":  # whoever comes second finds it decided
        raise NotAllowed(LIFECYCLE.refusal(matter.status, "traffic.prepare_prosecution"))
    allegation = Allegation.objects.filter(incident_id=matter_id, limit_rule=DEFAULT_RULE).latest("number")
    title = _keep_decision(matter, allegation, prosecute, reasons.strip(), by, at)
    if prosecute:
        Allegation.objects.filter(id=allegation.id).update(status="prosecution_file")
        move([matter_id], name)
    else:
        _end_all(matter_id, name, "PUBLIC_INTEREST", today, at)
    outcome = "prosecute" if prosecute else "end"
    tasks.end(matter_ids=[matter_id], type_code="decide_default", outcome=outcome, at=at)
    told = {"taken": title}
    line = Line(
        "traffic.decide_default", matter_id, "allegation", allegation.id, told, reasons, "RTA 1988 s.172(3)"
    )
    record([line], by=by.id, at=at)


def _keep_decision(
    matter: Matter, allegation: Allegation, prosecute: bool, reasons: str, by: Any, at: datetime
) -> str:
    taken = DEFAULT_OPTIONS[0] if prosecute else DEFAULT_OPTIONS[1]
    finding = json.dumps({"options": list(DEFAULT_OPTIONS), "authority": "RTA 1988 s.172(3)"})
    subject = (matter.id, "allegation", allegation.id, f"Allegation {allegation.number}")
    facts = json.dumps({"status": matter.status})
    kept = decisions.Taken(*subject, "default", taken, OPTION_TITLES[taken], finding, facts, reasons)
    decisions.record_taken([kept], by=by, at=at)
    return OPTION_TITLES[taken]


def cancel(*, matter_id: int, reason: str, words: str, by: Any, at: datetime, today: date) -> None:
    """End a matter for a stated reason.

    :raises NotAllowed: without the right, a reason of the list and words, or if it is closed already
    """
    must_hold(by, "traffic.cancel")
    matter = _seen(matter_id, by)
    if reason not in CANCEL_REASONS or not words.strip():
        raise NotAllowed("Choose the reason and write a sentence about it.")
    LIFECYCLE.after(matter.status, "traffic.cancel")
    _end_all(matter_id, "traffic.cancel", reason, today, at)
    record(
        [Line("traffic.cancel", matter_id, "incident", matter_id, {"reason": CANCEL_REASONS[reason]}, words)],
        by=by.id,
        at=at,
    )


def _seen(matter_id: int, by: Any) -> Matter:
    matter = visible_to(by).filter(id=matter_id, kind="traffic").first()
    if matter is None:
        raise NotYours("There is no such matter for you.", NOT_THERE)
    return matter


def _end_all(matter_id: int, name: str, reason: str, today: date, at: datetime) -> None:
    ids = (
        Allegation.objects.filter(incident_id=matter_id).exclude(status="ended").values_list("id", flat=True)
    )
    end_allegations(ids, reason=reason, at=at)
    close_if_over([matter_id], name=name, reason=reason, today=today, at=at)
    for kind in ("find_keeper", "keeper_abroad", "decide_default", "carry_out_disposal"):
        tasks.end(matter_ids=[matter_id], type_code=kind, outcome="ended", at=at)
