"""A person decides an allegation: evidence, public interest, limits and reasons; what follows and what wakes it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests import given

from casewright.areas.decisions.models import Decision
from casewright.areas.tasks.models import Task
from casewright.areas.traffic.models import Allegation
from casewright.foundation import clock
from casewright.foundation.journal.models import Entry
from casewright.foundation.matters.models import Matter
from casewright.foundation.policy.models import Setting
from casewright.law import charges
from casewright.law.charging import full_code
from casewright.law.offences import known
from casewright.law.wording import full

pytestmark = pytest.mark.django_db
DAY = given.MONDAY
CARELESS = "RT88575"
WHY = "He turned across the cyclist without looking, as the bus's video shows; he says nothing against it."


@pytest.fixture(autouse=True)
def the_day():
    given.a_unit()
    with given.on(DAY):
        yield


def stop(number: int = 1) -> Allegation:
    """An officer's stop for careless driving, taken in."""
    from casewright.foundation.reference.models import Force

    row = given.row(source="stop", offences=CARELESS, warned="yes", speed="", limit="", secondary_speed="",
                    sequence=f"{number:08}", time=f"1{number}:00:00")  # fmt: skip
    given.account(given.give(given.csv_of([row]), force=Force.objects.get(), name=f"stops-{number}.csv"))
    return Allegation.objects.latest("id")


def as_(name: str) -> Client:
    client = Client()
    client.force_login(given.person(name))
    return client


def answers(**changed: object) -> dict[str, object]:
    said: dict[str, object] = {
        "code_checked": "on", "licence": "full", "collision": "none", "evidential": "met",
        "public_interest": "alternative",
        "factors": ["seriousness", "harm"], "taken": "course", "rationale": WHY, "against": "", "awaits": "",
    }  # fmt: skip
    for n, _ in enumerate(full_code.elements_of(known(CARELESS))):
        said |= {f"standing_{n}": "shown", f"by_{n}": "video of the bus"}
    return said | changed


def decide(allegation: Allegation, by: str = "Piers Hallam", **changed: object):
    stands = Decision.objects.filter(kind="allegation", subject_id=allegation.id).order_by("-id").first()
    return as_(by).post(page(allegation), answers(**{"looked_at": stands.id if stands else 0} | changed))


def page(allegation: Allegation) -> str:
    return reverse("decide_allegation", kwargs={"allegation_id": allegation.id})


def test_a_course_is_decided_and_a_person_is_given_the_work_of_offering_it() -> None:
    allegation = stop()
    assert decide(allegation).status_code == 302
    kept = Decision.objects.get(kind="allegation")
    assert (kept.taken, kept.reasons, kept.by.name) == ("course", WHY, "Piers Hallam")
    assert kept.facts["offence_code"] == CARELESS
    assert kept.facts["licence"] == "full"
    assert kept.structure["evidential"] == "met"
    assert kept.structure["elements"][0]["by"] == "video of the bus"
    assert {o["key"] for o in kept.finding["options"]} >= {"course", "requisition", "no_further_action"}
    task = Task.objects.get(type_id="carry_out_disposal")
    matter = Matter.objects.get()
    assert (matter.next_act, matter.next_act_by) == ("Carry out what was decided", task.due_on)
    done = reverse("finish_task", kwargs={"task_id": task.id})
    assert as_("Mina Thorley").post(done, {"outcome": "done", "words": ""}).status_code == 409
    assert (
        as_("Mina Thorley").post(done, {"outcome": "done", "words": "Offered by letter today"}).status_code
        == 302
    )
    task.refresh_from_db()
    assert (task.state, task.outcome) == ("done", "done")
    matter.refresh_from_db()
    assert matter.next_act == "Wait for DVLA to name the keeper"
    assert matter.next_act_by == matter.deadlines.get(rule_id="summary-6m").act_by, "done, it is no longer late"


def test_no_further_action_ends_it_with_its_reason() -> None:
    allegation = stop()
    decide(allegation, taken="no_further_action", evidential="not_met", against="The witness took it back.")
    allegation.refresh_from_db()
    matter = Matter.objects.get()
    assert (allegation.status, allegation.ended_reason) == ("ended", "INSUFFICIENT_EVIDENCE")
    assert matter.closed_at is not None


