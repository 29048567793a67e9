"""What follows a notice, offer, course or single justice notice already given (R60 to R69)."""

from __future__ import annotations

from datetime import date, timedelta

from casewright.law.limits import deadline
from casewright.law.traffic import penalties
from casewright.law.traffic.case import APPLIED, OFFERS, PROSECUTIONS, Case, Verdict, rule
from casewright.law.wording import full


def _given(case: Case, *kinds: str) -> date | None:
    """The day one of these was given, or None if none was."""
    return case.facts.offered_on if case.facts.offered in kinds else None


def _ends(rule_id: str, name: str, given: date) -> date:
    found = deadline(rule_id, {name: given}, on=given).act_by
    assert isinstance(found, date)  # noqa: S101 - both rules always give a day
    return found


@rule("R68", asks="set_aside")
def set_aside(case: Case) -> Verdict | None:
    """MCA 1980 ss.14, 16E, 142: the same proceedings are listed again; the address is checked."""
    if not case.facts.set_aside:
        return None
    return Verdict(
        APPLIED,
        "The conviction is set aside: the same proceedings are served and listed again.",
        takes="relist",
    )


@rule("R69", asks="cancel")
def cancelled(case: Case) -> Verdict | None:
    """Cancelled after payment or points: the court's office refunds and takes the endorsement off."""
    if not case.facts.cancel:
        return None
    if case.facts.payment == "full":
        return Verdict(
            APPLIED,
            "It is cancelled after payment: refund and removal of points are asked for.",
            takes="refund",
        )
    return Verdict(APPLIED, "It is cancelled before anything was paid.", takes="close")


@rule("R63", asks="offered")
def paid(case: Case) -> Verdict | None:
    """s.76(2): paid with the identity right, no proceedings may be brought."""
    if (
        _given(case, "fixed_penalty", "conditional_offer") is None
        or case.facts.payment != "full"
        or case.facts.cancel
    ):
        return None
    return Verdict(
        APPLIED,
        "It is paid and the identity is right, so no proceedings may be brought.",
        bars=PROSECUTIONS,
        takes="close",
    )


@rule("R62", asks="offered")
def paid_wrongly(case: Case) -> Verdict | None:
    """s.76(4) to (6): the money is returned, and the offer goes on while there is time."""
    given = _given(case, "conditional_offer")
    if given is None or case.facts.payment not in {"short", "wrong_identity"}:
        return None
    ends = _ends("cond-offer-28", "offer_on", given)
    if case.on > ends:
        return None
    return Verdict(
        APPLIED,
        f"The money is returned; the offer stays open to {full(ends)}.",
        bars=PROSECUTIONS,
        takes="wait",
    )


@rule("R60", asks="offered")
def notice_unpaid(case: Case) -> Verdict | None:
    """s.55: unpaid with no hearing asked for in time, it is registered at one and a half times; never prosecuted."""
    given = _given(case, "fixed_penalty")
    if given is None or case.facts.payment == "full":
        return None
    if case.facts.hearing_requested:
        return Verdict(APPLIED, "A hearing was asked for in time, so it is prosecuted.", declines=OFFERS)
    ends = _ends("fpn-sep-21", "notice_on", given)
    if case.on <= ends:
        return Verdict(
            APPLIED,
            f"The notice may be paid up to {full(ends)}; no proceedings until then.",
            bars=PROSECUTIONS,
            takes="wait",
        )
    pounds = penalties.registration_sum(case.offence.penalty_pounds or 0)
    return Verdict(
        APPLIED,
        f"Not paid by {full(ends)}: {pounds} pounds are registered as a fine.",
        bars=PROSECUTIONS,
        takes="register",
    )


@rule("R61", asks="offered")
def offer_not_taken(case: Case) -> Verdict | None:
    """s.76(4)(b): proceedings only after the offer has ended and the clerk has said so."""
    given = _given(case, "conditional_offer")
    if given is None or case.facts.payment == "full":
        return None
    ends = _ends("cond-offer-28", "offer_on", given)
    if case.on <= ends:
        return Verdict(
            APPLIED,
            f"The offer is open to {full(ends)}; no proceedings until then.",
            bars=PROSECUTIONS,
            takes="wait",
        )
    if not case.facts.clerk_notified:
        said = f"The offer ended on {full(ends)}; the fixed penalty clerk's notice is awaited."
        return Verdict(APPLIED, said, bars=PROSECUTIONS, takes="wait")
    return Verdict(
        APPLIED, f"The offer ended on {full(ends)} and the clerk has given notice.", declines=OFFERS
    )


@rule("R65", asks="course_result")
def course_done(case: Case) -> Verdict | None:
    """A completed course ends it."""
    if _given(case, "course") is None or case.facts.course_result != "completed":
        return None
    return Verdict(APPLIED, "The course was completed.", takes="close")


@rule("R64", asks="course_result")
def course_not_done(case: Case) -> Verdict | None:
    """A course not booked or failed: an offer if there is time, else a court."""
    if _given(case, "course") is None or case.facts.course_result not in {"failed", "not_booked"}:
        return None
    late = case.act_by is not None and case.on + timedelta(days=29) > case.act_by
    declined = OFFERS if late else ("course",)
    said = "there is no time left for an offer" if late else "an offer may still be made"
    return Verdict(APPLIED, f"The course was not completed; {said}.", declines=declined)


@rule("R67", asks="plea")
def hearing_wanted(case: Case) -> Verdict | None:
    """Not guilty, or guilty with a hearing: referred to a court, ten days for dates to avoid."""
    if _given(case, "single_justice") is None or case.facts.plea not in {"guilty_hearing", "not_guilty"}:
        return None
    return Verdict(
        APPLIED, "A hearing is wanted: ten days for dates to avoid, then it is listed.", takes="list_hearing"
    )


@rule("R66", asks="offered")
def no_plea(case: Case) -> Verdict | None:
    """Ready when 28 days from posting, 15 business days from service and any later printed day have all ended."""
    given = _given(case, "single_justice")
    if given is None or case.facts.plea not in {"", "none"}:
        return None
    last = ready_after(case, given)
    if case.on <= last:
        return Verdict(APPLIED, f"A plea may come up to {full(last)}.", takes="wait")
    return Verdict(
        APPLIED, f"No plea came by {full(last)}: it is ready for proof in absence.", takes="prove_in_absence"
    )


def ready_after(case: Case, posted: date) -> date:
    """The last of the days before which a case without a plea is not tried (CrimPR r.24.9(4))."""
    plea = {"served_on": case.facts.served_on} if case.facts.served_on else {"posted_on": posted}
    rule_end = deadline(
        "sjp-response-15bd", plea, on=max(posted, date(2020, 10, 5)), calendars=case.calendar
    ).act_by
    platform = deadline("sjp-platform-28", {"posted_on": posted}, on=posted, policy=case.policy).act_by
    ends = [rule_end, platform and platform - timedelta(days=1), case.facts.printed_until]
    return max(each for each in ends if isinstance(each, date))
