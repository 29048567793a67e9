"""Doors to print runs."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from casewright.flows import hand_over_print_run, produce_notices
from casewright.foundation import clock
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.matters.rights import visible_to
from casewright.web import attempts
from casewright.web.documents import queries
from casewright.web.documents.forms import Again, Posted, Produce
from casewright.web.documents.giving_out import given_out
from casewright.web.doors import Problem, door, show
from casewright.web.numbers import whole_number
from casewright.web.polled import moving_part
from casewright.web.shell import tell
from casewright.web.shown import matters_in
from casewright.web.words import counted


@door("print_run.read")
def print_runs(request: Any) -> HttpResponse:
    """Print runs, newest first, and what waits to be produced."""
    before = request.GET.get("before", "")
    rows, more = queries.print_runs(request.user, before=whole_number(before), today=clock.today())
    return show(
        request, "documents/print_runs.html", area="print_runs", rows=rows, more=more, first=not before,
        waiting=queries.waiting_to_produce(request.user),
        may_produce="traffic.produce_notice" in request.user.permissions,
    )  # fmt: skip


@door("traffic.produce_notice")
def produce(request: Any) -> HttpResponse:
    """Begin a print run of every notice that waits, the most urgent first."""
    waiting = queries.waiting_to_produce(request.user)
    forces = [(force_id, f"{name}, {counted(count, 'notice')} waiting") for force_id, name, count in waiting]
    form = Produce(
        forces,
        "traffic.promise_posting_receipt" in request.user.permissions,
        request.POST or None,
        initial={"force": forces[0][0] if forces else None},
    )
    if request.method == "POST" and form.is_valid():
        made = produce_notices.start_print_run(
            force_id=form.cleaned_data["force"],
            matter_ids=None,
            receipt_promised=form.cleaned_data.get("receipt_promised", False),
            by=request.user,
            at=clock.now(),
        )
        return redirect("print_run", print_run_id=made.id)
    return show(
        request,
        "documents/produce.html",
        area="print_runs",
        form=form,
        waiting=waiting,
        status=422 if form.errors else 200,
    )


@require_POST
@door("traffic.produce_notice")
def produce_one(request: Any, matter_id: int) -> HttpResponse:
    """Begin a print run of one matter's notice."""
    matter = visible_to(request.user).filter(id=matter_id).first()
    if matter is None:
        raise Http404
    made = produce_notices.start_print_run(
        force_id=matter.force_id,
        matter_ids=[matter_id],
        receipt_promised=False,
        by=request.user,
        at=clock.now(),
    )
    return redirect("print_run", print_run_id=made.id)


@door("print_run.read")
def print_run(request: Any, print_run_id: int) -> HttpResponse:
    """One print run; polled while it is produced, it answers with its moving part alone."""
    page = _page(request, print_run_id)
    if request.htmx:
        return moving_part(request, "documents/print_run_count.html", live=page.live, page=page)
    return show(
        request,
        "documents/print_run.html",
        area="print_runs",
        marking="OFFICIAL-SENSITIVE",
        page=page,
        shown=matters_in(page.left_out, print_run=print_run_id),
        rights=request.user.permissions,
    )


def _page(request: Any, print_run_id: int) -> queries.RunPage:
    page = queries.print_run_page(request.user, print_run_id, today=clock.today())
    if page is None:
        raise Http404
    return page


@require_POST
@door("print_run.hand_over", atomic=False)
def hand_over(request: Any, print_run_id: int) -> HttpResponse:
    """Hand the run to the printer: begin, put the files there, confirm. Each step is its own transaction.

    Killed in between, the run stands at handing over and a person is asked; nothing is handed over twice unasked.
    """
    _page(request, print_run_id)
    with transaction.atomic():
        begun = hand_over_print_run.begin(print_run_id=print_run_id, by=request.user, at=clock.now())
    hand_over_print_run.write_files(begun)
    with transaction.atomic():
        hand_over_print_run.confirm(print_run_id=print_run_id, by=request.user, at=clock.now())
    tell(request, f"{begun.reference} is with the printer. Record the posting when its docket comes.")
    return redirect("print_run", print_run_id=print_run_id)


@require_POST
@door("print_run.hand_over")
def confirm(request: Any, print_run_id: int) -> HttpResponse:
    """A person says that the printer has the run, after the handing over was interrupted."""
    _page(request, print_run_id)
    made = hand_over_print_run.confirm(print_run_id=print_run_id, by=request.user, at=clock.now())
    tell(request, f"{made.reference} is with the printer, on your word.")
    return redirect("print_run", print_run_id=print_run_id)


@door("print_run.reprint", atomic=False)
def again(request: Any, print_run_id: int) -> HttpResponse:
    """Give the same pages to the printer again, on a person's word that it does not have them."""
    page, form, problem = _page(request, print_run_id), Again(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            return _given_again(request, print_run_id, form.cleaned_data["reason"])
        except NotAllowed as refusal:
            problem = Problem("Nothing was given to the printer", attempts.sentence(request, refusal))
    return show(
        request,
        "documents/again.html",
        area="print_runs",
        page=page,
        form=form,
        problem=problem,
        status=422 if problem else 200,
    )


def _given_again(request: Any, print_run_id: int, reason: str) -> HttpResponse:
    with transaction.atomic():
        made = hand_over_print_run.hand_over_again(
            print_run_id=print_run_id, reason=reason, by=request.user, at=clock.now()
        )
    hand_over_print_run.write_files(made)
    with transaction.atomic():
        hand_over_print_run.confirm(print_run_id=print_run_id, by=request.user, at=clock.now())
    tell(request, f"The pages of {made.reference} were given to the printer again, with your reason.")
    return redirect("print_run", print_run_id=print_run_id)


@door("traffic.record_posting")
def posted(request: Any, print_run_id: int) -> HttpResponse:
    """Record the day the printer posted the run, with its receipt as proof."""
    page, problem = _page(request, print_run_id), None
    form = Posted(request.POST or None, initial={"posted_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            return _posted(request, page, **form.cleaned_data)
        except NotAllowed as refusal:
            problem = Problem("The posting is not recorded", attempts.sentence(request, refusal))
    return show(
        request,
        "documents/posted.html",
        area="print_runs",
        page=page,
        form=form,
        problem=problem,
        status=422 if problem or form.errors else 200,
    )


def _posted(request: Any, page: queries.RunPage, posted_on: Any, receipt: str) -> HttpResponse:
    with transaction.atomic():
        done = hand_over_print_run.record_posted(
            print_run_id=page.made.id,
            posted_on=posted_on,
            receipt=receipt,
            today=clock.today(),
            by=request.user,
            at=clock.now(),
        )
    late = (
        f" {counted(len(done.refused), 'letter')} went too late, not recorded as served."
        if done.refused
        else ""
    )
    tell(request, f"{counted(len(done.done), page.letter.called)} posted. {page.letter.when_posted}{late}")
    return redirect("print_run", print_run_id=page.made.id)


@door("print_run.read", recent=True, most=60)
def manifest(request: Any, print_run_id: int) -> HttpResponse:
    """What is in a run, letter by letter, without names, as CSV. It leaves the product: who takes it is asked again."""
    made = _page(request, print_run_id).made
    seen = visible_to(request.user).values("id")
    listed = hand_over_print_run.listed(made, among=seen)
    given_out(request, None, matters_in(listed, print_run=print_run_id))
    found = HttpResponse(
        hand_over_print_run.manifest(made, among=seen), content_type="text/csv; charset=utf-8"
    )
    found["Content-Disposition"] = f'attachment; filename="{made.reference}-manifest.csv"'
    return found
