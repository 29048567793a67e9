"""One valid sending of every form: who sends it, where, with what; and what must have been done before."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any, NamedTuple

import pyotp
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests import given
from tests.attacks.crawler import client_of
from tests.web import restricted_world
from tests.web.test_collisions import Report
from tests.web.test_decide_allegation import CARELESS, answers, decide

from casewright.areas.collisions.actions import receive_reports
from casewright.areas.tasks.models import Task
from casewright.areas.traffic.actions import registering
from casewright.areas.traffic.models import Allegation, Device, DeviceCertificate
from casewright.flows import destroy_matter, hand_over_print_run, take_in_detections
from casewright.foundation import clock
from casewright.foundation.documents.models import Document, Letter, PrintRun
from casewright.foundation.matters import conflicts, holds, restricting
from casewright.foundation.matters.models import Conflict, GlassBroken, Grant, Matter
from casewright.foundation.messages.models import HeldItem
from casewright.foundation.people import accounts, deputies, factors, role_changes
from casewright.foundation.people.actions import make_sign_in_link
from casewright.foundation.people.models import Delegation, Factor, RoleProposal
from casewright.foundation.policy import actions as policy
from casewright.foundation.policy.models import Setting
from casewright.foundation.reference import holidays
from casewright.foundation.reference.models import BankHoliday
from casewright.foundation.runs import actions as runs

RUTH, PIERS, UNA, MINA = "Ruth Alder", "Piers Hallam", "Sergeant Una Brill", "Mina Thorley"
AGNES, THEO, JONAH = "Agnes Dray", "Theo Marsh", "Jonah Prewett"
SECRET, LATER = "thirteen green herons", given.MONDAY + timedelta(days=20)
SOUND = given.row(sequence="00000011", mark="QX31 RTL", time="11:00:00")
WORDS = "Seen by the unit, which says so."
World = SimpleNamespace


class Sent(NamedTuple):
    """A form as sent: who, where (a place in braces is an id of the world), the fields, and what is done before."""

    who: str
    to: str
    fields: dict[str, Any] = {}
    before: Callable[[World], Any] = lambda world: None
    answers: int = 302
    get: bool = False
    json: bool = False

    def send(self, client: Client, path: str, fields: dict[str, Any]) -> Any:
        """Send it."""
        if self.get:
            return client.get(path, fields)
        return client.post(path, fields, **({"content_type": "application/json"} if self.json else {}))


def a_world() -> World:
    """What there is in the unit before anything is sent."""
    there = restricted_world.a_world()
    force = there.ordinary.force
    Matter.objects.filter(id=there.ordinary.id).update(owner=given.person(MINA))
    with given.on(given.MONDAY):
        rows = [SOUND, given.row(sequence="00000012", mark="QX32 RTL", time="12:00:00"),
                given.row(sequence="00000013", mark="QX33 RTL", date="2026-11-31")]  # fmt: skip
        given.give(given.csv_of(rows), force=force)
        ready, unknown = (Matter.objects.get(vehicles__registration_mark=m) for m in ("QX31RTL", "QX32RTL"))
        given.keepers_answer([ready])
        given.keepers_answer([unknown], found="none")
    return World(
        force=force, ready=ready.id, unknown=unknown.id, ordinary=there.ordinary.id, restricted=there.restricted.id,
        made=there.made.id, reference=there.restricted.reference,
        letter=Letter.objects.get(matter=there.ordinary).id,
        document=Document.objects.filter(matter=there.restricted).latest("id").id,
        held=HeldItem.objects.get(state="held").id,
        device=Device.objects.order_by("id")[0].id, certificate=DeviceCertificate.objects.order_by("id")[0].id,
        glass=GlassBroken.objects.get().id, mina=given.person(MINA).id, hester=given.person("Hester Lowe").id,
        silas=given.person("Silas Crane").id,
    )  # fmt: skip


# What is done before: each gives the world the id that the address or the fields name.


def stopped(world: World) -> None:
    """An officer's stop for careless driving."""
    row = given.row(source="stop", offences=CARELESS, warned="yes", speed="", limit="", secondary_speed="",
                    sequence="00000021", time="10:00:00")  # fmt: skip
    given.give(given.csv_of([row]), force=world.force, name="stops.csv")
    world.allegation = Allegation.objects.latest("id").id


def course_decided(world: World) -> None:
    """The stop is to be disposed of by a course, which a person is to offer."""
    stopped(world)
    decide(Allegation.objects.get(id=world.allegation))
    task = Task.objects.latest("id")
    world.task, world.outcome = task.id, task.type.outcomes[0]


