"""Published collision reports: every row accounted for, both spellings of the columns, the six-month clock."""

from __future__ import annotations

import csv
import json
import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from tests import given
from typer.testing import CliRunner

from casewright.areas.collisions.models import Casualty, Collision, CollisionVehicle
from casewright.areas.deadlines.models import Deadline
from casewright.commands import intake, reference
from casewright.flows.import_collisions import import_folder
from casewright.foundation.matters.models import Matter
from casewright.foundation.messages.actions import FileRefused
from casewright.foundation.messages.models import HeldItem
from casewright.foundation.reference.models import Code

COLLISION = {
    "collision_index": "2026910001", "date": "14/06/2026", "time": "08:15", "collision_severity": "2",
    "number_of_vehicles": "3", "number_of_casualties": "1", "speed_limit": "30", "police_force": "91",
}  # fmt: skip
VEHICLES = [
    {"collision_index": "2026910001", "vehicle_reference": str(n), "vehicle_type": "9"} for n in (1, 2, 3)
]
CASUALTY = {"collision_index": "2026910001", "vehicle_reference": "2", "casualty_reference": "1",
            "casualty_class": "1", "casualty_severity": "2"}  # fmt: skip


def write(folder: Path, name: str, rows: list[dict[str, str]]) -> None:
    with (folder / f"{name}.csv").open("w", newline="") as file:
        table = csv.DictWriter(file, rows[0].keys())
        table.writeheader()
        table.writerows(rows)


def take_in(folder: Path, today: date = given.MONDAY) -> dict[str, dict[str, int]]:
    from casewright.foundation.reference.models import Force

    force = Force.objects.first() or given.a_unit()
    with given.on(today) as at:
        return import_folder(folder=folder, force_id=force.id, today=today, by=None, at=at)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "collisions", [COLLISION])
    write(tmp_path, "vehicles", VEHICLES)
    write(tmp_path, "casualties", [CASUALTY])
    return tmp_path


@pytest.mark.django_db
def test_a_collision_with_three_drivers_is_one_matter_with_its_six_months(folder) -> None:
    counts = take_in(folder)
    assert {name: told["written"] for name, told in counts.items()} == {
        "collisions": 1, "vehicles": 3, "casualties": 1}  # fmt: skip
    matter = Matter.objects.get()
    assert (matter.kind, matter.queue, matter.next_act_by) == ("collision", "collisions", date(2026, 12, 14))
    assert Deadline.objects.get().act_by == date(2026, 12, 14)


@pytest.mark.django_db
@pytest.mark.parametrize(("today", "status"), [(13, "received"), (14, "received"), (15, "time_barred")])
def test_a_report_that_comes_after_its_six_months_is_closed_as_time_barred(folder, today, status) -> None:
    take_in(folder, date(2026, 12, today))
    assert Matter.objects.get().status == status


@pytest.mark.django_db
def test_the_six_months_pass_and_the_matter_closes_with_its_reason(folder) -> None:
    take_in(folder)
    given.live_until(date(2026, 12, 14), after=given.MONDAY)
    assert Matter.objects.get().status == "received"
    given.live_until(date(2026, 12, 15), after=date(2026, 12, 14))
    assert (Matter.objects.get().status, Matter.objects.get().closed_reason) == (
        "time_barred",
        "TIME_BARRED_6M",
    )


@pytest.mark.django_db
def test_the_older_spelling_of_the_columns_says_the_same(tmp_path) -> None:
    old = {name.replace("collision_", "accident_"): value for name, value in COLLISION.items()}
    write(tmp_path, "accidents", [old])
    write(tmp_path, "vehicles", [{**v, "accident_index": v["collision_index"]} for v in VEHICLES])
    write(tmp_path, "casualties", [{**CASUALTY, "accident_index": CASUALTY["collision_index"]}])
    counts = take_in(tmp_path)
    assert counts["collisions"]["written"] == 1
    assert counts["vehicles"]["written"] == 3
    assert Collision.objects.get().collision_index == "2026910001"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "row", "field"),
    [
        ("collisions", {**COLLISION, "collision_index": ""}, "collision_index"),
        ("collisions", {**COLLISION, "collision_index": "2", "date": "31/11/2026"}, "date"),
        (
            "collisions",
            {**COLLISION, "collision_index": "2", "collision_severity": "4"},
            "collision_severity",
        ),
        ("collisions", COLLISION, "collision_index"),
        ("vehicles", {**VEHICLES[0], "collision_index": "nowhere"}, "collision_index"),
        ("vehicles", VEHICLES[0], "vehicle_reference"),
        ("casualties", {**CASUALTY, "casualty_reference": "one"}, "vehicle_reference"),
    ],
)
def test_a_row_that_cannot_be_taken_in_is_held_and_counted(folder, name, row, field) -> None:
    whole = {"collisions": [COLLISION], "vehicles": VEHICLES, "casualties": [CASUALTY]}[name]
    write(folder, name, [*whole, row])
    told = take_in(folder)[name]
    assert told["in the file"] == told["written"] + told["held"]
    assert told["held"] == 1
    assert HeldItem.objects.get().field == field


@pytest.mark.django_db
def test_a_folder_without_one_of_the_files_is_refused_by_name(folder) -> None:
    (folder / "vehicles.csv").unlink()
    with pytest.raises(FileRefused, match=r"vehicles\.csv"):
        take_in(folder)


@pytest.mark.reference_data
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_published_files_come_in_whole_and_the_same_again_changes_nothing() -> None:
    source = Path(os.environ["CASEWRIGHT_REFERENCE_DATA"]) / "stats19"
    given.a_unit()
    for _ in range(2):
        told = CliRunner().invoke(intake.app, ["collisions", str(source), "--json"])
        assert told.exit_code == 0, told.output
        counts = json.loads(told.output)
        for name, model in (
            ("collisions", Collision),
            ("vehicles", CollisionVehicle),
            ("casualties", Casualty),
        ):
            with (source / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
                rows = sum(1 for _ in csv.DictReader(file))
            assert counts[name]["in the file"] == rows == model.objects.count() > 2000


@pytest.mark.reference_data
@pytest.mark.django_db
def test_the_published_code_list_is_loaded_once(tmp_path) -> None:
    source = Path(os.environ["CASEWRIGHT_REFERENCE_DATA"])
    first = CliRunner().invoke(reference.app, ["load", str(source)])
    assert first.exit_code == 0, first.output
    count = Code.objects.count()
    assert Code.objects.get(list="stats19.collision.collision_severity", code="1").title == "Fatal"
    assert "0 new" in CliRunner().invoke(reference.app, ["load", str(source)]).output
    assert Code.objects.count() == count
    shutil.rmtree(tmp_path)
    assert CliRunner().invoke(reference.app, ["load", str(tmp_path)]).exit_code == 2
