"""Traffic offences as dated data: what each is called, what it rests on, whether a warning is needed, its limit.

Facts from the national list and the Acts as gathered with confidence in law/data/offences.csv. A code whose own dates
are not held has an empty period and says so (`dates_held`): it is then for a person, never assumed to be in force.
"""

from __future__ import annotations

import csv
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from casewright.law.refusals import InvalidFacts
from casewright.law.wording import full

IN_FORCE, DATES_NOT_HELD = "in force", "dates not held"
MODES = {"S": "summary only", "E": "either way", "I": "indictable only"}


@dataclass(frozen=True, slots=True)
class Offence:
    """One offence code. `title` is the short one of the list, `wording` the one for letters (the title where none
    is held). `nip`: Y needed, Y* needed unless an accident, N not (RTOA 1988 s.1, Sch.1). `mode`: S, E or I.
    `specified` and `single_justice`: Y or N, with ? where the source is not certain. `custody`: the most a court may
    order, or nothing. `family`: the kind of offence that rules speak of. `charge_pattern`: how its charge is worded, or
    nothing where that is not held. `committed_by`: driver, user, keeper, rider or anyone."""

    code: str
    title: str
    wording: str
    provision: str
    mode: str
    recordable: bool
    nip: str
    penalty_pounds: int | None
    points_offered: int | None
    court: str
    maximum: str
    course: str
    limit_rule: str
    specified: str
    single_justice: str
    endorsement: str
    custody: str
    family: str
    charge_pattern: str
    committed_by: str
    involves: str
    effective_from: date | None
    effective_until: date | None
    confidence: str

    @property
    def nip_needed(self) -> bool:
        """Whether the warning of RTOA 1988 s.1 applies; in doubt (Y*) it is sent."""
        return self.nip.startswith("Y")

    @property
    def dates_held(self) -> bool:
        """Whether the source gives this code's own period."""
        return self.effective_from is not None

    @property
    def summary_only(self) -> bool:
        """Whether only a magistrates' court may try it."""
        return self.mode == "S"

    @property
    def imprisonable(self) -> bool:
        """Whether a court may order custody for it."""
        return bool(self.custody)

    @property
    def endorsable(self) -> bool:
        """Whether a conviction is endorsed with points or a code."""
        return bool(self.endorsement)

    @property
    def fixed_penalty(self) -> bool:
        """Whether the table states a fixed penalty that the police may offer (RTOA 1988 s.51)."""
        return self.penalty_pounds is not None

    @property
    def uncertain(self) -> bool:
        """Whether the source marks any of its facts as not certain."""
        return "uncertain" in self.confidence or "?" in f"{self.specified}{self.single_justice}{self.maximum}"

    @property
    def period(self) -> str:
        """From when to when the code is in force, in words."""
        if self.effective_from is None:
            return DATES_NOT_HELD
        said = f"in force from {full(self.effective_from)}"
        return f"{said} and no longer from {full(self.effective_until)}" if self.effective_until else said

    def standing(self, on: date) -> str:
        """`in force`, or `dates not held`: then a person looks the code up. InvalidFacts if out of force."""
        starts, ends = self.effective_from, self.effective_until
        if (starts and on < starts) or (ends and on >= ends):
            raise InvalidFacts(
                "offence_code", self.code, f"a code in force on {full(on)}; this one is {self.period}"
            )
        return IN_FORCE if self.dates_held else DATES_NOT_HELD

    def as_json(self) -> dict[str, Any]:
        """The offence in plain JSON values."""
        plain = asdict(self) | {"mode_of_trial": MODES[self.mode], "period": self.period}
        plain["effective_from"] = self.effective_from and self.effective_from.isoformat()
        plain["effective_until"] = self.effective_until and self.effective_until.isoformat()
        return plain


@cache
def all_offences() -> dict[str, Offence]:
    """Every offence by code, read once from the packaged table."""
    text = files("casewright.law").joinpath("data/offences.csv").read_text("utf-8")
    return {row["code"]: _offence(row) for row in csv.DictReader(text.splitlines())}


def _offence(row: dict[str, str]) -> Offence:
    read: dict[str, Any] = dict(row)
    read["wording"] = row["wording"] or row["title"]
    read["recordable"] = row["recordable"] == "yes"
    for name in ("penalty_pounds", "points_offered"):
        read[name] = int(row[name]) if row[name] else None
    for name in ("effective_from", "effective_until"):
        read[name] = date.fromisoformat(row[name]) if row[name] else None
    return Offence(**read)


def known(code: str) -> Offence:
    """The offence of that code, whatever the day.

    :raises InvalidFacts: if the table has no such code
    """
    found = all_offences().get(code)
    if found is None:
        raise InvalidFacts("offence_code", code, "a code of the offence table, such as RR84221")
    return found


def offence(code: str, *, on: date) -> Offence:
    """The offence of that code, for an act on a London day.

    :raises InvalidFacts: if the code is unknown, or its own period does not hold that day
    """
    found = known(code)
    found.standing(on)
    return found