def test_a_prosecution_goes_to_be_charged_with_the_clock_of_its_charge() -> None:
    allegation = stop()
    answer = decide(
        allegation, taken="requisition", public_interest="prosecute", against="The harm calls for a court."
    )
    assert answer.status_code == 302
    matter = Matter.objects.get()
    assert matter.status == "prosecution_file"
    assert matter.next_act_by == matter.deadlines.get(rule_id="summary-6m").act_by


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"rationale": "Seems fair."}, "reasons that another could follow"),
        ({"evidential": ""}, "evidential"),
        ({"public_interest": ""}, "public interest"),
        ({"factors": []}, "what was weighed"),
        ({"taken": ""}, "Choose one of the options"),
        ({"taken": "rectification"}, "that is none of the choices; choose one of those shown"),
        ({"public_interest": "prosecute"}, "fits the public interest"),
        ({"taken": "conditional_offer"}, "why not the unit&#39;s usual way here"),
        ({"standing_2": "not_known", "by_2": ""}, "although this is not shown"),
        ({"evidential": "not_yet"}, "provisional decision"),
        ({"awaits": "note", "review_on": DAY.isoformat()}, "a day after today"),
        ({"awaits": "note", "review_on": (DAY + timedelta(days=93)).isoformat()}, "a day after today"),
        ({"collision": "injury"}, "that is none of the choices; choose one of those shown"),
    ],
)
def test_what_is_wanting_or_contradicts_is_said_and_keeps_what_was_typed(changed: dict, words: str) -> None:
    answer = decide(stop(), **changed)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert words in said
    assert "video of the bus" in said
    assert not Decision.objects.filter(kind="allegation").exists()


def test_an_option_above_ones_limit_names_the_roles_that_can_take_it() -> None:
    allegation = stop()
    outside = {
        "taken": "refer_cps",
        "public_interest": "prosecute",
        "against": "A second driver is alleged too.",
    }
    said = decide(allegation, by="Mina Thorley", **outside).content.decode()
    assert "above your limit" in said
    assert "Senior prosecution officer" in said
    assert not Decision.objects.filter(kind="allegation").exists()
    assert decide(allegation, by="Piers Hallam", **outside).status_code == 302


LAST = {
    "taken": "conditional_offer",
    "against": "He asks for the offer and has paid each one before on its day.",
}


@pytest.mark.parametrize(
    ("by", "allowed"),
    [
        ("Mina Thorley", False),  # a case administrator decides within policy
        ("Piers Hallam", False),  # a senior prosecution officer outside policy, but not without a fall-back
        ("Sergeant Una Brill", True),
        ("Ruth Alder", True),
    ],
)
def test_an_offer_that_leaves_no_fall_back_is_for_a_supervisor_with_a_reason(by: str, allowed: bool) -> None:
    allegation = stop()
    bar = Matter.objects.get().deadlines.get(rule_id="summary-6m").act_by
    with given.on(bar - timedelta(days=28)):  # the offer would end on the last day to charge
        shown = as_(by).get(page(allegation)).content.decode()
        assert "for a supervisor with a reason: it leaves no lawful fall-back" in shown
        answer = decide(allegation, by, **LAST)
        assert answer.status_code == (302 if allowed else 422)
        if not allowed:
            said = answer.content.decode()
            assert "above your limit" in said
            assert "Supervisor" in said
            assert LAST["against"] in said  # what was typed is kept
    kept = Decision.objects.filter(kind="allegation").first()
    assert (kept is not None) is allowed
    if kept:
        blocks = next(o for o in kept.finding["options"] if o["key"] == "conditional_offer")["blocks"]
        assert [(each["code"], each["decides"]) for each in blocks] == [("NO_FALL_BACK", "a supervisor")]
        assert kept.structure["against"]


def test_without_a_reason_a_supervisor_leaves_no_case_without_a_fall_back() -> None:
    allegation = stop()
    bar = Matter.objects.get().deadlines.get(rule_id="summary-6m").act_by
    with given.on(bar - timedelta(days=28)):
        answer = decide(allegation, "Sergeant Una Brill", **LAST | {"against": " "})
    assert answer.status_code == 422
    assert "why it is done all the same: No fall-back" in answer.content.decode()
    assert not Decision.objects.filter(kind="allegation").exists()


def test_a_day_sooner_the_offer_still_leaves_a_day_to_charge() -> None:
    allegation = stop()
    bar = Matter.objects.get().deadlines.get(rule_id="summary-6m").act_by
    with given.on(bar - timedelta(days=29)):
        assert (
            "it leaves no lawful fall-back" not in as_("Mina Thorley").get(page(allegation)).content.decode()
        )


