"""The options of a case before any rule is heard: what each is called, rests on, and what stands against it already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from casewright.law.authority import Authority, cite
from casewright.law.charging import Route
from casewright.law.offences import Offence
from casewright.law.traffic.case import FAILURE_TO_IDENTIFY, OFFERS, PROSECUTIONS
from casewright.law.traffic.rules.offers import penalty

TITLES = {
    "no_further_action": "Take no further action",
    "hold": "Hold until a person has looked",
    "course": "Offer a course",
    "rectification": "Give time for repair",
    "conditional_offer": "Make a conditional offer",
    "single_justice": "Prosecute before a single justice",
    "requisition": "Prosecute by charge and requisition",
    "refer_cps": "Refer to the Crown Prosecution Service",
    "ask_nominee": "Ask the person named",
    "return_answer": "Return the answer for signature",
    "accept_answer": "Accept the answer",
    "wait": "Wait: nothing may be done yet",
    "close": "Close: it is ended",
    "register": "Register as a fine",
    "relist": "Serve and list again",
    "refund": "Ask for refund and removal of points",
    "list_hearing": "List a hearing",
    "prove_in_absence": "Ready for proof in absence",
}
ORDER = (*OFFERS, *PROSECUTIONS, "refer_cps")
RESTS_ON = {
    "course": "NDORS scheme",
    "rectification": "unit policy",
    "conditional_offer": "RTOA 1988 s.75",
    "refer_cps": "Director's Guidance on Charging, sixth edition, Annex 1",
    "no_further_action": "Code for Crown Prosecutors",
}


class Frame(NamedTuple):
    """An option before any rule is heard: what law itself has against it, what policy leaves aside, what it rests on.

    `offer` is the sentence of what would be offered. Like cases share it, so it is made once for them.
    """

    key: str
    title: str
    detail: str
    against: tuple[str, ...]
    unwanted: tuple[str, ...]
    authority: Authority
    offer: str = ""


@dataclass(frozen=True, eq=False)
class Frames:
    """The frames of like cases: one object for all of them, told from others by what it is, not by what it says."""

    options: tuple[Frame, ...]
    failure_to_identify: bool


def frames(
    offence: Offence, routes: Mapping[str, Route], course: str, *, fixed: bool, repairs: bool
) -> Frames:
    """The frame of every option, in their order.

    :param routes: the routes to court by key, each lawful or not
    :param fixed: a fixed penalty notice was given
    :param repairs: the unit gives time for repair
    """
    against = {
        "course": () if course else ("There is no course for this offence.",),
        "rectification": () if offence.course == "VDRS" else (NOT_A_DEFECT,),
        "conditional_offer": _no_offer(offence, fixed=fixed),
        **{key: () if route.lawful else tuple(route.reasons) for key, route in routes.items()},
    }
    detail = {"course": course}
    if offence.fixed_penalty:
        detail["conditional_offer"] = f"{offence.penalty_pounds}/{offence.points_offered}"
    unwanted = {} if repairs else {"rectification": ("The unit does not give time for repair.",)}
    offer = {"conditional_offer": f"The offer is {penalty(offence)}."}
    found = [
        Frame(
            key, TITLES[key], detail.get(key, ""), against.get(key, ()), unwanted.get(key, ()),
            routes[key].authority if key in routes else cite(RESTS_ON[key]), offer.get(key, ""),
        )
        for key in ORDER
    ]  # fmt: skip
    return Frames(tuple(found), offence.family == FAILURE_TO_IDENTIFY)


NOT_A_DEFECT = "It is not a defect that can be given time for repair."


def _no_offer(offence: Offence, *, fixed: bool) -> tuple[str, ...]:
    if not offence.fixed_penalty:
        return ("No fixed penalty is stated for this offence.",)
    if fixed:
        return ("No conditional offer is made after a fixed penalty notice for the same offence.",)
    return ()
