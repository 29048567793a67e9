"""Queueing messages and keeping what could not be understood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from casewright.foundation.copying import copy_rows
from casewright.foundation.messages.models import HeldItem, IntakeRow, Message
from casewright.foundation.policy import queries as policy

KEEP_HELD = "unit.keep_held_days"  # for rows that never became a matter
WARN_HELD = "unit.warn_held_days"  # before the last day of a row that can still be mended


class Outgoing(NamedTuple):
    """A message to send: to whom, of what kind, once under this id, about which matter, saying what."""

    interface: str
    kind: str
    external_id: str
    matter_id: int | None
    body: str


def queue(messages: Iterable[Outgoing], *, at: datetime) -> None:
    """Queue messages in the transaction of the change they follow from; a worker sends them after it commits."""
    copy_rows(
        Message,
        (
            "interface",
            "direction",
            "kind",
            "external_id",
            "matter_id",
            "body",
            "state",
            "attempts",
            "next_attempt_at",
            "created_at",
            "error",
        ),
        [
            (m.interface, "out", m.kind, m.external_id, m.matter_id, m.body, "queued", 0, at, at, "")
            for m in messages
        ],
    )


@dataclass(frozen=True, slots=True)
class Fault:
    """Why something received cannot go on: which field says what, why not, and what mends it.

    `refused` means it can never become a record as it stands; otherwise it is held to be mended.
    """

    field: str
    value: str
    reason: str
    remedy: str
    cause: str
    refused: bool = False


class Unreadable(Exception):
    """A row or message that cannot be read as it stands; carries the fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.reason)
        self.fault = fault


class FileRefused(Exception):
    """A file that cannot be taken in at all, as a sentence with what to do; its bytes are not kept as an intake."""


class Settled(NamedTuple):
    """What became of a row of a file: its outcome, its matter, and the held row it repeats."""

    number: int
    outcome: str
    matter_id: int | None = None
    repeats_id: int | None = None


def settle_rows(file_id: int, rows: Iterable[Settled]) -> None:
    """Write what became of rows in one COPY."""
    copy_rows(
        IntakeRow,
        ("file_id", "number", "outcome", "matter_id", "repeats_id"),
        [(file_id, *row) for row in rows],
    )


_HELD = (
    "row_number", "raw", "values", "field", "value", "reason", "remedy", "cause", "state", "settled_at", "settled_why",
    "interface", "file_id", "message_id", "matter_id", "held_at", "retain_until",
)  # fmt: skip


def keep_held(rows: list[tuple[Any, ...]]) -> None:
    """Write held items as `what_is_held` makes them."""
    if rows:
        copy_rows(HeldItem, _HELD, rows)


def what_is_held(
    faults: Iterable[tuple[int | None, str, dict[str, Any], Fault]],
    *,
    interface: str,
    file_id: int | None,
    today: date,
    at: datetime,
    matter_id: int | None = None,
    message_id: int | None = None,
) -> list[tuple[Any, ...]]:
    """The rows of held items for these faults, their values in the order of the columns kept of each.

    What is about a matter goes with it; the rest has a last day of its own by the unit's figure of the day.
    """
    faults = list(faults)
    if not faults:
        return []
    until = None if matter_id else last_day(today)
    where = (interface, file_id, message_id, matter_id, at, until)
    return [(number, _shown(raw, 4000), values, *_told(f, at), *where) for number, raw, values, f in faults]


def last_day(today: date) -> date:
    """The last day of a row held on a London day, by the unit's figure of that day: one statement."""
    return today + timedelta(days=policy.figure(KEEP_HELD, on=today))


def _told(f: Fault, at: datetime) -> tuple[Any, ...]:
    settled = ("refused", at, "refused when read") if f.refused else ("held", None, "")
    return (f.field, _shown(f.value, 200), f.reason[:300], f.remedy[:300], f.cause, *settled)


def _shown(text: str, longest: int) -> str:
    """A text as the database can hold it: a NUL, which it cannot, becomes its sign."""
    return text.replace("\x00", "␀")[:longest]
