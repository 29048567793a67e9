"""How a finding is told: its sentences, the chain of acts, the count step by step, and what to draw."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

When = date | datetime


class Step(NamedTuple):
    """One act in the chain that meets a deadline. `binds`: a lawful last day, not only a presumed event."""

    key: str
    label: str
    on: When
    binds: bool = True


class Counted(NamedTuple):
    """One step of the count in words, with the authority for counting so."""

    sentence: str
    authority: str


class Strip(NamedTuple):
    """What was counted, so that the days can be drawn from the same working as the sentences.

    `unit` is days, open_days, months or hours; `kind` the kind of day (see calendars.kinds); `first` the
    number of the event's own day (0 when it is not counted, 1 when it is).
    """

    event: str
    start: date
    last: date
    unit: str
    kind: str
    first: int = 0
    raw: date | None = None


class Told(NamedTuple):
    """The prose of a finding: the sentences, the chain of acts, the count step by step, what to draw.

    `counted` may be the function that tells it: it is long, and only a page about the date itself asks.
    """

    working: tuple[str, ...]
    steps: tuple[Step, ...]
    counted: "tuple[Counted, ...] | Callable[[], tuple[Counted, ...]]" = ()
    strip: Strip | None = None


def citing(texts: Sequence[str], authority: str) -> Callable[[], tuple[Counted, ...]]:
    """Sentences that all rest on one authority, as steps of a count, made when asked for."""
    return lambda: tuple(Counted(text, authority) for text in texts)


def iso(when: When | None) -> str | None:
    """A day or an instant in ISO form."""
    return None if when is None else when.isoformat()


def plain(value: Any) -> Any:
    """A fact as a plain JSON value."""
    if isinstance(value, date):
        return value.isoformat()
    return [plain(each) for each in value] if isinstance(value, tuple) else value


def when_from(text: str | None) -> When | None:
    """A day or an instant back from its ISO form."""
    if text is None:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def told_from(kept: Mapping[str, Any]) -> Told:
    """The prose of a kept finding, in its own words."""
    steps = tuple(
        Step(s["key"], s["label"], when_from(s["on"]) or date.min, s["binds"]) for s in kept["steps"]
    )
    counted = tuple(Counted(c["sentence"], c["authority"]) for c in kept["counted"])
    strip = None
    if kept["strip"]:
        days = {key: when_from(kept["strip"][key]) for key in ("start", "last", "raw")}
        strip = Strip(**{**kept["strip"], **days})
    return Told(tuple(kept["working"]), steps, counted, strip)
