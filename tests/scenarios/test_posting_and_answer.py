"""The notice posted, the 28 days for the answer, and the failure to give it."""

from __future__ import annotations

from datetime import date

import pytest
from tests import given
from tests.scenarios.december import POST_BY, PRODUCE_BY, posted, received

from casewright.areas.deadlines.models import Deadline
from casewright.areas.traffic.models import Allegation, Requirement
from casewright.foundation.documents.models import Letter
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.matters.models import Matter

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("posted", "served"), [(21, True), (22, True), (23, False)])
def test_posting_is_recorded_up_to_post_by_and_not_after(posted: int, served: bool) -> None:
    matter = received()
    with given.on(PRODUCE_BY):
        made = given.print_notices(matter.force)
        given.hand_over(made)
    with given.on(date(2026, 12, 24)):
        done = given.record_posted(made, date(2026, 12, posted))
    nip = Deadline.objects.get(rule_id="nip-14")
    assert (nip.state == "met") is served
    assert bool(done.refused) is not served
    if served:
        assert nip.proof["receipt"] == "FM-1"
        assert nip.proof["sent_on"] == f"2026-12-{posted}"
        assert Deadline.objects.get(rule_id="s172-28").state == "running"
    else:
        assert "last lawful day" in done.refused[0][1]
        assert not Deadline.objects.filter(rule_id="s172-28").exists()


def test_a_posting_cannot_be_recorded_for_tomorrow_or_before_production() -> None:
    matter = received()
    with given.on(PRODUCE_BY):
        made = given.print_notices(matter.force)
        given.hand_over(made)
        with pytest.raises(NotAllowed, match="future"):
            given.record_posted(made, POST_BY)
        with pytest.raises(NotAllowed, match="cannot have been posted before"):
            given.record_posted(made, date(2026, 12, 20))
        given.record_posted(made, PRODUCE_BY)


def test_no_default_is_recorded_on_the_last_day_and_one_is_on_the_day_after() -> None:
    # Produced and posted Monday 21 December, presumed served Wednesday 23rd: day 28 is Tuesday 19 January 2027. The
    # letter prints the day for a posting on the 22nd, Wednesday 20 January: nobody is held to an earlier one.
    posted()
    assert Requirement.objects.get().served_on == date(2026, 12, 23)
    assert Letter.objects.get().data["courtesy_date"] == "Wednesday 20 January 2027"
    clock = Deadline.objects.get(rule_id="s172-28")
    assert (clock.act_by, clock.outer_limit) == (date(2027, 1, 19), date(2027, 1, 20))
    assert Requirement.objects.get().reply_by == date(2027, 1, 20)
    given.live_until(date(2027, 1, 20), after=PRODUCE_BY)
    assert Matter.objects.get().status == "notice_posted"
    assert Allegation.objects.count() == 1
    given.live_until(date(2027, 1, 21), after=date(2027, 1, 20))
    assert Matter.objects.get().status == "s172_default"
    default = Allegation.objects.get(number=2)
    assert default.offence_code == "RT88567"
    assert default.accused is not None
    assert default.accused.name == given.KEEPER
    # what comes up next is the unit's own task, not a bar half a year away
    matter = Matter.objects.get()
    assert (matter.next_act_by, matter.get_next_consequence_display()) == (
        date(2027, 2, 4),
        "Unit's own target",
    )
    charge = Deadline.objects.get(rule_id="s172-charge-by")
    assert (charge.act_by, charge.outer_limit) == (date(2027, 7, 19), date(2027, 7, 20))


def test_what_nobody_charges_ends_when_its_six_months_have_passed_and_not_a_day_before() -> None:
    posted()
    given.live_until(date(2027, 6, 12), after=PRODUCE_BY)
    assert Allegation.objects.get(number=1).status == "alleged"
    given.live_until(date(2027, 6, 13), after=date(2027, 6, 12))
    assert Allegation.objects.get(number=1).ended_reason == "TIME_BARRED_6M"
    matter = Matter.objects.get()
    # the decision the unit owes since 4 February comes first; the second allegation's own bar still runs
    assert (matter.closed_at, matter.next_act_by) == (None, date(2027, 2, 4))
    assert Deadline.objects.get(rule_id="s172-charge-by", state="running").act_by == date(2027, 7, 19)
    # act by 19 July, outer limit 20 July: it is certain to be barred on the 21st
    given.live_until(date(2027, 7, 20), after=date(2027, 6, 13))
    assert Matter.objects.get().closed_at is None
    given.live_until(date(2027, 7, 21), after=date(2027, 7, 20))
    assert Matter.objects.get().closed_reason == "TIME_BARRED_6M"


def test_a_posting_is_recorded_once_and_never_overwritten() -> None:
    matter = received()
    with given.on(PRODUCE_BY):
        made = given.print_notices(matter.force)
        given.post(made, PRODUCE_BY)
    with given.on(POST_BY), pytest.raises(NotAllowed, match="Monday 21 December 2026 already"):
        given.record_posted(made, POST_BY)
    assert Letter.objects.get().posted_on == PRODUCE_BY


def test_a_posting_of_an_ended_matter_starts_no_clock() -> None:
    matter = received()
    with given.on(PRODUCE_BY):
        made = given.print_notices(matter.force)
        given.hand_over(made)
    letter = Letter.objects.get()
    given.live_until(date(2026, 12, 27), after=PRODUCE_BY)
    assert Letter.objects.get().state == "withdrawn"
    Letter.objects.update(state="produced")  # as if somebody had it in hand
    with given.on(date(2026, 12, 28)):
        done = given.record_posted(made, PRODUCE_BY)
    assert done.done == []
    assert done.refused[0][0] == letter.matter_id
    assert not Deadline.objects.filter(state="running").exists()


def test_a_default_is_decided_once_and_the_second_person_is_told() -> None:
    from casewright.areas.traffic.actions import deciding

    matter = posted()
    given.live_until(date(2027, 1, 21), after=PRODUCE_BY)
    answer = {"matter_id": matter.id, "reasons": "The keeper has not answered.", "today": date(2027, 1, 21)}
    with given.on(date(2027, 1, 21)) as at:
        deciding.decide_default(**answer, prosecute=True, by=given.person("Ruth Alder"), at=at)
        with pytest.raises(NotAllowed, match="to be charged"):
            deciding.decide_default(**answer, prosecute=False, by=given.person("Piers Hallam"), at=at)
    matter = Matter.objects.get()
    assert (matter.status, matter.next_act_by) == ("prosecution_file", date(2027, 7, 19))
