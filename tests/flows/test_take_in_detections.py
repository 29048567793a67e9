"""Bad input: every row is accepted, held, refused or known already, with field, value, reason and remedy."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import HealthCheck
from hypothesis import given as property_of
from hypothesis import settings as property_settings
from hypothesis import strategies as st
from tests import given

from casewright.foundation.matters.models import Matter
from casewright.foundation.messages.actions import FileRefused
from casewright.foundation.messages.models import HeldItem, IntakeRow
from casewright.interfaces.cameras import generator

pytestmark = pytest.mark.django_db


@pytest.fixture
def force():
    return given.a_unit()


def read(content: bytes, force, day=given.MONDAY, name="detections.csv"):
    with given.on(day):
        return given.account(given.give(content, force=force, name=name))


@pytest.mark.parametrize(
    ("changed", "outcome", "field", "words"),
    [
        ({"date": "2026-11-31"}, "held", "date", "November 2026 has 30 days"),
        ({"date": "31/11/2026"}, "held", "date", "November 2026 has 30 days"),
        ({"date": "29/02/2026"}, "held", "date", "February 2026 has 28 days"),
        ({"date": "22.11.26"}, "held", "date", "not a date"),
        ({"date": "2026-11-24"}, "held", "date", "later than its upload"),
        ({"date": "2025-11-01"}, "held", "date", "more than a year old"),
        ({"time": "24:00:00"}, "held", "time", "not a time"),
        ({"time": ""}, "held", "time", "empty"),
        ({"mark": ""}, "held", "mark", "empty"),
        ({"mark": "QX2B RTL"}, "held", "mark", "QX28 RTL would fit"),
        ({"mark": "=cmd()"}, "held", "mark", "characters"),
        ({"mark": "<b>QX26"}, "held", "mark", "characters"),
        ({"mark": "QX26 RTL QX26 RTL"}, "held", "mark", "17 characters"),
        ({"device": "NM9999"}, "held", "device", "No device"),
        ({"device": generator.EXPIRED_DEVICE}, "held", "device", "certificate ended"),
        ({"site": "9999"}, "held", "site", "No site"),
        ({"speed": "30"}, "held", "speed", "does not exceed"),
        ({"speed": "fast"}, "held", "speed", "whole number"),
        ({"speed": "٤٧"}, "held", "speed", "whole number"),
        ({"speed": ""}, "held", "speed", "No speed was read"),
        ({"limit": "35"}, "held", "limit", "no such speed limit"),
        ({"offences": "XX99999"}, "held", "offences", "No offence"),
        ({"offences": "RR84235"}, "accepted", "", ""),
        ({"vehicle_class": "hovercraft"}, "held", "vehicle_class", "no such class"),
        ({"utc_offset": "+99:99"}, "held", "utc_offset", "contradicts itself"),
        ({"utc_offset": "+01:00"}, "held", "utc_offset", "London was at +00:00 then, not +01:00"),
        ({"image": "-2+3"}, "held", "image", "characters"),
        ({"sequence": "-1"}, "held", "sequence", "characters"),
        ({"utc_offset": "+00:00"}, "accepted", "", ""),
        ({"source": "tip-off"}, "held", "source", "camera or stop"),
        ({"image": "x" * 3000}, "refused", "row", "characters"),
        ({"image": "y" * 100}, "held", "image", "100 characters"),
        ({"sequence": "1\x00"}, "held", "sequence", "characters"),
    ],
)  # fmt: skip
def test_each_fault_is_named_with_its_field_value_reason_and_remedy(
    force, changed, outcome, field, words
) -> None:
    told = read(given.csv_of([given.row(**changed), given.row(sequence="2", time="15:00:00")]), force)
    assert told["received"] == 2
    if outcome == "accepted":
        assert told["accepted"] == 2
        return
    assert (told["accepted"], told[outcome]) == (1, 1)
    (item,) = told["rows"]
    assert (item["row"], item["outcome"], item["field"]) == (2, outcome, field)
    assert words in item["reason"]
    assert item["remedy"]


def test_the_hour_that_comes_twice_in_october_is_held_until_it_says_which(force) -> None:
    twice = {"date": "2026-10-25", "time": "01:30:00"}
    told = read(given.csv_of([given.row(**twice), given.row(**twice, utc_offset="+01:00", sequence="2"),
                              given.row(**twice, utc_offset="+00:00", sequence="3")]), force)  # fmt: skip
    assert [(i["field"], "twice" in i["reason"]) for i in told["rows"]] == [("utc_offset", True)]
    assert told["accepted"] == 2
    first, second = Matter.objects.order_by("incident__offence_at").values_list(
        "incident__offence_at", flat=True
    )
    assert (second - first).total_seconds() == 3600


def test_the_hour_that_does_not_come_in_march_is_held(force) -> None:
    told = read(given.csv_of([given.row(date="2026-03-29", time="01:30:00")]), force)
    assert "did not happen" in told["rows"][0]["reason"]


def test_a_file_cut_off_in_the_middle_of_a_row_refuses_that_row_alone(force) -> None:
    content = given.csv_of([given.row(), given.row(sequence="2", time="15:00:00")])
    told = read(content[:-60], force)
    assert (told["accepted"], told["refused"]) == (1, 1)
    assert "cut off" in told["rows"][0]["remedy"]


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(force) -> None:
    told = read(b"\xef\xbb\xbf" + given.csv_of([given.row()]).replace(b"\n", b"\r\n"), force)
    assert told["accepted"] == 1


def test_columns_in_another_order_are_read_by_their_names(force) -> None:
    row = given.row()
    names = sorted(row, reverse=True)
    content = (",".join(names) + "\n" + ",".join(row[n] for n in names) + "\n").encode()
    assert read(content, force)["accepted"] == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"   \n\n", "empty"),
        ("device,mark\n".encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04\x00\x00" + b"\x00" * 50, "not a text file"),
        (b"device,mark\nNM0411,QX26 RTL\n", "missing: date"),
        (given.csv_of([]).replace(b"image", b"picture"), "not known: picture"),
        (given.csv_of([]).replace(b"image", b"speed"), "twice: speed"),
    ],
)
def test_a_file_that_cannot_be_taken_in_at_all_is_refused_in_one_sentence(force, content, words) -> None:
    with given.on(given.MONDAY), pytest.raises(FileRefused, match=words):
        given.give(content, force=force)
    assert not IntakeRow.objects.exists()


def test_a_heading_without_rows_is_a_file_of_nothing(force) -> None:
    assert read(given.csv_of([]), force)["received"] == 0


def test_the_same_row_twice_is_one_matter_and_one_duplicate(force) -> None:
    told = read(given.csv_of([given.row(), given.row()]), force)
    assert (told["accepted"], told["duplicate"]) == (1, 1)
    assert Matter.objects.count() == 1


def test_the_same_file_again_and_shuffled_is_all_duplicates(force) -> None:
    rows = list(generator.rows(60, last_day=given.MONDAY.replace(day=22), seed=5))
    first = read(given.csv_of(rows), force)
    random.Random(1).shuffle(rows)
    again = read(given.csv_of(rows), force)
    assert first["accepted"] == 60
    assert (again["accepted"], again["duplicate"]) == (0, 60)
    assert Matter.objects.count() == 60


def test_a_doubtful_row_given_again_is_held_once_in_one_file_and_in_another(force) -> None:
    """A clerk who gives the same file twice finds nothing more to mend than before."""
    doubtful, sound = given.row(date="2026-11-31"), given.row(sequence="2", time="15:00:00")
    first = read(given.csv_of([doubtful, sound, doubtful]), force)
    assert (first["accepted"], first["held"], first["duplicate"]) == (1, 1, 1)
    again = read(given.csv_of([doubtful, sound, doubtful]), force)
    assert (again["accepted"], again["held"], again["duplicate"]) == (0, 0, 3)
    as_json = json.dumps({k: v for k, v in doubtful.items() if v}).encode()
    assert read(as_json, force)["duplicate"] == 1
    assert HeldItem.objects.get().row_number == 2


def test_a_doubtful_row_that_differs_in_one_field_is_held_beside_the_first(force) -> None:
    rows = [given.row(date="2026-11-31"), given.row(date="2026-11-31", time="14:07:32")]
    assert read(given.csv_of(rows), force)["held"] == 2


def test_a_row_cut_off_is_refused_each_time_it_comes(force) -> None:
    cut = given.csv_of([given.row()])[:-30] + b"\n"
    assert (read(cut, force)["refused"], read(cut, force)["refused"]) == (1, 1)
    assert not HeldItem.objects.filter(state="held").exists()


def test_the_same_moment_and_mark_under_another_number_is_held_for_a_person(force) -> None:
    told = read(given.csv_of([given.row(), given.row(sequence="00000002")]), force)
    assert (told["accepted"], told["held"]) == (1, 1)
    assert "same detection twice" in told["rows"][0]["remedy"]


def test_json_lines_and_a_json_array_say_the_same_as_csv(force) -> None:
    rows = list(generator.rows(20, last_day=given.MONDAY.replace(day=22), seed=6))
    as_lines = b"".join(generator.as_json_lines(rows[:10]))
    as_array = json.dumps(rows[10:], indent=1).encode()
    assert read(as_lines, force, name="a.jsonl")["accepted"] == 10
    assert read(as_array, force, name="a.json")["accepted"] == 10


def test_a_json_array_that_breaks_off_refuses_what_is_broken_and_keeps_the_rest(force) -> None:
    rows = list(generator.rows(3, last_day=given.MONDAY.replace(day=22), seed=7))
    told = read(json.dumps(rows).encode()[:-80], force, name="a.json")
    assert (told["accepted"], told["refused"]) == (2, 1)


@pytest.mark.parametrize(
    ("sign", "outcome", "words"),
    [
        ("\\ud800", "refused", "Half a character"),
        ("\\uDC00", "refused", "Half a character"),
        ("\\u0000", "held", "characters that do not belong"),
        ("\\u202e", "held", "characters that do not belong"),
    ],
)
def test_a_sign_that_no_table_holds_stops_its_own_row_alone(
    force, sign: str, outcome: str, words: str
) -> None:
    """JSON can write half a character and a NUL, in a value and in a name."""
    bad = json.dumps({**given.row(), "mark": "QX26?", "more?": "1"}).replace("?", sign).encode()
    sound = json.dumps(given.row(sequence="2", time="15:00:00")).encode()
    told = read(bad + b"\n" + sound, force)
    assert (told["accepted"], told[outcome]) == (1, 1)
    assert words in told["rows"][0]["reason"]


def test_json_that_is_not_flat_is_refused(force) -> None:
    told = read(b'{"mark": {"is": "nested"}}\n[1,2]\n{"a": 1' + b"\n", force, name="a.jsonl")
    assert told["refused"] == 3


@property_settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@property_of(st.binary(max_size=400))
def test_whatever_bytes_come_the_counts_add_up(force, junk: bytes) -> None:
    told = read(given.csv_of([given.row()]) + junk, force)
    assert told["not_yet_read"] == 0
    assert told["received"] >= 1


def test_counts_add_up_over_several_chunks_with_planted_faults(force) -> None:
    rows = list(generator.rows(4500, last_day=given.MONDAY.replace(day=22), seed=8))
    tomorrow = given.MONDAY.replace(day=24)
    lines = generator.with_faults(rows, 140, seed=9, tomorrow=tomorrow)
    told = read(generator.header() + b"".join(lines), force)
    assert told["received"] == 4500
    assert told["held"] + told["refused"] + told["duplicate"] == 140
    assert Matter.objects.count() == told["accepted"] == 4360
    assert HeldItem.objects.filter(state="held").count() == told["held"]
