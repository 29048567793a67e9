"""A collision matter's page: the report in words, and the decision that nobody is prosecuted."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client
from tests import given

from casewright.areas.collisions.actions import Report, receive_reports
from casewright.foundation import clock
from casewright.foundation.matters.models import Matter

pytestmark = pytest.mark.django_db


@pytest.fixture
def collision() -> Matter:
    """A serious collision of the Sunday before: two vehicles, a pedestrian hurt."""
    force = given.a_unit()
    happened = datetime(2026, 11, 22, 17, 40, tzinfo=clock.LONDON)
    report = Report(
        "2026910000001", happened, 2, 2, 1, 30, "91", {}, [(1, 9, {}), (2, 9, {})], [(1, 1, 3, 2, {})]
    )
    with given.on(given.MONDAY) as at:
        receive_reports([report], force_id=force.id, today=given.MONDAY, by=None, at=at)
    return Matter.objects.get()


def test_the_report_is_told_in_words(client: Client, collision: Matter) -> None:
    client.force_login(given.person("Piers Hallam"))
    page = client.get(f"/matters/{collision.id}").content.decode()
    for words in (
        "Sunday 22 November 2026, 17:40",
        "Serious",
        "2 received, 2 stated",
        "1 received, 1 stated",
        "Pedestrian",
    ):
        assert words in page
    assert "Prosecute nobody" in page


def test_nobody_is_prosecuted_only_with_reasons(client: Client, collision: Matter) -> None:
    client.force_login(given.person("Piers Hallam"))
    refused = client.post(f"/matters/{collision.id}/end-collision", {"reasons": " "})
    assert refused.status_code == 422
    assert "Your decision is not recorded yet" in refused.content.decode()
    done = client.post(
        f"/matters/{collision.id}/end-collision", {"reasons": "No witness; both drivers blame the other."}
    )
    assert done.headers["Location"] == f"/matters/{collision.id}"
    assert Matter.objects.get().closed_at is not None
    assert (
        "No witness; both drivers blame the other." in client.get(f"/matters/{collision.id}").content.decode()
    )
