"""``casewright law``: rules, deadlines, decisions, offences, routes, identifiers; one or a million; what a change does.

Needs neither a database nor Django. Wrong facts are one sentence on standard error and exit code 2.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from casewright import law
from casewright.commands import bulk, law_answers, working_time
from casewright.commands.law_answers import named
from casewright.law import handbook, lines

app = typer.Typer(
    help="The law: time limits and decisions with their working, authority and confidence.",
    no_args_is_help=True,
)
app.add_typer(law_answers.doors)
app.command("working-time")(working_time.working_time)
WRONG = 2

Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
On = Annotated[str, typer.Option("--on", help="The day whose law applies, such as 2026-12-12.")]


@app.command()
def rules(
    words: Annotated[list[str] | None, typer.Argument(help="Words to look for.")] = None,
    as_json: Json = False,
    on: On = "",
) -> None:
    """List the rules with their facts and types, so that a stranger can call them."""
    found = [rule for rule in law.rules(_day(on) if on else None) if _mentions(rule, words or [])]
    if as_json:
        print(json.dumps([rule.as_json() for rule in found], default=str, ensure_ascii=False, indent=1))
        return
    if not found:
        print(
            "No rule speaks of that: try one word of the act, or a rule's name such as nip-14.",
            file=sys.stderr,
        )
    for rule in found:
        print(f"{rule.id:24} {rule.name}. {rule.length} ({rule.code})")


def _mentions(rule: law.Rule, words: list[str]) -> bool:
    text = f"{rule.id} {rule.name} {rule.binds} {rule.cited} {rule.section}".lower()
    return all(word in text for word in " ".join(words).lower().split())


@app.command()
def show(rule_id: str, as_json: Json = False, on: On = "") -> None:
    """Show one rule: facts, length, what moves it, authority, confidence, worked examples."""
    try:
        rule = law.in_force(rule_id, _day(on)) if on else law.newest(rule_id)
    except (law.InvalidFacts, law.NoLawInForce) as refusal:
        _refuse(refusal)
    if as_json:
        print(json.dumps(rule.as_json(), default=str, ensure_ascii=False, indent=1))
    else:
        print(handbook.rule_in_words(rule))


@app.command()
def deadline(
    rule_id: Annotated[
        str, typer.Argument(help="A rule; without one, JSON Lines are read from standard input.")
    ] = "",
    fact: Annotated[list[str] | None, typer.Option("--fact", help="name=value, once for each fact.")] = None,
    setting: Annotated[
        list[str] | None, typer.Option("--setting", help="A unit's own setting, name=number.")
    ] = None,
    on: On = "",
    as_json: Json = False,
    jobs: Annotated[int, typer.Option(help="Processes for JSON Lines; 0 for one per core.")] = 0,
) -> None:
    """Work out one deadline, or answer JSON Lines: {"rule": ..., "facts": {...}, "on": ..., "id": ...}."""
    if not rule_id:
        raise typer.Exit(bulk.answer(_answers, jobs or os.cpu_count() or 1))
    try:
        facts = named(fact or ())
        policy = {
            name: law.settings.check(name, _number(name, value))
            for name, value in named(setting or (), "setting").items()
        }
        day = _day(on) if on else law.law_day(rule_id, facts)
        finding = law.deadline(rule_id, facts, on=day, policy=policy)
    except (law.InvalidFacts, law.NoLawInForce) as refusal:
        _refuse(refusal)
    print(
        json.dumps(finding.as_json(), ensure_ascii=False) if as_json else handbook.finding_in_words(finding)
    )


def _number(name: str, value: str) -> int:
    if not value.isdecimal():
        raise law.InvalidFacts(name, value, "a whole number")
    return int(value)


def _day(text: str, option: str = "--on") -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        _refuse(law.InvalidFacts(option, text, "a date such as 2026-12-12"))


def _refuse(refusal: object) -> NoReturn:
    print(refusal, file=sys.stderr)
    raise typer.Exit(WRONG)


def _answers(given: list[str]) -> list[str]:
    return list(lines.answer_lines(given))


@app.command()
def impact(
    proclaim: Annotated[
        list[str] | None, typer.Option("--proclaim", help="A bank holiday to try, such as 2026-12-01=Name.")
    ] = None,
    policy: Annotated[
        Path | None, typer.Option("--policy", help="Settings to try: a JSON file of names and numbers.")
    ] = None,
    findings: Annotated[
        bool, typer.Option("--findings", help="Read kept findings (JSON Lines) instead of the open book.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Show which open deadlines a proclaimed bank holiday or a changed setting would move, which decisions on open
    matters a setting would put otherwise, and which open allegations would be disposed of otherwise; change nothing."""
    calendar = law.calendars.ENGLAND_AND_WALES
    try:
        holidays = [_holiday(text) for text in proclaim or ()]
        for on, name in holidays:
            calendar = calendar.proclaim(on, name)
        tried = settings_to_try(policy)
        if not holidays and not tried:
            _refuse("Nothing to try is given: add --proclaim DAY=NAME or --policy FILE.")
        kept = [_kept(line) for line in sys.stdin if line.strip()] if findings else []
    except law.InvalidFacts as refusal:
        _refuse(refusal)
    if not findings:
        from casewright.commands import open_book

        open_book.show(holidays, tried, as_json=as_json)
        return
    moved = list(law.impact(kept, calendar, policy=tried))
    for each in moved:
        print(json.dumps(_moved(each), ensure_ascii=False) if as_json else f"{each.old.rule_id}: {each.why}")
    print(f"{len(moved)} of {len(kept)} would move.", file=sys.stderr)


def _holiday(text: str) -> tuple[date, str]:
    day, _, name = text.partition("=")
    return _day(day, "--proclaim"), name.strip() or "Proclaimed bank holiday"


def settings_to_try(file: Path | None) -> dict[str, int]:
    """Settings to try, each checked by name and value."""
    if file is None:
        return {}
    try:
        given = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise law.InvalidFacts("policy", str(file), "a JSON file of settings") from None
    if not isinstance(given, dict):
        raise law.InvalidFacts("policy", str(file), 'a JSON object such as {"ndors-accept-28.number": 21}')
    return {key: law.settings.check(key, value) for key, value in given.items()}


def _kept(line: str) -> law.Finding:
    try:
        return law.Finding.from_json(json.loads(line))
    except (ValueError, KeyError, TypeError):
        raise law.InvalidFacts(
            "line", line.strip()[:80], "a finding as `law deadline --json` gives it"
        ) from None


def _moved(each: law.Moved) -> dict[str, Any]:
    new = each.new and each.new.as_json()
    return {
        "rule": each.old.rule_id,
        "why": each.why,
        "earlier": each.earlier,
        "old": each.old.as_json(),
        "new": new,
    }


@app.command()
def docs(
    to: Annotated[str, typer.Argument(help="Where to write; standard output if not given.")] = "",
    coverage: Annotated[bool, typer.Option("--coverage", help="What this system knows, row by row.")] = False,
) -> None:
    """Write the reference of every rule, generated from the catalogue."""
    text = handbook.coverage() if coverage else handbook.reference()
    if to:
        Path(to).write_text(text, encoding="utf-8")
    else:
        print(text, end="")
