"""The national list of offence codes, as published: read row by row, the title from the CJS list else from the PNC's.

The list states no dates. A code read from it has none held, and a person decides whether it was in force.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from casewright.law.identifiers import NotValid
from casewright.law.identifiers import read as read_identifier
from casewright.law.offences import DATES_NOT_HELD
from casewright.law.refusals import InvalidFacts

CATEGORIES = {
    "CM": "summary, motoring",
    "CS": "summary, not motoring",
    "CE": "either way",
    "CI": "indictable only",
    "CB": "breach, no offence",
    "CR": "civil, related",
    "VP": "civil application",
}
NEEDED = ("cjsCode", "title", "offenceCategory", "recordableOnPnc", "pncTitle", "inCjsList")


@dataclass(frozen=True, slots=True)
class NationalOffence:
    """One code of the national list. `source`: CJS, or PNC where only the older list has it."""

    code: str
    title: str
    category: str
    recordable: bool | None
    source: str

    @property
    def category_in_words(self) -> str:
        """What the category means; nothing where the list gives none."""
        return CATEGORIES.get(self.category, self.category)

    def as_json(self) -> dict[str, Any]:
        """The code in plain JSON values; its dates are not held."""
        return asdict(self) | {"category_in_words": self.category_in_words, "period": DATES_NOT_HELD}


def read_national(lines: Iterable[str]) -> Iterator[NationalOffence]:
    """Read the published file (CSV with a heading) line by line.

    :raises InvalidFacts: if a column is missing; a row whose code or title is empty is left out
    """
    rows = csv.DictReader(lines)
    missing = [name for name in NEEDED if name not in (rows.fieldnames or ())]
    if missing:
        raise InvalidFacts(
            "offence-codes.csv", "without " + ", ".join(missing), f"the columns {', '.join(NEEDED)}"
        )
    for row in rows:
        found = _row(row)
        if found.code and found.title:
            yield found


def _row(row: dict[str, str]) -> NationalOffence:
    of_court = bool(row["title"].strip())
    title = row["title"].strip() if of_court else row["pncTitle"].strip()
    recordable = {"Y": True, "N": False}.get(
        row["recordableOnPnc"] if of_court else row.get("pncRecordable", "")
    )
    source = "CJS" if of_court else "PNC"
    return NationalOffence(row["cjsCode"].strip(), title, row["offenceCategory"], recordable, source)


def well_formed(code: str) -> bool:
    """Whether a code has the form of a national one; local codes do not."""
    try:
        read_identifier("offence_code", code)
    except NotValid:
        return False
    return True
