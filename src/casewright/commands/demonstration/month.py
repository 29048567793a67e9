"""A month of the unit's work, done through the unit's own flows with the clock set day by day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db import transaction

from casewright.commands.demonstration import careless
from casewright.commands.work import HANDLERS
from casewright.flows import daily_round, hand_over_print_run, produce_notices, take_in_detections
from casewright.foundation import clock
from casewright.foundation.documents.models import PrintRun
from casewright.foundation.matters import actions as matters
from casewright.foundation.matters.models import Grant, Matter
from casewright.foundation.people.models import User
from casewright.foundation.runs import actions as runs
from casewright.interfaces.cameras import generator
from casewright.interfaces.dvla import outbound
from casewright.law.calendars import is_business_day

DAYS, A_DAY = 38, 24
OWNERS = (
    ("Mina Thorley", "notices", 9),
    ("Odette Varley", "enquiries", 12),
    ("Silas Crane", "replies", 40),
    ("Piers Hallam", "decisions", 25),
    ("Ruth Alder", "decisions", 6),
)
TRY_IT_FILE, TRY_IT_ROWS, TRY_IT_FAULTS = "northmere-detections.csv", 800, 37


def work_a_month(*, force_id: int, today: date) -> None:
    """Live through the days before today: detections come, DVLA answers, notices go out, clocks run."""
    people = {u.name: u for u in User.objects.all()}
    last = max(day for n in range(1, DAYS) if is_business_day(day := today - timedelta(days=n)))
    for back in range(DAYS, 0, -1):
        day = today - timedelta(days=back)
        for hour in _hours(day):
            with clock.standing_at(hour):
                _work_hour(force_id, day, hour, back, people, unfinished=day == last)
    with clock.standing_at(_at(last, 16)), transaction.atomic():
        careless.leave_one_provisional(at=clock.now(), by=people["Piers Hallam"])
        _share_out(people)
    with clock.standing_at(min(_at(today, 6), clock.now())), transaction.atomic():
        daily_round.go_round(today, at=clock.now())


def _share_out(people: dict[str, User]) -> None:
    """Each takes some of their team's work, the most urgent first; the rest stays in its queue.

    The officer in the case is let into three matters: officers see only what is granted to them.
    """
    for matter in Matter.objects.filter(status="s172_default").order_by("id")[:3]:
        Grant.objects.create(
            matter=matter,
            user=people["PC Ansel Rooke"],
            given_by=people["Ruth Alder"],
            given_at=clock.now(),
            how="own_case",
            reason="Officer in the case",
        )
    for name, queue, number in OWNERS:
        waiting = Matter.objects.filter(queue=queue, owner=None, closed_at=None).order_by("next_act_by", "id")
        chosen = list(waiting.values_list("id", flat=True)[:number])
        matters.take(matter_ids=chosen, by=people[name], at=clock.now())


def _hours(day: date) -> Iterator[datetime]:
    yield _at(day, 6)
    if is_business_day(day):
        yield from (_at(day, hour) for hour in (8, 10, 15))


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour, 12), clock.LONDON)


def _work_hour(
    force_id: int, day: date, at: datetime, back: int, people: dict[str, User], *, unfinished: bool
) -> None:
    hour = at.astimezone(clock.LONDON).hour
    if hour == 6:
        with transaction.atomic():
            daily_round.go_round(day, at=at)
    elif hour == 8:
        _detections_come(force_id, day, at, back, people["Jonah Prewett"])
    elif hour == 10:
        while outbound.send_due():
            pass
    else:
        _notices_go(force_id, at, people, unfinished=unfinished)
        careless.decide_what_is_due(back, at=at, by=people["Piers Hallam"])


def _detections_come(force_id: int, day: date, at: datetime, back: int, by: User) -> None:
    rows = list(
        generator.rows(A_DAY, last_day=day - timedelta(days=1), seed=1000 + back, first_sequence=back * 1000)
    )
    tomorrow = day + timedelta(days=1)
    lines = generator.with_faults(rows, 1 if back % 4 == 0 else 0, seed=back, tomorrow=tomorrow)
    others = [_van_with_three_offences(day, back)] if back in (2, 5) else []
    others += careless.stops_that_come(back, today=day + timedelta(days=back))
    lines += generator.with_faults(others, 0, seed=back, tomorrow=tomorrow)
    with transaction.atomic():
        file = take_in_detections.receive_file(
            content=[generator.header(), *lines],
            name=f"northmere-cameras-{day:%d%m}.csv",
            force_id=force_id,
            by=by,
            at=at,
        )
    while runs.work_one(HANDLERS, only_run=file.run_id):
        pass


def _van_with_three_offences(day: date, back: int) -> dict[str, str]:
    """A camera van's video: too fast, a telephone in the hand, no seat belt: one incident, three allegations."""
    row = next(
        generator.rows(
            1, last_day=day - timedelta(days=1), days=1, seed=77 + back, first_sequence=back * 1000 + 900
        )
    )
    return {
        **row,
        "offences": "RR84707 RC86820 RT88509",
        "site": "0411",
        "limit": "30",
        "speed": "47",
        "secondary_speed": "46",
        "device": "NM0411",
    }


def _notices_go(force_id: int, at: datetime, people: dict[str, User], *, unfinished: bool) -> None:
    """The afternoon's print run. The last one is left unfinished, half the notices not yet chosen, for whoever tries
    the unit."""
    mina, cyril = people["Mina Thorley"], people["Cyril Pennock"]
    waiting = list(
        Matter.objects.filter(status="keeper_found", force_id=force_id)
        .order_by("next_act_by", "id")
        .values_list("id", flat=True)
    )
    if unfinished:
        waiting = waiting[: len(waiting) // 2]
    if not waiting:
        return
    with transaction.atomic():
        made = produce_notices.start_print_run(
            force_id=force_id, matter_ids=waiting, receipt_promised=False, by=mina, at=at
        )
    while runs.work_one(HANDLERS, only_run=made.run_id):
        pass
    if not unfinished:
        with transaction.atomic():
            _hand_over_and_post(made, clock.london_day(at), at, mina, cyril)


def _hand_over_and_post(made: PrintRun, day: date, at: datetime, mina: User, cyril: User) -> None:
    hand_over_print_run.begin(print_run_id=made.id, by=mina, at=at)
    hand_over_print_run.write_files(made)
    hand_over_print_run.confirm(print_run_id=made.id, by=mina, at=at)
    hand_over_print_run.record_posted(
        print_run_id=made.id,
        posted_on=day,
        receipt=f"Fernhithe Mailing {made.reference}",
        today=day,
        by=cyril,
        at=at,
    )


def try_it_file(today: date) -> bytes:
    """The file of the first step of Try it: 800 detections with 37 planted faults, of the last three days."""
    rows = list(
        generator.rows(TRY_IT_ROWS, last_day=today - timedelta(days=1), seed=20, first_sequence=500_000)
    )
    return generator.header() + b"".join(
        generator.with_faults(rows, TRY_IT_FAULTS, seed=3, tomorrow=today + timedelta(days=1))
    )
