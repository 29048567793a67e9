"""A stored decision decided again, and what differs: rules, options, the one law would take, its dates and reasons.

Pure: facts, figures and what law said then go in as plain JSON values, as a decision keeps them. What a person took is
not looked at; only what law said is compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from casewright.law import traffic
from casewright.law.refusals import InvalidFacts, NoLawInForce

KINDS = ("detection", "allegation")
Said = Mapping[str, Any]
BAR_RULES = frozenset({"R40", "R41"})
REFUSED = "refused"


class RuleChanged(NamedTuple):
    """One rule that speaks otherwise: what it said then and says now (None where it was silent)."""

    rule: str
    then: Said | None
    now: Said | None

    @property
    def outcome_differs(self) -> bool:
        """Whether more than its sentence differs."""
        if self.then is None or self.now is None:
            return True
        return any(self.then[name] != self.now[name] for name in ("outcome", "code"))

    @property
    def sentences(self) -> frozenset[str]:
        """What it said on either side."""
        return frozenset(each["sentence"] for each in (self.then, self.now) if each)


class OptionChanged(NamedTuple):
    """One option that stands otherwise, then and now (None where it was no option)."""

    key: str
    then: Said | None
    now: Said | None

    @property
    def standing_differs(self) -> bool:
        """Whether it is lawful, or the policy, on one side and not on the other."""
        return standing(self.then) != standing(self.now)


class Changed(NamedTuple):
    """What differs in a decision. `refusal` says why it can no longer be decided; `now` is then what it was."""

    then: Said
    now: Said
    rules: tuple[RuleChanged, ...] = ()
    options: tuple[OptionChanged, ...] = ()
    fields: tuple[str, ...] = ()
    refusal: str = ""

    @property
    def comes_out_otherwise(self) -> bool:
        """Whether more than words differs: the option taken and its code, how an option stands, what holds it."""
        held = bool(self.then.get("blocking")) != bool(self.now.get("blocking"))
        outcome = bool({"taken", "reason_code"} & set(self.fields)) or bool(self.refusal)
        return outcome or held or any(each.standing_differs for each in self.options)

    @property
    def grounds(self) -> frozenset[str]:
        """All that an explanation must name: each differing rule, and whatever no differing rule accounts for."""
        if self.refusal:
            return frozenset({REFUSED})
        named = {each.rule for each in self.rules} | {f"option:{each.key}" for each in self._unaccounted()}
        if "taken" in self.fields and not self._moves():
            named.add("taken")
        if "charge_by" in self.fields and not BAR_RULES & named:
            named.add("charge_by")
        return frozenset(named or self.fields)

    def _unaccounted(self) -> list[OptionChanged]:
        """The options in which no differing rule is heard."""
        said = frozenset[str]().union(*(each.sentences for each in self.rules))
        return [each for each in self.options if not said & _sentences(each)]

    def _moves(self) -> bool:
        """Whether a rule's outcome or an option's standing accounts for another option taken."""
        rules = any(each.outcome_differs for each in self.rules)
        return rules or any(each.standing_differs for each in self.options)


FIELDS = ("taken", "reason_code", "band", "summary", "reasons", "blocking", "charge_by")


def decide_again(facts: Said, *, on: date, values: Said) -> dict[str, Any]:
    """Today's code over stored facts and figures, in plain JSON values. Raises InvalidFacts, NoLawInForce."""
    read = facts if "offence_code" in facts else traffic.facts_from_text(facts)
    found: dict[str, Any] = traffic.decide(read, on=on, policy=values).as_json()
    return found


def replay(facts: Said, then: Said, under: Said | None = None) -> Changed | None:
    """Decide again on stored facts with the figures kept in `then`, or with others in their place (`under`).

    None if law says the same; what it now refuses is a difference too.
    """
    values = {**then["values"], **(under or {})}
    try:
        now = decide_again(facts, on=date.fromisoformat(then["on"]), values=values)
    except (InvalidFacts, NoLawInForce) as refusal:
        return Changed(then, then, refusal=str(refusal))
    return compare(then, now)


def compare(then: Said, now: Said) -> Changed | None:
    """What differs between two answers of law on the same facts; None if nothing does."""
    if _alike(then, now):
        return None
    rules = tuple(RuleChanged(*each) for each in _pairs(then["rules"], now["rules"], "rule"))
    options = tuple(OptionChanged(*each) for each in _pairs(then["options"], now["options"], "key"))
    fields = tuple(name for name in FIELDS if then.get(name) != now.get(name))
    return Changed(then, now, rules, options, fields)


COMPARED = ("rules", "options", *FIELDS)


def _alike(then: Said, now: Said) -> bool:
    return all(then.get(name) == now.get(name) for name in COMPARED)


def _pairs(
    then: list[dict[str, Any]], now: list[dict[str, Any]], name: str
) -> list[tuple[str, Said | None, Said | None]]:
    """Those of two lists that differ, by their key and in the order of today's list."""
    was, is_now = ({each[name]: each for each in side} for side in (then, now))
    keys = [*is_now, *(key for key in was if key not in is_now)]
    return [(key, was.get(key), is_now.get(key)) for key in keys if was.get(key) != is_now.get(key)]


def _sentences(option: OptionChanged) -> frozenset[str]:
    """The reasons and blocks of an option on both sides."""
    sides = [each for each in (option.then, option.now) if each]
    blocks = {block["sentence"] for each in sides for block in each.get("blocks", ())}
    return frozenset({said for each in sides for said in each["reasons"]} | blocks)


def standing(option: Said | None) -> str:
    """How an option stands, in words."""
    if option is None:
        return "no option"
    if not option["lawful"]:
        return "not lawful"
    return "lawful" if option.get("in_policy", True) else "lawful, not the policy"
