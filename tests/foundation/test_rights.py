"""may ≡ permission by role and matter visible; nothing of another force or restricted shows without a grant."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck
from hypothesis import given as property_of
from hypothesis import settings as property_settings
from hypothesis import strategies as st
from tests import given

from casewright.foundation import clock
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.matters import actions as matters
from casewright.foundation.matters.models import Conflict, Destruction, GlassBroken, Grant, Matter
from casewright.foundation.matters.rights import hidden_from, may, must_hold, visible_to
from casewright.foundation.people import roles
from casewright.foundation.people.models import RoleGiven, User
from casewright.foundation.reference.models import Force

pytestmark = pytest.mark.django_db


def a_user(name: str, held: set[str], forces: list[Force]) -> User:
    user = User.objects.create(email=f"{name}@northmere.example", name=name)
    user.forces.set(forces)
    RoleGiven.objects.bulk_create(RoleGiven(user=user, role=r) for r in held)
    return User.objects.get(id=user.id)


@pytest.fixture
def world() -> tuple[Force, Force, Matter, Matter]:
    ours = given.a_unit()
    other = Force.objects.create(code="92", name="Southmere Police", prefix="SM")
    with given.on(given.MONDAY):
        given.give(given.csv_of([given.row()]), force=ours)
        given.give(given.csv_of([given.row(time="16:00:00")]), force=other)
    return ours, other, Matter.objects.get(force=ours), Matter.objects.get(force=other)


@property_settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@property_of(
    held=st.sets(st.sampled_from(sorted(roles.ROLES)), max_size=3),
    mine=st.booleans(),
    restricted=st.booleans(),
    granted=st.sampled_from(["no", "open", "ended"]),
    conflict=st.sampled_from(["no", "matter", "mark", "ended"]),
    first_half=st.sampled_from(["no", "proposed", "glass"]),
    permission=st.sampled_from(sorted(roles.PERMISSIONS)),
)
def test_may_is_the_permission_and_the_matter_seen(
    world, held, mine, restricted, granted, conflict, first_half, permission
) -> None:
    ours, _, matter, _ = world
    Matter.objects.filter(id=matter.id).update(sensitivity="restricted" if restricted else "ordinary")
    Destruction.objects.all().delete()
    GlassBroken.objects.all().delete()
    User.objects.filter(email="someone@northmere.example").delete()
    user = a_user("someone", held, [ours] if mine else [])
    if granted != "no":
        ends = clock.now() + timedelta(days=1 if granted == "open" else -1)
        Grant.objects.create(matter=matter, user=user, reason="test", ends_at=ends)
    declared(user, matter, conflict)
    did(user, matter, first_half)
    rights = roles.permissions_of(held)
    sees = granted == "open" or (mine and not restricted and "matter.read" in rights)
    sees = sees and conflict in ("no", "ended")
    own_half = (first_half, permission) in {
        ("proposed", "records.approve_destroy"),
        ("glass", "matter.review_glass"),
    } or (conflict in ("matter", "ended") and permission == "matter.end_conflict")
    assert visible_to(user).filter(id=matter.id).exists() is sees
    assert may(user, permission, matter) is (sees and permission in rights and not own_half)
    few = restricted or conflict in ("matter", "mark")
    assert hidden_from(user).filter(id=matter.id).exists() is (few and not sees)


def declared(user: User, matter: Matter, how: str) -> None:
    """A conflict of this person with the matter, with its vehicle's mark, or one that has ended."""
    given_ = {"user": user, "why": "test", "declared_at": clock.now()}
    if how == "mark":
        Conflict.objects.create(mark=matter.vehicles.get().registration_mark, **given_)
    elif how != "no":
        Conflict.objects.create(matter=matter, ended_at=clock.now() if how == "ended" else None, **given_)


def did(user: User, matter: Matter, what: str) -> None:
    """The half of a two-person act that this person did."""
    if what == "proposed":
        Destruction.objects.create(
            matter_id=matter.id, reference=matter.reference, proposed_by=user, proposed_at=clock.now()
        )
    elif what == "glass":
        GlassBroken.objects.create(
            user=user, reference=matter.reference, at=clock.now(), ends_at=clock.now(), matter=matter
        )


def test_people_of_one_force_see_nothing_of_the_other(world) -> None:
    ours, _, matter, elsewhere = world
    user = a_user("desk", {"senior_processing_officer"}, [ours])
    assert list(visible_to(user)) == [matter]
    with pytest.raises(NotAllowed, match="no such matter"):
        matters.note(matter_id=elsewhere.id, text="x", by=user, at=clock.now())
    assert matters.take(matter_ids=[elsewhere.id], by=user, at=clock.now()) == 0


def test_an_officer_in_the_case_sees_only_what_is_granted(world) -> None:
    ours, _, matter, _ = world
    officer = a_user("officer", {"officer_in_case"}, [ours])
    assert not visible_to(officer).exists()
    Grant.objects.create(matter=matter, user=officer, reason="own case", ends_at=None)
    assert list(visible_to(officer)) == [matter]


def test_a_role_gives_what_the_table_says_and_nothing_else() -> None:
    for permission, holders in roles.PERMISSIONS.items():
        assert holders <= set(roles.ROLES), permission
        for role in roles.ROLES:
            assert (permission in roles.permissions_of({role})) is (role in holders)
    assert roles.permissions_of(set()) == frozenset()


def test_without_the_permission_the_refusal_says_what_is_lacking(world) -> None:
    user = a_user("witness", {"witness_care_officer"}, [world[0]])
    with pytest.raises(NotAllowed, match="upload"):
        must_hold(user, "intake.upload")
    must_hold(None, "intake.upload")  # the system's own work acts for no person


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_a_note_of_nothing_or_of_too_much_is_refused_with_its_length(world, text) -> None:
    user = a_user("desk", {"case_administrator"}, [world[0]])
    with pytest.raises(NotAllowed, match="characters"):
        matters.note(matter_id=world[2].id, text=text, by=user, at=clock.now())
