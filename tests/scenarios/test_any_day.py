"""The demonstration's month is whole on whatever day of the week, and of the year, it is made."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import Count
from tests import given

from casewright.areas.decisions.models import Decision
from casewright.areas.traffic.models import Allegation, Incident
from casewright.commands.demonstration import careless
from casewright.commands.demonstration.month import DAYS, work_a_month
from casewright.commands.demonstration.unit import make_unit
from casewright.foundation.documents.models import PrintRun
from casewright.foundation.messages.models import HeldItem
from casewright.interfaces.dvla import simulator
from casewright.law.calendars import is_business_day


def test_each_officer_s_stop_comes_on_a_business_day_whatever_day_today_is() -> None:
    for n in range(2 * 366):
        today = date(2026, 1, 1) + timedelta(days=n)
        days = [careless.comes(stop, today=today) for stop in careless.STOPS]
        assert all(is_business_day(today - timedelta(days=back)) for back in days), today
        assert days == sorted(days, reverse=True), today
        assert max(days) <= DAYS, today
        came = [row for back in range(DAYS, 0, -1) for row in careless.stops_that_come(back, today=today)]
        assert len({(row["sequence"], row["mark"]) for row in came}) == len(careless.STOPS), today


@pytest.mark.django_db
@pytest.mark.parametrize(
    "today",
    [date(2026, 11, 27), date(2026, 12, 28), date(2027, 3, 28)],
    ids=["a Friday", "the bank holiday after Christmas", "Easter Sunday, as the clocks change"],
)
def test_the_month_leaves_something_of_everything_to_try(today: date, settings: Any) -> None:
    server = simulator.in_background()
    settings.CASEWRIGHT_DVLA_URL = f"http://127.0.0.1:{server.server_address[1]}"
    with given.on(today) as at:
        force = make_unit(today=today, at=at)
        work_a_month(force_id=force.id, today=today)
    server.shutdown()
    decided = Decision.objects.filter(kind="allegation")
    assert decided.filter(state="taken").count() == len(careless.CASES)
    assert decided.filter(state="provisional").count() == 1
    careless_ones = Allegation.objects.filter(offence_code=careless.CARELESS, status="alleged")
    assert careless_ones.exclude(id__in=decided.values("subject_id")).count() == 2
    assert Incident.objects.annotate(n=Count("allegations")).filter(n=3).exists()
    assert HeldItem.objects.filter(state="held").exists()
    assert PrintRun.objects.filter(status="producing").count() == 1
    assert PrintRun.objects.filter(status="posted").count() > 5