def test_a_code_whose_dates_are_not_held_is_looked_up_before_it_is_decided_on() -> None:
    allegation = stop()
    answer = decide(allegation, code_checked="")
    assert answer.status_code == 422
    assert "looked up whether the code was in force on the day" in answer.content.decode()
    assert not Decision.objects.filter(kind="allegation").exists()
    later = (DAY + timedelta(days=5)).isoformat()
    waits = {"evidential": "not_yet", "awaits": "day", "review_on": later}
    assert decide(allegation, code_checked="", **waits).status_code == 302  # it comes back, and is asked then
    assert decide(allegation).status_code == 302


def test_what_each_choice_does_to_the_clocks_is_said_beside_them() -> None:
    allegation = stop()
    bar = Matter.objects.get().deadlines.get(rule_id="summary-6m").act_by
    shown = as_("Piers Hallam").get(page(allegation)).content.decode()
    assert "What each choice does to the clocks" in shown
    assert f"The clock of the charge runs on, to {full(bar)}, until the charge is issued." in shown
    assert "No charge may be brought while it runs." in shown
    assert "Every clock of this allegation stops." in shown


def test_options_above_ones_limit_are_marked_before_one_chooses() -> None:
    allegation = stop()
    clerk = as_("Mina Thorley").get(page(allegation)).content.decode()
    assert "outside the unit&#39;s policy; above your limit" in clerk
    assert "above your limit" not in as_("Piers Hallam").get(page(allegation)).content.decode()


def test_a_person_who_has_died_is_never_prosecuted() -> None:
    allegation = stop()
    assert decide(allegation, deceased="yes").status_code == 422
    assert (
        decide(allegation, deceased="yes", taken="no_further_action", evidential="not_met").status_code == 302
    )
    allegation.refresh_from_db()
    assert allegation.status == "ended"


def test_within_policy_a_case_administrator_decides() -> None:
    assert decide(stop(), by="Mina Thorley").status_code == 302


def test_a_provisional_decision_comes_back_when_its_note_comes_and_is_replaced_by_the_next() -> None:
    allegation = stop()
    later = DAY + timedelta(days=20)
    decide(
        allegation,
        evidential="not_yet",
        standing_2="not_known",
        by_2="",
        awaits="note",
        review_on=later.isoformat(),
    )
    piers = as_("Piers Hallam")
    listed = piers.get(reverse("to_review")).content.decode()
    assert "Still waiting" in listed
    assert "to look at again" not in piers.get(reverse("my_day")).content.decode()
    matter = Matter.objects.get()
    piers.post(
        reverse("note", kwargs={"matter_id": matter.id}), {"text": "The passenger's statement came today."}
    )
    kept = Decision.objects.get(kind="allegation")
    assert kept.woken_at is not None
    assert Entry.objects.filter(verb="decisions.wake", matter_id=matter.id).exists()
    assert "1 provisional decision to look at again" in piers.get(reverse("my_day")).content.decode()
    matter.refresh_from_db()
    assert (matter.next_act, matter.next_act_by) == ("Look again at the provisional decision", DAY)
    assert decide(allegation).status_code == 302
    assert list(Decision.objects.filter(kind="allegation").order_by("id").values_list("state", flat=True)) == [
        "replaced", "taken",
    ]  # fmt: skip
    assert "1 provisional decision" not in piers.get(reverse("my_day")).content.decode()


@pytest.mark.parametrize(("days", "status"), [(0, 422), (1, 302), (92, 302), (93, 422)])
def test_a_provisional_decision_is_looked_at_again_within_its_days(days: int, status: int) -> None:
    on = DAY + timedelta(days=days)
    assert decide(stop(), evidential="not_yet", awaits="day", review_on=on.isoformat()).status_code == status


def test_how_long_it_may_wait_and_how_long_reasons_are_is_the_unit_s_to_set() -> None:
    for key, value in (("unit.review_days", 28), ("unit.reason_characters", len(WHY) + 1)):
        Setting.objects.create(
            key=key, value=value, effective_from=DAY, reason="Ours", approved_at=clock.now(), approved_by=None
        )
    allegation = stop()
    assert f"{len(WHY) + 1} characters or more" in decide(allegation).content.decode()
    waits = {"evidential": "not_yet", "awaits": "day", "rationale": f"{WHY} So."}
    late = decide(allegation, **waits, review_on=(DAY + timedelta(days=29)).isoformat())
    assert "at most 28 days on" in late.content.decode()
    assert decide(allegation, **waits, review_on=(DAY + timedelta(days=28)).isoformat()).status_code == 302


