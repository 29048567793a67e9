"""A unit with one restricted matter full of names that stand nowhere else, and its like in another force."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from tests import given

from casewright.foundation import clock
from casewright.foundation.documents import blobs
from casewright.foundation.documents.models import Document, PrintRun
from casewright.foundation.matters import actions, glass, holds, restricting
from casewright.foundation.matters.models import Matter
from casewright.foundation.reference.models import Force

NAME, MARK, STREET, NOTE = "Ottoline Vexmoor", "QW22 KPT", "9 Quillmere Cobbs", "zibeline"
CANARIES = (NAME, NAME.split()[1], MARK, MARK.replace(" ", ""), STREET, NOTE)


@dataclass
class World:
    """The restricted matter, one beside it that everybody of the force sees, and the other force's."""

    restricted: Matter
    ordinary: Matter
    elsewhere: Matter
    made: PrintRun


def a_world() -> World:
    """Everything that a matter gathers, gathered on the restricted one: letters, papers, notes, links, holds, glass."""
    ours = given.a_unit()
    other = Force.objects.create(code="92", name="Southmere Police", prefix="SM")
    with given.on(given.MONDAY):
        plain = given.row(mark="QA21 ABC", sequence="2", time="16:00:00")
        given.give(given.csv_of([given.row(mark=MARK), plain]), force=ours)
        given.give(given.csv_of([given.row(mark=MARK, time="17:00:00")]), force=other)
        found = {each.vehicles.get().registration_mark: each for each in Matter.objects.filter(force=ours)}
        world = World(found[MARK.replace(" ", "")], found["QA21ABC"], Matter.objects.get(force=other), None)  # type: ignore[arg-type]
        for one in (world.restricted, world.elsewhere):
            given.keepers_answer([one], name=NAME, address=(STREET, "Fernhithe", "FX2 1AA"))
        given.keepers_answer([world.ordinary])
        world.made = given.print_notices(ours)
        given.print_notices(other)
        given.hand_over(world.made)
        _fill(world)
    for one in (world.restricted, world.ordinary, world.elsewhere):
        one.refresh_from_db()
    return world


def _fill(world: World) -> None:
    ruth, agnes, at = given.person("Ruth Alder"), given.person("Agnes Dray"), clock.now()
    actions.note(matter_id=world.restricted.id, text=f"{NAME} said {NOTE}.", by=ruth, at=at)
    kept = blobs.keep([f"{NAME} {NOTE} {uuid.uuid4()}".encode()], "text/plain")
    for one in (world.restricted, world.elsewhere):
        Document.objects.create(
            matter=one, blob=kept, kind="paper", title=f"Letter from {NAME}", direction="received", at=at
        )
    actions.link(
        matter_id=world.ordinary.id, other_id=world.restricted.id, how=f"same driver {NOTE}", by=ruth, at=at
    )
    holds.place(matter_id=world.restricted.id, reason=f"Claim by {NAME}", by=agnes, at=at)
    restricting.restrict(matter_id=world.restricted.id, reason=f"Relative {NOTE}", by=ruth, at=at)
    glass.break_glass(reference=world.restricted.reference, reason="Court rang", by=agnes, at=at)
