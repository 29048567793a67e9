"""Figures for machines: only with the token, only numbers, and none that counts a restricted matter."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests import given
from tests.web import restricted_world

from casewright.foundation.matters.models import Matter
from casewright.foundation.messages.models import Message

pytestmark = pytest.mark.django_db
TOKEN = "t" * 40


def asked(token: str) -> Any:
    return Client().get("/-/metrics", headers={"Authorization": f"Bearer {token}"})


@pytest.mark.parametrize(
    ("set_to", "shown"), [("", ""), ("", TOKEN), (TOKEN, ""), (TOKEN, "x"), (TOKEN, TOKEN + "x")]
)
def test_without_the_token_there_is_nothing_here(set_to: str, shown: str, settings: Any) -> None:
    settings.CASEWRIGHT_METRICS_TOKEN = set_to
    assert asked(shown).status_code == 404
    assert Client().get("/-/metrics").status_code == 404


def queued(text: str) -> int:
    """How many messages wait, as the figures say."""
    return int(float(text.split('casewright_messages_queued{interface="dvla"} ')[1].split(maxsplit=1)[0]))


def test_the_figures_name_nobody_and_leave_restricted_matters_out(settings: Any) -> None:
    settings.CASEWRIGHT_METRICS_TOKEN = TOKEN
    world = restricted_world.a_world()
    with given.on(given.MONDAY, 12) as at:
        for n, one in enumerate((world.restricted, world.ordinary)):
            Message.objects.create(
                interface="dvla", direction="out", kind="x", external_id=f"t{n}", body=restricted_world.NAME,
                created_at=at, matter_id=one.id,
            )  # fmt: skip
        text = asked(TOKEN).content.decode()
        Matter.objects.filter(id=world.restricted.id).update(sensitivity="ordinary")
        after = asked(TOKEN).content.decode()
    hidden = Message.objects.filter(matter_id=world.restricted.id, state="queued").count()
    assert hidden
    assert queued(after) == queued(text) + hidden
    for each in (
        *restricted_world.CANARIES,
        given.KEEPER,
        world.restricted.reference,
        world.ordinary.reference,
    ):
        assert each not in text
    assert "casewright_runs" in text
