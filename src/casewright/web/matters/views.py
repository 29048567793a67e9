"""Doors to matters."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from casewright.areas.deadlines.queries import rules_of
from casewright.areas.tasks.actions import BY_HAND
from casewright.flows import note_on_matter
from casewright.foundation import clock
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.matters import actions
from casewright.foundation.matters.actions import folded
from casewright.foundation.matters.models import SearchAsked
from casewright.foundation.matters.rights import visible_to
from casewright.web import attempts
from casewright.web.doors import Problem, door, safe_next, show
from casewright.web.matters import search as searching
from casewright.web.matters import worklists
from casewright.web.matters.forms import Note, Why
from casewright.web.matters.history import changes
from casewright.web.matters.my_day import my_day as day_of
from casewright.web.matters.record import Record, record_page
from casewright.web.matters.worklists import Asked
from casewright.web.numbers import whole_number
from casewright.web.reasons import remember
from casewright.web.shell import tell
from casewright.web.words import counted

QUEUES = {
    "notices": "Notices",
    "enquiries": "Keeper enquiries",
    "replies": "Replies",
    "decisions": "Decisions",
    "collisions": "Collisions",
}
PARTS = {"key", "notes", "fields"}  # of what happened to a matter


@door()
def my_day(request: Any) -> HttpResponse:
    """What must happen today, most dangerous first; an officer in the case sees only what was granted."""
    found = day_of(request.user, today=clock.today(), now=clock.now())
    return show(
        request,
        "matters/my_day.html",
        area="my_day",
        marking="OFFICIAL-SENSITIVE",
        day=found,
        shown={"matters": found.shown},
        reason="own",
    )


@door()
def worklist(request: Any) -> HttpResponse:
    """A set of matters, most urgent first, to be worked."""
    asked = Asked(_known(request.GET.get("of", "")), "bars" in request.GET)
    after = request.GET.get("after", "")
    groups = worklists.page(request.user, asked, today=clock.today(), after=worklists.read_mark(after))
    counts = worklists.queue_counts(request.user, list(QUEUES))
    return show(
        request,
        "matters/worklist.html",
        area="worklist",
        marking="OFFICIAL-SENSITIVE",
        groups=groups,
        asked=asked,
        queues=QUEUES,
        counts=counts,
        shown={"matters": [row.id for group in groups for row in group.rows]},
        reason=f"worklist {asked.of}",
        next_mark=worklists.last_seen(groups),
        first=not after,
    )


def _known(of: str) -> str:
    return of if of in {"mine", "unit", *QUEUES} else "notices"


@require_POST
@door("matter.take")
def take(request: Any) -> HttpResponse:
    """Take the chosen matters as one's own."""
    chosen = [n for n in map(whole_number, request.POST.getlist("chosen")) if n is not None]
    if not chosen:
        raise NotAllowed("No matter was chosen. Tick one or more in the list, then act.")
    taken = actions.take(matter_ids=chosen, by=request.user, at=clock.now())
    attempts.left_out(request, chosen)
    rest = (
        ""
        if taken == len(chosen)
        else f"; the other {len(chosen) - taken:,} could not, or were yours already"
    )
    tell(request, f"{counted(taken, 'matter')} {'is' if taken == 1 else 'are'} yours now{rest}.")
    return redirect(
        request.POST.get("back_to")
        if len(chosen) == 1 and request.POST.get("back_to", "").startswith("/matters/")
        else "/worklist?of=mine"
    )


@door()
def matter(request: Any, matter_id: int) -> HttpResponse:
    """One matter and all about it; that it was looked at is logged (DPA 2018 s.62)."""
    found = record_page(request.user, matter_id, today=clock.today())
    if found is None:
        raise Http404
    of, part = request.GET.get("of", ""), request.GET.get("shown", "")
    part = part if part in PARTS else ""
    listed = of in {"mine", "unit", *QUEUES} and found.matter.closed_at is None
    after = (
        worklists.following(request.user, Asked(of), found.matter, today=clock.today()) if listed else None
    )
    return show(
        request,
        "matters/matter.html",
        area="worklist",
        marking="OFFICIAL-SENSITIVE",
        page=found,
        by_hand=BY_HAND,
        rights=request.user.permissions,
        part=part,
        changed=changes(found.matter) if part == "fields" else (),
        shown=_also_shown(found, part),
        of=of if of in {"mine", "unit", *QUEUES} else found.matter.queue or "mine",
        after=after,
    )


def _also_shown(found: Record, part: str) -> dict[str, Any]:
    """What the page of a matter shows beside it: a part of its story, and the matters linked with it."""
    linked = sorted(link.other_id for link in found.links)
    return {**({"part": part} if part else {}), **({"matters": linked} if linked else {})}


@door()
def why(request: Any, matter_id: int) -> HttpResponse:
    """Say why one opens a matter outside one's own work; asked once a session."""
    matter = visible_to(request.user).filter(id=matter_id).first()
    if matter is None:
        raise Http404
    form = Why(request.POST or None)
    if request.method == "POST" and form.is_valid():
        remember(request, matter_id, form.cleaned_data["reason"])
        return safe_next(
            request, request.POST.get("back_to", ""), reverse("matter", kwargs={"matter_id": matter_id})
        )
    return show(
        request,
        "matters/why.html",
        area="worklist",
        matter=matter,
        form=form,
        status=422 if form.errors else 200,
    )


@door("matter.note")
def note(request: Any, matter_id: int) -> HttpResponse:
    """Write a note; a refused one keeps what was typed."""
    found = record_page(request.user, matter_id, today=clock.today())
    if found is None:
        raise Http404
    form, problem = Note(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            note_on_matter.note(
                matter_id=matter_id, text=form.cleaned_data["text"], by=request.user, at=clock.now()
            )
            return redirect("matter", matter_id=matter_id)
        except NotAllowed as refusal:
            problem = Problem("The note is not written yet", attempts.sentence(request, refusal))
    return show(
        request,
        "matters/note.html",
        area="worklist",
        marking="OFFICIAL-SENSITIVE",
        page=found,
        form=form,
        problem=problem,
        status=422 if problem else 200,
    )


@require_POST
@door("matter.read", most=300)
def search(request: Any) -> HttpResponse:
    """Go straight to a reference; keep anything else under an opaque id and show what was found."""
    sought = request.POST.get("sought", "")
    one = searching.exact(request.user, sought)
    if one:
        return redirect("matter", matter_id=one.id)
    return redirect("found", search_id=searching.ask(sought=sought, by=request.user, at=clock.now()).id)


@door("matter.read")
def found(request: Any, search_id: UUID) -> HttpResponse:
    """What a search found; only who asked may see it."""
    asked = get_object_or_404(SearchAsked, id=search_id, user=request.user)
    matters = searching.found(request.user, asked.words)
    people = worklists.people_of([each.id for each in matters])
    return show(
        request,
        "matters/found.html",
        area="worklist",
        marking="OFFICIAL-SENSITIVE",
        asked=asked,
        matters=matters,
        shown={"matters": [each.id for each in matters]},
        sought=folded(asked.words),
        reason="search",
        people=people,
        rules=rules_of({each.id: each.next_act_by for each in matters if each.next_act_by}),
        most=searching.MOST,
        likely=None if matters else searching.likely(asked.words),
    )
