"""Work of someone who is gone goes back to a queue: of a leaver at once, of one whose clearance ran out that day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests import given

from casewright.flows import daily_round
from casewright.foundation.journal.models import Entry
from casewright.foundation.matters.models import Matter
from casewright.foundation.people.models import User

pytestmark = pytest.mark.django_db
DAY = given.MONDAY + timedelta(days=1)


@pytest.mark.parametrize(("days", "hers"), [(-1, True), (0, False), (1, False)])
@pytest.mark.parametrize(
    "gone",
    [{"vetted_until": DAY}, {"last_day": DAY - timedelta(days=1)}],
    ids=["clearance ran out", "last day passed"],
)
def test_work_goes_back_on_the_first_day_its_owner_may_see_nothing(
    gone: dict[str, object], days: int, hers: bool
) -> None:
    given.a_unit()
    mina = given.person("Mina Thorley")
    with given.on(given.MONDAY):
        given.give(given.csv_of([given.row()]), force=mina.forces.get())
    Matter.objects.update(owner=mina, queue="")
    User.objects.filter(id=mina.id).update(**gone)
    day = DAY + timedelta(days=days)
    with given.on(day, 6) as at:
        daily_round.go_round(day, at=at)
    matter = Matter.objects.get()
    assert (matter.owner_id == mina.id) is hers
    assert matter.queue == ("" if hers else "notices")
    assert Entry.objects.filter(verb="matters.hand_back").count() == (0 if hers else 1)
    assert daily_round.unmoored() == 0
