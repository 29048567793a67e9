"""Reading detections: the quick ways through an ordinary row never decide otherwise than the careful ones."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from casewright.areas.traffic import facts
from casewright.areas.traffic.actions.book import likeness
from casewright.areas.traffic.detections import Detection, Register
from casewright.foundation.clock import LONDON
from casewright.foundation.messages.actions import FileRefused, Unreadable
from casewright.interfaces.cameras import file, mapping
from casewright.interfaces.cameras.moments import moment_of

RECEIVED = datetime(2026, 12, 1, 12, tzinfo=UTC)
REGISTER = Register({}, {}, RECEIVED)


def test_every_hour_of_a_year_is_placed_where_london_places_it() -> None:
    day, last = date(2025, 12, 2), date(2026, 11, 30)
    while day <= last:
        for hour in range(24):
            for minute in (0, 31, 59):
                naive = datetime.combine(day, time(hour, minute))
                both = {naive.replace(tzinfo=LONDON, fold=fold).astimezone(UTC) for fold in (0, 1)}
                given = {"date": day.isoformat(), "time": f"{naive:%H:%M:%S}", "utc_offset": ""}
                if len(both) == 1:
                    assert moment_of(given, REGISTER) in both
                else:  # the hour that is left out in March, the one that comes twice in October
                    with pytest.raises(Unreadable, match="clocks went"):
                        moment_of(given, REGISTER)
        day += timedelta(days=1)


@pytest.mark.parametrize(("offset", "hour"), [("+01:00", 0), ("+00:00", 1)])
def test_the_repeated_hour_is_told_apart_by_its_offset(offset: str, hour: int) -> None:
    given = {"date": "2026-10-25", "time": "01:30:00", "utc_offset": offset}
    assert moment_of(given, REGISTER) == datetime(2026, 10, 25, hour, 30, tzinfo=UTC)


SOUND = dict.fromkeys(mapping.NAMES, "1") | {"utc_offset": "", "image": "IM-1"}


@pytest.mark.parametrize("name", mapping.NAMES)
@pytest.mark.parametrize("value", ["", "=1", "+1", "@1", "<1", "a<b", "a=b", "é\x7f", "x" * 400, "A1"])
def test_a_row_seen_at_once_to_be_sound_has_no_value_that_a_close_look_finds_wrong(
    name: str, value: str
) -> None:
    row = SOUND | {name: value}
    wrong = any(mapping._wrong_as_text(each, text) for each, text in row.items())
    assert not (mapping._plainly_sound(row) and wrong)


CHANGES = {
    "row": 2, "offence_at": RECEIVED - timedelta(days=9), "offence_on": date(2026, 11, 3),
    "registration_mark": "QX27 RTL", "device_code": "NM2", "sequence": "7", "site_code": "S2", "location": "Elsewhere",
    "road_kind": "motorway", "limit_mph": 40, "recorded_mph": 51, "secondary_mph": 50, "vehicle_class": "goods",
    "offence_codes": ("RR84222",), "image_reference": "IM-2", "warned_at_time": True, "source": "stop",
    "limit_changed_seconds_ago": 30,
}  # fmt: skip


@pytest.mark.parametrize("name", Detection._fields)
def test_detections_that_count_as_alike_give_the_law_the_same_facts(name: str) -> None:
    one = Detection(
        row=1, offence_at=RECEIVED - timedelta(hours=3), offence_on=date(2026, 12, 1), registration_mark="QX26 RTL",
        device_code="NM1", sequence="1", site_code="S1", location="Somewhere", road_kind="built-up", limit_mph=30,
        recorded_mph=41, secondary_mph=41, vehicle_class="car", offence_codes=("RR84221",),
    )  # fmt: skip
    other = one._replace(**{name: CHANGES[name]})
    told = [facts.detection_facts(each, None) for each in (one, other)]
    moments = [each.pop("offence_at").date() for each in told]
    alike = likeness(one, None) == likeness(other, None)
    if name == "offence_at":  # the moment moves with its day, which is part of the likeness
        other = other._replace(offence_on=moments[1])
        assert likeness(one, None) != likeness(other, None)
    elif alike:
        assert told[0] == told[1]
    certificate = (date(2026, 1, 1), date(2027, 1, 1))
    assert likeness(one, certificate) != likeness(one, None)


@given(start=st.binary(min_size=1, max_size=400))
@example(start=b"date,device\rmark,site\r1,2")
@example(start=b"\x8a\x1d\r\x07\xf3,\n\x00")
@example(start=b"a" * 200_000)
def test_whatever_the_first_bytes_are_a_file_is_read_or_refused_with_its_reason(start: bytes) -> None:
    said = "It is read."
    try:
        if file.format_of(start) == "csv":
            file.heading(start.split(b"\n", 1)[0].decode("utf-8", "replace"))
    except FileRefused as refusal:
        said = str(refusal)
    assert said.endswith(".")
