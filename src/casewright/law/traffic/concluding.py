"""From what the rules said to the options, the one taken, the reasons for a letter, and what waits for a person."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from casewright.law.authority import cite
from casewright.law.limits.catalogue import version
from casewright.law.traffic import values
from casewright.law.traffic.case import FAILED, NOT_KNOWN, Case, Verdict
from casewright.law.traffic.disposals import Block, Choice, Outcome, Spoken
from casewright.law.traffic.framing import RESTS_ON, TITLES, Frame, Frames
from casewright.law.traffic.rules import time

Said = Sequence[tuple[Spoken, Verdict]]

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
        self.ended = [spoken for spoken, _ in said if spoken.outcome == FAILED]
        self.held = [spoken for spoken, _ in said if spoken.outcome == NOT_KNOWN and spoken.code]
        self.reasons = [s.sentence for s, verdict in said if s.rule not in BACKGROUND and not verdict.warns]
        self.steps: dict[str, Spoken] = {}
        self.bars: dict[str, list[str]] = {}
        self.declines: dict[str, list[str]] = {}
        self.warns: dict[str, list[Block]] = {}
        for spoken, verdict in said:
            if verdict.bars or verdict.declines or verdict.warns or verdict.takes:
                self._hear(spoken, verdict)
        self.only_below = [spoken.code for spoken in self.ended] == ["BELOW_THRESHOLD"]
        self.barring = [] if self.only_below else [spoken.sentence for spoken in self.ended]
        self.holding = [_block(spoken) for spoken in self.held]

    def _hear(self, spoken: Spoken, verdict: Verdict) -> None:
        if verdict.takes:
            self.steps.setdefault(verdict.takes, spoken)
        for key in verdict.bars:
            self.bars.setdefault(key, []).append(spoken.sentence)
        for key in verdict.declines:
            self.declines.setdefault(key, []).append(spoken.sentence)
        for key in verdict.warns:
            self.warns.setdefault(key, []).append(_block(spoken, key))


class Conclusion(NamedTuple):
    """What follows from what the rules said, but for the days of the case: `options` still without their last days.

    `steps` is how many of the options are steps that a rule takes; `holding` are the sentences a person waits on.
    """

    taken: str
    summary: str
    code: str
    steps: int
    options: tuple[Choice, ...]
    reasons: tuple[str, ...]
    holding: tuple[str, ...]


def conclude(case: Case, said: Said, of_case: Frames) -> Outcome:
    """Put together what the rules said of each option."""
    found = _concluded(
        of_case, tuple([each for each in said if each[1].bears or each[0].rule not in BACKGROUND])
    )
    return Outcome(
        found.taken, TITLES[found.taken], found.summary, found.code, case.band,
        (*found.options[: found.steps], *[_dated(each, case) for each in found.options[found.steps :]]),
        tuple([spoken for spoken, _ in said]), found.reasons, _used(case), found.holding, case.outer, case.on,
        version(),
    )  # fmt: skip


def _dated(option: Choice, case: Case) -> Choice:
    """An option with its last day in this case, if it has one."""
    last = time.last_day(case, option.key)
    return option if last is None else Choice(*option[:7], last, option.authority)


@lru_cache(maxsize=16384)
def _concluded(of_case: Frames, said: tuple[tuple[Spoken, Verdict], ...]) -> Conclusion:
    """The conclusion from what bears on it; like cases of which the rules say the same share it."""
    heard = _Heard(said)
    options = _options(heard, of_case)
    taken = _taken(heard, options)
    chosen = next((each for each in options if each.key == taken), None)
    blocks = chosen.blocks if chosen else heard.holding
    decisive = heard.ended or heard.held
    code = decisive[0].code if decisive else ""
    return Conclusion(
        taken, _summary(of_case, taken, code, chosen), code, len(heard.steps), options, _reasons(decisive, chosen),
        tuple([block.sentence for block in blocks]),
    )  # fmt: skip


def _taken(heard: _Heard, options: tuple[Choice, ...]) -> str:
    if heard.ended:
        return "no_further_action"
    if heard.held:
        return "hold"
    open_ones = (each.key for each in options if each.lawful and each.in_policy)
    return next(iter(heard.steps), None) or next(open_ones, "hold")


def _options(heard: _Heard, of_case: Frames) -> tuple[Choice, ...]:
    found = [_choice(frame, heard) for frame in of_case.options]
    return (*[_step(key, spoken) for key, spoken in heard.steps.items()], *found, _nothing(heard))


def _choice(frame: Frame, heard: _Heard) -> Choice:
    key = frame.key
    against = [*frame.against, *heard.bars.get(key, ()), *heard.barring]
    declined = [*heard.declines.get(key, ()), *frame.unwanted]
    if key == "refer_cps" and "requisition" not in heard.declines:
        declined.append("The police may decide this themselves.")
    blocks = [*heard.warns.get(key, ()), *heard.holding]
    if heard.only_below:
        declined.append(DISCRETION)
        blocks.append(Block("BELOW_THRESHOLD", heard.ended[0].sentence, SUPERVISOR))
    return Choice(
        key, frame.title, frame.detail, not against, not declined and not heard.ended,
        tuple(against or declined or _for(frame, heard)), tuple(blocks), None, frame.authority,
    )  # fmt: skip


def _for(frame: Frame, heard: _Heard) -> list[str]:
    """Why an option may be taken: what the rules said of it, and what would be offered."""
    if frame.offer:
        return [*heard.reasons, frame.offer]
    return heard.reasons or ["Nothing stands against it."]


def _block(spoken: Spoken, key: str = "") -> Block:
    decides = SUPERVISOR if key and spoken.code in OF_A_SUPERVISOR else PERSON
    return Block(spoken.code, spoken.sentence, decides)


def _step(key: str, spoken: Spoken) -> Choice:
    return Choice(key, TITLES[key], "", True, True, (spoken.sentence,), (), None, spoken.authority)


def _nothing(heard: _Heard) -> Choice:
    reasons = tuple([s.sentence for s in heard.ended]) or (
        "No one is bound to proceed; the reason is recorded.",
    )
    key = "no_further_action"
    return Choice(key, TITLES[key], "", True, bool(heard.ended), reasons, (), None, cite(RESTS_ON[key]))


def _summary(of_case: Frames, taken: str, code: str, chosen: Choice | None) -> str:
    """The short form of the trade: NFA:BELOW_THRESHOLD, COURSE:NSAC, COFP 100/3, SJP, REQ, CPS."""
    if taken == "no_further_action":
        return f"NFA:{code}"
    if taken == "hold":
        return code
    detail = chosen.detail if chosen else ""
    sjp = "S172_SJP" if of_case.failure_to_identify else "SJP"
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
        used.update(zip(_names(case.limit), case.row[2:], strict=True))
        for name in ("secondary_percent", "variable_limit_seconds"):
            used[f"speed.{name}"] = values.guard(name, case.policy)
    for name in ("ndors-complete.number", "sjp-platform-28.number"):
        if name in case.policy:
            used[name] = case.policy[name]
    return used


@cache
def _names(limit: int | None) -> tuple[str, ...]:
    """The names of the settings of one speed limit, in the order of the row of its thresholds."""
    return tuple(f"speed.{name}.{limit}" for name in values.SETTINGS)
