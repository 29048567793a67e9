"""Doors to intake: give a file, watch its count, mend or refuse what is held."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from casewright.flows import mend_held_row, take_in_detections
from casewright.foundation import clock
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.messages.actions import FileRefused, Unreadable
from casewright.foundation.reference.models import Force
from casewright.web import attempts
from casewright.web.doors import Problem, door, show
from casewright.web.identifiers import OF_ROWS
from casewright.web.messages import holding, queries
from casewright.web.messages import rows as fates
from casewright.web.messages.beside import rows_beside
from casewright.web.messages.forms import GiveFile, Mend, Refuse
from casewright.web.messages.going import goes_after, warned_until
from casewright.web.messages.health import health_page
from casewright.web.numbers import whole_number
from casewright.web.polled import moving_part
from casewright.web.shell import tell
from casewright.web.shown import matters_in

NOT_TAKEN = "The file was not taken in"


@door("intake.read")
def intake(request: Any) -> HttpResponse:
    """Give a file; below it the files given before."""
    forces = list(Force.objects.filter(id__in=request.user.force_ids).values_list("id", "name"))
    form, problem = GiveFile(forces, request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("intake_file", file_id=_receive(request, form).id)
        except (FileRefused, NotAllowed) as refusal:
            problem = Problem(NOT_TAKEN, attempts.sentence(request, refusal))
            take_in_detections.record_refused(why=problem.said, by=request.user, at=clock.now())
    return show(
        request,
        "messages/intake.html",
        area="intake",
        form=form,
        problem=problem,
        files=queries.recent_files(request.user),
        may_give="intake.upload" in request.user.permissions,
        status=422 if problem or form.errors else 200,
    )


def _receive(request: Any, form: GiveFile) -> Any:
    given = form.cleaned_data["file"]
    with transaction.atomic():
        return take_in_detections.receive_file(
            content=given.chunks(),
            name=given.name,
            force_id=form.cleaned_data["force"],
            by=request.user,
            at=clock.now(),
        )


@door("intake.read")
def intake_file(request: Any, file_id: int) -> HttpResponse:
    """One file: its count while it is read, and its held rows. Polled, it answers with its moving part alone."""
    page = queries.file_page(request.user, file_id, cause=request.GET.get("field", ""))
    if page is None:
        raise Http404
    if request.htmx:
        return moving_part(request, "messages/intake_count.html", live=page.live, page=page)
    below = fates.fate(fates.outcomes_of(request.user, page.file), asked=request.GET.get("shown", ""))
    held = page.held if below.kind == "held" else []
    already = fates.rows_here_already(request.user, page.file) if below.kind == "already" else []
    return show(
        request,
        "messages/intake_file.html",
        area="intake",
        marking="OFFICIAL-SENSITIVE",
        page=page,
        below=below,
        rows=_rows(request.user, held),
        refused=fates.refused_rows(page.file) if below.kind == "refused" else [],
        already=already,
        shown=matters_in(held, already, file=file_id),
        field=request.GET.get("field", ""),
    )


def _rows(actor: Any, items: list[Any]) -> list[queries.HeldRow]:
    from django.urls import reverse

    same = queries.alike(actor, items)
    until = warned_until(clock.today()) if items else clock.today()
    return [
        queries.HeldRow(
            item.id,
            item.row_number or 0,
            reverse("held_row", kwargs={"held_id": item.id}),
            item.file.reference if item.file else "",
            item.field,
            item.value,
            item.reason,
            item.remedy,
            same.get((item.cause, item.value), 1),
            goes_after(item, until),
        )
        for item in items
    ]


@door("intake.read")
def held(request: Any) -> HttpResponse:
    """Every held row, oldest first, or those alone whose last day is near."""
    field, after = request.GET.get("field", ""), request.GET.get("after", "")
    soon, until = request.GET.get("due") == "soon", warned_until(clock.today())
    items, fields = queries.held_rows(
        request.user, field=field, after=whole_number(after) or 0, until=until if soon else None
    )
    more = items[-1].id if len(items) == queries.PAGE else None
    return show(
        request,
        "messages/held.html",
        area="intake",
        marking="OFFICIAL-SENSITIVE",
        rows=_rows(request.user, items),
        fields=fields,
        field=field,
        soon=soon,
        going=queries.going_soon(request.user, until),
        until=until,
        shown=matters_in(items, held=[item.id for item in items]),
        more=more,
        first=not after,
    )


@door("intake.read")
def held_row(request: Any, held_id: int) -> HttpResponse:
    """One held row: mend and replay it. A value that is still doubtful keeps what was typed."""
    item = _item(request, held_id)
    form, error = Mend(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            return _mended(request, item, form.cleaned_data)
        except Unreadable as problem:
            error = f"{problem.fault.reason} {problem.fault.remedy}"
        except NotAllowed as refusal:
            error = attempts.sentence(request, refusal)
    elif form.errors:
        error = "The value is longer than any field of a row. Type only the correct value."
    typed = request.POST.get("value", holding.likely(item))
    beside = rows_beside(request.user, item) if item.state == "held" else []
    return show(
        request,
        "messages/held_row.html",
        area="intake",
        marking="OFFICIAL-SENSITIVE",
        item=item,
        pieces=holding.pieces(item.raw, item.value),
        typed=typed,
        sources=[holding.Source(*each) for each in holding.SOURCES],
        follows=holding.follows(item, typed),
        error=error,
        check=OF_ROWS.get(item.field, ""),
        alike=queries.alike(request.user, [item]).get((item.cause, item.value), 1),
        beside=beside,
        goes=goes_after(item, warned_until(clock.today())),
        shown=matters_in([item], beside, held=held_id),
        rights=request.user.permissions,
        status=422 if error else 200,
    )


def _item(request: Any, held_id: int) -> Any:
    item = queries.held_item(request.user, held_id)
    if item is None:
        raise Http404
    return item


def _mended(request: Any, item: Any, typed: dict[str, str]) -> HttpResponse:
    """Replay the row and go on to the next one held in its file."""
    with transaction.atomic():
        settled = mend_held_row.mend_and_replay(
            held_id=item.id,
            values={item.field: typed["value"].strip()},
            how_known=typed["known_by"],
            by=request.user,
            at=clock.now(),
        )
    became = "it joined the others" if settled.matter_id else "it is here already"
    tell(request, f"Row {item.row_number} was mended and read again; {became}.")
    following = queries.next_held(item)
    return redirect("held_row", held_id=following.id) if following else _back(item)


def _back(item: Any) -> HttpResponse:
    """To the file a row came in, or to all that is held where it came as a message."""
    return redirect("intake_file", file_id=item.file_id) if item.file_id else redirect("held")


@require_POST
@door("held.mend")
def follows(request: Any, held_id: int) -> HttpResponse:
    """What would follow if the row were replayed with the value typed; nothing is kept."""
    return show(
        request,
        "messages/follows.html",
        follows=holding.follows(_item(request, held_id), request.POST.get("value", "")),
    )


@require_POST
@door("held.mend")
def replay_alike(request: Any, held_id: int) -> HttpResponse:
    """Replay every row held for the same cause and value, once the register has been mended."""
    item = _item(request, held_id)
    became = mend_held_row.replay_alike(held_id=held_id, by=request.user, at=clock.now())
    tell(request, holding.said_of_alike(became))
    return _back(item)


@door("held.refuse")
def refuse(request: Any, held_id: int) -> HttpResponse:
    """Refuse a held row for good, with the reason."""
    item, form, problem = _item(request, held_id), Refuse(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            mend_held_row.refuse(
                held_id=held_id, why=form.cleaned_data["why"], by=request.user, at=clock.now()
            )
            tell(request, f"Row {item.row_number} is refused, with your reason.")
            return _back(item)
        except NotAllowed as refusal:
            problem = Problem("The row is not refused", attempts.sentence(request, refusal))
    return show(
        request,
        "messages/refuse.html",
        area="intake",
        marking="OFFICIAL-SENSITIVE",
        item=item,
        shown=matters_in([item], held=held_id),
        form=form,
        problem=problem,
        pieces=holding.pieces(item.raw, item.value),
        status=422 if problem else 200,
    )


@door("health.read")
def health(request: Any) -> HttpResponse:
    """What each outside system and our own workers last said."""
    return show(
        request, "messages/health.html", area="health", page=health_page(request.user, now=clock.now())
    )