def defaulted(world: World) -> None:
    """The letter of the ordinary matter was posted and nobody answered."""
    given.record_posted(PrintRun.objects.get(id=world.made), given.MONDAY)
    given.live_until(given.MONDAY + timedelta(days=45), after=given.MONDAY)


def collided(world: World) -> None:
    """A collision reported."""
    happened = clock.now() - timedelta(days=1)
    report = Report(
        "2026910000001", happened, 2, 2, 1, 30, "91", {}, [(1, 9, {}), (2, 9, {})], [(1, 1, 3, 2, {})]
    )
    receive_reports([report], force_id=world.force.id, today=given.MONDAY, by=None, at=clock.now())
    world.collision = Matter.objects.latest("id").id


def on_hold(world: World) -> None:
    """A hold on the ordinary matter."""
    placed = holds.place(matter_id=world.ordinary, reason="Claim", by=given.person(AGNES), at=clock.now())
    world.hold = placed.id


def closed(world: World) -> None:
    """The ordinary matter is closed."""
    Matter.objects.filter(id=world.ordinary).update(
        closed_at=clock.now(), closed_reason="PUBLIC_INTEREST", next_act="", next_act_by=None, owner=None
    )


def to_destroy(world: World) -> None:
    """The ordinary matter is proposed for destruction."""
    closed(world)
    world.destruction = destroy_matter.propose(
        matter_id=world.ordinary, reason="MoPI group 4", by=given.person(AGNES), at=clock.now()
    ).id


def lent(world: World) -> None:
    """Jonah has leave to see the restricted matter."""
    restricting.give_leave(
        matter_id=world.restricted, user_id=given.person(JONAH).id, reason="Task", ends_at=None,
        by=given.person(RUTH), at=clock.now(),
    )  # fmt: skip
    world.leave = Grant.objects.latest("id").id


def conflicted(world: World) -> None:
    """Jonah declared that he knows somebody."""
    conflicts.declare_of(name="Nobody At All", mark="", why="cousin", by=given.person(JONAH), at=clock.now())
    world.conflict = Conflict.objects.latest("id").id


def role_proposed(world: World) -> None:
    """Theo proposed that Hester be a viewing clerk."""
    role_changes.propose_role(
        person=given.person("Hester Lowe"), role="viewing_clerk", gives=True, reason="cover",
        by=given.person(THEO), at=clock.now(),
    )  # fmt: skip
    world.proposal = RoleProposal.objects.latest("id").id


def deputised(world: World) -> None:
    """Mina lends Hester her right to take matters."""
    deputies.delegate(
        to=given.person("Hester Lowe"), permissions=["matter.note"], own_matters=True, starts_on=given.MONDAY,
        ends_on=LATER, reason="away", by=given.person(MINA), at=clock.now(),
    )  # fmt: skip
    world.delegation = Delegation.objects.latest("id").id


def figure_proposed(world: World) -> None:
    """Piers proposed a figure."""
    policy.propose(
        key="speed.start.30", value=36, effective_from=LATER, force_id=None, reason="Wet roads",
        by=given.person(PIERS), at=clock.now(),
    )  # fmt: skip
    world.setting = Setting.objects.latest("id").id


def holiday_proposed(world: World) -> None:
    """Piers proposed a bank holiday."""
    holidays.propose(
        on=date(2027, 6, 9), name="Proclaimed day", where=["EW"], withdraws=False, source="Proclamation",
        by=given.person(PIERS), at=clock.now(),
    )  # fmt: skip
    world.holiday = BankHoliday.objects.latest("id").id


def being_read(world: World) -> None:
    """A file is taken in and nobody has begun to read it."""
    told = take_in_detections.receive_file(
        content=[given.csv_of([given.row(sequence="00000031", time="13:00:00")])], name="more.csv",
        force_id=world.force.id, by=None, at=clock.now(),
    )  # fmt: skip
    world.run = told.run_id


def halted(world: World) -> None:
    """The reading of that file is paused."""
    being_read(world)
    runs.pause(run_id=world.run, by=given.person(RUTH), at=clock.now())


def printed(world: World) -> None:
    """A run is produced and not handed over."""
    world.fresh = given.print_notices(world.force).id


def begun(world: World) -> None:
    """A run's handing over was begun and not confirmed."""
    printed(world)
    hand_over_print_run.begin(print_run_id=world.fresh, by=None, at=clock.now())


def with_password(world: World) -> None:
    """Mina has a password."""
    person = given.person(MINA)
    person.set_password(SECRET)
    person.save()
    world.email, world.client = person.email, client_of(person)


