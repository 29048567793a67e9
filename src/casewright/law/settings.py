"""The figures a unit may set for itself: every one by name, with the reference's value as default.

A setting is a policy target or a threshold of guidance. No bar and no rule of court is ever a setting.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from casewright.law.authority import Authority, cite
from casewright.law.limits import lengths, plain
from casewright.law.limits.catalogue import rules
from casewright.law.refusals import InvalidFacts
from casewright.law.traffic import case, values


class Setting(NamedTuple):
    """One figure a unit may set: its name, what it is, its unit, the default and where that comes from."""

    key: str
    words: str
    unit: str
    default: int
    authority: tuple[Authority, ...]


@cache
def settings() -> Mapping[str, Setting]:
    """Every setting by key: the time limits, speed, then how allegations are disposed of."""
    return {
        setting.key: setting
        for each in (_targets(), _thresholds(), _guards(), _disposals())
        for setting in each
    }


def check(key: str, value: object) -> int:
    """The value, if the key is a setting and the value possible for it; InvalidFacts if not."""
    if key not in settings():
        raise InvalidFacts("setting", key, "a setting listed by law.settings.settings()")
    if type(value) is not int or value < 0:
        raise InvalidFacts(key, value, f"a whole number, not below nought ({settings()[key].unit})")
    return value


def _targets() -> Iterator[Setting]:
    for rule in rules():
        for part in plain.parts(rule):
            if part.setting:
                words = f"{rule.name}: {part.label}"
                yield Setting(part.setting, words, lengths.SHAPES[part.base][1], part.number, rule.authority)


WORDS = {
    "start": "enforcement starts",
    "course_to": "top of the course band",
    "court_from": "court at or above",
}


def _thresholds() -> Iterator[Setting]:
    authority = (values.source("G2").authority,)
    for row in values.national():
        for name in values.SETTINGS:
            key, words = f"speed.{name}.{row.limit}", f"{row.limit} mph limit: {WORDS[name]}"
            yield Setting(key, words, "mph", getattr(row, name), authority)


def _guards() -> Iterator[Setting]:
    for name, (words, unit, source) in values.GUARDS.items():
        default = values.guard(name, {})
        yield Setting(f"speed.{name}", words, unit, default, (values.source(source).authority,))


def _disposals() -> Iterator[Setting]:
    for name, row in case.settings().items():
        yield Setting(f"traffic.{name}", row["words"], row["unit"], row["value"], (cite(row["authority"]),))
