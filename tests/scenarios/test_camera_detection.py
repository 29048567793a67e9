"""A camera detection from the file to the failure to answer, told day by day."""

from __future__ import annotations

from datetime import date

import pytest
from tests import given

from casewright.areas.deadlines.models import Deadline
from casewright.areas.decisions.models import Decision
from casewright.areas.traffic.models import Allegation, Requirement
from casewright.foundation.documents.models import Letter
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.matters.models import Matter

pytestmark = pytest.mark.django_db

# Offence on Saturday 12 December 2026. Fourteen days end on Saturday 26th; no business day lies on 25th to 28th, so
# it is produced by Monday 21st, posted by Tuesday 22nd, presumed served on Thursday 24th (time-limits nip-post-by).
OFFENCE = {"date": "2026-12-12", "time": "14:07:31"}
PRODUCE_BY, POST_BY, SERVE_BY = date(2026, 12, 21), date(2026, 12, 22), date(2026, 12, 26)


def received(day: date = date(2026, 12, 14)) -> Matter:
    force = given.a_unit(date(2026, 11, 23))
    with given.on(day):
        given.give(given.csv_of([given.row(**OFFENCE)]), force=force)
        matter = Matter.objects.get()
        given.keepers_answer([matter])
    return Matter.objects.get()


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


@pytest.mark.parametrize(("day", "goes"), [(20, True), (21, True), (22, False), (23, False)])
def test_a_notice_is_produced_up_to_produce_by_and_not_after(day: int, goes: bool) -> None:
    matter = received()
    with given.on(date(2026, 12, day)):
        made = given.print_notices(matter.force)
    letter = Letter.objects.get(print_run=made)
    assert (letter.state == "produced") is goes
    assert (Matter.objects.get().status == "notice_produced") is goes
    if not goes:
        assert letter.state == "refused"
        assert letter.why


def test_after_produce_by_a_promised_posting_receipt_lifts_it_but_only_until_post_by() -> None:
    matter = received()
    ruth = given.person("Ruth Alder")
    with given.on(POST_BY):
        made = given.print_notices(matter.force, by=ruth, promised=True)
    assert Letter.objects.get(print_run=made).state == "produced"
    assert made.receipt_promised_by == ruth


def test_not_even_a_promise_produces_a_notice_after_post_by() -> None:
    matter = received()
    with given.on(date(2026, 12, 23)):
        made = given.print_notices(matter.force, by=given.person("Ruth Alder"), promised=True)
    letter = Letter.objects.get(print_run=made)
    assert letter.state == "refused"
    assert "Tuesday 22 December" in letter.why


def test_only_somebody_with_the_right_can_promise_a_receipt() -> None:
    matter = received()
    with given.on(POST_BY), pytest.raises(NotAllowed, match="promise posting receipt"):
        given.print_notices(matter.force, by=given.person("Mina Thorley"), promised=True)


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


def posted() -> Matter:
    matter = received()
    with given.on(PRODUCE_BY):
        made = given.print_notices(matter.force)
        given.post(made, PRODUCE_BY)
    return Matter.objects.get()


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


def test_a_posting_is_recorded_once_and_never_overwritten() -> None:
    matter = received()
    with given.on(PRODUCE_BY):
        made = given.print_notices(matter.force)
        given.post(made, PRODUCE_BY)
    with given.on(POST_BY), pytest.raises(NotAllowed, match="Monday 21 December 2026 already"):
        given.record_posted(made, POST_BY)
    assert Letter.objects.get().posted_on == PRODUCE_BY


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


def test_a_letter_that_must_be_welsh_is_held_and_not_sent_in_english_alone() -> None:
    force = given.a_unit()
    with given.on(given.MONDAY):
        given.give(given.csv_of([given.row()]), force=force)
        given.keepers_answer([Matter.objects.get()], language="cy")
        made = given.print_notices(force)
    letter = Letter.objects.get(print_run=made)
    assert (letter.state, "Welsh" in letter.why) == ("held", True)
    assert Matter.objects.get().status == "keeper_found"


