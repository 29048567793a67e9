"""Offences, thresholds over time, what-if and the check of a number, as people meet them."""

from __future__ import annotations

import html
import re
from datetime import UTC, date, datetime
from urllib.parse import urlencode

import pytest
from tests import given
from tests.law.allegations import speeding

from casewright.foundation.policy.models import Setting
from casewright.foundation.reference.actions import load_codes
from casewright.law import offences
from casewright.web.law.offences import spelt

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


@pytest.fixture
def read(client):
    """Read a page as the case administrator on the day of the tests, as plain text."""
    given.a_unit(TODAY)
    client.force_login(given.person("Mina Thorley"))

    def page(address: str, *, typing: bool = False, status: int = 200) -> str:
        with given.on(TODAY):
            answer = client.get(address, headers={"HX-Request": "true"} if typing else {})
        assert answer.status_code == status, address
        return re.sub(r"\s+", " ", html.unescape(answer.content.decode()))

    return page


def test_every_offence_stands_in_the_list_and_has_its_page(read) -> None:
    listed = read("/law/offences")
    assert f"{len(offences.all_offences())} offences" in listed
    for number, (code, offence) in enumerate(offences.all_offences().items()):
        assert f'href="/law/offences/{code}"' in listed
        if number % 11 == 0:
            page = read(f"/law/offences/{code}")
            assert offence.title in page
            assert ("Dates not held." in page) is not offence.dates_held
    read("/law/offences/XX99999", status=404)


def test_an_offence_says_by_which_route_each_accused_may_be_brought_to_court(read) -> None:
    page = read("/law/offences/rr84221")
    assert "The accused is 17; a single justice deals only with those of 18 and over." in page
    assert "A company cannot be held at a police station" in page
    assert "Road Traffic Regulation Act 1984" in page
    assert "No Welsh wording is held" in page
    assert "once the CPS decides" in read("/law/offences/RT88026")


def test_words_narrow_the_list_and_look_into_the_national_list(read) -> None:
    load_codes(
        [("offence", "QX26001", "Ride a mill wheel"), ("offence", "RR84221", "Held already")], source="list"
    )
    assert "/law/offences/RT88967" in read("/law/offences?about=red+light")
    found = read("/law/offences?about=mill+wheel")
    assert "Ride a mill wheel" in found
    assert "Dates not held" in found
    assert "QX26001" in read("/law/offences?about=QX26001")
    assert "Held already" not in read("/law/offences?about=held")
    assert "No offence speaks of that" in read("/law/offences?about=unicorn")


def test_thresholds_show_the_national_figures_and_the_units_own_over_time(read) -> None:
    assert "The unit has set none of its own" in read("/law/thresholds")
    shared = {"reason": "Lowered near schools", "approved_at": datetime(2026, 1, 1, tzinfo=UTC)}
    Setting.objects.create(key="speed.court_from.30", value=46, effective_from=date(2026, 9, 1), **shared)
    Setting.objects.create(key="traffic.chain_hops", value=6, effective_from=date(2026, 2, 1), **shared)
    Setting.objects.create(
        key="speed.start.20", value=26, effective_from=date(2027, 2, 1), reason="Not yet approved"
    )
    page = read("/law/thresholds")
    assert "30 mph limit: court at or above" in page
    assert page.index("1 September 2026") < page.index("1 February 2026")
    assert "Not yet approved" not in page
    assert "from 6 April 2015" in page
    assert "R30" in page


def asked(**more: object) -> str:
    facts = {k: ("on" if v is True else v) for k, v in speeding(30, 45).items() if v not in (None, "")}
    return "/law/what-if?" + urlencode(facts | {"order_in_force": "yes", "on": "16 July 2026"} | more)


def test_what_if_shows_every_option_with_its_reasons(read) -> None:
    page = read(asked())
    assert "Make a conditional offer" in page
    assert "COFP 100/3" in page
    assert "45 mph is above the course band, to 42, and below court level, 50." in page
    assert "RTOA 1988 s.75" in page
    assert "Tuesday 1 December" in page
    typed = read(asked(live_points=9), typing=True)
    assert "<html" not in typed
    assert "a court must decide, and no offer may be made." in typed


def test_what_if_tries_another_figure_and_the_units_own(read) -> None:
    assert "Prosecute before a single justice" in read(
        asked(try_figures="speed.court_from.30=44"), typing=True
    )
    assert "nonsense cannot be" in read(asked(try_figures="nonsense=1"), typing=True) or "setting" in read(
        asked(try_figures="nonsense=1"), typing=True
    )
    assert "whole number" in read(asked(try_figures="speed.start.30=many"), typing=True)
    approved = {"reason": "own", "approved_at": datetime(2026, 1, 1, tzinfo=UTC)}
    Setting.objects.create(key="speed.court_from.30", value=44, effective_from=date(2026, 1, 1), **approved)
    assert "The force's own threshold for 30 mph applies" in read(asked())


