"""Reading the facts a rule was given: types, missing, unknown, contradictory and impossible values."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from casewright.law.births import check_not_too_old
from casewright.law.limits.catalogue import Fact, Rule
from casewright.law.refusals import InvalidFacts
from casewright.law.wording import LONDON, full, listed, london_day

FIRST_YEAR, LAST_YEAR = 1900, 2199
TRUE, FALSE = ("yes", "true"), ("no", "false")


def read_facts(rule: Rule, given: Any) -> dict[str, Any]:
    """The facts as the rule needs them, defaults filled in. `given`: a mapping or a dataclass.

    Raises InvalidFacts naming the fact, its value and what is expected.
    """
    facts = given if isinstance(given, Mapping) else _from_record(given)
    found, known = dict(rule.defaults), rule.facts_by_name
    for name, value in facts.items():
        fact = known.get(name)
        if fact is None:
            _unknown(rule, name, value)
        elif value is not None:
            found[name] = READERS[fact.type](fact, value)
    for fact in rule.without_default:
        if fact.name not in found:
            _missing(fact, found)
    for group in rule.one_of:
        _exactly_one(group, found)
    return found


def check_life(facts: Mapping[str, Any], on: date) -> None:
    """Refuse a birth more than 120 years before the day whose law applies, and what came before the birth.

    Whether it lies in the future only a door with a clock can tell. Raises InvalidFacts naming the fact.
    """
    born = facts["born_on"]
    check_not_too_old(born, on)
    for name, value in facts.items():
        if isinstance(value, date) and value < born:
            raise InvalidFacts(name, full(value), f"a day no earlier than born_on, {full(born)}")


def _from_record(record: Any) -> dict[str, Any]:
    names = getattr(record, "__dataclass_fields__", None)
    if names is None:
        raise InvalidFacts("facts", record, "a mapping of fact names to values, or a dataclass")
    return {name: value for name in names if (value := getattr(record, name)) is not None}


def _unknown(rule: Rule, name: object, value: object) -> None:
    known = listed(list(rule.facts_by_name)) or "none"
    raise InvalidFacts(str(name), value, f"only the facts of {rule.id}: {known}")


def _missing(fact: Fact, found: dict[str, Any]) -> None:
    if fact.required:
        raise InvalidFacts(fact.name, None, expected(fact))
    found[fact.name] = found[fact.default_from]  # a required fact before it: held by a test of the catalogue


def _exactly_one(group: tuple[str, ...], found: Mapping[str, Any]) -> None:
    given = [name for name in group if name in found]
    if not given:
        raise InvalidFacts(group[0], None, f"one of {listed(group, 'or')}")
    if len(given) > 1:
        raise InvalidFacts(given[1], found[given[1]], f"only one of {listed(group, 'or')}")


def expected(fact: Fact) -> str:
    """What a fact should look like, in words."""
    if fact.type == "choice":
        return f"{fact.description}, one of {listed(fact.choices, 'or')}"
    return f"{fact.description} ({FORMS[fact.type]})"


FORMS = {
    "date": "a date, such as 2026-12-12",
    "instant": "a date and time with its offset, such as 2026-12-12T14:07+00:00",
    "flag": "yes or no",
    "number": "a whole number",
    "dates": "a list of dates",
    "periods": "a list of periods, each two dates",
    "text": "words",
}


def _date(fact: Fact, value: Any) -> date:
    if type(value) is str:
        value = _parsed(fact, value)
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise InvalidFacts(fact.name, value, f"{expected(fact)}, or an instant with its offset")
        value = london_day(value)
    if not isinstance(value, date) or not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise InvalidFacts(fact.name, value, expected(fact))
    return value


def _parsed(fact: Fact, text: str) -> date | datetime:
    try:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        raise InvalidFacts(fact.name, text, expected(fact)) from None


def _instant(fact: Fact, value: Any) -> datetime:
    if type(value) is str:
        value = _parsed(fact, value)
    if not isinstance(value, datetime) or value.tzinfo is None or not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise InvalidFacts(fact.name, value, expected(fact))
    return value.astimezone(LONDON)


def _choice(fact: Fact, value: Any) -> str:
    if value not in fact.choices:
        raise InvalidFacts(fact.name, value, expected(fact))
    return str(value)


def _flag(fact: Fact, value: Any) -> bool:
    word = value.lower() if isinstance(value, str) else value
    if word is True or word in TRUE:
        return True
    if word is False or word in FALSE:
        return False
    raise InvalidFacts(fact.name, value, expected(fact))


def _number(fact: Fact, value: Any) -> int:
    if isinstance(value, str) and value.isdecimal():
        value = int(value)
    if type(value) is not int or value < 0:
        raise InvalidFacts(fact.name, value, expected(fact))
    return value


def _dates(fact: Fact, value: Any) -> tuple[date, ...]:
    each = value.split(",") if isinstance(value, str) else value
    if not isinstance(each, (list, tuple, set, frozenset)):
        raise InvalidFacts(fact.name, value, expected(fact))
    return tuple(sorted(_date(fact, one) for one in each))


def _periods(fact: Fact, value: Any) -> tuple[tuple[date, date], ...]:
    each = [pair.split("/") for pair in value.split(",")] if isinstance(value, str) else value
    if not isinstance(each, (list, tuple)) or any(len(pair) != 2 for pair in each):
        raise InvalidFacts(fact.name, value, expected(fact))
    periods = tuple(sorted((_date(fact, start), _date(fact, end)) for start, end in each))
    if any(end < start for start, end in periods):
        raise InvalidFacts(fact.name, value, "periods that end no earlier than they start")
    return periods


def _text(fact: Fact, value: Any) -> str:
    if not isinstance(value, str):
        raise InvalidFacts(fact.name, value, expected(fact))
    return value


READERS: Mapping[str, Callable[[Fact, Any], Any]] = {
    "date": _date, "instant": _instant, "choice": _choice, "flag": _flag, "number": _number, "dates": _dates,
    "periods": _periods, "text": _text,
}  # fmt: skip
