"""People as the administrator keeps them: added, placed, vetted, assessed, gone. Nothing here opens a matter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.contrib.auth.hashers import make_password
from django.db.models import Q
from django.utils.text import slugify

from casewright.foundation.journal.record import Line, record
from casewright.foundation.lifecycle import OWN_ACT, NotAllowed, NotYours
from casewright.foundation.people import own_checks, roles, sessions
from casewright.foundation.people.models import RoleGiven, SignOnSubject, SkillHeld, Team, User, Workplace
from casewright.foundation.people.notices import notify
from casewright.foundation.policy import queries as policy

LONGEST_SKILL = "unit.skill_days"  # a passport is reviewed each year (work.md D222)


def add_person(*, email: str, name: str, by: Any, at: datetime) -> User:
    """Add someone without any role; roles take two people (`role_changes`).

    :param by: the administrator, or None on the server's command line
    :raises NotAllowed: without the right, or for an address that is known already
    """
    must_hold(by, "people.manage")
    email = email.strip().lower()
    if User.objects.filter(email__iexact=email).exists():
        raise NotAllowed("Somebody has this work address already. Open their page from the list of people.")
    person = User(email=email, name=name.strip())
    person.set_unusable_password()
    person.save()
    _journal("people.add", person, by=by, at=at)
    return person


def add_team(*, name: str, by: Any, at: datetime) -> Team:
    """Add a team with a queue of its own.

    :raises NotAllowed: without the right, or for a name that is taken
    """
    must_hold(by, "people.manage")
    queue = slugify(name)[:40]
    if not queue or Team.objects.filter(Q(name__iexact=name) | Q(queue=queue)).exists():
        raise NotAllowed("There is a team of this name already, or the name has no letter in it.")
    team = Team.objects.create(name=name, queue=queue)
    record([Line("people.add_team", subject_kind="team", subject_id=team.id)], by=by and by.id, at=at)
    return team


def add_workplace(*, name: str, by: Any, at: datetime) -> Workplace:
    """Add a place of work.

    :raises NotAllowed: without the right, or for a name that is taken
    """
    must_hold(by, "people.manage")
    if Workplace.objects.filter(name__iexact=name).exists():
        raise NotAllowed("There is a place of work of this name already.")
    made = Workplace.objects.create(name=name)
    record(
        [Line("people.add_workplace", subject_kind="workplace", subject_id=made.id)], by=by and by.id, at=at
    )
    return made


def place(
    *,
    person: User,
    team_id: int | None,
    workplace_id: int | None,
    force_ids: Iterable[int],
    by: User,
    at: datetime,
) -> None:
    """Put a person in a team, a place of work and their forces; never oneself, for forces open matters.

    :raises NotAllowed: without the right, or for oneself
    """
    _for_another(person, by, "people.manage")
    person.team_id, person.workplace_id = team_id, workplace_id
    person.save(update_fields=["team", "workplace"])
    person.forces.set(force_ids)
    facts = {"team": team_id, "workplace": workplace_id, "forces": sorted(force_ids)}
    _journal("people.place", person, by=by, at=at, **facts)


def record_vetting(*, person: User, level: str, until: date, by: Any, at: datetime) -> None:
    """Record the level of a person's vetting and the first day without it.

    :raises NotAllowed: without the right, for oneself, or for a level that is not in the table
    """
    _for_another(person, by, "people.manage")
    if level not in roles.VETTING:
        raise NotAllowed("Choose one of the levels of vetting in the list.")
    person.vetting, person.vetted_until = level, until
    person.save(update_fields=["vetting", "vetted_until"])
    _journal(
        "people.record_vetting", person, by=by, at=at, level=roles.VETTING[level], until=until.isoformat()
    )


def assess_skill(
    *, person: User, skill: str, evidence: str, until: date, by: User, at: datetime, today: date
) -> SkillHeld:
    """Record that a person was assessed in a skill; at most a year, then it is assessed again.

    :raises NotAllowed: without the right, for oneself, without evidence, or for too long
    """
    _for_another(person, by, "people.assess_skill")
    if not evidence.strip():
        raise NotAllowed("Say what was seen: the evidence is what the next assessor reads.")
    longest = policy.figure(LONGEST_SKILL, on=today)
    if not today < until <= today + timedelta(days=longest):
        raise NotAllowed(f"A skill is valid from today for {longest} days at most; choose a day within them.")
    row, _ = SkillHeld.objects.update_or_create(
        user=person,
        skill=skill,
        defaults={"evidence": evidence.strip(), "assessed_by": by, "valid_from": today, "valid_until": until},
    )
    _journal("people.assess_skill", person, by=by, at=at, skill=roles.SKILLS[skill], until=until.isoformat())
    return row


def cut_off(*, person: User, by: Any, at: datetime) -> int:
    """End a leaver's access: the next request of every session is refused. Returns how many sessions ended.

    :raises NotAllowed: without the right, or for oneself
    """
    _for_another(person, by, "people.manage")
    User.objects.filter(id=person.id).update(is_active=False, last_day=person.last_day or at.date())
    ended = sessions.end(user_id=person.id)
    own_checks.forget(person)
    _journal("people.leave", person, by=by, at=at, ended=ended)
    notify(person, "Your access to Casewright has ended.", at=at)
    return ended


class Claimed(NamedTuple):
    """What the force's single sign-on says of somebody."""

    issuer: str
    subject: str
    email: str
    name: str
    force_id: int | None = None


