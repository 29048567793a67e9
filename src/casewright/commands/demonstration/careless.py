"""Officers' stops for careless driving, some decided already: what the page that decides an allegation lives from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction

from casewright.areas.decisions.models import Decision
from casewright.areas.traffic.actions.disposing import Provisional, decide_allegation
from casewright.areas.traffic.models import Allegation
from casewright.foundation import clock
from casewright.foundation.people.models import User
from casewright.interfaces.cameras import generator
from casewright.law.calendars import is_business_day
from casewright.law.charging import full_code
from casewright.law.charging.full_code import Considered, Element
from casewright.law.offences import known

CARELESS = "RT88575"
# Days before today on which one comes, or the last business day before; the last three are not yet decided.
STOPS = (33, 30, 27, 20, 13, 9, 6, 3)
DECIDED_AFTER = 2


class Case(NamedTuple):
    """What was seen, whether anything was hit, what was decided, what the public interest asks for, and why."""

    manner: str
    collision: str
    taken: str
    interest: str
    why: str


CASES = (
    Case("Cut across a cyclist at the roundabout", "none", "course", "alternative",
         "The officer saw the cyclist brake hard; nobody touched. She admitted it at once: a course answers it."),
    Case("Drifted over the centre line while eating", "none", "course", "alternative",
         "The dash camera shows two wheels over the line on an empty road. He accepts it: a course answers it."),
    Case("Pulled out into the path of a car, which braked", "minor", "conditional_offer", "alternative",
         "The other driver and the officer agree; a wing was scratched. The fixed sum is in proportion."),
    Case("Turned right across an oncoming motorcycle", "injury", "requisition", "prosecute",
         "The rider broke a wrist. Low sun does not explain why he did not stop at the line, as the video shows."),
    Case("Reversed without looking in the school road", "none", "course", "alternative",
         "Two parents and the officer saw it at walking pace, no child near. A course answers it."),
)  # fmt: skip


def stops_that_come(back: int, *, today: date) -> list[dict[str, str]]:
    """The stops that come on a day so many days before today, as rows of its file; none on most days."""
    day = today - timedelta(days=back)
    return [_stop(number, day) for number in STOPS if comes(number, today=today) == back]


def comes(stop: int, *, today: date) -> int:
    """How many days before today a stop's file comes: files come on business days alone, whatever day today is."""
    return next(n for n in range(stop, stop + 10) if is_business_day(today - timedelta(days=n)))


def _stop(number: int, day: date) -> dict[str, str]:
    row = next(
        generator.rows(
            1, last_day=day - timedelta(days=1), days=1, seed=500 + number, first_sequence=number * 1000 + 950
        )
    )
    return {
        **row, "offences": CARELESS, "source": "stop", "warned": "yes", "limit": "", "speed": "", "secondary_speed": "",
        "device": "NM0411", "site": "0411",
    }  # fmt: skip


def decide_what_is_due(back: int, *, at: datetime, by: User) -> None:
    """Decide the stops that came some days ago and are not decided yet, each for its own reasons."""
    done = Decision.objects.filter(kind="allegation").count()
    for number in range(done, len(CASES)):
        if back <= STOPS[number] - DECIDED_AFTER:
            _decide(number, at, by)


def _decide(number: int, at: datetime, by: User) -> None:
    waiting = Allegation.objects.filter(offence_code=CARELESS, status="alleged").order_by("id")
    undecided = waiting.exclude(id__in=_decided())
    allegation = undecided.first()
    if allegation is None:
        return
    case = CASES[number]
    more: dict[str, Any] = {"code_checked": True, "licence": "full", "collision": case.collision}
    considered = Considered(
        tuple(_elements(case.manner)), "met", "", case.interest, ("seriousness", "culpability", "harm"), case.why,
        {
            "single_justice": "The injury calls for a hearing with the rider present.",
            "course": "Something was hit: more than a course answers it.",
        },
    )  # fmt: skip
    with transaction.atomic():
        decide_allegation(
            allegation_id=allegation.id, more=more, considered=considered, taken=case.taken, provisional=None,
            looked_at=0, by=by, at=at,
            today=clock.london_day(at),
        )  # fmt: skip


def _decided() -> list[int]:
    return list(Decision.objects.filter(kind="allegation").values_list("subject_id", flat=True))


def _elements(manner: str) -> Iterator[Element]:
    for name in full_code.elements_of(known(CARELESS)):
        yield Element(name, "shown", manner if name == "manner of driving" else "officer's statement")


def leave_one_provisional(*, at: datetime, by: User) -> None:
    """One of the undecided waits for a statement: decided provisionally, with what will wake it."""
    allegation = (
        Allegation.objects.filter(offence_code=CARELESS, status="alleged").exclude(id__in=_decided()).last()
    )
    if allegation is None:
        return
    elements = [Element(n, "not_known") if n == "witnesses" else Element(n, "shown", "officer's statement")
                for n in full_code.elements_of(known(CARELESS))]  # fmt: skip
    why = (
        "The officer saw the end of it only. If the passenger's statement bears him out, a course answers it."
    )
    considered = Considered(tuple(elements), "not_yet", rationale=why)
    waits = Provisional("note", clock.london_day(at) + timedelta(days=14))
    with transaction.atomic():
        decide_allegation(
            allegation_id=allegation.id, more={"code_checked": True, "licence": "full", "collision": "none"},
            considered=considered, taken="course", provisional=waits, looked_at=0, by=by, at=at,
            today=clock.london_day(at),
        )  # fmt: skip
