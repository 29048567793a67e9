"""The demonstration driven day by day for 200 days: nothing is ever left lying, nothing goes past a bar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.models import F, Q
from tests import given

from casewright.areas.deadlines.models import Deadline
from casewright.commands.demonstration.month import work_a_month
from casewright.commands.demonstration.unit import make_unit
from casewright.flows import daily_round
from casewright.foundation.documents.models import Letter
from casewright.foundation.matters.models import Matter
from casewright.interfaces.dvla import simulator

TODAY = date(2026, 11, 22)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_for_two_hundred_days_every_open_matter_has_an_owner_and_a_next_action(settings) -> None:
    server = simulator.in_background()
    settings.CASEWRIGHT_DVLA_URL = f"http://127.0.0.1:{server.server_address[1]}"
    with given.on(TODAY) as at:
        with transaction.atomic():
            force = make_unit(today=TODAY, at=at)
        work_a_month(force_id=force.id, today=TODAY)
    server.shutdown()
    opened = Matter.objects.count()
    assert opened > 500
    for day in given.days(TODAY + timedelta(days=1), 200):
        with given.on(day, 6) as at:
            with transaction.atomic():
                daily_round.go_round(day, at=at)
            if day.toordinal() % 3 == 0 and Matter.objects.filter(status="keeper_found").exists():
                given.print_notices(force)
        assert daily_round.unmoored() == 0, day
        # an open matter is never waiting for a day that has passed without anybody acting on it
        lost = Deadline.objects.filter(state="running", act_by__lt=day, outer_limit__lt=day)
        assert not lost.exists(), day
    assert Matter.objects.count() == opened
    assert not Matter.objects.filter(closed_at__isnull=False, closed_reason="").exists()
    late = Letter.objects.filter(state__in=("produced", "posted")).filter(
        Q(matter__deadlines__rule_id="nip-14"), produced_at__date__gt=F("matter__deadlines__produce_by")
    )
    assert not late.exists()
    met = Deadline.objects.filter(rule_id="nip-14", state="met")
    assert met.count() > 300
    assert all(d.proof["presumed_served"] <= d.act_by.isoformat() for d in met)
