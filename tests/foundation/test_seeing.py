"""Restricting, leave, conflicts, broken glass and holds: who is let in, who is shut out, and what is written down."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext
from tests import given

from casewright.foundation import clock
from casewright.foundation.journal.models import Entry
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.matters import actions, conflicts, glass, holds, restricting
from casewright.foundation.matters.models import Conflict, GlassBroken, Grant, Hold, Matter
from casewright.foundation.matters.rights import visible_to
from casewright.foundation.people.models import RoleGiven, User
from casewright.foundation.reference.models import Force
from casewright.web.seeing.queries import glass_to_review, one_to_review, reviewed, to_review

pytestmark = pytest.mark.django_db


@pytest.fixture
def matter() -> Matter:
    force = given.a_unit()
    with given.on(given.MONDAY):
        given.give(given.csv_of([given.row()]), force=force)
        one = Matter.objects.get()
        given.keepers_answer([one])
    return one


def sees(name: str) -> bool:
    """Whether a person sees the one matter there is, on their next request."""
    return visible_to(given.person(name)).exists()


def restricted(matter: Matter) -> None:
    restricting.restrict(
        matter_id=matter.id, reason="Officer’s relative", by=given.person("Ruth Alder"), at=clock.now()
    )


def test_a_restricted_matter_is_there_for_who_restricted_it_and_its_owner_alone(matter: Matter) -> None:
    actions.take(matter_ids=[matter.id], by=given.person("Mina Thorley"), at=clock.now())
    restricted(matter)
    assert sees("Ruth Alder")
    assert sees("Mina Thorley")
    assert not sees("Piers Hallam")
    with pytest.raises(NotAllowed, match="restricted already"):
        restricted(matter)
    restricting.lift(
        matter_id=matter.id, reason="Relative left", by=given.person("Ruth Alder"), at=clock.now()
    )
    assert sees("Piers Hallam")
    assert list(Entry.objects.filter(verb__contains="restrict").values_list("verb", flat=True).order_by("id")) == [
        "matters.restrict", "matters.lift_restriction",
    ]  # fmt: skip


def test_leave_begins_at_once_and_ends_at_its_moment_or_earlier_by_hand(matter: Matter) -> None:
    restricted(matter)
    ruth, piers = given.person("Ruth Alder"), given.person("Piers Hallam")
    with given.on(given.MONDAY) as at:
        leave = restricting.give_leave(
            matter_id=matter.id,
            user_id=piers.id,
            reason="Advises",
            ends_at=at + timedelta(days=1),
            by=ruth,
            at=at,
        )
        assert sees("Piers Hallam")
    with clock.standing_at(at + timedelta(days=1) - timedelta(seconds=1)):
        assert sees("Piers Hallam")
    with clock.standing_at(at + timedelta(days=1)):
        assert not sees("Piers Hallam")
    with clock.standing_at(at + timedelta(hours=1)):
        restricting.end_leave(grant_id=leave.id, by=ruth, at=clock.now())
        assert not sees("Piers Hallam")
        with pytest.raises(NotAllowed, match="ended already"):
            restricting.end_leave(grant_id=leave.id, by=ruth, at=clock.now())


def test_nobody_gives_leave_to_oneself_or_to_a_matter_not_seen_or_without_a_reason(matter: Matter) -> None:
    restricted(matter)
    ruth, piers, una = (given.person(n) for n in ("Ruth Alder", "Piers Hallam", "Sergeant Una Brill"))
    for by, to, reason, said in (
        (ruth, ruth, "x", "to yourself"), (piers, una, "x", "no such matter"), (ruth, piers, " ", "Give the reason"),
        (given.person("Mina Thorley"), piers, "x", "roles do not let you"),
    ):  # fmt: skip
        with pytest.raises(NotAllowed, match=said):
            restricting.give_leave(
                matter_id=matter.id, user_id=to.id, reason=reason, ends_at=None, by=by, at=clock.now()
            )


def test_the_last_person_without_an_end_keeps_leave_so_that_nothing_is_left_lying(matter: Matter) -> None:
    restricted(matter)
    with pytest.raises(NotAllowed, match="nobody would be left"):
        restricting.end_leave(grant_id=Grant.objects.get().id, by=given.person("Ruth Alder"), at=clock.now())


def test_a_conflict_with_a_matter_shuts_its_owner_out_and_gives_it_back_to_the_queue(matter: Matter) -> None:
    mina = given.person("Mina Thorley")
    actions.take(matter_ids=[matter.id], by=mina, at=clock.now())
    conflicts.declare(matter_id=matter.id, why="My neighbour", by=mina, at=clock.now())
    assert not visible_to(mina).exists()
    assert not sees("Mina Thorley")
    again = Matter.objects.get()
    assert (again.owner_id, again.queue != "") == (None, True)
    with pytest.raises(NotAllowed, match="no such matter"):
        conflicts.declare(matter_id=matter.id, why="Again", by=mina, at=clock.now())


@pytest.mark.parametrize(
    "known", [{"name": "edwin  MARLOW-TATE", "mark": ""}, {"name": "", "mark": "qx26 rtl"}]
)
def test_a_conflict_declared_before_shuts_out_of_every_matter_with_it(matter: Matter, known) -> None:
    conflicts.declare_of(**known, why="Cousin", by=given.person("Piers Hallam"), at=clock.now())
    assert not sees("Piers Hallam")
    assert sees("Mina Thorley")
    broken = glass.break_glass(
        reference=matter.reference, reason="x", by=given.person("Piers Hallam"), at=clock.now()
    )
    assert broken.matter_id is None
    assert not sees("Piers Hallam")


def test_only_another_person_ends_a_conflict_and_a_name_declared_is_not_kept_after(matter: Matter) -> None:
    ruth, una = given.person("Ruth Alder"), given.person("Sergeant Una Brill")
    made = conflicts.declare_of(name="Edwin Marlow-Tate", mark="", why="Cousin", by=ruth, at=clock.now())
    with pytest.raises(NotAllowed, match="your own"):
        conflicts.end(conflict_id=made.id, by=ruth, at=clock.now())
    conflicts.end(conflict_id=made.id, by=una, at=clock.now())
    assert sees("Ruth Alder")
    assert not Conflict.objects.exists()


def test_broken_glass_lets_in_for_four_hours_and_is_reviewed_by_another(matter: Matter) -> None:
    restricted(matter)
    una, ruth = given.person("Sergeant Una Brill"), given.person("Ruth Alder")
    with given.on(given.MONDAY) as at:
        broken = glass.break_glass(reference=matter.reference.lower(), reason="Court rang", by=una, at=at)
        assert sees("Sergeant Una Brill")
        with pytest.raises(NotAllowed, match="yourself"):
            glass.review(broken_id=broken.id, proper=True, words="x", by=una, at=at)
    with clock.standing_at(at + glass.LASTS):
        assert not sees("Sergeant Una Brill")
    with clock.standing_at(at + timedelta(minutes=5)):
        glass.review(broken_id=broken.id, proper=False, words="Nobody rang.", by=ruth, at=clock.now())
        assert not sees("Sergeant Una Brill")
        with pytest.raises(NotAllowed, match="reviewed already"):
            glass.review(broken_id=broken.id, proper=True, words="x", by=ruth, at=clock.now())


def test_broken_glass_does_the_same_work_whether_or_not_there_is_such_a_matter(matter: Matter) -> None:
    restricted(matter)
    done = []
    for reference in (matter.reference, "T26-999999"):
        with CaptureQueriesContext(connection) as asked:
            glass.break_glass(
                reference=reference, reason="Court rang", by=given.person("Piers Hallam"), at=clock.now()
            )
        done.append([each["sql"].split("(")[0][:40] for each in asked.captured_queries])
    assert done[0] == done[1]
    assert list(GlassBroken.objects.order_by("id").values_list("matter_id", flat=True)) == [matter.id, None]


def of_southmere(name: str, role: str) -> User:
    """One more person, of another force the unit serves."""
    other, _ = Force.objects.get_or_create(code="92", defaults={"name": "Southmere Police", "prefix": "SM"})
    user = User.objects.create(email=f"{role}@southmere.example", name=name)
    user.forces.set([other])
    RoleGiven.objects.create(user=user, role=role)
    return user


def test_no_glass_opens_the_wall_between_forces_but_leave_of_that_force_does(matter: Matter) -> None:
    fay, ruth, done = of_southmere("Fay Ardley", "case_administrator"), given.person("Ruth Alder"), []
    for reference in (matter.reference, "T26-999999"):
        asker = User.objects.get(id=fay.id)
        with CaptureQueriesContext(connection) as asked:
            broken = glass.break_glass(reference=reference, reason="The court rang", by=asker, at=clock.now())
        done.append([each["sql"].split("(")[0][:40] for each in asked.captured_queries])
        assert broken.matter_id is None
    assert done[0] == done[1]
    assert not Grant.objects.filter(how="glass").exists()
    assert not sees("Fay Ardley")
    restricting.give_leave(
        matter_id=matter.id,
        user_id=fay.id,
        reason="Gives evidence for us",
        ends_at=None,
        by=ruth,
        at=clock.now(),
    )
    assert sees("Fay Ardley")


def test_somebody_of_two_forces_breaks_the_glass_of_both(matter: Matter) -> None:
    restricted(matter)
    fay = of_southmere("Fay Ardley", "case_administrator")
    fay.forces.add(matter.force)
    glass.break_glass(reference=matter.reference, reason="The court rang", by=fay, at=clock.now())
    assert sees("Fay Ardley")


def test_broken_glass_is_reviewed_within_the_force(matter: Matter) -> None:
    restricted(matter)
    far, una = of_southmere("Nell Byrom", "supervisor"), given.person("Sergeant Una Brill")
    fay = of_southmere("Fay Ardley", "case_administrator")
    ours, theirs = (
        glass.break_glass(reference=reference, reason="The court rang", by=by, at=clock.now())
        for reference, by in ((matter.reference, given.person("Agnes Dray")), (matter.reference, fay))
    )
    for reviewer, own, others in ((una, ours, theirs), (far, theirs, ours)):
        assert set(glass.to_review_by(reviewer)) == {own}
        with pytest.raises(NotAllowed, match="nothing to review"):
            glass.review(broken_id=others.id, proper=True, words="x", by=reviewer, at=clock.now())
        assert [each.row for each in to_review(reviewer)] == [own]
        assert glass_to_review(reviewer, today=clock.today())[0] == 1
        assert one_to_review(reviewer, others.id) is None
        glass.review(broken_id=own.id, proper=True, words="It was so.", by=reviewer, at=clock.now())
        assert [each.id for each in reviewed(reviewer)] == [own.id]


@pytest.mark.parametrize("typed", ["", "T26", "QX26 RTL", "Marlow", "T26-%", "T26-0000001"])
def test_the_glass_is_broken_by_a_whole_reference_only(matter: Matter, typed: str) -> None:
    with pytest.raises(NotAllowed, match="whole reference"):
        glass.break_glass(reference=typed, reason="x", by=given.person("Piers Hallam"), at=clock.now())


def test_a_hold_that_stands_cannot_be_deleted_even_at_the_database(matter: Matter) -> None:
    agnes = given.person("Agnes Dray")
    placed = holds.place(matter_id=matter.id, reason="Civil claim", by=agnes, at=clock.now())
    with pytest.raises(IntegrityError, match="legal hold"), transaction.atomic():
        Hold.objects.all().delete()
    holds.lift(hold_id=placed.id, reason="Claim settled", by=agnes, at=clock.now())
    with pytest.raises(NotAllowed, match="lifted already"):
        holds.lift(hold_id=placed.id, reason="Again", by=agnes, at=clock.now())
    assert Hold.objects.get().lifted_by == agnes


def test_a_person_who_left_is_not_given_leave(matter: Matter) -> None:
    User.objects.filter(name="Piers Hallam").update(is_active=False)
    with pytest.raises(NotAllowed, match="works here"):
        restricting.give_leave(
            matter_id=matter.id, user_id=given.person("Piers Hallam").id, reason="x", ends_at=None,
            by=given.person("Ruth Alder"), at=clock.now(),
        )  # fmt: skip