def welcome_officers(claimed: Sequence[Claimed], *, at: datetime) -> int:
    """Make officers in the case of people single sign-on vouches for and nobody knows: a set, in constant statements.

    They hold one role, which opens only the matters granted to them. An address or subject known already is left alone.
    """
    emails = [each.email.strip().lower() for each in claimed]
    known = set(User.objects.filter(email__in=emails).values_list("email", flat=True))
    found = SignOnSubject.objects.filter(subject__in=[c.subject for c in claimed])
    subjects = set(found.values_list("issuer", "subject"))  # one provider's subject says nothing of another's
    new = [each for each in claimed if (each.issuer, each.subject) not in subjects]
    fresh = {email: each for each in new if (email := each.email.strip().lower()) not in known}
    made = User.objects.bulk_create(
        User(email=email, name=each.name[:120], password=make_password(None)) for email, each in fresh.items()
    )
    pairs = list(zip(made, fresh.values(), strict=True))
    RoleGiven.objects.bulk_create(RoleGiven(user=user, role="officer_in_case") for user in made)
    SignOnSubject.objects.bulk_create(
        SignOnSubject(user=user, issuer=each.issuer, subject=each.subject) for user, each in pairs
    )
    through = User.forces.through
    through.objects.bulk_create(
        through(user_id=user.id, force_id=each.force_id) for user, each in pairs if each.force_id
    )
    lines = [Line("people.welcome", subject_kind="person", subject_id=user.id) for user in made]
    record(lines, by=None, at=at)
    return len(made)


def must_hold(by: Any, permission: str) -> None:
    """Refuse an act on people without its right; None is the server's own command line.

    :raises NotAllowed: with a sentence that says whom to ask
    """
    if by is not None and permission not in by.permissions:
        words = permission.split(".")[1].replace("_", " ")
        raise NotYours(f"Your roles do not let you {words}. The people page shows whose do; ask one of them.")


def _for_another(person: User, by: Any, permission: str) -> None:
    must_hold(by, permission)
    if by is not None and by.id == person.id:
        raise NotYours("You cannot do this for yourself. Ask another person with this right.", OWN_ACT)


def _journal(verb: str, person: User, *, by: Any, at: datetime, **facts: Any) -> None:
    line = Line(verb, subject_kind="person", subject_id=person.id, facts=facts)
    record([line], by=by and by.id, at=at)
