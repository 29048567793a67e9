"""Doors for the system administrator: people added, placed, vetted, ended; roles proposed, and decided by another.

None of them opens a matter, and none changes the administrator's own account.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from casewright.flows.let_go import let_go
from casewright.foundation import clock
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.people import accounts, role_changes, staff
from casewright.foundation.people.models import User
from casewright.web import attempts, words
from casewright.web.doors import door, show
from casewright.web.people import queries
from casewright.web.people.enrolment_mail import send_enrolment
from casewright.web.people.staff_forms import AddPerson, AddTeam, AddWorkplace, Assess, ChangeRole, Place, Vet
from casewright.web.shell import tell


@door("people.manage")
def add_person(request: Any) -> HttpResponse:
    """Add someone, without any role yet."""
    form = AddPerson(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = staff.add_person(**form.cleaned_data, by=request.user, at=clock.now())
        except NotAllowed as refusal:
            form.add_error("email", attempts.sentence(request, refusal))
        else:
            return _told(request, person, "Added, without any role. Record the vetting, then propose a role.")
    return show(request, "people/add.html", area="people", form=form, status=422 if form.errors else 200)


@door("people.manage")
def teams(request: Any) -> HttpResponse:
    """Teams, places of work and forces; a team or a place is added here."""
    adds_team = "team" in request.POST
    team = AddTeam(request.POST if adds_team else None)
    workplace = AddWorkplace(request.POST if request.method == "POST" and not adds_team else None)
    for form, name, act in ((team, "team", staff.add_team), (workplace, "workplace", staff.add_workplace)):
        if form.is_bound and form.is_valid():
            try:
                act(name=form.cleaned_data[name], by=request.user, at=clock.now())
            except NotAllowed as refusal:
                form.add_error(name, attempts.sentence(request, refusal))
            else:
                tell(request, f"{form.cleaned_data[name]} is added.")
                return redirect("teams")
    status = 422 if team.errors or workplace.errors else 200
    said: dict[str, Any] = {"team": team, "workplace": workplace, "page": queries.teams_page()}
    return show(request, "people/teams.html", area="people", status=status, **said)


@door()
def person_page(request: Any, user_id: int) -> HttpResponse:
    """One person: roles, vetting, skills, place, and what waits for a second person."""
    page = queries.person_page(get_object_or_404(User, id=user_id), asker=request.user)
    return show(request, "people/person.html", area="people", page=page)


@door("people.manage")
def place(request: Any, user_id: int) -> HttpResponse:
    """Team, place of work and forces of a person."""
    person = get_object_or_404(User, id=user_id)
    form = Place(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        staff.place(
            person=person,
            team_id=said["team"] and said["team"].id,
            workplace_id=said["workplace"] and said["workplace"].id,
            force_ids=[force.id for force in said["forces"]],
            by=request.user,
            at=clock.now(),
        )
        return _told(request, person, "Team, place of work and forces are changed.")
    return _form(request, person, form, "Team, place and forces", "Keep this")


@door("people.manage")
def vet(request: Any, user_id: int) -> HttpResponse:
    """The level of a person's vetting and its last day."""
    person = get_object_or_404(User, id=user_id)
    form = Vet(request.POST or None, today=clock.today())
    if request.method == "POST" and form.is_valid():
        staff.record_vetting(person=person, **form.cleaned_data, by=request.user, at=clock.now())
        return _told(request, person, "The vetting is recorded.")
    return _form(request, person, form, "Vetting", "Record the vetting")


@door("people.assess_skill")
def assess(request: Any, user_id: int) -> HttpResponse:
    """A skill in a person's passport: what was seen, and until when it holds."""
    person, today = get_object_or_404(User, id=user_id), clock.today()
    form = Assess(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        staff.assess_skill(person=person, **form.cleaned_data, by=request.user, at=clock.now(), today=today)
        return _told(request, person, "The assessment is recorded.")
    return _form(request, person, form, "Skill", "Record the assessment")


@door("people.propose_role", recent=True)
def propose_role(request: Any, user_id: int) -> HttpResponse:
    """Propose to give or take a role; another person approves it."""
    person = get_object_or_404(User, id=user_id)
    form = ChangeRole(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        role_changes.propose_role(
            person=person,
            role=said["role"],
            gives=said["change"] == "give",
            reason=said["reason"],
            by=request.user,
            at=clock.now(),
        )
        return _told(
            request, person, "Proposed. It waits for a second person, who finds it on the people page."
        )
    return _form(request, person, form, "Role", "Propose it")


@require_POST
@door("people.approve_role", recent=True)
def decide_role(request: Any, proposal_id: int) -> HttpResponse:
    """Approve a proposed role as the second person, or turn it down."""
    approves = request.POST.get("answer") == "approve"
    act = role_changes.approve_role if approves else role_changes.turn_down_role
    row = act(proposal_id=proposal_id, by=request.user, at=clock.now())
    return _told(
        request, row.user, "Approved, and done." if approves else "Turned down; nothing has changed."
    )


@require_POST
@door("people.manage", recent=True)
def send_link(request: Any, user_id: int) -> HttpResponse:
    """Send a person a one-time link for a password; only they see it, never the one who sends it."""
    person = get_object_or_404(User, id=user_id)
    if person.id == request.user.id:
        raise NotAllowed("Your own password is changed from your account's page.")
    token = accounts.make_enrolment(person=person, by=request.user.id, at=clock.now())
    send_enrolment(person, request.build_absolute_uri(reverse("enrol", args=[token])))
    return _told(request, person, "A one-time link was mailed to their work address; it lasts three days.")


@door("people.manage", recent=True)
def leave(request: Any, user_id: int) -> HttpResponse:
    """A leaver: every session ends at its next request, and their open matters go back to the queues."""
    person = get_object_or_404(User, id=user_id)
    if request.method == "POST":
        freed = let_go(person=person, by=request.user, at=clock.now())
        back = f"; {words.counted(freed, 'matter')} went back to the queues" if freed else ""
        return _told(request, person, f"Access has ended{back}.")
    return show(request, "people/leave.html", area="people", person=person)


def _form(request: Any, person: User, form: Any, title: str, act: str) -> HttpResponse:
    said: dict[str, Any] = {"person": person, "form": form, "what": title, "act_words": act}
    return show(request, "people/change.html", area="people", status=422 if form.errors else 200, **said)


def _told(request: Any, person: User, sentence: str) -> HttpResponse:
    tell(request, sentence)
    return redirect("person", user_id=person.id)
