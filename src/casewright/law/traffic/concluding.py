"""From what the rules said to the options, the one taken, the reasons for a letter, and what waits for a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casewright.law.authority import Authority, cite
from casewright.law.charging import Route
from casewright.law.limits.catalogue import version
from casewright.law.traffic import values
from casewright.law.traffic.case import FAILED, NOT_KNOWN, OFFERS, PROSECUTIONS, Case, Verdict
from casewright.law.traffic.disposals import Block, Choice, Outcome, Spoken
from casewright.law.traffic.rules import time
from casewright.law.traffic.rules.offers import course_of, penalty

Said = list[tuple[Spoken, Verdict]]

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
# Rules that say the ground is sound; a letter gives them only if they end or hold the case.
BACKGROUND = frozenset(
    {"CODE", "R01", "R02", "R04", "R05", "R06", "R09", "R15", "R16", "R19", "R31", "R40", "R41", "R45"}
)
DISCRETION = "Above the device's own tolerance a supervisor may still decide to proceed."
PERSON, SUPERVISOR = "a person", "a supervisor"
OF_A_SUPERVISOR = frozenset({"NO_FALL_BACK", "BAR_UNCERTAIN", "CERTIFICATE"})


class _Heard:
    """What the rules said, sorted once: what ends the case, what holds it, and what each says of each option."""

    def __init__(self, said: Said) -> None:
        self.said = said
        self.ended: list[Spoken] = []
        self.held: list[Spoken] = []
        self.reasons: list[str] = []
        self.steps: dict[str, Spoken] = {}
        self.bars: dict[str, list[str]] = {key: [] for key in ORDER}
        self.declines: dict[str, list[str]] = {key: [] for key in ORDER}
        self.warns: dict[str, list[Block]] = {key: [] for key in ORDER}
        for spoken, verdict in said:
            self._hear(spoken, verdict)
        self.only_below = [spoken.code for spoken in self.ended] == ["BELOW_THRESHOLD"]
        self.barring = [] if self.only_below else [spoken.sentence for spoken in self.ended]
        self.holding = [_block(spoken) for spoken in self.held]

    def _hear(self, spoken: Spoken, verdict: Verdict) -> None:
        if spoken.outcome == FAILED:
            self.ended.append(spoken)
        elif spoken.outcome == NOT_KNOWN and spoken.code:
            self.held.append(spoken)
        if verdict.takes:
            self.steps.setdefault(verdict.takes, spoken)
        if spoken.rule not in BACKGROUND and not verdict.warns:
            self.reasons.append(spoken.sentence)
        for key in verdict.bars:
            self.bars[key].append(spoken.sentence)
        for key in verdict.declines:
            self.declines[key].append(spoken.sentence)
        for key in verdict.warns:
            self.warns[key].append(_block(spoken, key))


def conclude(case: Case, said: Said, routes: Mapping[str, Route]) -> Outcome:
    """Put together what the rules said."""
    heard = _Heard(said)
    options = _options(case, heard, routes)
    taken = _taken(heard, options)
    chosen = next((each for each in options if each.key == taken), None)
    blocks = chosen.blocks if chosen else heard.holding
    decisive = heard.ended or heard.held
    code = decisive[0].code if decisive else ""
    return Outcome(
        taken, TITLES[taken], _summary(case, taken, code, chosen), code, case.band, options,
        tuple([spoken for spoken, _ in said]), _reasons(decisive, chosen), _used(case),
        tuple([block.sentence for block in blocks]), case.outer, case.on, version(),
    )  # fmt: skip


def _taken(heard: _Heard, options: tuple[Choice, ...]) -> str:
    if heard.ended:
        return "no_further_action"
    if heard.held:
        return "hold"
    open_ones = (each.key for each in options if each.lawful and each.in_policy)
    return next(iter(heard.steps), None) or next(open_ones, "hold")


def _options(case: Case, heard: _Heard, routes: Mapping[str, Route]) -> tuple[Choice, ...]:
    found = [_choice(key, case, heard, routes.get(key)) for key in ORDER]
    return (*[_step(key, spoken) for key, spoken in heard.steps.items()], *found, _nothing(heard))


def _choice(key: str, case: Case, heard: _Heard, route: Route | None) -> Choice:
    against = _against(key, case, route) + heard.bars[key] + heard.barring
    declined = heard.declines[key] + _not_wanted(key, case, heard)
    blocks = heard.warns[key] + heard.holding
    if heard.only_below:
        declined = declined if against else [*declined, DISCRETION]
        blocks = [*blocks, Block("BELOW_THRESHOLD", heard.ended[0].sentence, SUPERVISOR)]
    reasons = tuple(against or declined or _for(key, case, heard))
    return Choice(
        key, TITLES[key], _detail(key, case), not against, not declined and not heard.ended, reasons, tuple(blocks),
        time.last_day(case, key), _authority(key, route),
    )  # fmt: skip


def _block(spoken: Spoken, key: str = "") -> Block:
    decides = SUPERVISOR if key and spoken.code in OF_A_SUPERVISOR else PERSON
    return Block(spoken.code, spoken.sentence, decides)


def _against(key: str, case: Case, route: Route | None) -> list[str]:
    """What in the law itself keeps an option away."""
    if route is not None:
        return [] if route.lawful else list(route.reasons)
    if key == "course" and not course_of(case):
        return ["There is no course for this offence."]
    if key == "rectification" and case.offence.course != "VDRS":
        return ["It is not a defect that can be given time for repair."]
    if key == "conditional_offer":
        return _no_offer(case)
    return []


def _no_offer(case: Case) -> list[str]:
    if not case.offence.fixed_penalty:
        return ["No fixed penalty is stated for this offence."]
    if case.facts.fixed_penalty_given or case.facts.offered == "fixed_penalty":
        return ["No conditional offer is made after a fixed penalty notice for the same offence."]
    return []


def _not_wanted(key: str, case: Case, heard: _Heard) -> list[str]:
    """What policy leaves aside although the law would allow it."""
    if key == "rectification" and not case.setting("rectification"):
        return ["The unit does not give time for repair."]
    if key == "refer_cps" and not heard.declines["requisition"]:
        return ["The police may decide this themselves."]
    return []


def _for(key: str, case: Case, heard: _Heard) -> list[str]:
    """Why an option may be taken: what the rules said of it."""
    if key == "conditional_offer":
        return [*heard.reasons, f"The offer is {penalty(case)}."]
    return heard.reasons or ["Nothing stands against it."]


def _step(key: str, spoken: Spoken) -> Choice:
    return Choice(key, TITLES[key], "", True, True, (spoken.sentence,), (), None, spoken.authority)


def _nothing(heard: _Heard) -> Choice:
    reasons = tuple([s.sentence for s in heard.ended]) or (
        "No one is bound to proceed; the reason is recorded.",
    )
    key = "no_further_action"
    return Choice(key, TITLES[key], "", True, bool(heard.ended), reasons, (), None, cite(RESTS_ON[key]))


def _authority(key: str, route: Route | None) -> Authority:
    return route.authority if route is not None else cite(RESTS_ON[key])


def _detail(key: str, case: Case) -> str:
    if key == "course":
        return course_of(case)
    if key == "conditional_offer" and case.offence.fixed_penalty:
        return f"{case.offence.penalty_pounds}/{case.offence.points_offered}"
    return ""


def _summary(case: Case, taken: str, code: str, chosen: Choice | None) -> str:
    """The short form of the trade: NFA:BELOW_THRESHOLD, COURSE:NSAC, COFP 100/3, SJP, REQ, CPS."""
    if taken == "no_further_action":
        return f"NFA:{code}"
    if taken == "hold":
        return code
    detail = chosen.detail if chosen else ""
    sjp = "S172_SJP" if case.failure_to_identify else "SJP"
    short = {"course": f"COURSE:{detail}", "conditional_offer": f"COFP {detail}", "single_justice": sjp}
    return short.get(taken) or {"rectification": "VDRS", "requisition": "REQ", "refer_cps": "CPS"}.get(
        taken, taken.upper()
    )


def _reasons(decisive: list[Spoken], chosen: Choice | None) -> tuple[str, ...]:
    if decisive:
        return tuple([spoken.sentence for spoken in decisive])
    return chosen.reasons if chosen else ()


def _used(case: Case) -> dict[str, Any]:
    """Every figure used, by name: as policy they replay the decision."""
    used: dict[str, Any] = dict(case.figures)
    if case.row is not None:
        used |= {f"speed.{name}.{case.limit}": getattr(case.row, name) for name in values.SETTINGS}
        for name in ("secondary_percent", "variable_limit_seconds"):
            used[f"speed.{name}"] = values.guard(name, case.policy)
    for name in ("ndors-complete.number", "sjp-platform-28.number"):
        if name in case.policy:
            used[name] = case.policy[name]
    return used
