"""From what the rules said to the options, the one taken, the reasons for a letter, and what waits for a person."""

from __future__ import annotations

from typing import Any, NamedTuple

from casewright.law.authority import Authority, cite
from casewright.law.charging import Route
from casewright.law.limits.catalogue import version
from casewright.law.traffic import values
from casewright.law.traffic.case import FAILED, NOT_KNOWN, OFFERS, PROSECUTIONS, Case, Verdict, defaults
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


class _Ends(NamedTuple):
    """The rules that end a case and those that hold it."""

    ended: Said
    held: Said

    @property
    def only_below(self) -> bool:
        """Whether nothing but the force's threshold ends it."""
        return [spoken.code for spoken, _ in self.ended] == ["BELOW_THRESHOLD"]


def conclude(case: Case, said: Said, routes: tuple[Route, ...]) -> Outcome:
    """Put together what the rules said."""
    ends = _Ends(
        [each for each in said if each[1].outcome == FAILED],
        [each for each in said if each[1].outcome == NOT_KNOWN and each[1].code],
    )
    options = _options(case, said, routes, ends)
    taken = _taken(said, options, ends)
    chosen = next((each for each in options if each.key == taken), None)
    blocks = chosen.blocks if chosen else tuple(_block(spoken) for spoken, _ in ends.held)
    code = (ends.ended or ends.held)[0][0].code if ends.ended or ends.held else ""
    return Outcome(
        taken, TITLES[taken], _summary(case, taken, code, chosen), code, case.band, options,
        tuple(spoken for spoken, _ in said), _reasons(ends, chosen), _used(case),
        tuple(block.sentence for block in blocks), case.outer, case.on, version(),
    )  # fmt: skip


def _taken(said: Said, options: tuple[Choice, ...], ends: _Ends) -> str:
    if ends.ended:
        return "no_further_action"
    if ends.held:
        return "hold"
    step = next((verdict.takes for _, verdict in said if verdict.takes), "")
    if step:
        return step
    return next(
        (each.key for each in options if each.key in ORDER and each.lawful and each.in_policy), "refer_cps"
    )


def _options(case: Case, said: Said, routes: tuple[Route, ...], ends: _Ends) -> tuple[Choice, ...]:
    by_route = {route.key: route for route in routes}
    found = [_choice(key, case, said, by_route.get(key), ends) for key in ORDER]
    steps = dict.fromkeys(verdict.takes for _, verdict in said if verdict.takes)
    taken = [_step(key, said) for key in steps]
    return (*taken, *found, _nothing(ends))


def _choice(key: str, case: Case, said: Said, route: Route | None, ends: _Ends) -> Choice:
    against = _against(key, case, route) + [s.sentence for s, v in said if key in v.bars]
    against += [] if ends.only_below else [s.sentence for s, _ in ends.ended]
    declined = [s.sentence for s, v in said if key in v.declines] + _not_wanted(key, case, said)
    declined += [DISCRETION] if ends.only_below and not against else []
    blocks = [_block(s, key) for s, v in said if key in v.warns] + [_block(s) for s, _ in ends.held]
    if ends.only_below:
        blocks.append(Block("BELOW_THRESHOLD", ends.ended[0][0].sentence, SUPERVISOR))
    reasons = tuple(against or declined or _for(key, case, said))
    return Choice(
        key, TITLES[key], _detail(key, case), not against, not declined and not ends.ended, reasons, tuple(blocks),
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


def _not_wanted(key: str, case: Case, said: Said) -> list[str]:
    """What policy leaves aside although the law would allow it."""
    if key == "rectification" and not case.setting("rectification"):
        return ["The unit does not give time for repair."]
    if key == "refer_cps" and not any("requisition" in v.declines for _, v in said):
        return ["The police may decide this themselves."]
    return []


def _for(key: str, case: Case, said: Said) -> list[str]:
    """Why an option may be taken: what the rules said of it."""
    found = [s.sentence for s, v in said if s.rule not in BACKGROUND and not v.warns]
    if key == "conditional_offer":
        found.append(f"The offer is {penalty(case)}.")
    return found or ["Nothing stands against it."]


def _step(key: str, said: Said) -> Choice:
    spoken = next(s for s, v in said if v.takes == key)
    return Choice(key, TITLES[key], "", True, True, (spoken.sentence,), (), None, spoken.authority)


def _nothing(ends: _Ends) -> Choice:
    reasons = tuple(s.sentence for s, _ in ends.ended) or (
        "No one is bound to proceed; the reason is recorded.",
    )
    key = "no_further_action"
    return Choice(key, TITLES[key], "", True, bool(ends.ended), reasons, (), None, cite(RESTS_ON[key]))


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


def _reasons(ends: _Ends, chosen: Choice | None) -> tuple[str, ...]:
    decisive = ends.ended or ends.held
    if decisive:
        return tuple(spoken.sentence for spoken, _ in decisive)
    return chosen.reasons if chosen else ()


def _used(case: Case) -> dict[str, Any]:
    """Every figure used, by name: as policy they replay the decision."""
    used: dict[str, Any] = {f"traffic.{name}": case.setting(name) for name in defaults()}
    if case.row is not None:
        used |= {f"speed.{name}.{case.limit}": getattr(case.row, name) for name in values.SETTINGS}
        used |= {
            f"speed.{name}": values.guard(name, case.policy)
            for name in ("secondary_percent", "variable_limit_seconds")
        }
    own = ("ndors-complete.number", "sjp-platform-28.number")
    return used | {name: case.policy[name] for name in own if name in case.policy}
