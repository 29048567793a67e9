"""People: what a role gives, what vetting and skills gate, who deputises, and that it takes two to give a right."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests import given

from casewright.foundation import clock
from casewright.foundation.journal.models import Entry
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.matters.models import Grant, Matter
from casewright.foundation.matters.rights import must_hold, visible_to
from casewright.foundation.people import deputies, role_changes, roles, staff
from casewright.foundation.people.models import Delegation, RoleGiven, RoleProposal, SkillHeld, User
from casewright.foundation.people.staff import Claimed
from casewright.foundation.policy import actions as policy
from casewright.foundation.policy.models import Setting
from casewright.foundation.two_people import Proposal

pytestmark = pytest.mark.django_db
DAY = given.MONDAY


def fresh(name: str) -> User:
    """A person as the next request sees them."""
    return User.objects.get(name=name)


@pytest.fixture
def unit() -> None:
    given.a_unit()


# ---- skills and vetting: the day before, the day, the day after ----


@pytest.mark.parametrize(("days", "holds"), [(-1, True), (0, False), (1, False)])
def test_a_right_that_needs_a_skill_is_gone_from_the_first_day_without_it(
    unit: None, days: int, holds: bool
) -> None:
    SkillHeld.objects.filter(user__name="Piers Hallam").update(valid_until=DAY)
    with given.on(DAY + timedelta(days=days)):
        piers = fresh("Piers Hallam")
        assert ("traffic.decide_default" in piers.permissions) is holds
        assert "traffic.cancel" in piers.permissions  # needs no skill
        if not holds:
            with pytest.raises(NotAllowed):
                must_hold(piers, "traffic.decide_default")


@pytest.mark.parametrize(("days", "holds"), [(-1, False), (0, True), (1, True)])
def test_a_skill_counts_from_its_first_day(unit: None, days: int, holds: bool) -> None:
    SkillHeld.objects.filter(user__name="Piers Hallam").update(valid_from=DAY)
    with given.on(DAY + timedelta(days=days)):
        assert ("traffic.decide_default" in fresh("Piers Hallam").permissions) is holds


@pytest.mark.parametrize(("days", "sees"), [(-1, True), (0, False), (1, False)])
def test_vetting_that_has_run_out_takes_everything_about_anybody_the_same_day(
    unit: None, days: int, sees: bool
) -> None:
    User.objects.filter(name="Mina Thorley").update(vetted_until=DAY)
    with given.on(DAY):
        given.give(given.csv_of([given.row()]), force=fresh("Ruth Alder").forces.get())
    with given.on(DAY + timedelta(days=days)):
        mina = fresh("Mina Thorley")
        assert visible_to(mina).exists() is sees
        assert ("matter.read" in mina.permissions) is sees
        assert "law.read" in mina.permissions


def test_a_right_that_needs_vetting_is_not_given_by_a_lower_level() -> None:
    assert not roles.fit("records.approve_destroy", {"records_disposal"}, "")
    assert roles.fit("records.approve_destroy", {"records_disposal"}, "recruitment")
    assert roles.fit("records.approve_destroy", {"records_disposal"}, "sc")


def test_every_right_with_a_need_is_a_right_and_every_need_is_named() -> None:
    assert set(roles.NEEDS) <= set(roles.PERMISSIONS)
    for level, skill in roles.NEEDS.values():
        assert level in ("", *roles.VETTING)
        assert skill in ("", *roles.SKILLS)
    assert {role for holders in roles.PERMISSIONS.values() for role in holders} <= set(roles.ROLES)


def test_what_a_person_holds_is_one_statement(unit: None) -> None:
    ruth = fresh("Ruth Alder")
    with CaptureQueriesContext(connection) as asked:
        assert ruth.permissions
        assert ruth.role_names
        assert ruth.role_title
    assert len(asked) == 1


def test_nobody_assesses_themselves(unit: None) -> None:
    una = fresh("Sergeant Una Brill")
    with pytest.raises(NotAllowed, match="yourself"):
        staff.assess_skill(
            person=una, skill="traffic_decisions", evidence="x", until=DAY + timedelta(days=9), by=una,
            at=clock.now(), today=DAY,
        )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        SkillHeld.objects.create(
            user=una, skill="traffic_decisions", evidence="x", assessed_by=una, valid_from=DAY,
            valid_until=DAY + timedelta(days=9),
        )  # fmt: skip


# ---- roles by two people ----


def propose(to: str, role: str = "supervisor", *, by: str = "Theo Marsh", gives: bool = True) -> RoleProposal:
    return role_changes.propose_role(
        person=fresh(to), role=role, gives=gives, reason="Una is away", by=fresh(by), at=clock.now()
    )


def test_a_role_is_given_by_two_and_works_on_the_next_request(unit: None) -> None:
    waits = propose("Silas Crane")
    assert "policy.approve" not in fresh("Silas Crane").permissions
    role_changes.approve_role(proposal_id=waits.id, by=fresh("Ruth Alder"), at=clock.now())
    assert "policy.approve" in fresh("Silas Crane").permissions
    takes = propose("Silas Crane", gives=False)
    role_changes.approve_role(proposal_id=takes.id, by=fresh("Ruth Alder"), at=clock.now())
    assert "policy.approve" not in fresh("Silas Crane").permissions
    assert Entry.objects.filter(verb="people.approve_role").count() == 2


def test_an_administrator_gives_himself_nothing_alone_or_with_another(unit: None) -> None:
    with pytest.raises(NotAllowed, match="yourself"):
        propose("Theo Marsh", "senior_processing_officer")
    waits = propose("Silas Crane")
    with pytest.raises(NotAllowed):
        role_changes.approve_role(proposal_id=waits.id, by=fresh("Theo Marsh"), at=clock.now())
    RoleGiven.objects.create(user=fresh("Theo Marsh"), role="supervisor")
    with pytest.raises(NotAllowed, match="own proposal"):
        role_changes.approve_role(proposal_id=waits.id, by=fresh("Theo Marsh"), at=clock.now())
    about_una = propose("Sergeant Una Brill", "receipts_clerk")
    with pytest.raises(NotAllowed, match="own role"):
        role_changes.approve_role(proposal_id=about_una.id, by=fresh("Sergeant Una Brill"), at=clock.now())


def test_an_administrator_sees_no_matter(unit: None) -> None:
    with given.on(DAY):
        given.give(given.csv_of([given.row()]), force=fresh("Ruth Alder").forces.get())
    assert not visible_to(fresh("Theo Marsh")).exists()
    reading = {"matter.read", "matter.note", "records.propose_destroy", "records.approve_destroy"}
    assert not reading & roles.permissions_of({"system_administrator"})


def test_nobody_has_a_role_without_vetting_and_none_is_proposed_twice(unit: None) -> None:
    new = staff.add_person(email="New@Northmere.example", name="New", by=fresh("Theo Marsh"), at=clock.now())
    assert new.email == "new@northmere.example"
    assert not new.has_usable_password()
    with pytest.raises(NotAllowed, match="vetting first"):
        propose("New")
    propose("Silas Crane")
    with pytest.raises(NotAllowed, match="waits for its second"):
        propose("Silas Crane")


def test_the_database_itself_refuses_one_person_in_both_places(unit: None) -> None:
    """Every kind of proposal there is, so that a new one without the constraint fails here."""
    kinds = {model.__name__ for model in Proposal.__subclasses__()}
    assert kinds == {"Setting", "Destruction", "RoleProposal", "BankHoliday"}
    for model in Proposal.__subclasses__():
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c'",
                [table],
            )
            checks = " ".join(row[0] for row in cursor.fetchall())
        assert "approved_by_id = proposed_by_id" in checks, table
    waits = propose("Silas Crane")
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleProposal.objects.filter(id=waits.id).update(approved_by=waits.proposed_by)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleProposal.objects.filter(id=waits.id).update(approved_by=waits.user)


def test_a_setting_goes_through_the_same_rule(unit: None) -> None:
    ruth, una = fresh("Ruth Alder"), fresh("Sergeant Una Brill")
    with given.on(DAY) as at:
        row = policy.propose(
            key="unit.name", value="New", effective_from=DAY + timedelta(days=1), reason="x", by=ruth, at=at
        )
        with pytest.raises(NotAllowed, match="own proposal"):
            policy.approve(setting_id=row.id, by=ruth, at=at)
        policy.approve(setting_id=row.id, by=una, at=at)
        with pytest.raises(NotAllowed, match="approved already"):
            policy.approve(setting_id=row.id, by=una, at=at)
    before = Setting.objects.get(key="unit.name", value="Northmere Prosecution Unit")
    assert before.effective_until == DAY + timedelta(days=1)
    assert Setting.objects.get(id=row.id).effective_until is None


# ---- deputies ----


def lend(
    permissions: list[str], *, own_matters: bool = False, until: date = DAY + timedelta(days=7)
) -> Delegation:
    return deputies.delegate(
        to=fresh("Silas Crane"), permissions=permissions, own_matters=own_matters, starts_on=DAY, ends_on=until,
        reason="Away on a course", by=fresh("Piers Hallam"), at=clock.now(),
    )  # fmt: skip


@pytest.mark.parametrize(("days", "holds"), [(-1, False), (0, True), (6, True), (7, False)])
def test_a_deputy_holds_a_right_from_its_first_day_until_its_last(unit: None, days: int, holds: bool) -> None:
    lend(["traffic.cancel"])
    with given.on(DAY + timedelta(days=days)):
        silas = fresh("Silas Crane")
        assert ("traffic.cancel" in silas.permissions) is holds
        assert "traffic.cancel" not in silas.held.own


def test_a_deputy_never_has_more_than_the_giver_and_needs_the_skill_too(unit: None) -> None:
    lend(["traffic.cancel", "traffic.decide_default"])
    with given.on(DAY):
        silas = fresh("Silas Crane")
        assert set(silas.held.for_others) == {"traffic.cancel"}  # Silas was never assessed in deciding
        RoleGiven.objects.filter(user__name="Piers Hallam").delete()
        assert not fresh("Silas Crane").held.for_others


def test_a_deputy_cannot_lend_on_and_the_second_persons_right_cannot_be_lent(unit: None) -> None:
    lend(["traffic.cancel"])
    with given.on(DAY) as at:
        for name, right, said in (
            ("Silas Crane", "traffic.cancel", "rights of your own"),
            ("Ruth Alder", "policy.approve", "second person"),
            ("Ruth Alder", "people.approve_role", "second person"),
            ("Ruth Alder", "matter.review_glass", "second person"),
        ):
            with pytest.raises(NotAllowed, match=said):
                deputies.delegate(
                    to=fresh("Mina Thorley"), permissions=[right], own_matters=False, starts_on=DAY,
                    ends_on=DAY + timedelta(days=1), reason="x", by=fresh(name), at=at,
                )  # fmt: skip


def test_two_who_deputise_for_each_other_are_told_apart(unit: None) -> None:
    lend(["traffic.cancel"])
    Delegation.objects.create(
        giver=fresh("Silas Crane"), receiver=fresh("Piers Hallam"), permissions=["run.read", "traffic.cancel"],
        own_matters=True, reason="x", starts_on=DAY, ends_on=DAY + timedelta(days=2),
    )  # fmt: skip
    with given.on(DAY):
        assert "traffic.cancel" in fresh("Piers Hallam").held.own
        assert not fresh("Piers Hallam").held.for_others  # run.read is his own already


@pytest.mark.parametrize("length", [0, 93])
def test_a_delegation_ends(unit: None, length: int) -> None:
    with pytest.raises(NotAllowed, match="ends"):
        lend(["traffic.cancel"], until=DAY + timedelta(days=length))


def test_a_deputy_sees_the_matters_the_giver_owns_and_no_others(unit: None) -> None:
    with given.on(DAY):
        force = fresh("Ruth Alder").forces.get()
        given.give(given.csv_of([given.row(), given.row(sequence="2", time="15:00:00")]), force=force)
        mine, other = Matter.objects.order_by("id")
        Matter.objects.filter(id=mine.id).update(owner=fresh("Piers Hallam"))
        silas = fresh("Silas Crane")
        silas.forces.clear()
        assert not visible_to(fresh("Silas Crane")).exists()
        lend([], own_matters=True)
        assert list(visible_to(fresh("Silas Crane"))) == [mine]
        Matter.objects.filter(id=mine.id).update(sensitivity="restricted")
        assert not visible_to(fresh("Silas Crane")).exists()
        assert other.owner_id is None


def test_an_ended_delegation_stops_at_once(unit: None) -> None:
    row = lend(["traffic.cancel"])
    with given.on(DAY) as at:
        with pytest.raises(NotAllowed):
            deputies.end_delegation(delegation_id=row.id, by=fresh("Mina Thorley"), at=at)
        deputies.end_delegation(delegation_id=row.id, by=fresh("Silas Crane"), at=at)
        assert not fresh("Silas Crane").held.for_others


# ---- officers in the case, by the thousand ----


def test_thousands_of_officers_are_made_in_sets_and_each_sees_only_their_own(unit: None) -> None:
    force = fresh("Ruth Alder").forces.get()
    claimed = [
        Claimed("https://sso.example", f"s-{n}", f"officer-{n}@northmere.example", f"PC {n}", force.id)
        for n in range(4000)
    ]
    with CaptureQueriesContext(connection) as few:
        assert staff.welcome_officers(claimed[:2], at=clock.now()) == 2
    with CaptureQueriesContext(connection) as many:
        assert staff.welcome_officers(claimed, at=clock.now()) == 3998
    assert len(many) <= len(few) + 12  # batches of one statement, not one for each
    with given.on(DAY):
        rows = [given.row(sequence=str(n), time=f"1{n}:00:00") for n in range(3)]
        given.give(given.csv_of(rows), force=force)
    matters = list(Matter.objects.order_by("id"))
    officers = list(User.objects.filter(subjects__subject__in=["s-0", "s-1", "s-3999"]).order_by("id"))
    for officer, matter in zip(officers, matters, strict=True):
        Grant.objects.create(matter=matter, user=officer, reason="officer in the case")
    for officer, matter in zip(officers, matters, strict=True):
        assert list(visible_to(officer)) == [matter]
    nobodys = User.objects.get(email="officer-7@northmere.example")
    assert not visible_to(nobodys).exists()
    assert not nobodys.has_usable_password()


def test_single_sign_on_never_takes_over_an_address_or_a_subject_that_is_known(unit: None) -> None:
    ruth = fresh("Ruth Alder")
    same = [Claimed("https://sso.example", "s-1", ruth.email.upper(), "Somebody else")]
    assert staff.welcome_officers(same, at=clock.now()) == 0
    assert not ruth.subjects.exists()
