"""Finding: the answer to "by when", with its authority, its working and what would change it.

A finding is immutable. Its sentences are told when first read, from the facts it holds, so that dating a
hundred thousand matters costs no prose. `as_json` keeps everything, `from_json` gives it back unchanged.
"""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, NamedTuple, Protocol

from casewright.law.authority import Authority
from casewright.law.telling import Counted, Step, Strip, Told, When, citing, iso, plain, told_from, when_from

__all__ = ["Counted", "Finding", "Stated", "States", "Step", "Strip", "Told", "When", "citing"]
WRITTEN_ONCE = "a finding is never changed: compute a new one"


class States(Hashable, Protocol):
    """What a rule states about itself; a kept finding carries its own."""

    @property
    def name(self) -> str:
        """The act in plain words."""
        ...

    @property
    def binds(self) -> str:
        """Whom it binds."""
        ...

    @property
    def consequence(self) -> str:
        """bar, court_rule, extendable or policy."""
        ...

    @property
    def flag(self) -> str:
        """The loss in two or three words, or nothing."""
        ...

    @property
    def if_missed(self) -> str:
        """What follows, in a sentence."""
        ...

    @property
    def authority(self) -> tuple[Authority, ...]:
        """What it rests on."""
        ...

    @property
    def confidence(self) -> str:
        """H, M or L, and T, S or G."""
        ...


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
            "act_by": iso(self.act_by), "outer_limit": iso(self.outer_limit), "consequence": self.consequence,
            "flag": self.flag, "if_missed": self.if_missed, "working": list(self.working),
            "steps": [{"key": s.key, "label": s.label, "on": iso(s.on), "binds": s.binds} for s in self.steps],
            "authority": [cited.as_json() for cited in self.authority], "confidence": self.confidence,
            "uncertain": self.uncertain, "changes": list(self.changes),
            "facts": {name: plain(value) for name, value in self.facts.items()},
            "law_version": self.law_version,
        }  # fmt: skip

    def as_json(self) -> dict[str, Any]:
        """Everything, in plain JSON values; dates and instants in ISO form."""
        strip = self.strip and {name: plain(value) for name, value in self.strip._asdict().items()}
        return self.brief() | {"counted": [each._asdict() for each in self.counted], "strip": strip}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Finding":
        """The finding as it was kept: its own words, not today's. Facts stay in their JSON form."""
        authority = tuple(Authority(**cited) for cited in kept["authority"])
        words = {name: kept[name] for name in Stated._fields if name != "authority"}
        told = told_from(kept)
        return cls(
            kept["rule_id"], Stated(authority=authority, **words), when_from(kept["act_by"]),
            when_from(kept["outer_limit"]), dict(kept["facts"]), applies=kept["applies"],
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
        return f"Finding({self.rule_id}, act by {iso(self.act_by)}, outer {iso(self.outer_limit)})"
