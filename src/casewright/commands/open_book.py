"""What a proclaimed holiday or a changed setting would do to the open book, for ``casewright law impact``."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from casewright.commands.main import surroundings

if TYPE_CHECKING:
    from casewright.flows.recount_deadlines import Change


def show(holidays: Sequence[tuple[date, str]], policy: Mapping[str, Any], *, as_json: bool) -> None:
    """Print each open clock that would move, the next day first, then each decision and open allegation that would
    come out otherwise."""
    with surroundings(owner=False):
        tell(holidays, policy, as_json=as_json)


def tell(holidays: Sequence[tuple[date, str]], policy: Mapping[str, Any], *, as_json: bool) -> None:
    """Print it, where Django is ready."""
    from casewright.areas.deadlines.models import Deadline
    from casewright.flows import recount_deadlines
    from casewright.foundation import clock
    from casewright.foundation.reference.queries import calendar

    days = calendar()
    for on, name in holidays:
        days = days.proclaim(on, name)
    found = list(recount_deadlines.preview(days, tried=policy, on=clock.today()))
    for each in sorted(found, key=lambda change: (change.deadline.act_by, change.deadline.id)):
        print(json.dumps(_told(each), ensure_ascii=False) if as_json else _said(each))
    beside = [_decisions(policy, as_json=as_json), _allegations(policy, as_json=as_json)] if policy else []
    sooner = sum(each.moved.earlier for each in found)
    open_clocks = Deadline.objects.filter(state="running").count()
    matters = len({each.deadline.matter_id for each in found})
    print(
        f"{len(found):,} of {open_clocks:,} open deadlines would move, on {matters:,} matters; {sooner:,} sooner.",
        file=sys.stderr,
    )
    for said in beside:
        print(said, file=sys.stderr)


def _decisions(policy: Mapping[str, Any], *, as_json: bool) -> str:
    """Print each decision on an open matter that law would put otherwise under these settings; how many, in words."""
    from casewright.flows import replay_decisions as flow

    run, found = flow.Replay(policy), 0
    for reference, each in flow.with_references(run.of(flow.stored_decisions())):
        found += 1
        told = {"matter": reference, "decision": each.decision_id, "kind": each.kind, "was": each.was, "now": each.now,
                "why": each.now_reasons}  # fmt: skip
        said = f"{reference}  {each.kind} decided: {each.was}, then {each.now}. {each.now_reasons}"
        print(json.dumps(told, ensure_ascii=False) if as_json else said)
    return f"{found:,} of {run.replayed:,} decisions on open matters would come out otherwise."


def _allegations(policy: Mapping[str, Any], *, as_json: bool) -> str:
    """Print each open allegation that law would dispose of otherwise under these settings; how many, in words."""
    from casewright.flows.impact_on_allegations import Impact
    from casewright.foundation import clock

    look, found = Impact(policy, clock.today()), 0
    for each in look.all():
        found += 1
        told = {"matter": each.reference, "allegation": each.number, "was": each.was, "now": each.now,
                "why": each.why}  # fmt: skip
        said = f"{each.reference}  allegation {each.number}: {each.was}, then {each.now}. {each.why}"
        print(json.dumps(told, ensure_ascii=False) if as_json else said)
    counted = f"{found:,} of {look.asked:,} open allegations would be disposed of otherwise"
    return f"{counted}; of {look.undecided:,} law says nothing yet." if look.undecided else f"{counted}."


def _told(each: Change) -> dict[str, Any]:
    matter, new = each.deadline.matter, each.moved.new
    return {
        "matter": matter.reference,
        "subject": each.deadline.subject_label,
        "rule": each.deadline.rule_id,
        "who": _who(each),
        "why": each.moved.why,
        "earlier": each.moved.earlier,
        "act_by": each.deadline.act_by.isoformat(),
        "new_act_by": new and new.act_by and new.act_by.isoformat(),
    }


def _said(each: Change) -> str:
    deadline = each.deadline
    return f"{deadline.matter.reference}  {deadline.rule_id}  {each.moved.why} ({_who(each)})"


def _who(each: Change) -> str:
    matter = each.deadline.matter
    return str(matter.owner.name) if matter.owner else f"queue {matter.queue}"