def test_what_if_refuses_contradictions_and_keeps_what_was_typed(read) -> None:
    page = read(asked(licence="none", live_points=6))
    assert (
        "Points for offences in the three years before cannot be 6: expected no points with the licence, given as none."
        in page
    )
    assert 'value="6"' in page
    assert "Write a day such as" in read("/law/what-if?offence_code=RR84221&offence_on=soon")
    assert "No facts yet" in read("/law/what-if")
    assert "Speed limit of the road (mph) of 30" in read(asked(recorded_mph=28), typing=True)
    assert "RR84235" in read(
        "/law/what-if?offence_code=rr84235&offence_on=2023-09-16&recorded_mph=30&limit_mph=20"
    )


def checked(client, *, typing: bool = False, **sent: str) -> str:
    headers = {"HX-Request": "true"} if typing else {}
    answer = client.post("/law/check", sent, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_number_is_checked_at_the_keyboard_and_the_tally_is_ones_own(read, client) -> None:
    assert "None yet" in read("/law/check")
    wrong = checked(client, kind="vrm", text="QX2B RTL")
    assert "Character 4 must be a figure, not B" in wrong
    assert "QX28 RTL would fit" in wrong
    checked(client, kind="pnc_id", text="79/163001B")
    typed = checked(client, kind="urn", reference="45md0000220", field="reference", typing=True)
    assert "45MD0000220" in typed
    assert "<html" not in typed
    mine = read("/law/check")
    assert mine.count("0 per cent") == 3  # 100, 0 and 0
    assert "Registration mark</td>" in mine
    assert "Seen by you alone" in mine
    client.force_login(given.person("Ruth Alder"))
    assert "None yet" in read("/law/check")


def test_what_is_typed_stands_in_no_address_and_examples_are_not_counted(read) -> None:
    assert 'value="QX2B' not in read("/law/check?kind=vrm&text=QX2B+RTL")
    assert 'value="MORGA657054SM9BF"' in read("/law/check?kind=driver_number&example=yes")
    assert "None yet" in read("/law/check")
    assert "Registration mark" in read("/law/check?kind=moon")


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"kind": "offence_code", "text": "rr84707"}, "RR84707</b>, source RR, number 707"),
        ({"kind": "offence_code", "text": "rr84707"}, "Exceed 30 restricted road"),
        ({"kind": "offence_code", "text": "RR84999"}, "No offence of this code is held"),
        ({"kind": "offence_code", "text": "RR84707 RT8B191"}, "RT88191 would fit"),
        ({"kind": "offence_code", "text": "RR84 707"}, "RR84707"),
        ({"kind": "postcode", "address": "7 Cutler Row\nFernhithe\nLS1 48T", "field": "address"}, "LS1 4BT would fit"),
        ({"kind": "driver_number", "text": "MORGA657054SM9B"}, "sixteen characters; this has 15"),
        ({"kind": "vrm", "text": "<b>1</b>"}, "Not right."),
        ({"kind": "vrm", "text": "x" * 5000}, "Not right."),
        ({"kind": "vrm", "field": "nothing"}, ""),
    ],
)  # fmt: skip
def test_a_field_that_is_left_is_told_what_is_wrong(client, read, sent: dict[str, str], words: str) -> None:
    assert words in checked(client, typing=True, **sent)


def test_an_offence_says_in_words_how_sure_its_source_is_and_whether_its_wording_is_held(read) -> None:
    for code in offences.all_offences():
        page = read(f"/law/offences/{code}")
        assert "; of the warning, " in page
        held = bool(offences.known(code).charge_pattern)
        assert ("Wording not held." in page) is not held
        assert "two readings" in page  # the summons of the police
    assert "some of it is marked as not certain" in read("/law/offences/RR84054")
    assert "compare it with the national list" in read("/law/offences/RT88026")


def test_a_missing_fact_is_named_as_its_field_is_and_a_code_alone_asks_nothing_yet(read) -> None:
    page = read("/law/what-if?offence_code=RR84213&offence_on=20+November+2026")
    assert "Recorded speed (mph) is missing" in page
    assert "recorded_mph is missing" not in page
    begun = read("/law/what-if?offence_code=RR84213")
    assert "No facts yet" in begun
    assert 'value="RR84213"' in begun


@pytest.mark.parametrize(
    ("short", "said"),
    [
        ("3-6 or disc", "3 to 6 points or discretionary disqualification"),
        ("3-11; oblig DQ 12m + ext. test", "3 to 11 points; obligatory disqualification of 12 months + extended test"),
        ("6 months/L5", "6 months or level 5"),
        ("L3 (L4 goods/PSV)", "level 3 (level 4 goods/PSV)"),
        ("fine/2 yrs", "fine or 2 years"),
    ],
)
def test_what_a_court_may_do_is_read_out(short: str, said: str) -> None:
    assert spelt(short) == said
