"""Whether proceedings are specified, so that the police may conduct them, and when they stop being so.

Prosecution of Offences Act 1985 (Specified Proceedings) Order 1999 (SI 1999/904), as amended in 2012.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from casewright.law.authority import Authority, cite
from casewright.law.offences import Offence

ORDER = "SI 1999/904"
ADDED = date(2012, 11, 19)  # SI 2012/2681: ss.3, 35, 163, 170 came in; charge and under 16 went out
EVIDENCE = date(2012, 7, 17)  # SI 2012/1635: the excepted kinds of evidence
UNDER = 16
# Evidence the court may receive and the police still conduct.
EXCEPTED = {
    "in_absence": "proceeding in absence (MCA 1980 s.11(1)(a))",
    "read_aloud": "material read under MCA 1980 s.12(7)",
    "hardship": "mitigating circumstances for totting",
}


@dataclass(frozen=True, slots=True)
class Proceedings:
    """How proceedings began and where they are. `started_on`: day of charge, requisition or summons."""

    started_by: str
    started_on: date
    age: int | None = None
    papers_served: bool = True
    evidence: str = ""
    evidence_on: date | None = None


class Standing(NamedTuple):
    """Whether proceedings are specified (None: not certain, a person looks), why, and what would end it."""

    specified: bool | None
    reasons: tuple[str, ...]
    ends: tuple[str, ...]
    authority: Authority
    confidence: str

    @property
    def conduct(self) -> str:
        """Who conducts: police, cps, or a person decides."""
        return {True: "police", False: "cps", None: "not certain"}[self.specified]

    def as_json(self) -> dict[str, Any]:
        """The standing in plain JSON values."""
        plain = self._asdict() | {"authority": str(self.authority), "conduct": self.conduct}
        return plain | {"reasons": list(self.reasons), "ends": list(self.ends)}


ENDS = (
    "The court begins to receive evidence, other than in absence, read under s.12(7), or of hardship.",
    "The requisition or summons is served without the papers for pleading guilty by post.",
)


def specified(offence: Offence, proceedings: Proceedings) -> Standing:
    """Whether the police may conduct these proceedings today, and what will end that."""
    against = tuple(
        said
        for said in (
            _not_listed(offence, proceedings.started_on),
            _charged(proceedings),
            _too_young(proceedings),
            _ended(proceedings),
        )
        if said
    )
    if against:
        return _standing(False, against, ())
    if "?" in offence.specified:
        return _standing(None, (f"The source does not say for certain that {offence.code} is listed.",), ENDS)
    return _standing(True, ("The offence is listed, and nothing has ended it.",), ENDS)


def _standing(found: bool | None, reasons: tuple[str, ...], ends: tuple[str, ...]) -> Standing:
    return Standing(found, reasons, ends, cite(ORDER), "M S" if found is None else "H S")


def _not_listed(offence: Offence, on: date) -> str:
    if offence.specified == "N":
        return f"{offence.code} is not in the Order."
    if "2012" in offence.specified and on < ADDED:
        return f"{offence.code} came into the Order on 19 November 2012."
    return ""


def _charged(proceedings: Proceedings) -> str:
    if proceedings.started_by == "charge" and proceedings.started_on >= ADDED:
        return "They began by a charge under PACE s.37(7)(d)."
    return ""


def _too_young(proceedings: Proceedings) -> str:
    if proceedings.age is not None and proceedings.age < UNDER and proceedings.started_on >= ADDED:
        return f"The accused was under {UNDER} when the requisition or summons was issued."
    return ""


def _ended(proceedings: Proceedings) -> str:
    if not proceedings.papers_served and proceedings.started_by in {"requisition", "summons"}:
        return "The requisition or summons was served without the papers for pleading guilty by post."
    if not proceedings.evidence:
        return ""
    heard_on = proceedings.evidence_on or proceedings.started_on
    if proceedings.evidence in EXCEPTED and heard_on >= EVIDENCE:
        return ""
    return "The court has begun to receive evidence."
