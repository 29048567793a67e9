"""Traffic offences as dated data: what each is called, what it rests on, whether a warning is needed, its limit.

Facts from the national list and the Acts as gathered with confidence in law/data/offences.csv. A code whose own dates
are not held has an empty period and says so (`dates_held`): it is then for a person, never assumed to be in force.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from casewright.law.refusals import InvalidFacts


@dataclass(frozen=True, slots=True)
class Offence:
    """One offence code. `title` is the short one of the list, `wording` the one for letters (the title where none
    is held). `nip`: Y needed, Y* needed unless an accident, N not (RTOA 1988 s.1, Sch.1)."""

    code: str
    title: str
    wording: str
    provision: str
    mode: str
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


@cache
def all_offences() -> dict[str, Offence]:
    """Every offence by code, read once from the packaged table."""
    text = files("casewright.law").joinpath("data/offences.csv").read_text("utf-8")
    return {row["code"]: _offence(row) for row in csv.DictReader(text.splitlines())}


def _offence(row: dict[str, str]) -> Offence:
    return Offence(
        code=row["code"],
        title=row["title"],
        wording=row["wording"] or row["title"],
        provision=row["provision"],
        mode=row["mode"],
        nip=row["nip"],
        penalty_pounds=int(row["penalty_pounds"]) if row["penalty_pounds"] else None,
        points_offered=int(row["points_offered"]) if row["points_offered"] else None,
        court=row["court"],
        maximum=row["maximum"],
        course=row["course"],
        limit_rule=row["limit_rule"],
        specified=row["specified"],
        single_justice=row["single_justice"],
        endorsement=row["endorsement"],
        effective_from=date.fromisoformat(row["effective_from"]) if row["effective_from"] else None,
        effective_until=date.fromisoformat(row["effective_until"]) if row["effective_until"] else None,
        confidence=row["confidence"],
    )


def offence(code: str, *, on: date) -> Offence:
    """The offence of that code, for an act on a London day.

    :raises InvalidFacts: if the code is unknown, or its own period does not hold that day
    """
    found = all_offences().get(code)
    if found is None:
        raise InvalidFacts("offence_code", code, "a code of the offence table, such as RR84221")
    starts, ends = found.effective_from, found.effective_until
    if (starts and on < starts) or (ends and on >= ends):
        raise InvalidFacts(
            "offence_code", code, f"a code in force on {on.isoformat()}; this one runs from {starts}"
        )
    return found
