"""By which route proceedings may start: for this offence, accused, prosecutor and day, each route with its reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from casewright.law import counting
from casewright.law.authority import Authority, cite
from casewright.law.births import OLDEST, check_birth
from casewright.law.charging.deciding import CaseToCharge, police_may_charge
from casewright.law.offences import MODES, Offence
from casewright.law.refusals import InvalidFacts, NoLawInForce
from casewright.law.wording import full, listed

ROUTES = {
    "single_justice": "Written charge and single justice procedure notice",
    "requisition": "Written charge and requisition",
    "charge": "Charge at a police station",
    "summons": "Information and summons",
}
PROSECUTORS = {
    "police": "a police force",
    "cps": "the Crown Prosecution Service",
    "government": "a department or agency of government, such as DVLA",
    "other": "any other prosecutor",
}
RELEVANT = frozenset({"police", "cps", "government"})  # CJA 2003 s.29(5), as far as these kinds go
FROM = date(2015, 4, 13)  # the law below is stated from when the single justice procedure began
ADULT, RESPONSIBLE = 18, 10
SINGLE_JUSTICE, WRITTEN_CHARGE, NO_SUMMONS = "CJA 2003 s.29(2AA)", "CJA 2003 s.29(1), (5)", "CJA 2003 s.29(4)"
CUSTODY, TOO_YOUNG = "PACE s.37(7)(d)", "CYPA 1933 s.50"


@dataclass(frozen=True, slots=True)
class Accused:
    """Who is to be prosecuted: a person of an age on the day, or a company. `age` None: not known."""

    company: bool = False
    age: int | None = None

    @property
    def words(self) -> str:
        """A company, an adult, a person aged 17."""
        if self.company:
            return "a company"
        return "a person whose age is not known" if self.age is None else f"a person aged {self.age}"


class Route(NamedTuple):
    """One route: whether it is lawful, why or why not, what it still needs, and what that rests on.

    `needs` lists what must be had first: `cps_decision`, `age`. A route is open only if lawful with nothing needed.
    `doubt`: both readings where the sources do not agree; the safe one is taken.
    """

    key: str
    title: str
    lawful: bool
    reasons: tuple[str, ...]
    needs: tuple[str, ...]
    authority: Authority
    confidence: str
    doubt: str = ""

    @property
    def open(self) -> bool:
        """Whether proceedings may start this way now."""
        return self.lawful and not self.needs

    def as_json(self) -> dict[str, Any]:
        """The route in plain JSON values."""
        plain = self._asdict() | {"authority": str(self.authority), "open": self.open}
        return plain | {"reasons": list(self.reasons), "needs": list(self.needs)}


def read_accused(
    *, on: date, company: bool = False, born_on: date | None = None, age: int | None = None
) -> Accused:
    """Who is to be prosecuted on a day. Born on 29 February, an age is attained on 1 March: the safe reading.

    :raises InvalidFacts: naming both facts, if they contradict each other
    """
    if company and (born_on or age is not None):
        given = f"born_on {full(born_on)}" if born_on else f"age {age}"
        raise InvalidFacts("company", "yes", f"no age: it was given together with {given}")
    if age is not None and not 0 <= age <= OLDEST:
        raise InvalidFacts("age", age, f"an age from 0 to {OLDEST}")
    if born_on is None:
        return Accused(company, age)
    check_birth(born_on, on)
    found = _age(born_on, on)
    if age is not None and age != found:
        raise InvalidFacts("age", age, f"{found} on {full(on)}: born_on was given as {full(born_on)}")
    return Accused(company, found)


def _age(born: date, on: date) -> int:
    years = on.year - born.year
    return years - (counting.c15_attains_age_late(born, years) > on if years else 0)


def routes(
    offence: Offence, accused: Accused, *, prosecutor: str, on: date, case: CaseToCharge | None = None
) -> tuple[Route, ...]:
    """Every route with its standing, for proceedings that start on a day.

    :param case: what decides who charges; without it only the offence itself is known
    :raises InvalidFacts: for a prosecutor that is none, or a code out of force; NoLawInForce before 13 April 2015
    """
    if prosecutor not in PROSECUTORS:
        raise InvalidFacts("prosecutor", prosecutor, f"one of {listed(list(PROSECUTORS), 'or')}")
    if on < FROM:
        raise NoLawInForce("routes into court", on, f"they are stated from {full(FROM)}")
    if not accused.company and accused.age is not None and accused.age < RESPONSIBLE:
        return tuple(_never(key) for key in ROUTES)
    decides = police_may_charge(case or CaseToCharge((offence,))) if prosecutor == "police" else ()
    tests = {
        "single_justice": (_single_justice(offence, accused, prosecutor), SINGLE_JUSTICE, "H S"),
        "requisition": (_written_charge(prosecutor), WRITTEN_CHARGE, "H S"),
        "charge": (_custody(accused, prosecutor), CUSTODY, "H T"),
        "summons": (_information(prosecutor), NO_SUMMONS, "M S" if prosecutor in RELEVANT else "H S"),
    }
    return tuple(
        _route(key, against, cited, sure, _needs(key, accused, decides), decides)
        for key, (against, cited, sure) in tests.items()
    )


def _route(
    key: str, against: list[str], cited: str, sure: str, needs: tuple[str, ...], decides: tuple[str, ...]
) -> Route:
    said = tuple(against) or (GOOD[key], *(f"The CPS decides: {each}." for each in decides))
    doubt = SUMMONS_DOUBT if key == "summons" and against else ""
    return Route(key, ROUTES[key], not against, said, () if against else needs, cite(cited), sure, doubt)


GOOD = {
    "single_justice": "A summary offence without custody, and an accused who is 18 or over or a company.",
    "requisition": "A relevant prosecutor may charge any offence in writing and require attendance.",
    "charge": "A custody officer may charge a person who is at a police station.",
    "summons": "A prosecutor who is not a relevant one lays an information for a summons.",
}


# traffic.md 1.2 (S63) against the section; nobody may choose the other reading until it has been looked up.
SUMMONS_DOUBT = (
    "Uncertain, two readings: CJA 2003 s.29(4), as enacted and as it stood in 2014, leaves a relevant prosecutor no "
    "summons; the current text was not read that far, and the trade reference lists summonses as rare, not unlawful. "
    "The safe reading is taken. A lawyer looks it up before anyone relies on a summons."
)


def _needs(key: str, accused: Accused, decides: tuple[str, ...]) -> tuple[str, ...]:
    age = ("age",) if key == "single_justice" and not accused.company and accused.age is None else ()
    return (*age, *(("cps_decision",) if decides else ()))


def _single_justice(offence: Offence, accused: Accused, prosecutor: str) -> list[str]:
    found = _written_charge(prosecutor)
    if not offence.summary_only:
        found.append(f"The offence is {MODES[offence.mode]}; only a summary one may go to a single justice.")
    if offence.imprisonable:
        found.append(
            f"The offence carries custody of up to {offence.custody}; none may go to a single justice."
        )
    if not accused.company and accused.age is not None and accused.age < ADULT:
        found.append(
            f"The accused is {accused.age}; a single justice deals only with those of {ADULT} and over."
        )
    return found


def _written_charge(prosecutor: str) -> list[str]:
    if prosecutor in RELEVANT:
        return []
    return ["Only a relevant prosecutor may issue a written charge; others lay an information."]


def _custody(accused: Accused, prosecutor: str) -> list[str]:
    found = []
    if accused.company:
        found.append("A company cannot be held at a police station, so it cannot be charged there.")
    if prosecutor != "police":
        found.append("Only a custody officer of the police charges at a police station.")
    return found


def _information(prosecutor: str) -> list[str]:
    if prosecutor not in RELEVANT:
        return []
    return ["A relevant prosecutor has no power to lay an information for a summons."]


def _never(key: str) -> Route:
    said = (f"Nobody under {RESPONSIBLE} can be guilty of an offence.",)
    return Route(key, ROUTES[key], False, said, (), cite(TOO_YOUNG), "H G")


PREFERRED = ("single_justice", "requisition", "charge", "summons")


def first_lawful(found: tuple[Route, ...]) -> Route | None:
    """The route a unit takes where several are open: the single justice first, then a requisition."""
    by_key = {route.key: route for route in found}
    return next((by_key[key] for key in PREFERRED if by_key[key].open), None)


def ask_route(found: tuple[Route, ...], key: str, accused: Accused) -> Route:
    """One route that somebody means to take.

    :raises InvalidFacts: naming the route and the accused, the offence or the prosecutor that makes it impossible
    """
    if key not in ROUTES:
        raise InvalidFacts("route", key, f"one of {listed(list(ROUTES), 'or')}")
    route = next(each for each in found if each.key == key)
    if not route.lawful:
        raise InvalidFacts(
            "route", key, f"a lawful one for {accused.words}. {' '.join(route.reasons)}".rstrip(".")
        )
    return route


def plain(found: tuple[Route, ...]) -> Mapping[str, Any]:
    """Every route and the one a unit takes, in plain JSON values."""
    first = first_lawful(found)
    return {"routes": [each.as_json() for each in found], "taken": first and first.key}
