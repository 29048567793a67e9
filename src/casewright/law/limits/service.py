"""Service and deemed service: from an act (posting, leaving, sending) to the day it is presumed served, and back.

Criminal Procedure Rules r.4.3 to r.4.11. The numbers of days and the time of day come from the catalogue.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache
from typing import Any, NamedTuple

from casewright.law import counting, wording
from casewright.law.calendars import Calendar
from casewright.law.findings import Finding, Step, Strip, Told, citing
from casewright.law.limits.answers import COMPUTED, answer
from casewright.law.limits.catalogue import Rule, in_force


class Way(NamedTuple):
    """One way of serving: its rule and what it counts. `posted_after` is None unless posting is presumed."""

    rule: Rule
    served_after: int
    posted_after: int | None
    cut_off: time | None
    act: str
    done: str


@cache
def way(rule: Rule) -> Way:
    """The way of serving a service rule describes."""
    data = rule.data
    cut_off = time.fromisoformat(data["cut_off"]) if "cut_off" in data else None
    return Way(rule, data["served_after"], data.get("posted_after"), cut_off, data["act"], data["done"])


def by(sent_by: str, on: date) -> Way:
    """The way of serving called `sent_by` (post, computer, hand, left, electronic, dx) in force `on`."""
    return way(in_force(f"svc-{sent_by}", on))


class Served(NamedTuple):
    """From the act to presumed service: the act's own day, the presumed posting if any, the service."""

    acted: date
    posted: date | None
    served: date


def serve(via: Way, acted: date | datetime, calendar: Calendar) -> Served:
    """The day a document is presumed served, from the day (or instant) of the act."""
    days = calendar.days("business")
    on = wording.london_day(acted) if isinstance(acted, datetime) else acted
    if via.posted_after is not None:
        posted = counting.c8_second_business_day(on, via.posted_after, days)
        return Served(on, posted, counting.c8_second_business_day(posted, via.served_after, days))
    if isinstance(acted, datetime):
        return Served(on, None, _sent(via, acted, calendar))
    if via.served_after == 0:
        return Served(on, None, on)
    return Served(on, None, counting.c8_second_business_day(on, via.served_after, days))


def _sent(via: Way, sent: datetime, calendar: Calendar) -> date:
    """Electronic service: the same day if a business day and by the cut-off, else the next business day."""
    days, local = calendar.days("business"), sent.astimezone(wording.LONDON)
    in_time = via.cut_off is None or local.time() <= via.cut_off
    return local.date() if in_time and days.is_open(local.date()) else days.after(local.date(), 1)


def latest(via: Way, served_by: date, calendar: Calendar) -> tuple[date | None, date, date]:
    """The last days to produce, to act (post, leave, send) and to be presumed served by `served_by`.

    Business days, the safe reading: an act at a weekend may do, but nothing is gained by it.
    """
    days = calendar.days("business")
    if via.served_after == 0 and via.cut_off is None:
        return None, served_by, served_by
    served = days.on_or_before(served_by)
    acted = served if via.cut_off else counting.c8_posted_for(served_by, via.served_after, days)
    produced = None if via.posted_after is None else days.before(acted, via.posted_after)
    return produced, acted, served


def find(rule: Rule, facts: Mapping[str, Any], calendar: Calendar, policy: Mapping[str, Any]) -> Finding:
    """The presumed day of service of one document, or the day it is shown to have been received."""
    del policy
    via, acted = way(rule), facts[rule.law_of]
    if rule.id == "svc-interp-act" and facts["post_class"] == "second":
        via = via._replace(served_after=rule.data["served_after_second"])
    found = serve(via, acted, calendar)
    shown = facts.get("answered_on")
    served = min(found.served, shown) if shown else found.served
    uncertain = rule.uncertain
    if calendar.is_computed(served):
        uncertain = f"{uncertain} {COMPUTED}".strip()
    return answer(
        rule,
        facts,
        served,
        served,
        uncertain=uncertain,
        tell=lambda: tell(via, acted, found, served, calendar),
    )


def find_by(rule: Rule, facts: Mapping[str, Any], calendar: Calendar, policy: Mapping[str, Any]) -> Finding:
    """Presumed service of a notice or requirement, by whichever way it was served."""
    del policy
    via, acted = by(facts["sent_by"], max(facts["acted_on"], rule.effective_from)), facts["acted_on"]
    found = serve(via, acted, calendar)
    served = min(found.served, facts.get("answered_on", found.served))
    return answer(rule, facts, served, served, tell=lambda: tell(via, acted, found, served, calendar))


def tell(via: Way, acted: date | datetime, found: Served, served: date, calendar: Calendar) -> Told:
    """The sentences and the chain of one service."""
    year, steps = found.acted.year, [Step("acted", via.act, found.acted, False)]
    texts = [f"{via.done} {_said(acted)}."]
    if found.posted:
        steps.append(Step("presumed_posted", "Presumed posted", found.posted, False))
        nth = ORDINALS[via.posted_after or 0]
        texts.append(f"It is presumed posted on {nth}, {wording.near(found.posted, year)}.")
    steps.append(Step("presumed_served", "Presumed served", served, False))
    texts.append(presumption(via, found, year))
    skipped = left_out(found.acted, found.served, calendar)
    if skipped and found.served != found.acted:
        texts.append(f"Nothing is presumed delivered {skipped}.")
    if served != found.served:
        texts.append(f"The person answered on {wording.near(served, year)}, which shows it came by then.")
    counted = citing(texts, via.rule.cited)
    strip = Strip(via.act, found.acted, served, "open_days", "business")
    return Told(tuple(texts), tuple(steps), counted, strip)


def _said(acted: date | datetime) -> str:
    return f"at {wording.moment(acted)}" if isinstance(acted, datetime) else f"on {wording.full(acted)}"


ORDINALS = ("the same day", "the next business day", "the second business day", "the third business day",
            "the fourth business day")  # fmt: skip


def presumption(via: Way, found: Served, year: int) -> str:
    """How service is presumed, in one sentence."""
    served = wording.near(found.served, year)
    if via.served_after == 0:
        return (
            f"It is served that day, {served}."
            if found.served == found.acted
            else f"It is served on {served}."
        )
    after = "posting" if via.posted_after is not None else "that"
    return f"It is presumed served on {ORDINALS[via.served_after]} after {after}, {served}."


def left_out(after: date, until: date, calendar: Calendar) -> str:
    """Why days between two dates are not business days, in words, or nothing."""
    days, on, reasons = calendar.days("business"), after + counting.DAY, []
    while on < until:
        reasons.append(days.why_closed(on))
        on += counting.DAY
    return wording.closed(reason for reason in reasons if reason)
