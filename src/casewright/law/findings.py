"""Finding: the answer to "by when", with its authority, its working and what would change it.

A finding is immutable. Its sentences are told when first read, from the facts it holds, so that dating a
hundred thousand matters costs no prose. `as_json` keeps everything, `from_json` gives it back unchanged.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

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


class States(Hashable, Protocol):
    """What a rule states about itself; a kept finding carries its own."""

    @property
    def name(self) -> str: ...
    @property
    def binds(self) -> str: ...
    @property
    def consequence(self) -> str: ...
    @property
    def flag(self) -> str: ...
    @property
    def if_missed(self) -> str: ...
    @property
    def authority(self) -> tuple[Authority, ...]: ...
    @property
    def confidence(self) -> str: ...


class Stated(NamedTuple):
    """What the rule stated when a kept finding was made."""

    name: str
    binds: str
    consequence: str
    flag: str
    if_missed: str
    authority: tuple[Authority, ...]
    confidence: str


class Finding:
    """The answer of one rule to one set of facts.

    `act_by` is the day (or instant, aware, London) on which to act: the earlier where two readings are
    possible; `outer_limit` is the later. Both are None where the rule does not bite on these facts
    (`applies` is False) or where the law fixes no day.
    """

    __slots__ = (
        "_rule", "_tell", "_told", "act_by", "applies", "changes", "facts", "law_version", "outer_limit",
        "rule_id", "uncertain",
    )  # fmt: skip

    _rule: States
    _tell: Callable[[], Told]
    _told: Told | None
    rule_id: str
    act_by: When | None
    outer_limit: When | None
    applies: bool
    uncertain: str
    changes: tuple[str, ...]
    facts: Mapping[str, Any]
    law_version: str

    def __init__(
        self, rule_id: str, rule: "States", act_by: When | None, outer_limit: When | None,
        facts: Mapping[str, Any], *, applies: bool, uncertain: str, changes: tuple[str, ...], law_version: str,
        tell: Callable[[], Told],
    ) -> None:  # fmt: skip
        put = object.__setattr__
        put(self, "rule_id", rule_id)
        put(self, "_rule", rule)
        put(self, "act_by", act_by)
        put(self, "outer_limit", outer_limit)
        put(self, "facts", facts)
        put(self, "applies", applies)
        put(self, "uncertain", uncertain)
        put(self, "changes", changes)
        put(self, "law_version", law_version)
        put(self, "_tell", tell)
        put(self, "_told", None)

    @property
    def rule(self) -> States:
        """What the rule states about itself."""
        return self._rule

    @property
    def name(self) -> str:
        """The act in plain words: "Serve the notice of intended prosecution"."""
        return self._rule.name

    @property
    def binds(self) -> str:
        """Whom it binds."""
        return self._rule.binds

    @property
    def consequence(self) -> str:
        """What passing it costs: bar, court_rule, extendable or policy."""
        return self._rule.consequence

    @property
    def flag(self) -> str:
        """The loss in two or three words ("Bars conviction"), only where the case, evidence or liberty is lost."""
        return self._rule.flag

    @property
    def if_missed(self) -> str:
        """What follows if it is missed, in a sentence."""
        return self._rule.if_missed

    @property
    def authority(self) -> tuple[Authority, ...]:
        """What it rests on."""
        return self._rule.authority

    @property
    def confidence(self) -> str:
        """H, M or L; and T text read, S secondary source, G general knowledge."""
        return self._rule.confidence

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{name}: {WRITTEN_ONCE}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{name}: {WRITTEN_ONCE}")

    @property
    def told(self) -> Told:
        """The prose, told once and kept."""
        told = self._told
        if told is None:
            told = self._tell()
            object.__setattr__(self, "_told", told)
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
        counted = self.told.counted
        return counted() if callable(counted) else counted

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

    def brief(self) -> dict[str, Any]:
        """The answer in plain JSON values without the count step by step or the drawing."""
        return {
            "rule_id": self.rule_id, "name": self.name, "binds": self.binds, "applies": self.applies,
            "act_by": _iso(self.act_by), "outer_limit": _iso(self.outer_limit), "consequence": self.consequence,
            "flag": self.flag, "if_missed": self.if_missed, "working": list(self.working),
            "steps": [{"key": s.key, "label": s.label, "on": _iso(s.on), "binds": s.binds} for s in self.steps],
            "authority": [cited.as_json() for cited in self.authority], "confidence": self.confidence,
            "uncertain": self.uncertain, "changes": list(self.changes),
            "facts": {name: _plain(value) for name, value in self.facts.items()},
            "law_version": self.law_version,
        }  # fmt: skip

    def as_json(self) -> dict[str, Any]:
        """Everything, in plain JSON values; dates and instants in ISO form."""
        strip = self.strip and {name: _plain(value) for name, value in self.strip._asdict().items()}
        return self.brief() | {"counted": [each._asdict() for each in self.counted], "strip": strip}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Finding":
        """The finding as it was kept: its own words, not today's. Facts stay in their JSON form."""
        authority = tuple(Authority(**cited) for cited in kept["authority"])
        words = {name: kept[name] for name in Stated._fields if name != "authority"}
        told = _told(kept)
        return cls(
            kept["rule_id"], Stated(authority=authority, **words), _when(kept["act_by"]),
            _when(kept["outer_limit"]), dict(kept["facts"]), applies=kept["applies"],
            uncertain=kept["uncertain"], changes=tuple(kept["changes"]), law_version=kept["law_version"],
            tell=lambda: told,
        )  # fmt: skip

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Finding) and self.as_json() == other.as_json()

    def __hash__(self) -> int:
        return hash((self.rule_id, self.act_by, self.outer_limit))

    def __reduce__(self) -> tuple[Callable[[Mapping[str, Any]], "Finding"], tuple[dict[str, Any]]]:
        return Finding.from_json, (self.as_json(),)

    def __repr__(self) -> str:
        return f"Finding({self.rule_id}, act by {_iso(self.act_by)}, outer {_iso(self.outer_limit)})"


def _iso(when: When | None) -> str | None:
    return None if when is None else when.isoformat()


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


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
