"""Doors to letters and print runs."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from casewright.flows import hand_over_print_run, produce_notices
from casewright.flows.give_out_copy import give_out_copy
from casewright.foundation import clock
from casewright.foundation.documents import blobs
from casewright.foundation.journal.record import consulted
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.matters.models import Matter
from casewright.foundation.matters.rights import visible_to
from casewright.web.documents import letters, queries
from casewright.web.documents.files import stored_file
from casewright.web.documents.forms import Again, Posted, Produce
from casewright.web.documents.pictures import page_picture
from casewright.web.doors import Problem, ask_why, door, show
from casewright.web.numbers import whole_number
from casewright.web.reasons import reason_of
from casewright.web.shell import tell
from casewright.web.words import counted

COPIES = {"letter_copy": "letter", "document": "document", "manifest": "print_run"}  # files that leave


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
    template = "documents/print_run_count.html" if request.htmx else "documents/print_run.html"
    return show(
        request,
        template,
        area="print_runs",
        marking="OFFICIAL-SENSITIVE",
        page=page,
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
            problem = Problem("Nothing was given to the printer", str(refusal))
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
            return _posted(request, print_run_id, **form.cleaned_data)
        except NotAllowed as refusal:
            problem = Problem("The posting is not recorded", str(refusal))
    return show(
        request,
        "documents/posted.html",
        area="print_runs",
        page=page,
        form=form,
        problem=problem,
        status=422 if problem or form.errors else 200,
    )


def _posted(request: Any, print_run_id: int, posted_on: Any, receipt: str) -> HttpResponse:
    with transaction.atomic():
        done = hand_over_print_run.record_posted(
            print_run_id=print_run_id,
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
    tell(
        request, f"{counted(len(done.done), 'letter')} posted; each notice is met and its 28 days run.{late}"
    )
    return redirect("print_run", print_run_id=print_run_id)


@door("print_run.read", recent=True)
def manifest(request: Any, print_run_id: int) -> HttpResponse:
    """What is in a run, letter by letter, without names, as CSV. It leaves the product: who takes it is asked again."""
    made = _page(request, print_run_id).made
    _looked(request, None, {"print_run": print_run_id})
    seen = visible_to(request.user).values("id")
    found = HttpResponse(
        hand_over_print_run.manifest(made, among=seen), content_type="text/csv; charset=utf-8"
    )
    found["Content-Disposition"] = f'attachment; filename="{made.reference}-manifest.csv"'
    return found


@door()
def letter(request: Any, letter_id: int) -> HttpResponse:
    """One letter, page by page, as it was produced."""
    page = letters.letter_page(request.user, letter_id)
    if page is None:
        raise Http404
    return show(
        request,
        "documents/letter.html",
        area="print_runs",
        marking="OFFICIAL-SENSITIVE",
        page=page,
        shown={"letter": letter_id, "matters": [page.letter.matter_id]},
    )


@door()
def letter_picture(request: Any, letter_id: int, number: int) -> HttpResponse:
    """One page of a letter as a picture."""
    page = letters.letter_page(request.user, letter_id)
    drawn = page_picture(page.letter, number) if page else None
    if page is None or drawn is None:
        raise Http404
    asked = _looked(request, page.letter.matter, {"letter": letter_id, "page": number})
    return asked or HttpResponse(drawn, content_type="image/png")


@door()
def letter_copy(request: Any, letter_id: int) -> HttpResponse:
    """One letter as its own accessible PDF, marked as a copy."""
    page = letters.letter_page(request.user, letter_id)
    if page is None:
        raise Http404
    if asked := _looked(request, page.letter.matter, {"letter": letter_id}):
        return asked
    return stored_file(
        produce_notices.single_copy(page.letter),
        "application/pdf",
        f"{page.letter.matter.reference}-copy.pdf",
    )


@door()
def document(request: Any, document_id: int) -> HttpResponse:
    """A stored document, under our own name, never run by the browser."""
    found = letters.document_of(request.user, document_id)
    if found is None:
        raise Http404
    if asked := _looked(request, found.matter, {"document": document_id, "sha256": found.blob_id}):
        return asked
    return stored_file(
        blobs.read(found.blob_id), found.blob.media_type, f"{found.matter.reference}-{found.id}"
    )


def _looked(request: Any, matter: Matter | None, shown: dict[str, Any]) -> HttpResponse | None:
    """Log that a file was given out: what no page shows (DPA 2018 s.62). Outside one's own work the reason is asked
    first: then the page that asks it is returned, and nothing was given out."""
    name = request.resolver_match.url_name
    reason = reason_of(request, matter) if matter else name
    if not reason and matter:
        return ask_why(request, matter)
    matter_id, at = matter.id if matter else None, clock.now()
    with transaction.atomic():
        consulted(by=request.user.id, page=name, at=at, matter_id=matter_id, reason=reason, shown=shown)
        if name in COPIES:
            what = {"kind": COPIES[name], "row_id": shown[COPIES[name]], "matter_id": matter_id}
            give_out_copy(**what, reason=reason, by=request.user, at=at)
    return None
