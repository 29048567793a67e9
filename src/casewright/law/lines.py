"""JSON Lines: one question in, one answer or one error out, for a million at a time."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from casewright.law import settings
from casewright.law.findings import Finding, States
from casewright.law.limits import deadline, law_day
from casewright.law.refusals import InvalidFacts, NoLawInForce

EXPECTED = 'a JSON object such as {"rule": "nip-14", "facts": {"offence_on": "2026-12-12"}}'
KEYS = frozenset({"rule", "facts", "on", "policy", "id"})


def answer_lines(lines: Iterable[str]) -> Iterator[str]:
    """One line of JSON for each line given, in order; blank lines are left out."""
    for line in lines:
        if line.strip():
            yield answer_line(line)


def answer_line(line: str) -> str:
    """Answer one question: `rule`, `facts`, and if wanted `on`, `policy` and an `id` that is given back."""
    question: Any = None
    try:
        question = _read(line)
        finding = _ask(question)
    except (InvalidFacts, NoLawInForce) as refusal:
        return WRITE(refused(refusal) | _echo(question))
    return _written(question, finding)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names each stand once: of two values nobody can tell which was meant."""
    found = dict(pairs)
    if len(found) != len(pairs):
        name, value = next(pair for place, pair in enumerate(pairs) if pair[0] in dict(pairs[:place]))
        raise InvalidFacts(name, value, "one value; it is given twice")
    return found


parse = json.JSONDecoder(object_pairs_hook=_once).decode


def _read(line: str) -> Mapping[str, Any]:
    try:
        question = parse(line)
    except InvalidFacts:
        raise
    except ValueError:
        raise InvalidFacts("line", line.strip()[:200], EXPECTED) from None
    if not isinstance(question, dict) or not isinstance(question.get("facts", {}), dict):
        raise InvalidFacts("line", line.strip()[:200], EXPECTED)
    for name in question:
        if name not in KEYS:
            raise InvalidFacts(str(name), question[name], "only rule, facts, on, policy and id")
    return question


def _ask(question: Mapping[str, Any]) -> Finding:
    rule, facts = question.get("rule"), question.get("facts", {})
    if not isinstance(rule, str):
        raise InvalidFacts("rule", rule, "a rule id listed by law rules")
    stated, policy = question.get("on"), question.get("policy")
    on = law_day(rule, facts) if stated is None else _day(stated)
    if policy is not None:
        _check(policy)
    return deadline(rule, facts, on=on, policy=policy)


def _check(policy: Any) -> None:
    if not isinstance(policy, dict):
        raise InvalidFacts("policy", policy, 'settings by name, such as {"ndors-accept-28.number": 21}')
    for key, value in policy.items():
        settings.check(key, value)


def _day(text: Any) -> date:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        raise InvalidFacts("on", text, "the day whose law applies, such as 2026-12-12") from None


def refused(refusal: InvalidFacts | NoLawInForce) -> dict[str, Any]:
    """A refusal in plain JSON values: the sentence, and what was wrong."""
    if isinstance(refusal, InvalidFacts):
        value = refusal.value if isinstance(refusal.value, str | int | bool | None) else str(refusal.value)
        return {"error": str(refusal), "fact": refusal.fact, "value": value, "expected": refusal.expected}
    return {"error": str(refusal), "fact": "on", "value": refusal.on.isoformat(), "expected": refusal.stated}


def _echo(question: Any) -> dict[str, Any]:
    return {"id": question["id"]} if isinstance(question, dict) and "id" in question else {}


WRITE = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


@cache
def _stated(rule: States, rule_id: str, version: str) -> str:
    """What the rule itself states, written once: the opening of every answer under it."""
    cited = "; ".join(map(str, rule.authority))
    stated = {"rule": rule_id, "consequence": rule.consequence, "authority": cited}
    return WRITE(stated | {"confidence": rule.confidence, "law_version": version})[:-1]


def _written(question: Mapping[str, Any], found: Finding) -> str:
    """What the rule states, then what differs from answer to answer."""
    told = found.told
    answer = {
        "applies": found.applies,
        "act_by": found.act_by and found.act_by.isoformat(),
        "outer_limit": found.outer_limit and found.outer_limit.isoformat(),
        "steps": {step.key: step.on.isoformat() for step in told.steps},
        "working": told.working,
        "uncertain": found.uncertain,
    }
    if "id" in question:
        answer["id"] = question["id"]
    return f"{_stated(found.rule, found.rule_id, found.law_version)}, {WRITE(answer)[1:]}"