@pytest.mark.parametrize(("days", "due"), [(-1, False), (0, True), (1, True)])
def test_a_provisional_decision_is_due_on_its_day(days: int, due: bool) -> None:
    on = DAY + timedelta(days=5)
    decide(stop(), evidential="not_yet", awaits="day", review_on=on.isoformat())
    with given.on(on + timedelta(days=days)):
        said = as_("Piers Hallam").get(reverse("my_day")).content.decode()
    assert ("1 provisional decision to look at again" in said) is due


def test_like_cases_stand_beside_with_what_differs_and_restricted_ones_do_not() -> None:
    first, second, third = stop(1), stop(2), stop(3)
    decide(first)
    decide(second, collision="minor", taken="conditional_offer")
    Matter.objects.filter(id=second.incident_id).update(sensitivity="restricted")
    shown = as_("Piers Hallam").post(page(third), answers(look="yes", licence="none")).content.decode()
    assert Matter.objects.get(id=first.incident_id).reference in shown
    assert "Driving licence: full there, none here" in shown
    assert Matter.objects.get(id=second.incident_id).reference not in shown


@pytest.mark.parametrize(("code", "held"), [("RT88575", True), ("RC86814", False)])
def test_a_charge_whose_wording_is_not_held_is_a_task_of_a_person(code: str, held: bool) -> None:
    allegation = stop()
    Allegation.objects.filter(id=allegation.id).update(offence_code=code)
    said = as_("Piers Hallam").get(page(allegation)).content.decode()
    assert ("take it from the national list" in said) is not held
    elements = full_code.elements_of(known(code))
    shown = {f"{part}_{n}": "shown" for n, _ in enumerate(elements) for part in ("standing", "by")}
    charged = {"public_interest": "prosecute", "taken": "single_justice", "born_on": "1980-05-01"}
    against = {"against": "He has been on two courses in the last two years already."}
    assert decide(allegation, "Sergeant Una Brill", **shown, **charged, **against).status_code == 302
    allegation.refresh_from_db()
    assert allegation.status == "prosecution_file"
    task = Task.objects.filter(type_id="carry_out_disposal").first()
    assert (task is None) is held
    assert held or task.detail == f"Allegation {allegation.number}: {charges.NOT_HELD}"


def test_two_people_deciding_at_once_leave_one_decision() -> None:
    allegation = stop()
    assert decide(allegation, taken="no_further_action", public_interest="nothing", against="Nothing more is to be had."
                  ).status_code == 302  # fmt: skip
    again = decide(allegation, by="Ruth Alder")
    assert again.status_code == 422
    assert "decided or has ended by now" in again.content.decode()
    assert Decision.objects.filter(kind="allegation").count() == 1


def test_a_form_opened_before_another_decided_says_who_did_and_changes_nothing() -> None:
    allegation = stop()
    assert decide(allegation).status_code == 302
    late = decide(allegation, by="Ruth Alder", looked_at=0)
    assert late.status_code == 422
    assert "Piers Hallam has decided this since you opened it: Offer a course" in late.content.decode()
    assert "video of the bus" in late.content.decode()
    stands = Decision.objects.get(kind="allegation")
    assert f'name="looked_at" value="{stands.id}"' in late.content.decode()
    assert decide(allegation, by="Ruth Alder", looked_at=stands.id).status_code == 302


def test_decided_otherwise_what_was_given_out_to_be_done_before_is_dropped_and_only_that() -> None:
    first, other = stop(1), stop(2)
    for one in (first, other):
        decide(one)
    assert decide(first, taken="conditional_offer", against="He has been on a course.").status_code == 302
    tasks = Task.objects.filter(type_id="carry_out_disposal").order_by("id")
    assert [(task.matter_id, task.state, task.detail) for task in tasks] == [
        (first.incident_id, "dropped", "Allegation 1: Offer a course"),
        (other.incident_id, "open", "Allegation 1: Offer a course"),
        (first.incident_id, "open", "Allegation 1: Make a conditional offer"),
    ]


def test_an_allegation_of_a_matter_one_may_not_see_does_not_exist() -> None:
    allegation = stop()
    Matter.objects.update(sensitivity="restricted")
    assert as_("Piers Hallam").get(page(allegation)).status_code == 404
    assert decide(allegation).status_code == 404
