"""The offence the stories of a camera detection tell of, and how far it has come when each begins."""

from __future__ import annotations

from datetime import date

from tests import given

from casewright.foundation.matters.models import Matter

# Offence on Saturday 12 December 2026. Fourteen days end on Saturday 26th; no business day lies on 25th to 28th, so
# it is produced by Monday 21st, posted by Tuesday 22nd, presumed served on Thursday 24th (time-limits nip-post-by).
OFFENCE = {"date": "2026-12-12", "time": "14:07:31"}
PRODUCE_BY, POST_BY, SERVE_BY = date(2026, 12, 21), date(2026, 12, 22), date(2026, 12, 26)


def received(day: date = date(2026, 12, 14)) -> Matter:
    """The detection received on a day, its keeper named."""
    force = given.a_unit(date(2026, 11, 23))
    with given.on(day):
        given.give(given.csv_of([given.row(**OFFENCE)]), force=force)
        matter = Matter.objects.get()
        given.keepers_answer([matter])
    return Matter.objects.get()


def posted() -> Matter:
    """Its notice produced on the last day for that, and posted the same day."""
    matter = received()
    with given.on(PRODUCE_BY):
        made = given.print_notices(matter.force)
        given.post(made, PRODUCE_BY)
    return Matter.objects.get()
