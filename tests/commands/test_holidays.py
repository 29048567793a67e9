"""Bank holidays by command: who acts for whom is marked as on the pages, and who has left acts no more."""

from __future__ import annotations

import pytest
from tests import given
from typer.testing import CliRunner

from casewright.commands import holidays
from casewright.foundation.journal.models import Entry
from casewright.foundation.journal.whence import stand_in_for
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.people.models import Delegation, User

pytestmark = pytest.mark.django_db
DAY = ["2027-06-09", "Proclaimed day", "--source", "Proclamation", "--by"]


@pytest.fixture
def silas() -> User:
    """Silas Crane, deputy of Piers Hallam in proposing."""
    given.a_unit()
    silas, piers = given.person("Silas Crane"), given.person("Piers Hallam")
    Delegation.objects.create(
        giver=piers, receiver=silas, permissions=["policy.propose"], reason="away",
        starts_on=given.MONDAY, ends_on=given.MONDAY.replace(day=30),
    )  # fmt: skip
    return silas


def test_what_a_deputy_does_by_command_is_marked_as_done_for_the_giver(silas: User) -> None:
    with given.on(given.MONDAY):
        assert CliRunner().invoke(holidays.app, ["propose", *DAY, silas.email]).exit_code == 0
    stand_in_for(None)
    entry = Entry.objects.get(verb="reference.propose_holiday")
    assert (entry.actor_id, entry.for_id) == (silas.id, given.person("Piers Hallam").id)


def test_what_one_does_by_ones_own_right_is_marked_for_nobody(silas: User) -> None:
    with given.on(given.MONDAY):
        piers = given.person("Piers Hallam")
        assert CliRunner().invoke(holidays.app, ["propose", *DAY, piers.email]).exit_code == 0
    assert Entry.objects.get(verb="reference.propose_holiday").for_id is None


def test_who_has_left_proposes_nothing(silas: User) -> None:
    User.objects.filter(name="Piers Hallam").update(is_active=False)
    with given.on(given.MONDAY):
        told = CliRunner().invoke(holidays.app, ["propose", *DAY, given.person("Piers Hallam").email])
    assert isinstance(told.exception, NotAllowed)
    assert not Entry.objects.exists()
