"""Doors to a person's decision on an allegation, and to provisional decisions that are to be looked at again."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from casewright import law
from casewright.areas.decisions.actions import AWAITED, newest
from casewright.areas.decisions.models import Decision
from casewright.areas.traffic.actions import disposing
from casewright.areas.traffic.models import Allegation
from casewright.flows.finish_task import finish_task as finish
from casewright.foundation import clock
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.matters.rights import visible_to
from casewright.law import charges
from casewright.law.charging import full_code
from casewright.law.offences import known
from casewright.law.traffic import Outcome
from casewright.law.wording import full
from casewright.web import attempts, words
from casewright.web.doors import Problem, door, show
from casewright.web.law.what_if import in_words
from casewright.web.matters.record import record_page
from casewright.web.shell import tell
from casewright.web.traffic.deciding_form import DecideAllegation
from casewright.web.traffic.like_cases import like_cases

PAGE = 100
# Why an option is for a supervisor, by the code of its block.
WITHOUT = {
    "NO_FALL_BACK": "it leaves no lawful fall-back",
    "BAR_UNCERTAIN": "on one reading its last day has passed",
    "CERTIFICATE": "the day of sufficient evidence must be certified",
    "BELOW_THRESHOLD": "it is below the unit's threshold",
}


@door("decision.within_policy")
def decide_allegation(request: Any, allegation_id: int) -> HttpResponse:
    """Decide how one allegation is disposed of: options, evidence, public interest, like cases, reasons."""
    allegation = Allegation.objects.filter(
        id=allegation_id, incident__matter__in=visible_to(request.user)
    ).first()
    page = record_page(request.user, allegation.incident_id, today=clock.today()) if allegation else None
    if allegation is None or page is None:
        raise Http404
    elements = full_code.elements_of(known(allegation.offence_code))
    stands = newest(subject_kind="allegation", subject_id=allegation.id, kind=disposing.KIND)
    form = DecideAllegation(
        elements, request.POST or None, today=clock.today(), stands=stands.id if stands else 0
    )
    form.full_clean()  # what can be chosen is not known before law was asked, the facts given are
    outcome, facts, problem = _asked(allegation, form.more() if form.is_bound else {})
    if outcome is not None:
        mine = request.user.permissions
        form.offer([(each.key, _standing(each, outcome, mine)) for each in outcome.options if each.lawful])
        form.full_clean()
        if request.method == "POST" and "look" not in request.POST and form.is_valid():
            try:
                return _decided(request, allegation, form, outcome)
            except (NotAllowed, law.InvalidFacts) as refusal:
                if isinstance(refusal, disposing.DecidedMeanwhile) and stands:
                    form.look_again(stands.id)
                problem = Problem("Your decision is not recorded yet", attempts.kept(request, refusal))
    like = like_cases(request.user, facts, except_matter=allegation.incident_id) if facts else []
    return show(
        request, "traffic/decide.html", area="worklist", marking="OFFICIAL-SENSITIVE", page=page, allegation=allegation,
        form=form, found=outcome, impossible="", asked=True, typing=False, problem=problem, like=like,
        effects=_effects(outcome),
        wording_not_held="" if charges.pattern(known(allegation.offence_code)) else charges.NOT_HELD,
        shown={"allegation": allegation.id, "matters": [one.matter_id for one in like]},
        status=422 if problem or form.errors else 200,
    )  # fmt: skip


def _asked(
    allegation: Allegation, more: dict[str, Any]
) -> tuple[Outcome | None, dict[str, Any], Problem | None]:
    """What law says on the record's facts and those added; where they cannot be, why not."""
    try:
        outcome, facts = disposing.asked(allegation, more, today=clock.today())
    except (law.InvalidFacts, law.NoLawInForce) as refusal:
        said = f"{in_words(refusal)} What you typed is kept below."
        return None, {}, Problem("The law gives no answer on these facts", said)
    return outcome, facts, None


def _standing(choice: Any, outcome: Outcome, mine: Collection[str]) -> str:
    """An option with how it stands: the unit's usual way, outside policy, for a supervisor and why, above one's limit.

    :param mine: the rights of who looks
    """
    right = disposing.right_for(choice)
    if right == disposing.NO_FALL_BACK:
        usual = "the unit's usual way here, but " if choice.key == outcome.taken else ""
        said = f"{usual}for a supervisor with a reason: {WITHOUT[disposing.of_supervisor(choice)[0].code]}"
    elif choice.key == outcome.taken:
        said = "the unit's usual way here"
    elif right == disposing.OUTSIDE:
        said = "outside the unit's policy"
    else:
        said = "lawful"
    above = "" if right in mine else "; above your limit"
    return f"{choice.title}{f' ({words.offered(choice.detail)})' if choice.detail else ''}: {said}{above}"


def _effects(outcome: Outcome | None) -> list[tuple[str, str]]:
    """What each lawful option does to the clocks of the allegation, by its title."""
    if outcome is None:
        return []
    bar = f"to {full(outcome.charge_by)}" if outcome.charge_by else "without a bar in time"
    return [(each.title, _effect(each, bar)) for each in outcome.options if each.lawful]


def _effect(choice: Any, bar: str) -> str:
    if choice.key == full_code.NOTHING:
        return "Every clock of this allegation stops."
    if choice.key in disposing.CHARGED:
        return f"The clock of the charge runs on, {bar}, until the charge is issued."
    offered = f" It stays open to {full(choice.last_day)}." if choice.last_day else ""
    barred = " No charge may be brought while it runs." if choice.key == "conditional_offer" else ""
    return f"The clock of the charge runs on, {bar}.{offered}{barred}"


def _decided(request: Any, allegation: Allegation, form: DecideAllegation, outcome: Outcome) -> HttpResponse:
    with transaction.atomic():
        disposing.decide_allegation(
            allegation_id=allegation.id, more=form.more(), considered=form.considered(outcome.taken),
            taken=form.cleaned_data["taken"], provisional=form.provisional(),
            looked_at=form.cleaned_data["looked_at"] or 0, by=request.user, at=clock.now(), today=clock.today(),
        )  # fmt: skip
    said = "It comes back when what is awaited has come, or on its day." if form.provisional() else ""
    tell(request, f"Allegation {allegation.number} is decided, with your reasons. {said}".strip())
    return redirect("matter", matter_id=allegation.incident_id)


@door("decision.within_policy")
def to_review(request: Any) -> HttpResponse:
    """Provisional decisions of matters this person may see: those whose item or day has come first."""
    rows = (
        Decision.objects.select_related("matter", "by")
        .filter(state="provisional", matter__in=visible_to(request.user))
        .order_by(F("woken_at").asc(nulls_last=True), "review_on", "id")[:PAGE]
    )
    today = clock.today()
    due = [row for row in rows if row.woken_at or (row.review_on or today) <= today]
    later = [row for row in rows if row not in due]
    return show(
        request,
        "traffic/to_review.html",
        area="worklist",
        marking="OFFICIAL-SENSITIVE",
        due=due,
        later=later,
        shown={"matters": [row.matter_id for row in rows]},
        awaited=AWAITED,
    )


@require_POST
@door("task.finish")
def finish_task(request: Any, task_id: int) -> HttpResponse:
    """Finish what was given out to be done by a person."""
    outcome, said = request.POST.get("outcome", ""), request.POST.get("words", "")[:2000]
    task = finish(task_id=task_id, outcome=outcome, words=said, by=request.user, at=clock.now())
    tell(request, f"Finished: {task.type.title.lower()}.")
    return redirect("matter", matter_id=task.matter_id)
