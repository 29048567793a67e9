"""The answer to a requirement to say who drove, and what follows (R50 to R56)."""

from __future__ import annotations

from casewright.law.limits import deadline
from casewright.law.traffic.case import APPLIED, FAILED, NOT_KNOWN, PASSED, Case, Verdict, rule
from casewright.law.wording import full


@rule("R56", asks="nominee_cases")
def same_nominee(case: Case) -> Verdict | None:
    """The same person or address named in unrelated cases: a fraud review, and no offer by itself."""
    cases, most = case.facts.nominee_cases, case.setting("nominee_cases")
    if cases is None or cases < most:
        return None
    return Verdict(
        NOT_KNOWN,
        f"The person named is named in {cases} unrelated cases; {most} call for a review.",
        "FRAUD_REVIEW",
    )


@rule("R55", asks="answer")
def long_chain(case: Case) -> Verdict | None:
    """A chain of more people, or of more days, than the unit follows without an enquiry."""
    facts, hops, days = case.facts, case.setting("chain_hops"), case.setting("chain_days")
    if facts.answer != "other_named":
        return None
    if (facts.hops or 0) > hops:
        return Verdict(
            NOT_KNOWN,
            f"{facts.hops} people were named one after the other, more than {hops}.",
            "CHAIN_ENQUIRY",
        )
    if (case.on - facts.offence_on).days > days:
        return Verdict(NOT_KNOWN, f"More than {days} days have passed since the offence.", "CHAIN_ENQUIRY")
    return Verdict(APPLIED, "The person named is asked in turn.", takes="ask_nominee")


@rule("R54", asks="answer")
def unsigned(case: Case) -> Verdict | None:
    """An unsigned answer proves nothing by RTOA 1988 s.12; it is returned once."""
    if case.facts.answer != "unsigned" or case.facts.returned_once:
        return None
    return Verdict(
        APPLIED, "The answer is not signed and is returned once for signature.", takes="return_answer"
    )


@rule("R53", asks="answer")
def answered_late(case: Case) -> Verdict | None:
    """s.172(7)(b): given as soon as reasonably practicable after the period."""
    if case.facts.answer != "late":
        return None
    if case.facts.answered_reasonably:
        return Verdict(
            APPLIED, "The answer came late but as soon as reasonably practicable.", takes="accept_answer"
        )
    return Verdict(
        PASSED,
        "The answer came late and not as soon as reasonably practicable.",
        declines=("conditional_offer",),
    )


@rule("R52", asks="answer")
def cannot_know(case: Case) -> Verdict | None:
    """s.172(4): not known and not to be ascertained with reasonable diligence, judged at the time of the request."""
    if case.facts.answer != "cannot_know":
        return None
    if case.facts.diligence is None:
        return Verdict(
            NOT_KNOWN, "The driver is said not to be known: ask what was done to find out.", "ASK_DILIGENCE"
        )
    if case.facts.diligence:
        said = "With reasonable diligence it could not be found out who drove."
        return Verdict(FAILED, said, "DRIVER_UNDETERMINED_DEFENCE")
    said = "Reasonable diligence to find out who drove is not shown."
    return Verdict(PASSED, said, declines=("conditional_offer",))


@rule("R51", asks="accused")
def company_default(case: Case) -> Verdict | None:
    """s.172(5), (6): a company answers as itself; officers for consent or connivance are considered."""
    if not case.company or not case.failure_to_identify:
        return None
    return Verdict(APPLIED, "The company itself is to answer; consent or connivance of its officers is considered.",
                   declines=("conditional_offer",))  # fmt: skip


@rule("R50", family="section-172")
def no_answer(case: Case) -> Verdict | None:
    """s.172(3), (7): no signed answer in the 28 days beginning with service."""
    if not case.failure_to_identify:
        return None
    facts = case.facts
    if facts.answer == "":
        return Verdict(
            NOT_KNOWN, "Whether and how the requirement was answered is not known.", "ANSWER_NOT_KNOWN"
        )
    if facts.answer == "driver_named":
        return Verdict(FAILED, "The driver was named, so nobody failed to say who drove.", "DRIVER_NAMED")
    if facts.answer not in {"none", "unsigned"}:
        return None
    if facts.requirement_served_on:
        served = facts.requirement_served_on
        last = deadline(
            "s172-28", {"served_on": served}, on=max(served, case.on), calendars=case.calendar
        ).act_by
        if last is not None and case.on <= last:
            return Verdict(NOT_KNOWN, f"The 28 days run to {full(last)}.", "PERIOD_RUNNING")
    return Verdict(PASSED, "No signed answer came in the 28 days.", declines=("conditional_offer",))
