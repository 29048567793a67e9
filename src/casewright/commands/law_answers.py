"""Doors of ``casewright law`` beyond time limits: decide, offence, route, check; each alone or as JSON Lines."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from casewright import law
from casewright.commands import bulk
from casewright.law import charging, identifiers, national_offences, offences, questions
from casewright.law.traffic import allegation

doors = typer.Typer()
WRONG = 2

Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
On = Annotated[str, typer.Option("--on", help="The day asked about, such as 2026-07-16.")]
Jobs = Annotated[int, typer.Option(help="Processes for JSON Lines; 0 for one per core.")]


def _lines(kind: str, jobs: int) -> NoReturn:
    raise typer.Exit(bulk.answer(partial(_answers, kind), jobs or os.cpu_count() or 1))


def _answers(kind: str, given: list[str]) -> list[str]:
    return list(questions.answer_lines(kind, given))


# What the question calls a thing, and the option it is given by.
ON = {"on": "--on"}
OF_ROUTE = ON | {"age": "--age", "born_on": "--born", "prosecutor": "--prosecutor", "route": "--route"}


def _ask(kind: str, question: dict[str, Any], options: Mapping[str, str] = ON) -> dict[str, Any]:
    """The answer of the same door that answers lines; a refusal is one sentence and exit code 2."""
    text = next(iter(questions.answer_lines(kind, [json.dumps(question)])))
    found: dict[str, Any] = json.loads(text)
    if "error" in found:
        name, said = found.get("fact", ""), found["error"]
        _refuse(f"{options[name]}{said.removeprefix(name)}" if name in options else said)
    return found


def _refuse(said: object) -> NoReturn:
    print(said, file=sys.stderr)
    raise typer.Exit(WRONG)


def _needs_day(command: str, on: str) -> None:
    if not on:
        _refuse(f"--on is missing: law {command} needs the day asked about, such as --on 2026-07-16.")


def _say(found: dict[str, Any], words: list[str], *, as_json: bool) -> None:
    print(json.dumps(found, ensure_ascii=False) if as_json else "\n".join(words))


@doors.command()
def decide(
    fact: Annotated[list[str] | None, typer.Option("--fact", help="name=value, once for each fact.")] = None,
    setting: Annotated[list[str] | None, typer.Option("--setting", help="name=number, a unit's own.")] = None,
    on: On = "",
    as_json: Json = False,
    jobs: Jobs = 0,
) -> None:
    """Decide an allegation (or a camera detection), or answer JSON Lines: {"facts": ..., "on": ..., "policy": ...}."""
    if not fact:
        _lines("decide", jobs)
    pairs = _named(fact)
    _needs_day("decide", on)
    question = {"facts": {name: _typed(name, value) for name, value in pairs.items()}, "on": on}
    policy = {
        name: int(value) if value.isdecimal() else value
        for name, value in _named(setting or (), "setting").items()
    }
    found = _ask("decide", question | {"policy": policy})
    heading = found.get("summary") or found["reason_code"]
    words = [
        f"{found['taken_title']}{f' ({heading})' if heading else ''}",
        *(f"  {each}" for each in found["reasons"]),
    ]
    words += [f"  Waits for a person: {each}" for each in found["blocking"]]
    words += ["", *(_option(each) for each in found["options"])]
    _say(found, words, as_json=as_json)


def _option(option: dict[str, Any]) -> str:
    standing = "lawful" if option["lawful"] else "not lawful"
    if option["lawful"] and not option.get("in_policy", True):
        standing = "lawful, not the unit's policy"
    return f"{option['title']}: {standing}. {' '.join(option['reasons'])} [{option['authority']}]"


def named(texts: Iterable[str], what: str = "fact") -> dict[str, str]:
    """What was given as name=value, each name once: of two values nobody can tell which was meant.

    :raises InvalidFacts: for what is not name=value, and for a name given twice
    """
    found: dict[str, str] = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign or not name:
            raise law.InvalidFacts(what, text, "name=value")
        if name in found:
            raise law.InvalidFacts(name, value, f"one value, and {found[name]} was given before it")
        found[name] = value
    return found


def _named(texts: Iterable[str], what: str = "fact") -> dict[str, str]:
    try:
        return named(texts, what)
    except law.InvalidFacts as refusal:
        _refuse(refusal)


def _typed(name: str, value: str) -> Any:
    """A fact of the command line in its own type; what cannot be read is refused by the law itself."""
    if name == "same_occasion":
        return [code for code in value.split(",") if code]
    if name in allegation.TRUTHS or value in {"true", "false"}:
        return {"yes": True, "true": True, "no": False, "false": False}.get(value, value)
    return int(value) if value.isdecimal() else value


@doors.command()
def offence(
    sought: Annotated[
        list[str] | None, typer.Argument(help="A code, or words; without any, JSON Lines are read.")
    ] = None,
    on: On = "",
    as_json: Json = False,
    jobs: Jobs = 0,
) -> None:
    """Show an offence (or every one whose words fit), or answer JSON Lines: {"code": ..., "on": ...}.

    A code that is not in the table is looked up in the national list of CASEWRIGHT_REFERENCE_DATA, where that is set.
    """
    if not sought:
        _lines("offence", jobs)
    code = sought[0].upper()
    if len(sought) > 1 or not national_offences.well_formed(code):
        _say_all(sought, as_json=as_json)
        return
    national = None if code in offences.all_offences() else _national(code)
    if national is not None:
        said = f"{national.code} {national.title}. {national.category_in_words}; {offences.DATES_NOT_HELD}"
        _say(national.as_json(), [f"{said} ({national.source} list)"], as_json=as_json)
        return
    found = _ask("offence", {"code": code} | ({"on": on} if on else {}))
    words = [
        f"{code} {found['title']}",
        f"  {found['provision']}; {found['mode_of_trial']}; {found['period']}",
    ]
    words += [f"  {name.replace('_', ' ')}: {found[name]}" for name in SHOWN if found[name] not in (None, "")]
    charge = found["charge"]
    words.append(f"  charge: {charge['text'] if charge['held'] else charge['said']}")
    _say(found, words, as_json=as_json)


def _national(code: str) -> national_offences.NationalOffence | None:
    folder = os.environ.get("CASEWRIGHT_REFERENCE_DATA")
    path = Path(folder) / "offences" / "offence-codes.csv" if folder else None
    if path is None or not path.is_file():
        return None
    with path.open(encoding="utf-8", newline="") as file:
        return next((each for each in national_offences.read_national(file) if each.code == code), None)


SHOWN = (
    "nip", "penalty_pounds", "points_offered", "endorsement", "court", "maximum", "custody", "course", "limit_rule",
    "specified", "single_justice", "confidence",
)  # fmt: skip


def _say_all(sought: list[str], *, as_json: bool) -> None:
    words = " ".join(sought).casefold().split()
    for each in offences.all_offences().values():
        text = f"{each.code} {each.title} {each.provision} {each.endorsement}".casefold()
        if all(word in text for word in words):
            print(json.dumps(each.as_json()) if as_json else f"{each.code:10} {each.title}. {each.provision}")


@doors.command()
def route(
    code: Annotated[str, typer.Argument(help="An offence code; without one, JSON Lines are read.")] = "",
    prosecutor: Annotated[str, typer.Option(help=f"one of {', '.join(charging.PROSECUTORS)}")] = "police",
    age: Annotated[int | None, typer.Option(help="age on the day")] = None,
    born: Annotated[str, typer.Option(help="date of birth, such as 2008-06-01")] = "",
    company: Annotated[bool, typer.Option("--company", help="the accused is a company")] = False,
    taken: Annotated[
        str, typer.Option("--route", help="a route somebody means to take: refused if unlawful")
    ] = "",
    on: On = "",
    as_json: Json = False,
    jobs: Jobs = 0,
) -> None:
    """Say by which route proceedings may start, and whether they are specified; or answer JSON Lines."""
    if not code:
        _lines("route", jobs)
    _needs_day("route", on)
    given = {"age": age, "born_on": born or None, "route": taken or None}
    question = {"code": code.upper(), "prosecutor": prosecutor, "company": company, "on": on}
    question |= {name: value for name, value in given.items() if value is not None}
    found = _ask("route", question, OF_ROUTE)
    words = [
        f"{each['title']}: {_standing(each)} {' '.join((*each['reasons'], each['doubt']))}".rstrip()
        for each in found["routes"]
    ]
    standing = found["specified"]
    words.append(f"Conduct: {standing['conduct']}. {' '.join(standing['reasons'])} [{standing['authority']}]")
    _say(found, words, as_json=as_json)


def _standing(route: dict[str, Any]) -> str:
    if not route["lawful"]:
        return "not lawful."
    needs = " and ".join(NEEDS[each] for each in route["needs"])
    return f"lawful once there is {needs}." if needs else "lawful."


NEEDS = {"cps_decision": "a decision of the Crown Prosecution Service", "age": "the age of the accused"}


@doors.command()
def check(
    kind: Annotated[
        str, typer.Argument(help=f"one of {', '.join(identifiers.KINDS)}; without one, JSON Lines")
    ] = "",
    text: Annotated[str, typer.Argument(help="the identifier as it was typed")] = "",
    as_json: Json = False,
    jobs: Jobs = 0,
) -> None:
    """Read an identifier: its one form, or which character is wrong and what would fit; or answer JSON Lines."""
    if not kind:
        _lines("check", jobs)
    if not text and kind in identifiers.KINDS:
        _refuse(f'What is to be read is missing: type it after the kind, such as law check {kind} "…".')
    found = _ask("check", {"kind": kind, "text": text})
    parts = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in found["parts"].items())
    _say(found, [f"{found['shown']}{f' ({parts})' if parts else ''}"], as_json=as_json)
