"""Lifecycles: the named moves that are the only way a status changes.

A lifecycle is a table (data, not decorators), so it can be shown, compared and applied to a whole set in one
conditional UPDATE.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

NEW = "new"


class NotAllowed(Exception):
    """An act that the law, the lifecycle or a person's rights do not allow, as a sentence with what to do next."""


NO_RIGHT, NOT_THERE, OWN_ACT = "no right to it", "not there for them", "their own act or role"


class NotYours(NotAllowed):
    """Refused for who asks, not for what was typed or where things stand: whoever says it writes it down too.

    :param why: NO_RIGHT, NOT_THERE or OWN_ACT, for the journal (ASVS 5.0 16.3.2)
    """

    def __init__(self, said: str, why: str = NO_RIGHT) -> None:
        super().__init__(said)
        self.why = why


@dataclass(frozen=True, slots=True)
class Move:
    """One permitted change of status: its name, where it may start, where it ends, who may and why."""

    name: str
    start: frozenset[str]
    end: str
    permission: str
    authority: str = ""


def move(name: str, start: Iterable[str], end: str, permission: str = "", authority: str = "") -> Move:
    """Write a move; the permission is the move's own name unless said otherwise."""
    return Move(name, frozenset(start), end, permission or name, authority)


@dataclass(frozen=True)
class Lifecycle:
    """All statuses and moves of one kind of thing."""

    kind: str
    statuses: dict[str, str]
    moves: tuple[Move, ...]
    closed: frozenset[str] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        unknown = {s for m in self.moves for s in (*m.start, m.end)} - set(self.statuses) - {NEW}
        if unknown:
            raise ValueError(f"{self.kind}: moves name unknown statuses {sorted(unknown)}")

    def named(self, name: str) -> Move:
        """The move of that name.

        :raises KeyError: if there is none
        """
        for each in self.moves:
            if each.name == name:
                return each
        raise KeyError(f"{self.kind} has no move {name}")

    def after(self, status: str, name: str) -> str:
        """The status after a move.

        :raises NotAllowed: if the move cannot start from this status
        """
        wanted = self.named(name)
        if status not in wanted.start:
            raise NotAllowed(self.refusal(status, name))
        return wanted.end

    def refusal(self, status: str, name: str) -> str:
        """Say in one sentence why a move cannot be made from a status, and from where it could."""
        starts = ", ".join(self.statuses.get(s, s).lower() for s in sorted(self.named(name).start))
        words = name.rsplit(".", maxsplit=1)[-1].replace("_", " ")
        return f"This stands at “{self.statuses.get(status, status).lower()}”; to {words} it must stand at: {starts}."
