"""The keeper enquiry over real HTTP against the simulator process' own server: delays, repeats, lost replies."""

from __future__ import annotations

import json
import urllib.request
from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from tests import given

from casewright.foundation import clock
from casewright.foundation.matters.models import Matter
from casewright.foundation.messages.actions import Unreadable
from casewright.foundation.messages.models import HeldItem, InterfaceState, Message
from casewright.foundation.parties.models import Party
from casewright.interfaces.cameras import generator
from casewright.interfaces.dvla import mapping, outbound, simulator

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
ROWS = 120


@pytest.fixture
def dvla(settings):
    server = simulator.in_background(simulator.Behaviour(repeated=0.2))
    settings.CASEWRIGHT_DVLA_URL = f"http://127.0.0.1:{server.server_address[1]}"
    yield simulator.Handler.behaviour
    server.shutdown()
    server.server_close()


@pytest.fixture
def asked():
    force = given.a_unit()
    rows = list(generator.rows(ROWS, last_day=given.MONDAY - timedelta(days=1), seed=12))
    with given.on(given.MONDAY):
        given.give(given.csv_of(rows), force=force)
    return Matter.objects.filter(status="awaiting_keeper").count()


def ask_until_quiet(turns: int = 60) -> None:
    """Turn the worker's crank with the clock moving on, so that pauses end."""
    for turn in range(turns):
        with clock.standing_at(given_moment() + timedelta(minutes=16 * turn)):
            outbound.send_due()


def given_moment():
    with given.on(given.MONDAY, 10) as at:
        return at


def test_every_enquiry_is_answered_once_and_every_matter_moves_on(dvla, asked) -> None:
    ask_until_quiet(5)
    statuses = Counter(Matter.objects.exclude(status="no_further_action").values_list("status", flat=True))
    assert statuses["awaiting_keeper"] == 0
    assert statuses["keeper_found"] + statuses["enquiries"] == asked
    assert statuses["enquiries"] > 0
    assert Party.objects.filter(role="keeper").count() == statuses["keeper_found"]
    assert not Message.objects.filter(state="queued").exists()


@pytest.mark.parametrize(
    "trouble", [{"lost": 0.5}, {"busy": 0.6}, {"garbled": 0.5}, {"later": 0.5}, {"repeated": 1.0}]
)
def test_whatever_goes_wrong_on_the_way_nothing_is_lost_and_nothing_is_twice(dvla, asked, trouble) -> None:
    for name, value in trouble.items():
        setattr(dvla, name, value)
    ask_until_quiet()
    assert not Matter.objects.filter(status="awaiting_keeper").exists()
    assert not Message.objects.filter(direction="out", state="queued").exists()
    keepers = Counter(Party.objects.filter(role="keeper").values_list("matter_id", flat=True))
    assert max(keepers.values()) == 1


def test_when_dvla_is_down_the_queue_keeps_and_the_state_says_so(dvla, asked) -> None:
    dvla.down = True
    with given.on(given.MONDAY, 10):
        assert outbound.send_due() == 0
        state = InterfaceState.objects.get(name="dvla")
        assert state.failures_in_a_row == 1
        assert "503" in state.last_error
        assert state.pause_until == clock.now() + timedelta(seconds=15)
    assert Message.objects.filter(direction="out", state="queued").count() == asked
    dvla.down = False
    with given.on(given.MONDAY, 11):
        assert outbound.send_due() > 0
        assert InterfaceState.objects.get(name="dvla").failures_in_a_row == 0


def test_while_paused_dvla_is_not_asked(dvla, asked) -> None:
    dvla.down = True
    before = simulator.Handler.asked
    with given.on(given.MONDAY, 10):
        for _ in range(5):
            outbound.send_due()
    assert simulator.Handler.asked == before
    assert InterfaceState.objects.get(name="dvla").failures_in_a_row == 1


def test_an_answer_that_cannot_be_read_is_held_with_its_field_and_the_matter_waits(
    dvla, asked, monkeypatch
) -> None:
    matter = Matter.objects.filter(status="awaiting_keeper").order_by("id")[0]
    nameless = {
        "enquiryId": f"K{matter.id}",
        "status": "keeper",
        "keeper": {"name": "", "address": ["a", "b"]},
    }
    with given.on(given.MONDAY, 10) as at:
        outbound._settle([nameless], at)
    item = HeldItem.objects.get(interface="dvla")
    assert item.field == "keeper.name"
    assert item.matter_id == matter.id
    matter.refresh_from_db()
    assert matter.status == "awaiting_keeper"


def test_an_answer_to_a_question_nobody_asked_changes_nothing(dvla, asked) -> None:
    with given.on(given.MONDAY, 10) as at:
        assert outbound._settle([{"enquiryId": "K999999999", "status": "none"}], at) == 0
    assert not Message.objects.filter(direction="in").exists()


@pytest.mark.parametrize(
    "answer",
    [
        {"enquiryId": "K1", "status": "keeper"},
        {"enquiryId": "1; DROP TABLE", "status": "none"},
        {"enquiryId": "K1", "status": "perhaps"},
        {"enquiryId": "K1", "status": "keeper", "keeper": {"name": "A", "address": ["only one"]}},
        {
            "enquiryId": "K1",
            "status": "keeper",
            "keeper": {"name": "A", "address": ["a", "b"], "since": "soon"},
        },
    ],
)
def test_each_malformed_answer_names_its_field(answer) -> None:
    with pytest.raises(Unreadable) as refused:
        mapping.read_answer(answer, 0)
    assert refused.value.fault.field
    assert refused.value.fault.remedy


def test_the_simulator_answers_the_same_however_often_it_is_asked(dvla, settings) -> None:
    dvla.repeated = 0.0
    body = json.dumps({"enquiries": [{"enquiryId": "K1", "registrationMark": "QX26RTL"}]}).encode()
    replies = []
    for _ in range(3):
        request = urllib.request.Request(settings.CASEWRIGHT_DVLA_URL + "/v1/keeper-enquiries", data=body)
        with urllib.request.urlopen(request, timeout=60) as reply:
            replies.append(reply.read())
    assert replies[0] == replies[1] == replies[2]


def test_an_answer_held_can_be_mended_and_replayed_or_refused(dvla, asked) -> None:
    from casewright.flows import mend_held_row

    first, second = Matter.objects.filter(status="awaiting_keeper").order_by("id")[:2]
    keeper = {"name": "", "address": ["4 Mill Lane", "Fernhithe"]}
    with given.on(given.MONDAY, 10) as at:
        outbound._settle(
            [{"enquiryId": f"K{m.id}", "status": "keeper", "keeper": keeper} for m in (first, second)], at
        )
        mina, ruth = given.person("Mina Thorley"), given.person("Ruth Alder")
        one, two = HeldItem.objects.filter(interface="dvla").order_by("id")
        with transaction.atomic(), pytest.raises(Unreadable):
            mend_held_row.mend_and_replay(
                held_id=one.id, values={"keeper.name": ""}, how_known="x", by=mina, at=at
            )
        with transaction.atomic():
            mend_held_row.mend_and_replay(
                held_id=one.id, values={"keeper.name": "Mabel Wren"}, how_known="Telephone", by=mina, at=at
            )
            mend_held_row.refuse(held_id=two.id, why="Asked DVLA by telephone", by=ruth, at=at)
    assert Party.objects.get(matter_id=one.matter_id, role="keeper").name == "Mabel Wren"
    assert Matter.objects.get(id=one.matter_id).status == "keeper_found"
    assert Matter.objects.get(id=two.matter_id).status == "awaiting_keeper"
    assert not HeldItem.objects.filter(state="held").exists()
