"""What there is in the unit before a form is sent, and what must have been done before some of them."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pyotp
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests import given
from tests.attacks.crawler import client_of
from tests.web import restricted_world
from tests.web.test_collisions import Report
from tests.web.test_decide_allegation import CARELESS, decide

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


def kept_long_enough(world: World) -> None:
    """The ordinary matter is closed and was kept until yesterday."""
    closed(world)
    yesterday = clock.today() - timedelta(days=1)
    Matter.objects.filter(id=world.ordinary).update(retain_until=yesterday)


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
    factors.add_app(secret=secret, code=pyotp.TOTP(secret).now(), by=given.person(MINA), at=clock.now())
    Factor.objects.update(counter=0)  # as if it had been added a while ago: the code of now was not used yet
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
