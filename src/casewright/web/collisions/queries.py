"""A collision as its matter's page shows it: the report, its vehicles and its casualties in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from casewright.areas.collisions.models import Casualty, Collision, CollisionVehicle

# STATS19 code lists, as the Department for Transport publishes them with the road safety data.
SEVERITY = {1: "Fatal", 2: "Serious", 3: "Slight"}
CASUALTY_CLASS = {1: "Driver or rider", 2: "Passenger", 3: "Pedestrian"}
MOST = 50


@dataclass(frozen=True, slots=True)
class Hurt:
    """One casualty in words."""

    number: int
    who: str
    severity: str
    vehicle: int


@dataclass(frozen=True, slots=True)
class Report:
    """One collision report in words; counts as stated beside counts as received."""

    index: str
    happened_at: datetime
    severity: str
    speed_limit: int | None
    vehicles_stated: int
    vehicles: tuple[int, ...]
    casualties_stated: int
    casualties: tuple[Hurt, ...]


def report_of(matter_id: int) -> Report | None:
    """The report on a collision matter: three statements; None for any other matter."""
    found = Collision.objects.filter(matter_id=matter_id).first()
    if found is None:
        return None
    vehicles = CollisionVehicle.objects.filter(collision=found).order_by("vehicle_reference")[:MOST]
    hurt = Casualty.objects.filter(collision=found).order_by("casualty_reference")[:MOST]
    return Report(
        found.collision_index,
        found.happened_at,
        SEVERITY.get(found.severity, f"code {found.severity}"),
        found.speed_limit,
        found.vehicles_stated,
        tuple(vehicles.values_list("vehicle_reference", flat=True)),
        found.casualties_stated,
        tuple(_hurt(each) for each in hurt),
    )


def _hurt(each: Casualty) -> Hurt:
    who = CASUALTY_CLASS.get(each.casualty_class, f"code {each.casualty_class}")
    return Hurt(
        each.casualty_reference,
        who,
        SEVERITY.get(each.severity, f"code {each.severity}"),
        each.vehicle_reference,
    )
