"""An ordinary allegation to vary: traffic reference section 12, with its defaults."""

from __future__ import annotations

from datetime import date
from typing import Any

from casewright.law import traffic

CODES = {20: "RR84220", 30: "RR84221", 40: "RR84222", 50: "RR84223", 60: "RR84224", 70: "RR84018"}
USUAL: dict[str, Any] = {
    "offence_on": "2026-06-01",
    "notice_posted_on": "2026-06-05",
    "device_certified_from": "2026-01-01",
    "device_certified_until": "2027-01-01",
    "order_in_force": True,
    "code_checked": True,
}
DECIDED = date(2026, 7, 16)  # 45 days after the offence


def speeding(limit: int, mph: int, **facts: Any) -> dict[str, Any]:
    """A speed over a limit, by camera."""
    return USUAL | {"offence_code": CODES[limit], "limit_mph": limit, "recorded_mph": mph} | facts


def alleged(code: str, **facts: Any) -> dict[str, Any]:
    """Another offence, seen by an officer, with no notice."""
    return USUAL | {"offence_code": code, "detected_by": "officer", "notice_posted_on": None} | facts


def unanswered(**facts: Any) -> dict[str, Any]:
    """A failure to say who drove: dated the day after the 28 days."""
    return alleged("RT88567", offence_on="2026-07-07", answer="none") | facts


def decide(
    facts: dict[str, Any], *, on: date | str = DECIDED, policy: dict[str, Any] | None = None
) -> traffic.Outcome:
    """The decision on these facts."""
    day = date.fromisoformat(on) if isinstance(on, str) else on
    found: traffic.Outcome = traffic.decide(facts, on=day, policy=policy)
    return found


def said(found: traffic.Outcome, rule: str) -> traffic.Spoken | None:
    """What one rule said, or None where it did not speak."""
    return next((each for each in found.rules if each.rule == rule), None)
