"""Doors to who may see what."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from casewright.foundation import clock
from casewright.foundation.lifecycle import NOT_THERE, NotAllowed, NotYours
from casewright.foundation.matters import conflicts as declaring
from casewright.foundation.matters import glass, restricting
from casewright.foundation.matters.models import GlassBroken
from casewright.foundation.people.models import User
from casewright.web import attempts
from casewright.web.doors import Problem, door, show
from casewright.web.numbers import whole_number
from casewright.web.seeing import queries
from casewright.web.seeing.forms import (
    BreakGlass,
    DeclareConflict,
    DeclareKnown,
    GiveLeave,
    Lift,
    Restrict,
    Review,
)
from casewright.web.shell import tell
from casewright.web.shown import matters_in
from casewright.web.traffic.views import asked


@door()
def who_sees(request: Any, matter_id: int) -> HttpResponse:
    """Everybody who can see a matter, and why each of them can."""
    found = queries.seeing(request.user, matter_id, now=clock.now())
    if found is None:
        raise Http404
    return show(
        request,
        "seeing/who_sees.html",
        area="worklist",
        marking="OFFICIAL-SENSITIVE",
        page=found,
        rights=request.user.permissions,
    )


@door("matter.restrict")
def restrict(request: Any, matter_id: int) -> HttpResponse:
    """Restrict a matter to named people."""

    def act(typed: dict[str, Any]) -> None:
        restricting.restrict(matter_id=matter_id, reason=typed["reason"], by=request.user, at=clock.now())

    return asked(
        request, matter_id, Restrict, act,
        title="Restrict this matter", button="Restrict it", refused="The matter is not restricted",
        then="who_sees",
    )  # fmt: skip


@door("matter.restrict")
def lift_restriction(request: Any, matter_id: int) -> HttpResponse:
    """Lift a restriction."""

    def act(typed: dict[str, Any]) -> None:
        restricting.lift(matter_id=matter_id, reason=typed["reason"], by=request.user, at=clock.now())

    return asked(
        request, matter_id, Lift, act,
        title="Lift the restriction", button="Lift it", refused="The restriction stands",
        then="who_sees",
    )  # fmt: skip


@door("matter.give_leave")
def give_leave(request: Any, matter_id: int) -> HttpResponse:
    """Give one person leave to see a matter."""
    others = User.objects.filter(is_active=True).exclude(id=request.user.id)
    people = list(others.order_by("name").values_list("id", "name"))

    def act(typed: dict[str, Any]) -> None:
        restricting.give_leave(
            matter_id=matter_id,
            user_id=typed["person"],
            reason=typed["reason"],
            ends_at=typed["until"] and datetime.combine(typed["until"], time.max, clock.LONDON),
            by=request.user,
            at=clock.now(),
        )

    return asked(
        request, matter_id, lambda typed: GiveLeave(people, typed), act,
        title="Give leave to see it", button="Give leave", refused="No leave is given",
        then="who_sees",
    )  # fmt: skip


@require_POST
@door("matter.give_leave")
def end_leave(request: Any, matter_id: int) -> HttpResponse:
    """End leave before its time."""
    if queries.seeing(request.user, matter_id, now=clock.now()) is None:
        raise Http404
    grant_id = whole_number(request.POST.get("leave", "")) or 0
    restricting.end_leave(grant_id=grant_id, by=request.user, at=clock.now())
    tell(request, "That leave has ended.")
    return redirect("who_sees", matter_id=matter_id)


@door("matter.declare_conflict")
def declare_conflict(request: Any, matter_id: int) -> HttpResponse:
    """Declare a conflict with one matter; it is gone for this person at once."""

    def act(typed: dict[str, Any]) -> None:
        declaring.declare(matter_id=matter_id, why=typed["why"], by=request.user, at=clock.now())
        tell(request, "Your conflict is declared. The matter is not there for you any more.")

    return asked(
        request, matter_id, DeclareConflict, act,
        title="Declare a conflict of interest", button="Declare it", refused="Nothing is declared",
        tone="warning", then="my_day",
    )  # fmt: skip


@door("matter.declare_conflict")
def conflicts(request: Any) -> HttpResponse:
    """One's declared conflicts, and declaring another before any matter is opened."""
    form, problem = DeclareKnown(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            declaring.declare_of(**form.cleaned_data, by=request.user, at=clock.now())
            tell(request, "Your conflict is declared. No matter with it will be there for you.")
            return redirect("conflicts")
        except NotAllowed as refusal:
            problem = Problem("Nothing is declared", attempts.kept(request, refusal))
    known = queries.conflicts(request.user)
    return show(
        request,
        "seeing/conflicts.html",
        form=form,
        problem=problem,
        marking="OFFICIAL-SENSITIVE",
        known=known,
        shown=matters_in(known),
        may_end="matter.end_conflict" in request.user.permissions,
        status=422 if problem or form.errors else 200,
    )


@require_POST
@door("matter.end_conflict")
def end_conflict(request: Any) -> HttpResponse:
    """End another person's declared conflict."""
    asked_for = whole_number(request.POST.get("conflict", "")) or 0
    if asked_for not in {each.id for each in queries.conflicts(request.user)}:
        raise NotYours("There is no such conflict, or it has ended.", NOT_THERE)
    declaring.end(conflict_id=asked_for, by=request.user, at=clock.now())
    tell(request, "That conflict has ended.")
    return redirect("conflicts")


@door("matter.break_glass", most=20)
def break_glass(request: Any) -> HttpResponse:
    """Ask to see a matter without leave; the answer does not say whether there is one."""
    form, problem = BreakGlass(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            broken = glass.break_glass(**form.cleaned_data, by=request.user, at=clock.now())
            return redirect("glass_broken", broken_id=broken.id)
        except NotAllowed as refusal:
            problem = Problem("Nothing was opened", attempts.kept(request, refusal))
    return show(
        request,
        "seeing/break_glass.html",
        form=form,
        problem=problem,
        status=422 if problem or form.errors else 200,
    )


@door("matter.break_glass")
def glass_broken(request: Any, broken_id: int) -> HttpResponse:
    """What was asked, until when it holds, and that it is reviewed; never whether there is such a matter."""
    row = GlassBroken.objects.filter(id=broken_id, user_id=request.user.id).first()
    if row is None:
        raise Http404
    return show(request, "seeing/glass_broken.html", row=row)


@door("matter.review_glass")
def glass_reviews(request: Any) -> HttpResponse:
    """Broken glass that waits for review, and the last reviews."""
    waiting, done = queries.to_review(request.user), queries.reviewed(request.user)
    return show(
        request,
        "seeing/glass_reviews.html",
        marking="OFFICIAL-SENSITIVE",
        waiting=waiting,
        done=done,
        shown=matters_in([each.row for each in waiting], done),
    )


@door("matter.review_glass")
def review_glass(request: Any, broken_id: int) -> HttpResponse:
    """Review one: proper or not, in a sentence."""
    one = queries.one_to_review(request.user, broken_id)
    if one is None:
        raise Http404
    form, problem = Review(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            proper, words = form.cleaned_data["found"] == "proper", form.cleaned_data["words"]
            glass.review(broken_id=broken_id, proper=proper, words=words, by=request.user, at=clock.now())
            return redirect("glass_reviews")
        except NotAllowed as refusal:
            problem = Problem("The review is not recorded", attempts.kept(request, refusal))
    return show(
        request,
        "seeing/review_glass.html",
        marking="OFFICIAL-SENSITIVE",
        about=one.row.matter_id,
        one=one,
        form=form,
        problem=problem,
        status=422 if problem or form.errors else 200,
    )
