"""Believable detections of invented vehicles, with faults on request, for trials, tests and benchmarks."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from casewright.interfaces.cameras.contract import NAMES

# Invented roads of an invented county; registered by the demonstration and by tests.
SITES = (
    ("0411", "Tallow Lane, Fernhithe", "built-up", 30, "RR84707"),
    ("0412", "Harrow Weir, Fernhithe", "built-up", 30, "RR84707"),
    ("0413", "Corn Street, Market Orrin", "built-up", 20, "RR84220"),
    ("0414", "A6204 Long Drift, Orrin Moor", "single", 60, "RR84224"),
    ("0415", "A6204 Staple Hill, Orrin Moor", "single", 40, "RR84222"),
    ("0416", "Northmere Bypass, Quenby", "dual", 70, "RR84018"),
    ("0417", "Old Kiln Road, Quenby", "built-up", 30, "RR84707"),
    ("0418", "Wharf Road, Fernhithe", "single", 50, "RR84223"),
)
DEVICES = tuple(f"NM{n:04d}" for n in range(411, 419))
EXPIRED_DEVICE = "NM0422"
_LETTERS = "ABCDEFGHJKLMNOPRSTUVWXY"
FAULTS = (
    "date_impossible",
    "mark_misread",
    "mark_empty",
    "tomorrow",
    "device_unknown",
    "device_expired",
    "repeated",
    "not_over",
    "limit_unknown",
    "cut_off",
    "encoding",
    "formula",
    "too_long",
    "bad_time",
)


def rows(
    count: int, *, last_day: date, days: int = 3, seed: int = 1, first_sequence: int = 1
) -> Iterator[dict[str, str]]:
    """Sound rows: one detection each, spread over the `days` before and including `last_day`."""
    dice = random.Random(seed)
    for i in range(count):
        where = dice.randrange(len(SITES))
        code, _, _, limit, _ = SITES[where]
        day = last_day - timedelta(days=dice.randrange(days))
        moment = datetime.combine(day, time(3)) + timedelta(seconds=dice.randrange(20 * 3600))
        speed = _speed(dice, limit)
        yield {
            **dict.fromkeys(NAMES, ""),
            "device": DEVICES[where],
            "sequence": f"{first_sequence + i:08d}",
            "date": moment.date().isoformat(),
            "time": moment.time().isoformat(),
            "mark": mark(dice),
            "site": code,
            "limit": str(limit),
            "speed": str(speed),
            "secondary_speed": str(speed - dice.randrange(3)),
            "vehicle_class": "car",
            "image": f"{code}-{first_sequence + i:08d}",
        }


def _speed(dice: random.Random, limit: int) -> int:
    start = limit + limit // 10 + 2
    if dice.random() < 0.06:
        return start - 1
    return start + min(int(dice.expovariate(1 / 6)), 60)


def mark(dice: random.Random) -> str:
    """An invented mark: area letter Q is never issued in this form."""
    tail = "".join(dice.choice(_LETTERS) for _ in range(3))
    return f"Q{dice.choice(_LETTERS)}{dice.choice(('19', '21', '23', '24', '25', '26', '71', '73', '75'))} {tail}"


def with_faults(good: list[dict[str, str]], number: int, *, seed: int, tomorrow: date) -> list[bytes]:
    """CSV lines of the rows with `number` faults planted at spread places, of every kind in turn."""
    dice = random.Random(seed)
    lines = [_line(row) for row in good]
    places = sorted(dice.sample(range(10, len(good)), number)) if number else []
    for i, place in enumerate(places):
        lines[place] = _planted(FAULTS[i % len(FAULTS)], dict(good[place]), lines[place - 1], tomorrow)
    return lines


def _planted(fault: str, row: dict[str, str], before: bytes, tomorrow: date) -> bytes:
    changes = {
        "date_impossible": {"date": "31/11/2026"},
        "mark_misread": {"mark": row["mark"][:3] + "B" + row["mark"][4:]},
        "mark_empty": {"mark": ""},
        "tomorrow": {"date": tomorrow.isoformat()},
        "device_unknown": {"device": "NM9999"},
        "device_expired": {"device": EXPIRED_DEVICE},
        "not_over": {"speed": row["limit"]},
        "limit_unknown": {"limit": "35"},
        "formula": {"mark": "=1+1"},
        "bad_time": {"time": "25:61:00"},
        "too_long": {"image": "x" * 3000},
    }
    if fault == "repeated":
        return before
    if fault == "cut_off":
        return _line(row)[:25].rstrip(b"\n") + b"\n"
    if fault == "encoding":
        return _line({**row, "image": "caf"}).replace(b"caf", b"caf\xe9")
    return _line({**row, **changes[fault]})


def _line(row: dict[str, str]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([row[name] for name in NAMES])
    return out.getvalue().encode()


def header() -> bytes:
    """The first line of a CSV file."""
    return (",".join(NAMES) + "\n").encode()


def as_json_lines(good: list[dict[str, str]]) -> Iterator[bytes]:
    """The rows as JSON, one object a line, empty fields left out."""
    for row in good:
        yield json.dumps({k: v for k, v in row.items() if v}).encode() + b"\n"
