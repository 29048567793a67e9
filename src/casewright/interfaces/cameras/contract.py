"""What a detections file says: its columns, one by one, as the how-to page shows them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, whether a row needs it, its longest value and what it means."""

    name: str
    needed: bool
    longest: int
    meaning: str


COLUMNS = (
    Column("device", True, 12, "code of the device, as registered with the unit"),
    Column("sequence", True, 20, "the device's own running number of the detection"),
    Column("date", True, 10, "London day of the offence, 2026-11-22 or 22/11/2026"),
    Column("time", True, 8, "London time of the offence, 14:07:31"),
    Column("utc_offset", False, 6, "+01:00 or +00:00; needed only in the hour that comes twice in October"),
    Column("mark", True, 12, "registration mark as read"),
    Column("site", True, 12, "code of the site, as registered with the unit"),
    Column("limit", False, 8, "speed limit in mph; empty where speed is not alleged"),
    Column("speed", False, 8, "recorded speed in mph"),
    Column("secondary_speed", False, 8, "speed by the second check, in mph, where the device makes one"),
    Column("vehicle_class", False, 30, "car, motorcycle, goods …; car if empty"),
    Column("limit_set_seconds", False, 6, "variable limits only: seconds since the shown limit was set"),
    Column("image", False, 80, "the image's own reference"),
    Column(
        "offences", False, 120, "offence codes, separated by spaces; the site's own speed offence if empty"
    ),
    Column("warned", False, 3, "yes if an officer warned the driver at the time"),
    Column("source", False, 20, "camera, or stop for an officer's stop; camera if empty"),
)
NAMES = tuple(c.name for c in COLUMNS)
NEEDED = frozenset(c.name for c in COLUMNS if c.needed)
LONGEST_LINE = 2_000
MOST_BYTES = 150 * 1024 * 1024
CHUNK = 10_000  # rows in a transaction, a second or two of work: what each costs once is shared by more rows
