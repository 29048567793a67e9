"""Replaying decisions from the command line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from casewright import law
from casewright.commands.law import settings_to_try
from casewright.law.replaying import standing

if TYPE_CHECKING:
    from casewright.flows.replay_decisions import Difference

app = typer.Typer(add_completion=False, no_args_is_help=True)
WRONG = 2
EVERY = 10_000


@app.callback()
def decisions() -> None:
    """Decisions as they were taken, and as they would be."""


@app.command()
def replay(
    everything: Annotated[
        bool, typer.Option("--all", help="also those of closed matters and those replaced since")
    ] = False,
    under: Annotated[
        list[str] | None,
        typer.Option(help="a setting to try, such as speed.start.30=36, or a JSON file of settings"),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="one JSON object a difference, then the counts")
    ] = False,
) -> None:
    """Run today's code over the stored decisions and list each difference with its rules and options.

    Exit 1 if any is not explained by the register of the law data; with --under nothing needs to be explained.
    """
    from casewright.flows import replay_decisions as flow

    run = flow.Replay(_tried(under or []), told=_progress)
    explained = unexplained = 0
    for each in run.of(flow.stored_decisions(everything=everything)):
        explained, unexplained = explained + bool(each.entries), unexplained + (not each.entries)
        typer.echo(json.dumps(_told(each), ensure_ascii=False) if as_json else "\n".join(_said(each)))
    counts = {
        "replayed": run.replayed,
        "differences": explained + unexplained,
        "explained": explained,
        "unexplained": unexplained,
        "not_decided_by_law": run.other_kinds,
    }
    typer.echo(json.dumps(counts) if as_json else _summary(counts, tried=bool(run.under)))
    if unexplained and not run.under:
        raise typer.Exit(1)


def _progress(done: int, of: int) -> None:
    """How far a long replay is, beside what it prints: one line every ten thousand."""
    if of > EVERY and (done % EVERY == 0 or done == of):
        print(f"{done:,} of {of:,} decisions replayed", file=sys.stderr, flush=True)


def _tried(given: list[str]) -> dict[str, int]:
    """The settings of files and of name=number, each checked by the law."""
    found: dict[str, int] = {}
    try:
        for text in given:
            found |= settings_to_try(Path(text)) if "=" not in text else dict([_setting(text)])
    except law.InvalidFacts as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(WRONG) from None
    return found


def _setting(text: str) -> tuple[str, int]:
    name, _, value = text.partition("=")
    if not value.isdecimal():
        raise law.InvalidFacts("under", text, "name=number")
    return name, law.settings.check(name, int(value))


def _told(each: Difference) -> dict[str, Any]:
    changed = each.changed
    return {
        "decision": each.decision_id,
        "matter": each.matter_id,
        "kind": each.kind,
        "law_version": each.law_version,
        "was": each.was,
        "now": each.now,
        "reasons": each.now_reasons,
        "rules": [{"rule": r.rule, "then": _rule(r.then), "now": _rule(r.now)} for r in changed.rules],
        "options": [
            {"option": o.key, "then": standing(o.then), "now": standing(o.now)} for o in changed.options
        ],
        "differs": sorted(changed.grounds),
        "explained": [{"on": e.on.isoformat(), "version": e.version, "why": e.why, "authority": str(e.authority)}
                      for e in each.entries],
    }  # fmt: skip


def _rule(said: Any) -> dict[str, str] | None:
    return said and {"outcome": said["outcome"], "sentence": said["sentence"]}


def _said(each: Difference) -> Iterator[str]:
    heading = "explained" if each.entries else "differs"
    yield f"  decision {each.decision_id} ({each.kind}) {heading}: was “{each.was}”, now “{each.now}”."
    for rule in each.changed.rules:
        yield f"    {rule.rule} {_spoke(rule.then, 'then')}; {_spoke(rule.now, 'now')}"
    for option in each.changed.options:
        if option.standing_differs:
            yield f"    option {option.key}: then {standing(option.then)}, now {standing(option.now)}"
    for entry in each.entries:
        yield f"    explained since {entry.version}: {entry.why} ({entry.authority})"


def _spoke(said: Any, when: str) -> str:
    return f"{when} {said['outcome']}: “{said['sentence']}”" if said else f"{when} silent"


def _summary(counts: dict[str, int], *, tried: bool) -> str:
    said = f"{counts['replayed']:,} decisions replayed, {counts['differences']:,} differences"
    if not tried:
        said += f": {counts['explained']:,} explained, {counts['unexplained']:,} not"
    if counts["not_decided_by_law"]:
        print(
            f"{counts['not_decided_by_law']:,} of kinds that law does not decide were left out.",
            file=sys.stderr,
        )
    return said + "."
