"""Traffic decisions: a camera detection (a notice or not), and an allegation (how it is disposed of)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from casewright.law.calendars import Calendar
from casewright.law.traffic import allegation, detections, disposing, values
from casewright.law.traffic.allegation import AllegationFacts
from casewright.law.traffic.detections import band
from casewright.law.traffic.disposals import Choice, Disposal, Option, Outcome, Spoken
from casewright.law.traffic.facts import DetectionFacts, facts_from_text
from casewright.law.traffic.values import ROAD_KINDS, Threshold, threshold, vehicle_classes

__all__ = [
    "ROAD_KINDS", "AllegationFacts", "Choice", "DetectionFacts", "Disposal", "Option", "Outcome", "Spoken",
    "Threshold", "band", "decide", "facts_from_text",
    "threshold", "values", "vehicle_classes",
]  # fmt: skip


def decide(
    facts: Any, *, on: date, policy: Mapping[str, Any] | None = None, calendars: Calendar | None = None
) -> Any:
    """Decide on the day `on`: the lawful options, the one policy takes, each rule that spoke with its authority.

    `facts` with an `offence_code` are those of an allegation (AllegationFacts or a mapping of its names) and give an
    Outcome; without one they are those of a camera detection and give a Disposal. `policy`: the force's own figures
    by name; the `values` of an earlier decision replay it. Raises InvalidFacts (contradictory facts are both named)
    and NoLawInForce.
    """
    if allegation.is_allegation(facts):
        return disposing.decide(facts, on=on, policy=policy, calendars=calendars)
    return detections.decide(facts, on=on, policy=policy, calendars=calendars)
