"""The limit of a decision: bare Python that knows the answer's shape and builds the same JSON, for one offence."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

WRITE = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def full(on: date) -> str:
    """Saturday 12 December 2026."""
    return f"{WEEKDAYS[on.weekday()]} {on.day} {MONTHS[on.month - 1]} {on.year}"


def decide(facts: dict[str, Any], shape: dict[str, Any]) -> str:
    """Band, points and bar by plain comparisons, every sentence written anew, then the whole as JSON."""
    mph, offence, points = (
        facts["recorded_mph"],
        date.fromisoformat(facts["offence_on"]),
        facts["live_points"],
    )
    month = offence.month + 6
    bar = date(offence.year + (month > 12), (month - 1) % 12 + 1, min(offence.day, 28))
    served = date.fromisoformat(facts["notice_posted_on"]) + timedelta(days=4)
    said = [
        f"{mph} mph is above the course band, to 42, and below court level, 50.",
        f"{points} points on the record and 3 for this make {points + 3}, fewer than 12.",
        f"A charge is in time up to {full(bar)}.",
        f"The notice was served by {full(served)}; the last day was {full(offence + timedelta(days=14))}.",
    ]
    if mph < 35 or mph >= 50 or points + 3 >= 12 or bar < offence:
        said.append("Another disposal.")
    options = [{**each, "reasons": [said[0], *each["reasons"][1:]]} for each in shape["options"]]
    rules = [{**each, "sentence": said[n % 4]} for n, each in enumerate(shape["rules"])]
    return WRITE(
        {**shape, "options": options, "rules": rules, "reasons": said[:2], "charge_by": bar.isoformat()}
    )


def detect(facts: dict[str, Any], shape: dict[str, Any]) -> str:
    """A camera detection: the certificate, the speed and the notice compared, their sentences written anew."""
    mph, day, on = facts["recorded_mph"], facts["offence_at"].date(), facts["on"]
    starts, until = facts["device_certified_from"], facts["device_certified_until"]
    last = day + timedelta(days=14)
    said = [
        f"Device certificate in date to {full(until - timedelta(days=1))}.",
        f"Reading of {mph} mph is at or above the threshold of 35 and below court level at 50.",
        f"The last day to serve the notice, {full(last)}, can still be met by first class post.",
    ]
    if not starts <= day < until or mph < 35 or on > last:
        said.append("No further action.")
    rules = [
        {**each, "sentence": said[n] if n < 3 else each["sentence"]} for n, each in enumerate(shape["rules"])
    ]
    return WRITE({**shape, "rules": rules, "reasons": [said[1], said[0]], "on": on.isoformat()})
