"""The Full Code Test as a person answers it: the evidence element by element, the public interest, and what follows.

The two stages and what must be recorded for each: Code for Crown Prosecutors (reference file-standard.md 3.2: that
they exist H, their wording GK, so the words here are our own). Pure: it says what is wanting or contradicts itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from casewright.law import charges, practice
from casewright.law.authority import Authority, cite
from casewright.law.offences import Offence
from casewright.law.refusals import InvalidFacts

AUTHORITY: Authority = cite("Code for Crown Prosecutors")
STANDINGS: Mapping[str, str] = {"shown": "Shown", "contradicted": "Contradicted", "not_known": "Not known"}
EVIDENTIAL: Mapping[str, str] = {
    "met": "Met: a conviction is more likely than not",
    "not_met": "Not met",
    "not_yet": "Not yet known: something is awaited",
}
PUBLIC_INTEREST: Mapping[str, str] = {
    "prosecute": "It asks for a prosecution",
    "alternative": "Another way answers it",
    "nothing": "It asks for nothing more",
}
# What the public interest turns on: each is asked about, none decides alone.
FACTORS: Mapping[str, str] = {
    "seriousness": "How serious the offence is",
    "culpability": "How far the person is to blame",
    "harm": "What harm was done, and to whom",
    "age": "The person's age and maturity",
    "community": "What it does to others in the place",
    "proportion": "Whether a prosecution is in proportion",
    "source": "Whether a source must be protected",
}
PROSECUTES = frozenset({"single_justice", "requisition", "refer_cps"})
OFFERS = frozenset({"course", "rectification", "conditional_offer"})
NOTHING = "no_further_action"
COMMON = ("the person named was driving or is answerable", "day, time and place")
SHORTEST = "unit.reason_characters"  # of a reason that another could follow


class Element(NamedTuple):
    """One thing to be proved: whether it is shown, and by what."""

    name: str
    standing: str = "not_known"
    by: str = ""


@dataclass(frozen=True, slots=True)
class Considered:
    """What a decider answers: the evidence, the two stages, why, and why not otherwise."""

    elements: tuple[Element, ...] = ()
    evidential: str = ""
    despite: str = ""
    public_interest: str = ""
    factors: tuple[str, ...] = ()
    rationale: str = ""
    against: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """What was answered, in plain JSON values."""
        return {
            "elements": [element._asdict() for element in self.elements],
            "evidential": self.evidential,
            "despite": self.despite,
            "public_interest": self.public_interest,
            "factors": list(self.factors),
            "against": dict(self.against),
        }


def elements_of(offence: Offence) -> tuple[str, ...]:
    """What has to be shown for an offence, in plain words: what all need, then what its own charge rests on."""
    return (*COMMON, *(charges.to_show(offence) or (f"what {offence.provision} forbids",)))


def open_elements(considered: Considered) -> tuple[str, ...]:
    """The elements that are contradicted or not known, in order."""
    return tuple(element.name for element in considered.elements if element.standing != "shown")


def check(
    considered: Considered,
    taken: str,
    *,
    provisional: bool = False,
    policy: Mapping[str, Any] = MappingProxyType({}),
) -> None:
    """Refuse a decision whose stages are unanswered or do not lead to what was taken.

    :param taken: the option's key, as `law.traffic.decide` names it
    :param provisional: taken on limited information, to be looked at again
    :param policy: the unit's settings in force; how long reasons must be is one of them
    :raises InvalidFacts: naming the answer that is wanting or the two that contradict each other
    """
    _answered(considered, practice.figure(SHORTEST, policy))
    if considered.evidential == "not_yet":
        _expect(
            provisional, "evidential", "not yet known", "a provisional decision, or an answer that is certain"
        )
        return
    if considered.evidential == "not_met":
        _expect(taken == NOTHING, "taken", taken, "no further action: the evidential stage is not met")
        return
    wanting = open_elements(considered)
    _expect(
        not wanting or bool(considered.despite.strip()),
        "despite",
        None,
        f"why the evidential stage is met although this is not shown: {'; '.join(wanting)}",
    )
    _interest(considered, taken)


def _answered(considered: Considered, shortest: int) -> None:
    _expect(
        considered.evidential in EVIDENTIAL,
        "evidential",
        considered.evidential or None,
        "met, not met or not yet known",
    )
    for element in considered.elements:
        _expect(
            element.standing in STANDINGS, element.name, element.standing, "shown, contradicted or not known"
        )
        shown = element.standing != "shown" or bool(element.by.strip())
        _expect(shown, element.name, "shown", "by what it is shown: name the item")
    length = len(considered.rationale.strip())
    _expect(
        length >= shortest,
        "rationale",
        considered.rationale.strip() or None,
        f"reasons that another could follow, {shortest} characters or more",
    )


def _interest(considered: Considered, taken: str) -> None:
    said = considered.public_interest
    _expect(said in PUBLIC_INTEREST, "public_interest", said or None, "what the public interest asks for")
    _expect(
        bool(considered.factors) and set(considered.factors) <= set(FACTORS),
        "factors",
        list(considered.factors) or None,
        "at least one of what was weighed",
    )
    fits = {"prosecute": PROSECUTES, "alternative": OFFERS, "nothing": frozenset({NOTHING})}[said]
    _expect(
        taken in fits,
        "taken",
        taken.replace("_", " "),
        f"a way that fits the public interest as you answered it ({PUBLIC_INTEREST[said].lower()})",
    )


def _expect(so: bool, fact: str, value: Any, expected: str) -> None:
    if not so:
        raise InvalidFacts(fact, value, expected)
