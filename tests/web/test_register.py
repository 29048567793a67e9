"""The register: what is added there lets held rows through, and what ends there holds the rows after it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests import given

from casewright.areas.traffic.actions import registering
from casewright.areas.traffic.models import Device, DeviceCertificate, Site
from casewright.commands import register as command
from casewright.foundation import clock
from casewright.foundation.journal.models import Entry
from casewright.foundation.lifecycle import NotAllowed
from casewright.foundation.messages.models import HeldItem
from casewright.interfaces.cameras import generator

pytestmark = pytest.mark.django_db
DAY = given.MONDAY  # rows of given.row() are of a day shortly before it


@pytest.fixture
def force():
    return given.a_unit()


@pytest.fixture
def ruth(client: Client, force) -> Client:
    client.force_login(given.person("Ruth Alder"))
    return client


def held_for(cause: str, **changed: str) -> HeldItem:
    from casewright.foundation.reference.models import Force

    with given.on(DAY):
        given.account(given.give(given.csv_of([given.row(**changed)]), force=Force.objects.get()))
    return HeldItem.objects.get(cause=cause)


def test_a_row_held_for_an_unknown_site_goes_through_once_the_site_is_registered(ruth: Client) -> None:
    item = held_for("site_unknown", site="0999")
    with given.on(DAY):
        page = ruth.get(reverse("register")).content.decode()
        assert reverse("add_site") + "?code=0999" in page
        said = {"code": "0999", "location": "Cutler Row, Quenby", "limit_mph": "30", "road_kind": "built-up",
                "offence_code": "rr84707", "force_id": str(item.file.force_id)}  # fmt: skip
        assert ruth.post(reverse("add_site"), said).status_code == 302
        ruth.post(reverse("replay_alike", kwargs={"held_id": item.id}))
    item.refresh_from_db()
    assert item.state == "replayed"
    assert item.matter_id is not None
    entry = Entry.objects.get(verb="traffic.register_site")
    assert entry.facts == {"code": "0999", "limit": 30}
    assert entry.actor_id == given.person("Ruth Alder").id


def test_a_new_device_takes_nothing_in_until_its_certificate_covers_the_day(ruth: Client) -> None:
    item = held_for("device_unknown", device="NM0999")
    offence = date.fromisoformat(given.row()["date"])
    with given.on(DAY):
        ruth.post(
            reverse("add_device"), {"code": "nm0999", "kind": "Fixed radar", "approval": "Gatso Type 24"}
        )
        device = Device.objects.get(code="NM0999")
        page = reverse("device", kwargs={"device_id": device.id})
        replay = reverse("replay_alike", kwargs={"held_id": item.id})
        for first, last, state in (
            (offence - timedelta(days=9), offence - timedelta(days=1), "held"),
            (offence + timedelta(days=1), offence + timedelta(days=9), "held"),
            (offence, offence, "replayed"),
        ):
            assert ruth.post(page, {"first": first.isoformat(), "last": last.isoformat()}).status_code == 302
            ruth.post(replay)
            item = HeldItem.objects.filter(row_number=2).latest("id")
            replay = reverse("replay_alike", kwargs={"held_id": item.id})
            assert item.state == state, (first, last)


def test_a_certificate_that_ends_sooner_holds_the_rows_after_it(ruth: Client) -> None:
    offence = date.fromisoformat(given.row()["date"])
    row = DeviceCertificate.objects.get(device__code=given.row()["device"])
    address = reverse("end_certificate", kwargs={"certificate_id": row.id})
    with given.on(DAY):
        assert (
            ruth.post(address, {"last": (offence - timedelta(days=1)).isoformat(), "reason": ""}).status_code
            == 422
        )
        answer = ruth.post(
            address, {"last": (offence - timedelta(days=1)).isoformat(), "reason": "Found 3 mph out"}
        )
        assert answer.status_code == 302
    assert held_for("certificate").value == given.row()["device"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"code": "0411"}, "registered already"),
        ({"code": "a b"}, "2 to 12 letters and figures"),
        ({"limit_mph": 35}, "limit and the kind of road"),
        ({"road_kind": "canal"}, "limit and the kind of road"),
        ({"offence_code": "XX00000"}, "No offence XX00000"),
        ({"location": "  "}, "where the site is"),
    ],
)
def test_a_site_that_cannot_be_right_is_refused(force, changed: dict, words: str) -> None:
    said = {"code": "0999", "location": "Cutler Row", "limit_mph": 30, "road_kind": "built-up",
            "offence_code": "RR84707", "force_id": force.id} | changed  # fmt: skip
    with pytest.raises(NotAllowed, match=words):
        registering.register_site(**said, by=given.person("Ruth Alder"), at=clock.now())
    assert Site.objects.count() == len(generator.SITES)


@pytest.mark.parametrize(
    ("days", "words"), [(-1, "before it begins"), (731, "more than the 731 days"), (730, None), (0, None)]
)
def test_the_days_of_a_certificate_must_be_possible(force, days: int, words: str | None) -> None:
    first, device = date(2026, 1, 5), Device.objects.first()

    def add() -> DeviceCertificate:
        last = first + timedelta(days=days)
        return registering.add_certificate(
            device_id=device.id, first=first, last=last, by=None, at=clock.now()
        )

    if words is None:
        assert add().valid_until == first + timedelta(days=days + 1)
    else:
        with pytest.raises(NotAllowed, match=words):
            add()


def test_only_who_keeps_the_register_may_change_it(force) -> None:
    with pytest.raises(NotAllowed, match="keep register"):
        registering.register_device(code="NM0999", kind="Fixed radar", approval="x", by=given.person("Mina Thorley"),
                                    at=clock.now())  # fmt: skip


def test_the_register_is_filled_from_a_file_and_a_second_time_adds_nothing(force, tmp_path, capsys) -> None:
    file = tmp_path / "devices.csv"
    file.write_text("code,kind,approval,first,last\nNM0999,Fixed radar,Gatso Type 24,2026-01-05,2027-01-04\n"
                    "NM0998,Abacus,Gatso Type 24,2026-01-05,2027-01-04\n", encoding="utf-8")  # fmt: skip
    for _ in range(2):
        with pytest.raises(SystemExit) as left:
            command.app(["devices", str(file)], standalone_mode=True)
        assert left.value.code == 1
    said = capsys.readouterr()
    assert "line 3, NM0998: Choose the kind" in said.err
    assert "1 of 2 lines done, 1 refused." in said.out
    assert DeviceCertificate.objects.filter(device__code="NM0999").count() == 1


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("9999-01-01", "9999-12-31", "Look at the year again"),
        ("0026-01-05", "0026-12-31", "Look at the year again"),
        ("2199-12-31", "2199-12-31", None),
        ("2200-01-01", "2200-01-01", "Look at the year again"),
    ],
)
def test_a_year_mistyped_is_asked_again(ruth: Client, first: str, last: str, words: str | None) -> None:
    page = reverse("device", kwargs={"device_id": Device.objects.earliest("id").id})
    answer = ruth.post(page, {"first": first, "last": last})
    if words is None:
        assert answer.status_code == 302
    else:
        assert answer.status_code == 422
        assert words in answer.content.decode()


def test_a_certificate_there_is_already_is_not_added_again(ruth: Client) -> None:
    device = Device.objects.earliest("id")
    page, days = (
        reverse("device", kwargs={"device_id": device.id}),
        {"first": "2026-01-05", "last": "2027-01-04"},
    )
    before = device.certificates.count()
    assert ruth.post(page, days).status_code == 302
    again = ruth.post(page, days)
    assert again.status_code == 422
    assert "for these days is there already" in again.content.decode()
    assert device.certificates.count() == before + 1
