"""``casewright law working-time``: when an office has worked so long, in its own hours."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime, time, timedelta
from typing import Annotated

import typer

from casewright import law
from casewright.law import sites, wording

WRONG = 2


def working_time(
    since: Annotated[str, typer.Argument(help="From when, with its offset: 2026-12-23T16:00+00:00.")],
    worked: Annotated[str, typer.Argument(help="How long, in hours and minutes: 2:00.")],
    opens: Annotated[str, typer.Option(help="When the office opens, London time.")] = "09:00",
    closes: Annotated[str, typer.Option(help="When it closes.")] = "17:00",
    closed: Annotated[list[str] | None, typer.Option(help="A day on which it does not work.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Say when an office has worked so long since a moment. It does not work at weekends and on bank holidays."""
    try:
        days = [_day(text) for text in closed or ()]
        office = sites.Site("the office", _time("opens", opens), _time("closes", closes), closed_on=days)
        ends = sites.after(office, _moment(since), _length(worked))
    except law.InvalidFacts as refusal:
        print(refusal, file=sys.stderr)
        raise typer.Exit(WRONG) from None
    said = {"ends_at": ends.isoformat()}
    print(json.dumps(said) if as_json else f"The office has worked {worked} by {wording.moment(ends)}.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise law.InvalidFacts("closed", text, "a date such as 2026-12-24") from None


def _time(name: str, text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise law.InvalidFacts(name, text, "a London time of day such as 08:30") from None


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise law.InvalidFacts(
            "since", text, "a moment with its offset such as 2026-12-23T16:00+00:00"
        ) from None


def _length(text: str) -> timedelta:
    hours, _, minutes = text.partition(":")
    if not (
        hours.isdecimal()
        and minutes.isdecimal()
        and len(minutes) == 2
        and int(minutes) < 60
        and len(hours) < 6
    ):
        raise law.InvalidFacts("worked", text, "hours and minutes such as 2:00")
    return timedelta(hours=int(hours), minutes=int(minutes))
