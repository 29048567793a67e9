"""A detection in our own words: what any camera system must be able to say before the unit takes it on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple


class Detection(NamedTuple):
    """One detection or stop, already checked field by field. Speeds in mph.

    `offence_at` is aware, `offence_on` its London day.
    """

    row: int
    offence_at: datetime
    offence_on: date
    registration_mark: str
    device_code: str
    sequence: str
    site_code: str
    location: str
    road_kind: str
    limit_mph: int | None
    recorded_mph: int | None
    secondary_mph: int | None
    vehicle_class: str
    offence_codes: tuple[str, ...]
    image_reference: str = ""
    warned_at_time: bool = False
    source: str = "camera"
    limit_changed_seconds_ago: int | None = None

    @property
    def fingerprint(self) -> bytes:
        """What makes it the same detection: device (or place of the stop), moment and mark."""
        what = (
            f"{self.device_code or self.location}|{self.offence_at.timestamp():.0f}|{self.registration_mark}"
        )
        return hashlib.sha256(what.encode()).digest()[:16]

    @property
    def title(self) -> str:
        """The matter's title, without a name: how, what and where."""
        if self.source == "stop":
            return f"Stopped by an officer, {self.location}"[:200]
        if self.recorded_mph is None:
            return f"Camera, {self.location}"[:200]
        return f"Camera, {self.recorded_mph} mph in a {self.limit_mph}, {self.location}"[:200]


@dataclass(frozen=True)
class Register:
    """What the unit has registered: by site code (location, road kind, limit, offence code), and by device code the
    periods of its certificates; and the moment of receipt, which no detection can be later than."""

    sites: Mapping[str, tuple[str, str, int, str]]
    devices: Mapping[str, Sequence[tuple[date, date]]]
    received_at: datetime
