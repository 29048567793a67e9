"""A camera detection from the file to its keeper: decided, dated, asked about, or ended with its reason."""

from __future__ import annotations

from datetime import date

import pytest
from tests import given
from tests.scenarios.december import POST_BY, PRODUCE_BY, SERVE_BY, received

from casewright.areas.deadlines.models import Deadline
from casewright.areas.decisions.models import Decision
from casewright.areas.traffic.models import Allegation
from casewright.foundation.documents.models import Letter
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.matters.models import Matter

pytestmark = pytest.mark.django_db


def test_the_detection_is_decided_dated_and_asked_about() -> None:
    matter = received()
    decision = Decision.objects.get()
    assert decision.taken == "send_notice"
    assert "47" in decision.why
    assert decision.law_version
    nip = Deadline.objects.get(rule_id="nip-14")
    assert (nip.produce_by, nip.post_by, nip.act_by) == (PRODUCE_BY, POST_BY, SERVE_BY)
    assert nip.consequence == "bar"
    assert Deadline.objects.get(rule_id="summary-6m").act_by == date(2027, 6, 12)
    assert (matter.status, matter.next_act, matter.next_act_by) == (
        "keeper_found",
        "Produce the notice",
        PRODUCE_BY,
    )


def test_a_notice_nobody_sent_ends_after_the_fourteenth_day_with_its_reason() -> None:
    received()
    given.live_until(SERVE_BY, after=date(2026, 12, 14))
    assert Matter.objects.get().closed_at is None
    given.live_until(date(2026, 12, 27), after=SERVE_BY)
    matter = Matter.objects.get()
    assert (matter.status, matter.closed_reason) == ("no_further_action", "NIP_LATE_UNIT")
    assert not Deadline.objects.filter(state="running").exists()


@pytest.mark.parametrize(("day", "next_day"), [(21, 21), (22, 22), (23, 26), (26, 26)])
def test_a_day_that_has_passed_gives_way_to_the_next_that_binds(day: int, next_day: int) -> None:
    received()
    given.live_until(date(2026, 12, day), after=date(2026, 12, 14))
    assert Matter.objects.get().next_act_by == date(2026, 12, next_day)


def test_a_detection_that_comes_too_late_to_be_posted_ends_at_receipt_as_the_sources_fault() -> None:
    matter = received(day=date(2026, 12, 23))
    assert (matter.status, matter.closed_reason) == ("no_further_action", "NIP_LATE_SOURCE")


def test_a_speed_below_the_threshold_ends_at_receipt_and_is_counted() -> None:
    force = given.a_unit()
    with given.on(given.MONDAY):
        file = given.give(given.csv_of([given.row(speed="34", secondary_speed="34")]), force=force)
    assert given.account(file)["accepted"] == 1
    matter = Matter.objects.get()
    assert matter.closed_reason == "BELOW_THRESHOLD"
    assert Decision.objects.get().taken == "no_further_action"
    assert not Deadline.objects.exists()


def test_a_stop_with_three_offences_is_one_incident_three_allegations_three_sets_of_clocks_and_one_letter() -> (
    None
):
    force = given.a_unit()
    with given.on(given.MONDAY):
        given.give(given.csv_of([given.row(offences="RR84707 RC86820 RT88509", source="stop")]), force=force)
        given.keepers_answer([Matter.objects.get()])
        given.print_notices(force)
    assert Matter.objects.count() == 1
    allegations = list(Allegation.objects.order_by("number"))
    assert [a.offence_code for a in allegations] == ["RR84707", "RC86820", "RT88509"]
    clocks = {a.number: set(Deadline.objects.filter(subject_id=a.id, subject_kind="allegation")
                            .values_list("rule_id", flat=True)) for a in allegations}  # fmt: skip
    assert clocks == {1: {"nip-14", "summary-6m"}, 2: {"summary-6m"}, 3: {"summary-6m"}}
    letter = Letter.objects.get()
    assert [a["number"] for a in letter.data["allegations"]] == [1, 2, 3]


def test_a_driver_warned_at_the_time_needs_no_notice_within_fourteen_days() -> None:
    force = given.a_unit()
    with given.on(given.MONDAY):
        given.give(given.csv_of([given.row(warned="yes", source="stop")]), force=force)
    assert not Deadline.objects.filter(rule_id="nip-14").exists()
    assert Deadline.objects.filter(rule_id="summary-6m").exists()


@pytest.mark.parametrize(
    ("answer", "task"),
    [({"found": "none"}, "find_keeper"), ({"found": "abroad"}, "keeper_abroad"),
     ({"since": date(2026, 11, 23)}, "find_keeper"), ({"address": ()}, "find_keeper")],
)  # fmt: skip
def test_a_missing_foreign_or_stale_keeper_goes_to_enquiries_with_a_task(answer: dict, task: str) -> None:
    force = given.a_unit()
    with given.on(given.MONDAY):
        given.give(given.csv_of([given.row()]), force=force)
        given.keepers_answer([Matter.objects.get()], **answer)
    matter = Matter.objects.get()
    assert (matter.status, matter.queue) == ("enquiries", "enquiries")
    assert matter.tasks.get().type_id == task


def test_the_keeper_on_the_very_day_of_the_offence_is_the_keeper() -> None:
    force = given.a_unit()
    with given.on(given.MONDAY):
        given.give(given.csv_of([given.row()]), force=force)
        given.keepers_answer([Matter.objects.get()], since=date(2026, 11, 22))
    assert Matter.objects.get().status == "keeper_found"


def test_a_keeper_can_be_named_again_until_the_notice_has_been_produced() -> None:
    from casewright.areas.traffic.actions import keepers

    matter = received()
    named = {
        "matter_id": matter.id,
        "address": ["9 Weir View", "Quenby"],
        "evidence": "Telephone",
        "at": given.clock.now(),
    }
    with given.on(date(2026, 12, 15)):
        keepers.name_keeper(**named, name="Osric Penhale", by=given.person("Mina Thorley"))
        made = given.print_notices(matter.force)
        assert Letter.objects.get(print_run=made).data["addressee"]["name"] == "Osric Penhale"
        with pytest.raises(NotAllowed, match="until the notice has been produced"):
            keepers.name_keeper(**named, name="Mabel Wren", by=given.person("Mina Thorley"))


def test_an_answer_that_comes_twice_makes_one_keeper() -> None:
    matter = received()
    with given.on(date(2026, 12, 15)):
        given.keepers_answer([matter])
    assert matter.parties.count() == 1
