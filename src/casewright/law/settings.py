"""The figures a unit may set for itself: every one by name, with the reference's value as default.

A setting is a policy target or a threshold of guidance. No bar and no rule of court is ever a setting.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from casewright.law import practice
from casewright.law.authority import Authority, cite
from casewright.law.limits import lengths, plain
from casewright.law.limits.catalogue import Rule, rules
from casewright.law.refusals import InvalidFacts
from casewright.law.traffic import case, values


class Setting(NamedTuple):
    """One figure a unit may set: its name, what it is, its unit, the default, where that comes from, the smallest.

    `every_force`: one figure for the whole unit, never another for one force.
    """

    key: str
    words: str
    unit: str
    default: int
    authority: tuple[Authority, ...]
    least: int = 0
    every_force: bool = False


@cache
def settings() -> Mapping[str, Setting]:
    """Every setting by key: the time limits, speed, how allegations are disposed of, then the unit's practice."""
    return {
        setting.key: setting
        for each in (_targets(), _thresholds(), _guards(), _disposals(), _practice())
        for setting in each
    }


def check(key: str, value: object) -> int:
    """The value, if the key is a setting and the value possible for it; InvalidFacts if not."""
    if key not in settings():
        raise InvalidFacts("setting", key, "a setting listed by law.settings.settings()")
    least = settings()[key].least
    if type(value) is not int or value < least:
        raise InvalidFacts(
            key, value, f"a whole number, not below {least or 'nought'} ({settings()[key].unit})"
        )
    return value


def _targets() -> Iterator[Setting]:
    for rule in rules():
        parts = [part for part in plain.parts(rule) if part.setting]
        labels = [part.label for part in parts]
        for part in parts:
            which = _which(rule, part) if labels.count(part.label) > 1 else ""
            words = f"{rule.name}: {part.label}{which}"
            yield Setting(part.setting, words, lengths.SHAPES[part.base][1], part.number, rule.authority)


def _which(rule: Rule, part: lengths.Length) -> str:
    """In which case a count applies, where a rule has two of one label: ``, not a green-priority case``."""
    meant = {fact.name: fact.description for fact in rule.facts}
    return "".join(
        f", {'' if value else 'not '}{meant[name]}"
        if isinstance(value, bool)
        else f", {name.replace('_', ' ')} {value}"
        for name, value in part.when
    )


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


def _practice() -> Iterator[Setting]:
    for key, row in practice.settings().items():
        authority = (cite(row["authority"]),)
        alike = row.get("every_force", False)
        yield Setting(key, row["words"], row["unit"], row["value"], authority, row["least"], alike)
