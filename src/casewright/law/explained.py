"""The register of explained differences: changes of law made on purpose, and what they alter in older decisions."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import NamedTuple

from casewright.law.authority import Authority, cite, read
from casewright.law.limits.catalogue import version

ANY = "any"


class Explained(NamedTuple):
    """One entry: entered on a day, holding from a version of the law data, for a kind of decision; what it explains
    (rule ids and the other names of `replaying.Changed.grounds`), why, and on what authority."""

    on: date
    version: str
    kind: str
    differs: frozenset[str]
    why: str
    authority: Authority

    def covers(self, kind: str, law_version: str) -> bool:
        """Whether it speaks of a decision of this kind, taken under an earlier version of the law data."""
        entered, taken = _ordered(self.version), _ordered(law_version)
        known = bool(taken) and taken < entered <= _ordered(version())
        return known and self.kind in {ANY, kind}


@cache
def register() -> tuple[Explained, ...]:
    """Every entry of the shipped register, in its order."""
    return entries(read("explained.toml"))


def entries(text: str) -> tuple[Explained, ...]:
    """The entries of a register in TOML."""
    return tuple(
        Explained(
            row["on"],
            row["version"],
            row["kind"],
            frozenset(row["differs"]),
            row["why"],
            cite(row["authority"]),
        )
        for row in tomllib.loads(text)["entry"]
    )


def explain(
    grounds: Iterable[str], *, kind: str, law_version: str, under: Iterable[Explained]
) -> tuple[Explained, ...]:
    """The entries that together explain every ground of a difference; none if any ground is left unexplained."""
    wanted = frozenset(grounds)
    found = tuple(each for each in under if each.covers(kind, law_version) and each.differs & wanted)
    covered = frozenset[str]().union(*(each.differs for each in found))
    return found if wanted and wanted <= covered else ()


def _ordered(text: str) -> tuple[int, ...]:
    """A version as numbers; nothing for one that cannot be read, which is then older and later than none."""
    parts = text.split(".")
    return tuple(map(int, parts)) if all(part.isdecimal() for part in parts) else ()