def enrolled(world: World) -> None:
    """Mina was sent a one-time link."""
    world.token = accounts.make_enrolment(person=given.person(MINA), by=None, at=clock.now())


def linked(world: World) -> None:
    """Mina was given a link of the demonstration."""
    world.token = make_sign_in_link(user=given.person(MINA), lands_on="", at=clock.now())


def with_app(world: World) -> None:
    """Mina has a password and an authenticator app."""
    with_password(world)
    secret = factors.new_app_secret()
    code = pyotp.TOTP(secret).at(clock.real() - timedelta(seconds=30))
    factors.add_app(secret=secret, code=code, by=given.person(MINA), at=clock.now())
    world.secret, world.factor = secret, Factor.objects.latest("id").id


def halfway(world: World) -> None:
    """Mina typed her password and is asked for the code."""
    with_app(world)
    world.client = Client()
    world.client.post("/sign-in", {"email": world.email, "password": SECRET})
    world.code = pyotp.TOTP(world.secret).at(clock.real())


def app_shown(world: World) -> None:
    """Mina looks at the picture of a new app's secret."""
    world.client.get("/account/app")
    world.code = pyotp.TOTP(world.client.session["app_secret"]).at(clock.real())


def key_challenged(world: World) -> None:
    """A passkey's challenge was asked for."""
    world.client.post("/account/passkey")


def other_session(world: World) -> None:
    """Mina is signed in elsewhere too."""
    Client().force_login(given.person(MINA))


def chosen(world: World) -> None:
    """Two files as the browser sends them: one of detections, one that is none."""
    row = given.row(sequence="00000041", time="16:30:00")
    world.file = SimpleUploadedFile("given.csv", given.csv_of([row]), "text/csv")
    world.bad = SimpleUploadedFile("given.csv", b"\x00\x01nothing of the kind", "text/csv")


def device_unknown(world: World) -> None:
    """A row is held for want of its device, which was registered since."""
    row = given.row(device="NM0998", sequence="00000051", time="17:30:00")
    given.give(given.csv_of([row]), force=world.force, name="unknown.csv")
    world.waiting = HeldItem.objects.get(state="held", value="NM0998").id
    ruth, at = given.person(RUTH), clock.now()
    made = registering.register_device(
        code="NM0998", kind=registering.KINDS[0], approval="Type", by=ruth, at=at
    )
    registering.add_certificate(
        device_id=made.id, first=date(2026, 1, 1), last=date(2027, 1, 1), by=ruth, at=at
    )


