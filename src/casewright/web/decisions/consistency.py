"""The page of the consistency monitor: rates of like cases with their intervals, in words, open to their cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse

from casewright.areas.decisions import monitor
from casewright.areas.decisions.models import Decision
from casewright.areas.decisions.monitor import Rate
from casewright.flows import consistency as flow
from casewright.foundation import clock
from casewright.foundation.matters.rights import visible_to
from casewright.web.doors import SENSITIVE, door, show
from casewright.web.shown import matters_in

GROUPS = [("decider", "Who decided"), ("team", "Team"), ("area", "Place, or force")]
MOST = 100


class Asked(forms.Form):
    """What is compared, and the month."""

    by = forms.ChoiceField(label="Compare by", choices=GROUPS)
    month = forms.RegexField(
        label="Month",
        regex=r"^20\d\d-(0[1-9]|1[0-2])$",
        help_text="such as 2026-11",
        error_messages={"invalid": "Write the month as year and month, such as 2026-11."},
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One rate as it is shown."""

    rate: Rate
    group: str
    option: str
    href: str

    @property
    def words(self) -> str:
        """42 in 100 (32 to 52), 100 like cases."""
        low, high = round(100 * self.rate.low), round(100 * self.rate.high)
        return f"{round(100 * self.rate.share)} in 100 ({low} to {high})"

    @property
    def others(self) -> str:
        """20 in 100."""
        return f"{round(100 * self.rate.expected)} in 100"


@door("decision.monitor")
def consistency(request: Any) -> HttpResponse:
    """How like cases were decided, by decider, team or place; what chance does not explain stands first."""
    asked = Asked(request.GET or None, initial={"by": "decider", "month": f"{clock.today():%Y-%m}"})
    given = asked.cleaned_data if request.GET and asked.is_valid() else dict(asked.initial or {})
    lines = _lines(request.user, given) if not asked.errors else []
    return show(
        request,
        "decisions/consistency.html",
        area="worklist",
        marking=SENSITIVE,
        form=asked,
        lines=lines,
        differing=[line for line in lines if line.rate.differs],
        least=monitor.LEAST,
        status=422 if asked.errors else 200,
    )


@door("decision.monitor")
def like_cases(request: Any) -> HttpResponse:
    """The cases behind one rate."""
    asked = Asked(request.GET)
    group, option = request.GET.get("group", ""), request.GET.get("option", "")
    if not asked.is_valid() or (asked.cleaned_data["by"] != "area" and not group.isdecimal()):
        raise Http404
    by = asked.cleaned_data["by"]
    line = next((each for each in _lines(request.user, asked.cleaned_data) if each.rate.group == group
                 and each.rate.option == option), None)  # fmt: skip
    if line is None:
        raise Http404  # nobody decided so, or so few did that they are not shown
    found = flow.cases(
        visible_to(request.user), by=by, **_period(asked.cleaned_data["month"]), group=group, option=option
    )
    shown: list[Decision] = list(found[:MOST])
    back = f"{reverse('consistency')}?{urlencode({'by': by, 'month': asked.cleaned_data['month']})}"
    return show(
        request, "decisions/like_cases.html", area="worklist", marking=SENSITIVE, line=line, decisions=shown,
        back=back, most=MOST, shown=matters_in(shown, group=group, option=option),
    )  # fmt: skip


def _lines(actor: Any, given: dict[str, Any]) -> list[Line]:
    found = flow.compared(visible_to(actor), by=given["by"], **_period(given["month"]))
    told = [
        rate for rate in found.rates if rate.taken or rate.expected
    ]  # what nobody took in like cases says nothing
    rates = sorted(told, key=lambda rate: (not rate.differs, found.groups[rate.group], rate.option))
    return [
        Line(rate, found.groups[rate.group], found.options[rate.option], _href(given, rate)) for rate in rates
    ]


def _href(given: dict[str, Any], rate: Rate) -> str:
    asked = {"by": given["by"], "month": given["month"], "group": rate.group, "option": rate.option}
    return f"{reverse('like_cases')}?{urlencode(asked)}"


def _period(month: str) -> dict[str, datetime]:
    """The London month: its first moment, and the first of the next."""
    year, number = int(month[:4]), int(month[5:])
    first, after = date(year, number, 1), date(year + number // 12, number % 12 + 1, 1)
    return {
        "first": datetime.combine(first, time.min, clock.LONDON),
        "until": datetime.combine(after, time.min, clock.LONDON),
    }
