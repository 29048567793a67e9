"""What a decision says: the options with their standing, the one taken, every rule spoken, the values used."""

import json
from datetime import date
from functools import lru_cache
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

    def as_text(self) -> str:
        """The decision as JSON text: the same as `as_json`, quicker where many are written."""
        plain = self._asdict() | {"on": self.on.isoformat()}
        del plain["options"], plain["rules"]
        options = ", ".join([_option_text(each) for each in self.options])
        rules = ", ".join([_spoken_text(*each) for each in self.rules])
        return f'{WRITE(plain)[:-1]}, "options": [{options}], "rules": [{rules}]}}'


class Block(NamedTuple):
    """What keeps an option from being taken without a person: a code, a sentence, and who may decide all the same."""

    code: str
    sentence: str
    decides: str


class Choice(NamedTuple):
    """One way to dispose of an allegation: whether the law allows it, whether policy does, why, what blocks it."""

    key: str
    title: str
    detail: str
    lawful: bool
    in_policy: bool
    reasons: tuple[str, ...]
    blocks: tuple[Block, ...]
    last_day: date | None
    authority: Authority

    def as_json(self) -> dict[str, Any]:
        """The option in plain JSON values."""
        plain = self._asdict() | {"reasons": list(self.reasons), "authority": str(self.authority)}
        plain["blocks"] = [block._asdict() for block in self.blocks]
        return plain | {"last_day": self.last_day and self.last_day.isoformat()}


class Outcome(NamedTuple):
    """A decision on one allegation. `values` are the figures used: pass them as `policy` to replay it.

    `summary` is the short form of the trade (COFP 100/3); `automatic` is whether nothing waits for a person.
    """

    taken: str
    taken_title: str
    summary: str
    reason_code: str
    band: str
    options: tuple[Choice, ...]
    rules: tuple[Spoken, ...]
    reasons: tuple[str, ...]
    values: dict[str, Any]
    blocking: tuple[str, ...]
    charge_by: date | None
    on: date
    law_version: str

    @property
    def automatic(self) -> bool:
        """Whether the option taken may be carried out without a person."""
        return not self.blocking

    def option(self, key: str) -> Choice:
        """One option by its key."""
        return next(each for each in self.options if each.key == key)

    def as_json(self) -> dict[str, Any]:
        """The decision in plain JSON values."""
        plain = self._asdict()
        plain["options"] = [each.as_json() for each in self.options]
        plain["rules"] = [{**rule._asdict(), "authority": str(rule.authority)} for rule in self.rules]
        plain["reasons"], plain["blocking"] = list(self.reasons), list(self.blocking)
        plain["charge_by"] = self.charge_by and self.charge_by.isoformat()
        plain["on"] = self.on.isoformat()
        return plain

    def as_text(self) -> str:
        """The decision as JSON text: the same as `as_json`, quicker where many are written."""
        charge_by = f'"{self.charge_by.isoformat()}"' if self.charge_by else "null"
        options = ", ".join([_choice_text(each) for each in self.options])
        rules = ", ".join([_spoken_text(*each) for each in self.rules])
        return (
            f"{_head(*self[:5], self.law_version)}, "
            f'"reasons": {_listed(self.reasons)}, "values": {_figures(tuple(self.values.items()))}, '
            f'"blocking": {_listed(self.blocking)}, "charge_by": {charge_by}, "on": "{self.on.isoformat()}", '
            f'"options": [{options}], "rules": [{rules}]}}'
        )


WRITE = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
QUOTE = json.encoder.encode_basestring


# What like decisions share is written once, however many there are: the figures of a force, the sentences of a speed or
# a day, an option with its reasons. A month of a unit has some thousands of them, a decision has days of its own.
SHARED = 16384


@lru_cache(maxsize=SHARED)
def _listed(sentences: tuple[str, ...]) -> str:
    return f"[{', '.join([QUOTE(each) for each in sentences])}]"


@lru_cache(maxsize=1024)
def _figures(items: tuple[tuple[str, Any], ...]) -> str:
    return WRITE(dict(items))


@lru_cache(maxsize=4096)
def _head(taken: str, taken_title: str, summary: str, reason_code: str, band: str, law_version: str) -> str:
    """The beginning of an outcome's text."""
    plain = {"taken": taken, "taken_title": taken_title, "summary": summary, "reason_code": reason_code}
    return WRITE(plain | {"band": band, "law_version": law_version})[:-1]


def _option_text(option: Option) -> str:
    shared = _option_shared(option.key, option.title, option.lawful, option.authority)
    return f'{{"reasons": {_listed(option.reasons)}, {shared}'


@lru_cache(maxsize=64)
def _option_shared(key: str, title: str, lawful: bool, authority: Authority) -> str:
    return WRITE({"key": key, "title": title, "lawful": lawful, "authority": str(authority)})[1:]


def _choice_text(choice: Choice) -> str:
    """An option as JSON: what many share is written once, its last day each time."""
    key, title, detail, lawful, in_policy, reasons, blocks, last_day, authority = choice
    last = f'"{last_day.isoformat()}"' if last_day else "null"
    shared = _shared(key, title, detail, lawful, in_policy, reasons, blocks, authority)
    return f'{{"last_day": {last}, {shared}'


@lru_cache(maxsize=SHARED)
def _shared(
    key: str,
    title: str,
    detail: str,
    lawful: bool,
    in_policy: bool,
    reasons: tuple[str, ...],
    blocks: tuple[Block, ...],
    authority: Authority,
) -> str:
    plain = Choice(key, title, detail, lawful, in_policy, reasons, blocks, None, authority).as_json()
    del plain["last_day"]
    return WRITE(plain)[1:]


@lru_cache(maxsize=SHARED)
def _spoken_text(
    rule: str, outcome: str, sentence: str, authority: Authority, confidence: str, code: str
) -> str:
    """A rule as JSON."""
    shared = {"rule": rule, "outcome": outcome, "sentence": sentence, "authority": str(authority)}
    return WRITE(shared | {"confidence": confidence, "code": code})
