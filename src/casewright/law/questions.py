"""JSON Lines for decisions, offences, routes and identifiers: one question in, one answer or one error out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from casewright.law import charges, charging, identifiers, offences, settings, traffic
from casewright.law.identifiers import NotValid
from casewright.law.lines import parse, refused
from casewright.law.refusals import InvalidFacts, NoLawInForce

WRITE = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


def answer_lines(kind: str, lines: Iterable[str]) -> Iterator[str]:
    """One line of JSON for each line given, in order; blank lines are left out. `kind` is a key of QUESTIONS."""
    asked = QUESTIONS[kind]
    for line in lines:
        if line.strip():
            yield _answer(asked, line)


def _answer(asked: Question, line: str) -> str:
    question: Any = None
    try:
        question = _read(line, asked)
        return _with_id(question, asked.answer(question))
    except NotValid as wrong:
        return _with_id(question, WRITE(wrong.as_json()))
    except (InvalidFacts, NoLawInForce) as refusal:
        return _with_id(question, WRITE(refused(refusal)))


def _with_id(question: Any, text: str) -> str:
    if not isinstance(question, dict) or "id" not in question:
        return text
    return f'{text[:-1]}, "id": {WRITE(question["id"])}}}'


def _read(line: str, asked: Question) -> dict[str, Any]:
    try:
        question = parse(line)
    except InvalidFacts:
        raise
    except ValueError:
        question = None
    if not isinstance(question, dict):
        raise InvalidFacts("line", line.strip()[:200], f"a JSON object such as {asked.example}")
    for name in question:
        if name not in asked.names and name != "id":
            raise InvalidFacts(str(name), question[name], f"only {', '.join(asked.names)} and id")
    return question


class Question:
    """A kind of question: how it is answered, what it may name, and one that can be asked."""

    def __init__(self, answer: Callable[[Mapping[str, Any]], str], example: str, *names: str) -> None:
        self.answer, self.example, self.names = answer, example, names


def _decide(question: Mapping[str, Any]) -> str:
    facts, policy = question.get("facts"), question.get("policy")
    if not isinstance(facts, dict) or not isinstance(policy, dict | None):
        raise InvalidFacts("facts", facts, "an object of facts, and an object of settings as policy")
    own = {name: settings.check(name, value) for name, value in (policy or {}).items()}
    found = traffic.decide(_moments(facts), on=day_of(question), policy=own)
    return str(found.as_text())


def _moments(facts: dict[str, Any]) -> dict[str, Any]:
    """A detection's moment and days from text; an allegation's days are read with its facts."""
    if "offence_code" in facts:
        return facts
    return traffic.facts_from_text(facts)


def day_of(question: Mapping[str, Any], name: str = "on", what: str = "the day asked about") -> date:
    """The day asked about, or another that the question names; it is never assumed."""
    try:
        return date.fromisoformat(question[name])
    except (KeyError, TypeError, ValueError):
        raise InvalidFacts(name, question.get(name), f"{what}, such as 2026-07-16") from None


def _offence(question: Mapping[str, Any]) -> str:
    found = offences.known(str(question.get("code")))
    told = found.as_json() | {"charge": _charge(found)}
    if "on" in question:
        told["standing"] = found.standing(day_of(question))
    return WRITE(told)


def _charge(offence: offences.Offence) -> dict[str, Any]:
    """How the charge is worded, or that this is not held; the Welsh slot is empty until a translator has filled it."""
    found = charges.pattern(offence)
    if found is None:
        return {"held": False, "said": charges.NOT_HELD}
    words = {"text": found.text, "placeholders": found.placeholders, "statement_adds": found.facts}
    return {"held": True, **words, "welsh": found.welsh or None, "confidence": found.confidence}


def _route(question: Mapping[str, Any]) -> str:
    on = day_of(question)
    born = question.get("born_on")
    accused = charging.read_accused(
        on=on,
        company=question.get("company") is True,
        born_on=day_of(question, "born_on", "the date of birth") if born is not None else None,
        age=question.get("age"),
    )
    offence = offences.known(str(question.get("code")))
    found = charging.routes(offence, accused, prosecutor=str(question.get("prosecutor", "police")), on=on)
    if question.get("route"):
        charging.ask_route(found, str(question["route"]), accused)
    started = question.get("route") or "requisition"
    standing = charging.specified(offence, charging.Proceedings(str(started), on, accused.age))
    return WRITE(
        {
            "code": offence.code,
            "accused": accused.words,
            **charging.plain(found),
            "specified": standing.as_json(),
        }
    )


def _check(question: Mapping[str, Any]) -> str:
    return WRITE(identifiers.read(str(question.get("kind")), str(question.get("text", ""))).as_json())


QUESTIONS: Mapping[str, Question] = {
    "decide": Question(
        _decide,
        '{"facts": {"offence_code": "RT88509", "offence_on": "2026-06-01"}, "on": "2026-07-16"}',
        "facts", "on", "policy",
    ),
    "offence": Question(_offence, '{"code": "RR84221", "on": "2026-06-01"}', "code", "on"),
    "route": Question(
        _route,
        '{"code": "RR84221", "age": 17, "prosecutor": "police", "on": "2026-06-01"}',
        "code", "age", "born_on", "company", "prosecutor", "route", "on",
    ),
    "check": Question(_check, '{"kind": "vrm", "text": "QX25 RTL"}', "kind", "text"),
}  # fmt: skip
