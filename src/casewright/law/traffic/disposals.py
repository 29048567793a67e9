"""What a decision says: the options with their standing, the one taken, every rule spoken, the values used."""

from datetime import date
from typing import Any, NamedTuple

from casewright.law.authority import Authority


class Spoken(NamedTuple):
    """One rule as it was applied. `outcome`: passed, failed or not_known."""

    rule: str
    outcome: str
    sentence: str
    authority: Authority
    confidence: str
    code: str = ""


class Option(NamedTuple):
    """One way to go: whether it is lawful on these facts, and why."""

    key: str
    title: str
    lawful: bool
    reasons: tuple[str, ...]
    authority: Authority


class Disposal(NamedTuple):
    """A decision on one detection. `values` are the figures used: pass them as `policy` to replay it."""

    taken: str
    taken_title: str
    reason_code: str
    band: str
    options: tuple[Option, ...]
    rules: tuple[Spoken, ...]
    reasons: tuple[str, ...]
    values: dict[str, Any]
    blocking: tuple[str, ...]
    on: date
    law_version: str

    def as_json(self) -> dict[str, Any]:
        """The decision in plain JSON values."""
        plain = self._asdict()
        plain["options"] = [
            {**o._asdict(), "reasons": list(o.reasons), "authority": str(o.authority)} for o in self.options
        ]
        plain["rules"] = [{**r._asdict(), "authority": str(r.authority)} for r in self.rules]
        plain["reasons"], plain["blocking"] = list(self.reasons), list(self.blocking)
        plain["on"] = self.on.isoformat()
        return plain
