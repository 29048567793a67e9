"""Notice of intended prosecution: served within 14 days of the offence, and so produced and posted before.

Road Traffic Offenders Act 1988 ss.1, 2. The day of the offence is not counted (Stewart v Chapman [1951] 2 KB
792). Since 28 June 2022 the notice is served under the Criminal Procedure Rules (s.1(1ZA) to (1ZC)).
"""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from casewright.law import counting, wording
from casewright.law.calendars import Calendar
from casewright.law.findings import Counted, Finding, Step, Strip, Told
from casewright.law.limits import service
from casewright.law.limits.answers import COMPUTED, answer
from casewright.law.limits.catalogue import Rule


class Chain(NamedTuple):
    """The dates of a notice: produce by, act by (post, leave, hand, send), presumed served, last lawful day."""

    via: service.Way
    offence: date
    produce: date | None
    act: date
    served: date
    serve_by: date
    number: int


def find(rule: Rule, facts: Mapping[str, Any], calendar: Calendar, policy: Mapping[str, Any]) -> Finding:
    """The last lawful day for the first notice, with the days to produce and to post it."""
    del policy
    for exception in rule.data["exceptions"]:
        if facts.get(exception["fact"]):
            tell_why = partial(excepted, facts, exception)
            return answer(rule, facts, None, None, applies=False, tell=tell_why, uncertain="", changes=())
    chain = chained(rule, facts, calendar)
    act_by = chain.serve_by if rule.data["act_by"] == "serve_by" else (chain.produce or chain.act)
    uncertain = rule.uncertain
    if calendar.is_computed(chain.serve_by):
        uncertain = f"{uncertain} {COMPUTED}".strip()
    return answer(
        rule, facts, act_by, act_by, uncertain=uncertain, changes=would_change(rule, chain),
        tell=lambda: tell(rule, chain, calendar),
    )  # fmt: skip


def chained(rule: Rule, facts: Mapping[str, Any], calendar: Calendar) -> Chain:
    """Count forward to the last lawful day, then back over presumed service to posting and production."""
    offence, number = facts["offence_on"], rule.data["days"]
    serve_by = counting.c1_days_after(offence, number)
    via = service.by(facts["sent_by"], max(offence, rule.effective_from))
    produce, act, served = service.latest(via, serve_by, calendar)
    return Chain(via, offence, produce, act, served, serve_by, number)


def excepted(facts: Mapping[str, Any], exception: Mapping[str, str]) -> Told:
    """No notice is needed, and why."""
    texts = (f"The offence was on {wording.full(facts['offence_on'])}.", exception["say"])
    return Told(texts, (), tuple(Counted(text, exception["authority"]) for text in texts))


def tell(rule: Rule, chain: Chain, calendar: Calendar) -> Told:
    """The answer, the chain of acts, the count with authority, and the days to draw."""
    year = chain.offence.year
    last = wording.near(chain.serve_by, year)
    texts = (
        f"The offence was on {wording.full(chain.offence)}.",
        f"The law gives {wording.count(chain.number, 'day')}, not counting that day, so the last day is {last}.",
        _must_go(chain, calendar),
    )
    strip = Strip("Offence", chain.offence, chain.serve_by, "days", "business")
    return Told(texts, _steps(chain), partial(_counted, rule, chain, calendar), strip)


def _steps(chain: Chain) -> tuple[Step, ...]:
    act, via = ACTS[chain.via.rule.id], chain.via
    last = Step("serve_by", "Last lawful day", chain.serve_by)
    if via.served_after == 0 and via.cut_off is None:
        return (Step(act.key, f"{act.label} by", chain.act), last)
    served = Step("presumed_served", "Presumed served", chain.served, False)
    acts = [Step(act.key, f"{act.label} by", chain.act), served, last]
    if act.key == "post_by":
        acts.insert(0, Step("produce_by", "Produce by", chain.produce or chain.act))
    return tuple(acts)


class Act(NamedTuple):
    """How one way of serving is spoken of."""

    key: str
    label: str
    must: str
    thing: str
    presumed: str


LETTER = "A letter is presumed delivered on {nth} after posting"
ACTS: Mapping[str, Act] = {
    "svc-computer": Act("post_by", "Post", "the letter must go", "post", LETTER),
    "svc-post": Act("post_by", "Post", "the letter must go", "post", LETTER),
    "svc-interp-act": Act("post_by", "Post", "the letter must go", "post", LETTER),
    "svc-dx": Act(
        "leave_by", "Leave at the exchange", "it must be left there", "document exchange",
        "What is left at the exchange is presumed served on {nth} after",
    ),
    "svc-left": Act(
        "leave_by", "Leave", "it must be left", "notice left at an address",
        "A notice left at an address is presumed served on {nth}",
    ),
    "svc-electronic": Act(
        "send_by", "Send", "it must be sent", "message",
        "A message is served the day it is sent, if that is a business day",
    ),
    "svc-hand": Act(
        "hand_by", "Hand over", "it must be handed over", "notice",
        "A notice is served on the day it is handed over",
    ),
}  # fmt: skip


def _must_go(chain: Chain, calendar: Calendar) -> str:
    act, via = ACTS[chain.via.rule.id], chain.via
    go = f"{act.must} by {wording.close(chain.act, chain.serve_by)}"
    if via.cut_off:
        go = f"{go} at {via.cut_off:%H:%M}"
    if chain.produce:
        go += f" and be printed by {wording.close(chain.produce, chain.act)}"
    if chain.served == chain.serve_by:
        return f"{_presumed(via)}, so {go}."
    skipped = service.left_out(chain.served, chain.serve_by + counting.DAY, calendar)
    return f"No {act.thing} is presumed delivered {skipped}, so {go}."


def _presumed(via: service.Way) -> str:
    """How service is presumed, the number of days taken from the rule of service."""
    return ACTS[via.rule.id].presumed.format(nth=service.ORDINALS[via.served_after])


def _counted(rule: Rule, chain: Chain, calendar: Calendar) -> tuple[Counted, ...]:
    year, first = chain.offence.year, counting.c1_days_after(chain.offence, 1)
    last, served = wording.full(chain.serve_by), wording.near(chain.served, year)
    begins = f"The day of the offence is not counted. Day 1 is {wording.near(first, year)}."
    runs = f"{chain.number} days are counted, weekends and holidays included. Day {chain.number} is {last}."
    told = [
        Counted(begins, rule.data["first_day_authority"]),
        Counted(f"{runs} No weekend or holiday moves it.", rule.data["limit_authority"]),
    ]
    if chain.via.served_after or chain.via.cut_off:
        acted = f"{_presumed(chain.via)}: it must be presumed served by {served}."
        told.append(
            Counted(
                f"{acted} {_must_go(chain, calendar)}", f"{chain.via.rule.cited}; {rule.data['served_under']}"
            )
        )
    if chain.produce and chain.via.posted_after:
        produced = wording.near(chain.produce, year)
        nth = service.ORDINALS[chain.via.posted_after]
        text = f"A letter produced by a computer for posting is presumed posted on {nth} after it is produced"
        told.append(Counted(f"{text}: produce by {produced}.", chain.via.rule.cited))
    return tuple(told)


def would_change(rule: Rule, chain: Chain) -> tuple[str, ...]:
    """What would move or lift this limit."""
    proof = f"Proof of posting: produce by {wording.close(chain.act, chain.act)}."
    return ((proof,) if chain.produce else ()) + rule.changes
