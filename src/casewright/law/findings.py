"""Finding: the answer to "by when", with its authority, its working and what would change it.

A finding is immutable. Its sentences are told when first read, from the facts it holds, so that dating a
hundred thousand matters costs no prose. `as_json` keeps everything, `from_json` gives it back unchanged.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from casewright.law.authority import Authority

When = date | datetime
WRITTEN_ONCE = "a finding is never changed: compute a new one"


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
    """The prose of a finding: the sentences, the chain of acts, the count step by step, what to draw."""

    working: tuple[str, ...]
    steps: tuple[Step, ...]
    counted: tuple[Counted, ...] = ()
    strip: Strip | None = None


class Finding:
    """The answer of one rule to one set of facts.

    `act_by` is the day (or instant, aware, London) on which to act: the earlier where two readings are
    possible; `outer_limit` is the later. Both are None where the rule does not bite on these facts
    (`applies` is False) or where the law fixes no day.
    """

    __slots__ = (
        "_tell", "_told", "act_by", "applies", "authority", "binds", "changes", "confidence", "consequence",
        "facts", "if_missed", "law_version", "name", "outer_limit", "rule_id", "uncertain",
    )  # fmt: skip

    rule_id: str
    name: str
    binds: str
    act_by: When | None
    outer_limit: When | None
    applies: bool
    consequence: str
    if_missed: str
    authority: tuple[Authority, ...]
    confidence: str
    uncertain: str
    changes: tuple[str, ...]
    facts: Mapping[str, Any]
    law_version: str

    def __init__(self, *, tell: Callable[[], Told], **values: Any) -> None:
        put = object.__setattr__
        for name, value in values.items():
            put(self, name, value)
        put(self, "_tell", tell)
        put(self, "_told", None)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{name}: {WRITTEN_ONCE}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{name}: {WRITTEN_ONCE}")

    @property
    def told(self) -> Told:
        """The prose, told once and kept."""
        if self._told is None:
            object.__setattr__(self, "_told", self._tell())
        told: Told = self._told
        return told

    @property
    def working(self) -> tuple[str, ...]:
        """Two to four sentences anyone can say down the telephone."""
        return self.told.working

    @property
    def answer(self) -> str:
        """The working as one paragraph."""
        return " ".join(self.told.working)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The chain of acts in order, ending with the last lawful day."""
        return self.told.steps

    @property
    def counted(self) -> tuple[Counted, ...]:
        """How the days were counted, each step with its authority."""
        return self.told.counted

    @property
    def strip(self) -> Strip | None:
        """What to draw; None where no days are counted."""
        return self.told.strip

    def step(self, key: str) -> Step:
        """The step called `key` ("produce_by", "post_by", "serve_by" ...). KeyError if there is none."""
        for step in self.steps:
            if step.key == key:
                return step
        raise KeyError(key)

    def as_json(self) -> dict[str, Any]:
        """Everything, in plain JSON values; dates and instants in ISO form."""
        found: dict[str, Any] = {name: getattr(self, name) for name in PLAIN}
        found["act_by"], found["outer_limit"] = _iso(self.act_by), _iso(self.outer_limit)
        found["changes"], found["working"] = list(self.changes), list(self.working)
        found["authority"] = [cited.as_json() for cited in self.authority]
        found["facts"] = {name: _plain(value) for name, value in self.facts.items()}
        found["steps"] = [{**step._asdict(), "on": _iso(step.on)} for step in self.steps]
        found["counted"] = [counted._asdict() for counted in self.counted]
        found["strip"] = self.strip and {k: _plain(v) for k, v in self.strip._asdict().items()}
        return found

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Finding":
        """The finding as it was kept: its own words, not today's. Facts stay in their JSON form."""
        values: dict[str, Any] = {name: kept[name] for name in PLAIN}
        values["act_by"], values["outer_limit"] = _when(kept["act_by"]), _when(kept["outer_limit"])
        values["authority"] = tuple(Authority(**cited) for cited in kept["authority"])
        values["changes"], values["facts"] = tuple(kept["changes"]), dict(kept["facts"])
        told = _told(kept)
        return cls(tell=lambda: told, **values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Finding) and self.as_json() == other.as_json()

    def __hash__(self) -> int:
        return hash((self.rule_id, self.act_by, self.outer_limit))

    def __reduce__(self) -> tuple[Callable[[Mapping[str, Any]], "Finding"], tuple[dict[str, Any]]]:
        return Finding.from_json, (self.as_json(),)

    def __repr__(self) -> str:
        return f"Finding({self.rule_id}, act by {_iso(self.act_by)}, outer {_iso(self.outer_limit)})"


PLAIN = (
    "rule_id", "name", "binds", "applies", "consequence", "if_missed", "confidence", "uncertain", "law_version",
)  # fmt: skip


def _iso(when: When | None) -> str | None:
    return None if when is None else when.isoformat()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _when(text: str | None) -> When | None:
    if text is None:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _told(kept: Mapping[str, Any]) -> Told:
    steps = tuple(Step(s["key"], s["label"], _when(s["on"]) or date.min, s["binds"]) for s in kept["steps"])
    counted = tuple(Counted(c["sentence"], c["authority"]) for c in kept["counted"])
    strip = None
    if kept["strip"]:
        days = {key: _when(kept["strip"][key]) for key in ("start", "last", "raw")}
        strip = Strip(**{**kept["strip"], **days})
    return Told(tuple(kept["working"]), steps, counted, strip)
