"""Where an act comes from and for whom: set once by each door, written with every entry (DPA 2018 s.62).

A door says its own name and the request or chunk it works (`come_from`), and for whom its actor stands in where one
person acts under another's delegation (`acting_for`). `record` and `consulted` read both; nothing else does.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

LONGEST = 40
_source: ContextVar[str] = ContextVar("journal_source", default="")
_for: ContextVar[int | None] = ContextVar("journal_for", default=None)


def come_from(door: str, what: str = "") -> None:
    """Name the door for the rest of this request, command or chunk: ``web`` and the request's id, for example."""
    _source.set(f"{door} {what}".strip()[:LONGEST])


def source() -> str:
    """The door and request or chunk of the present act; empty where no door said one."""
    return _source.get()


def stand_in_for(user_id: int | None) -> None:
    """Say for whom the actor acts for the rest of this request; None ends it."""
    _for.set(user_id)


def stands_in_for() -> int | None:
    """For whom the actor of the present request acts; None for oneself."""
    return _for.get()


@contextmanager
def acting_for(user_id: int | None) -> Iterator[None]:
    """Within this block the actor acts for another person (a delegation in force)."""
    token = _for.set(user_id)
    try:
        yield
    finally:
        _for.reset(token)