SENT: dict[str, Sent] = {
    # people
    "sign_in": Sent("", "/sign-in", {"email": "{email}", "password": SECRET}, with_password),
    "sign_in wrong": Sent("", "/sign-in", {"email": "{email}", "password": "not that one"}, with_password, answers=422),
    "second_proof": Sent(MINA, "/sign-in/second", {"code": "{code}"}, halfway),
    "second_proof wrong": Sent(MINA, "/sign-in/second", {"code": "000"}, halfway, answers=422),
    "prove_again": Sent(MINA, "/sign-in/again", {"password": SECRET}, with_password),
    "prove_again wrong": Sent(MINA, "/sign-in/again", {"password": "not that one"}, with_password, answers=422),
    "ask_passkey": Sent("", "/sign-in/passkey", answers=200),
    "passkey_shown": Sent("", "/sign-in/passkey/shown", {}, answers=422, json=True),
    "begin_passkey": Sent(MINA, "/account/passkey", answers=200),
    "passkey_made refused": Sent(MINA, "/account/passkey/made", {}, key_challenged, answers=422, json=True),
    "enrol": Sent("", "/sign-in/password/{token}", {"password": SECRET, "password_again": SECRET}, enrolled),
    "sign_in_by_link": Sent("", "/sign-in/{token}", {}, linked, get=True),
    "sign_out": Sent(MINA, "/sign-out"),
    "change_password": Sent(MINA, "/account/password", {"password": SECRET, "password_again": SECRET}),
    "add_app": Sent(MINA, "/account/app", {"code": "{code}"}, app_shown),
    "recovery_codes": Sent(MINA, "/account/recovery-codes", answers=200),
    "remove_factor": Sent(MINA, "/account/proofs/{factor}/remove", {}, with_app),
    "end_sessions": Sent(MINA, "/account/sessions/end", {"chosen": "all"}, other_session),
    "deputise": Sent(MINA, "/account/deputy", {
        "to": "{hester}", "permissions": ["matter.note"], "starts_on": "2026-11-23", "ends_on": "2026-12-01",
        "reason": "away"}),
    "end_delegation": Sent(MINA, "/account/deputies/{delegation}/end", {}, deputised),
    "preferences": Sent(MINA, "/preferences", {"theme": "dark"}),
    "teams team": Sent(THEO, "/people/teams", {"team": "Appeals"}),
    "teams workplace": Sent(THEO, "/people/teams", {"workplace": "Court house"}),
    "add_person": Sent(THEO, "/people/add", {"name": "Nora Pell", "email": "nora.pell@northmere.example"}),
    "place_person": Sent(THEO, "/people/{mina}/place", {"team": "", "workplace": "", "forces": ["{force.id}"]}),
    "vet_person": Sent(THEO, "/people/{mina}/vetting", {"level": "sc", "until": "2027-03-31"}),
    "assess_skill": Sent(UNA, "/people/{mina}/skill", {
        "skill": "traffic_decisions", "evidence": WORDS, "until": "2027-03-31"}),
    "propose_role": Sent(THEO, "/people/{hester}/role", {
        "change": "give", "role": "viewing_clerk", "reason": "cover"}),
    "decide_role approve": Sent(UNA, "/people/roles/{proposal}", {"answer": "approve"}, role_proposed),
    "decide_role turn down": Sent(UNA, "/people/roles/{proposal}", {"answer": "no"}, role_proposed),
    "send_link": Sent(THEO, "/people/{mina}/link"),
    "leave_unit": Sent(THEO, "/people/{mina}/leave"),
    "clock": Sent(RUTH, "/clock", {"days": "1"}),
    # matters, and who sees them
    "take": Sent(JONAH, "/worklist/take", {"chosen": ["{ready}"]}),
    "why": Sent(JONAH, "/matters/{ordinary}/why", {"reason": "call"}),
    "note": Sent(MINA, "/matters/{ordinary}/note", {"text": WORDS}),
    "search": Sent(MINA, "/search", {"sought": "Marlow"}),
    "restrict": Sent(RUTH, "/matters/{ordinary}/restrict", {"reason": WORDS}),
    "lift_restriction": Sent(RUTH, "/matters/{restricted}/lift-restriction", {"reason": WORDS}),
    "give_leave": Sent(RUTH, "/matters/{restricted}/leave", {"person": "{silas}", "reason": WORDS}),
    "end_leave": Sent(RUTH, "/matters/{restricted}/leave/end", {"leave": "{leave}"}, lent),
    "declare_conflict": Sent(MINA, "/matters/{ordinary}/conflict", {"why": "A cousin"}),
    "conflicts": Sent(MINA, "/conflicts", {"name": "Nobody At All", "why": "A cousin"}),
    "end_conflict": Sent(UNA, "/conflicts/end", {"conflict": "{conflict}"}, conflicted),
    "break_glass": Sent(MINA, "/break-glass", {"reference": "{reference}", "reason": WORDS}),
    "review_glass": Sent(UNA, "/break-glass/reviews/{glass}", {"found": "proper", "words": WORDS}),
    # records and the log
    "place_hold": Sent(AGNES, "/matters/{ordinary}/hold", {"reason": WORDS}),
    "lift_hold": Sent(AGNES, "/holds/{hold}/lift", {"reason": WORDS}, on_hold),
    "propose_destroy": Sent(AGNES, "/matters/{ordinary}/destroy", {"reason": "MoPI group 4"}, closed),
    "approve_destroy": Sent(RUTH, "/destructions/{destruction}/approve", {}, to_destroy),
    "decline_destroy": Sent(RUTH, "/destructions/{destruction}/decline", {"reason": WORDS}, to_destroy),
    "audit_export": Sent(AGNES, "/audit/export", {
        "purpose": "lawfulness", "person": "{mina}", "recipient": "commissioner"}, answers=200),
    # traffic, collisions, tasks
    "name_keeper": Sent(MINA, "/matters/{unknown}/name-keeper", {
        "name": "Ida Brook", "address": "1 High Street\nFX1 1AA", "evidence": WORDS}),
    "decide_default charge": Sent(RUTH, "/matters/{ordinary}/decide-default", {
        "prosecute": "yes", "reasons": WORDS}, defaulted),
    "decide_default end": Sent(RUTH, "/matters/{ordinary}/decide-default", {
        "prosecute": "no", "reasons": WORDS}, defaulted),
    "cancel": Sent(RUTH, "/matters/{ordinary}/cancel", {"reason": "DEVICE_FAULT", "words": WORDS}),
    "decide_allegation": Sent(PIERS, "/allegations/{allegation}/decide", answers(), stopped),
    "finish_task": Sent(PIERS, "/tasks/{task}/finish", {"outcome": "{outcome}", "words": WORDS}, course_decided),
    "end_collision": Sent(PIERS, "/matters/{collision}/end-collision", {"reasons": WORDS}, collided),
    # print runs
    "produce": Sent(MINA, "/print-runs/produce", {"force": "{force.id}"}),
    "produce_one": Sent(MINA, "/matters/{ready}/produce"),
    "hand_over": Sent(MINA, "/print-runs/{fresh}/hand-over", {}, printed),
    "confirm": Sent(MINA, "/print-runs/{fresh}/confirm", {}, begun),
    "again": Sent(RUTH, "/print-runs/{fresh}/again", {"reason": WORDS}, begun),
    "posted": Sent(MINA, "/print-runs/{made}/posted", {"posted_on": "2026-11-23", "receipt": "FM-1"}),
    "letter_copy": Sent(MINA, "/letters/{letter}/copy", answers=200, get=True),
    "document": Sent(RUTH, "/documents/{document}", answers=200, get=True),
    "manifest": Sent(MINA, "/print-runs/{made}/manifest", answers=200, get=True),
    # intake, runs, the register
    "intake": Sent(MINA, "/intake", {"force": "{force.id}", "file": "{file}"}, chosen),
    "intake refused": Sent(MINA, "/intake", {"force": "{force.id}", "file": "{bad}"}, chosen, answers=422),
    "held_row": Sent(MINA, "/intake/held/{held}", {"value": "2026-11-21", "known_by": "Data block"}),
    "follows": Sent(MINA, "/intake/held/{held}/follows", {"value": "2026-11-21"}, answers=200),
    "replay_alike": Sent(MINA, "/intake/held/{waiting}/replay-alike", {}, device_unknown),
    "refuse": Sent(JONAH, "/intake/held/{held}/refuse", {"why": WORDS}),
    "steer pause": Sent(RUTH, "/runs/{run}/pause", {}, being_read),
    "steer resume": Sent(RUTH, "/runs/{run}/resume", {}, halted),
    "steer stop": Sent(RUTH, "/runs/{run}/stop", {}, being_read),
    "add_site": Sent(RUTH, "/register/sites/add", {
        "code": "0999", "location": "A1, Fernhithe", "limit_mph": "30", "road_kind": "built-up",
        "offence_code": "RR84707", "force_id": "{force.id}"}),
    "add_device": Sent(RUTH, "/register/devices/add", {
        "code": "NM0999", "kind": registering.KINDS[0], "approval": "Truvelo"}),
    "device": Sent(RUTH, "/register/devices/{device}", {"first": "2030-01-01", "last": "2030-12-31"}),
    "end_certificate": Sent(RUTH, "/register/certificates/{certificate}/end", {
        "last": "2026-11-20", "reason": WORDS}),
    # the unit's own figures and bank holidays
    "figure": Sent(PIERS, "/figures/speed.start.30", {
        "value": "36", "effective_from": "2026-12-20", "force_id": "0", "reason": WORDS}),
    "figure tried": Sent(PIERS, "/figures/speed.start.30", {
        "value": "36", "effective_from": "2026-12-20", "force_id": "0", "reason": WORDS, "try": "1"}, answers=200),
    "figure_proposal approve": Sent(UNA, "/figures/proposals/{setting}", {"answer": "approve"}, figure_proposed),
    "figure_proposal turn down": Sent(UNA, "/figures/proposals/{setting}", {"answer": "no"}, figure_proposed),
    "bank_holidays": Sent(PIERS, "/bank-holidays", {
        "on": "2027-06-09", "name": "Proclaimed day", "where": ["EW"], "source": "Proclamation"}),
    "bank_holiday approve": Sent(UNA, "/bank-holidays/{holiday}", {"answer": "approve"}, holiday_proposed),
    "bank_holiday turn down": Sent(UNA, "/bank-holidays/{holiday}", {"answer": "no"}, holiday_proposed),
    # the demonstration
    "drop_in": Sent(RUTH, "/try-it/drop-in"),
    "be_someone": Sent(RUTH, "/try-it/be/{mina}"),
}  # fmt: skip


def filled(said: Any, world: World) -> Any:
    """A word or field with the world's ids in the place of its braces."""
    if isinstance(said, list):
        return [filled(each, world) for each in said]
    whole = re.fullmatch(r"\{(\w+)\}", said) if isinstance(said, str) else None
    if whole:
        return getattr(world, whole[1])
    return said.format_map(vars(world)) if isinstance(said, str) else said
