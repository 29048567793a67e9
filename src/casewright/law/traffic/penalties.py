"""Money of fixed penalties and courts: registration, surcharge, totals, sentencing bands, value added tax.

Sums in whole pounds where the law gives pounds, in pence where a report is sold. Never a fraction of a penny.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from casewright.law.authority import Authority, cite
from casewright.law.refusals import InvalidFacts, NoLawInForce
from casewright.law.traffic.values import figures
from casewright.law.wording import full

HUNDRED = 100


def registration_sum(penalty_pounds: int) -> int:
    """What an unpaid fixed penalty notice is registered at: one and a half times (RTOA 1988 s.70)."""
    share = figures("registration")
    return int(penalty_pounds * share["numerator"] // share["denominator"])


def surcharge(fine_pounds: int, *, offence_on: date) -> int:
    """The surcharge on an adult's fine by the order in force at the offence, to the nearest pound.

    :raises NoLawInForce: before 28 June 2019, for which no order is stated
    """
    _not_below_nought("fine", fine_pounds)
    for row in figures("surcharge"):
        if row["from"] <= offence_on and ("until" not in row or offence_on < row["until"]):
            share = (fine_pounds * row["percent"] + HUNDRED // 2) // HUNDRED
            return int(min(max(share, row["least"]), row["most"]))
    first = min(row["from"] for row in figures("surcharge"))
    raise NoLawInForce("surcharge", offence_on, f"it is stated from {full(first)}")


def to_pay(fine_pounds: int, costs_pounds: int, *, offence_on: date) -> int:
    """Fine, surcharge and costs together."""
    _not_below_nought("costs", costs_pounds)
    return fine_pounds + surcharge(fine_pounds, offence_on=offence_on) + costs_pounds


def _not_below_nought(name: str, value: int) -> None:
    if type(value) is not int or value < 0:
        raise InvalidFacts(name, value, "whole pounds, not below nought")


class Band(NamedTuple):
    """A band of the guideline: points or disqualification, the fine as a share of weekly income, the most in pounds."""

    band: str
    points: str
    start: int
    least: int
    most: int
    cap_pounds: int
    authority: Authority


def speeding_band(limit_mph: int, recorded_mph: int, *, sentenced_on: date, motorway: bool = False) -> Band:
    """The band of a speed over a limit. Raises InvalidFacts naming both where the speed is not over the limit."""
    found = figures("speeding")
    if sentenced_on < found["from"]:
        raise NoLawInForce("speeding guideline", sentenced_on, f"it is stated from {full(found['from'])}")
    row = next((each for each in found["limits"] if each["limit"] == limit_mph), None)
    if row is None:
        raise InvalidFacts("limit_mph", limit_mph, "a limit of the guideline, 20 to 70")
    if recorded_mph <= limit_mph:
        raise InvalidFacts("recorded_mph", recorded_mph, f"a speed above the limit_mph of {limit_mph}")
    place = (recorded_mph >= row["b"]) + (recorded_mph >= row["c"])
    cap = found["most"]["motorway" if motorway else "road"]
    return Band(**found["bands"][place], cap_pounds=cap, authority=cite(found["authority"]))


def with_vat(net_pence: int, *, percent: int = 20) -> tuple[int, int]:
    """Gross and tax in pence, the tax to the nearest penny."""
    _not_below_nought("net", net_pence)
    tax = (net_pence * percent + HUNDRED // 2) // HUNDRED
    return net_pence + tax, tax