@pytest.mark.parametrize(
    ("keeper", "words"),
    [
        ({"name": "漢字 Wei"}, "sign"),
        ({"address": ("1 Mill Lane 🚗", "Fernhithe")}, "sign"),
        ({"address": tuple(f"Line {n}" for n in range(60))}, "window"),
        ({"address": ("W" * 200, "Fernhithe")}, "window"),
        ({"name": "W" * 200}, "window"),
    ],
)
def test_one_letter_that_cannot_be_printed_is_held_and_the_others_go(keeper: dict, words: str) -> None:
    force = given.a_unit()
    rows = [given.row(sequence=str(n), time=f"1{n}:00:00") for n in range(5)]
    with given.on(given.MONDAY):
        given.give(given.csv_of(rows), force=force)
        first, *others = Matter.objects.order_by("id")
        given.keepers_answer([first], **keeper)
        given.keepers_answer(others)
        made = given.print_notices(force)
    assert Letter.objects.filter(print_run=made, state="produced").count() == 4
    held = Letter.objects.get(print_run=made, state="held")
    assert held.matter == first
    assert words in held.why
    assert made.run.state == "done"


def test_a_letter_that_runs_over_its_pages_is_held_and_the_others_go() -> None:
    force = given.a_unit()
    with given.on(given.MONDAY):
        given.give(given.csv_of([given.row(), given.row(sequence="2", time="15:00:00")]), force=force)
        first, other = Matter.objects.order_by("id")
        given.keepers_answer([first, other])
        Allegation.objects.filter(incident_id=first.id).update(detail="y " * 99)
        Allegation.objects.bulk_create(
            Allegation(incident_id=first.id, number=n, offence_code="RT88509", title="x " * 79, nip_needed=True,
                       limit_rule="summary-6m") for n in range(2, 30)
        )  # fmt: skip
        made = given.print_notices(force)
    assert Letter.objects.get(print_run=made, state="produced").matter == other
    assert "does not fit" in Letter.objects.get(print_run=made, state="held").why


def test_a_letter_is_produced_once_however_often_it_is_asked_for() -> None:
    matter = posted()
    with given.on(date(2026, 12, 22)), pytest.raises(NotAllowed, match="No notice waits"):
        given.print_notices(matter.force)
    assert Letter.objects.filter(state__in=("produced", "posted")).count() == 1


def test_a_run_left_lying_past_the_last_posting_day_is_not_handed_over() -> None:
    matter = received()
    with given.on(PRODUCE_BY):
        made = given.print_notices(matter.force)
    with given.on(date(2026, 12, 23)), pytest.raises(NotAllowed, match="may still be posted"):
        given.hand_over(made)


def test_the_late_letter_is_taken_out_of_its_part_and_the_other_goes() -> None:
    force = given.a_unit()
    rows = [given.row(**OFFENCE), given.row(date="2026-12-15", time="10:00:00", sequence="2")]
    with given.on(date(2026, 12, 16)):
        given.give(given.csv_of(rows), force=force)
        early, later = Matter.objects.order_by("incident__offence_at")
        given.keepers_answer([early, later])
        made = given.print_notices(force)
    with given.on(date(2026, 12, 23)):
        given.hand_over(made)
    assert Letter.objects.get(matter=early).state == "withdrawn"
    assert Matter.objects.get(id=early.id).status == "keeper_found"
    part = made.parts.get()
    assert (part.letters, part.pages) == (1, 2)
    kept = Letter.objects.get(matter=later)
    assert (kept.state, kept.page_from, kept.page_to) == ("produced", 1, 2)


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


def test_the_single_copy_of_a_letter_says_that_it_is_one() -> None:
    import pypdfium2

    from casewright.flows import produce_notices

    matter = received()
    with given.on(PRODUCE_BY):
        made = given.print_notices(matter.force)
        letter = Letter.objects.get()
        document = pypdfium2.PdfDocument(produce_notices.single_copy(letter))
    words = [document[n].get_textpage().get_text_range() for n in range(len(document))]
    assert len(words) == 2
    assert all(f"Copy of the letter in print run {made.reference}" in page for page in words)
