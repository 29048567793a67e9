"""Collision reports (STATS19): a collision matter with its vehicles and casualties as recorded."""

from __future__ import annotations

from django.db import models


class Collision(models.Model):
    """One reported collision. Every column of the national file is kept as given; the ones we work with are typed."""

    matter = models.OneToOneField(
        "matters.Matter", on_delete=models.CASCADE, primary_key=True, related_name="collision"
    )
    collision_index = models.CharField(max_length=20, unique=True)
    happened_at = models.DateTimeField()
    severity = models.SmallIntegerField()
    vehicles_stated = models.SmallIntegerField()
    casualties_stated = models.SmallIntegerField()
    speed_limit = models.SmallIntegerField(null=True)
    police_force_code = models.CharField(max_length=4)
    columns = models.JSONField()

    def __str__(self) -> str:
        return self.collision_index


class CollisionVehicle(models.Model):
    """One vehicle of a collision, and its driver as recorded."""

    collision = models.ForeignKey(
        Collision, on_delete=models.CASCADE, related_name="vehicles", db_index=False
    )
    vehicle_reference = models.SmallIntegerField()
    vehicle_type = models.SmallIntegerField()
    columns = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["collision", "vehicle_reference"], name="vehicle_once")
        ]

    def __str__(self) -> str:
        return f"vehicle {self.vehicle_reference}"


class Casualty(models.Model):
    """One casualty of a collision."""

    collision = models.ForeignKey(
        Collision, on_delete=models.CASCADE, related_name="casualties", db_index=False
    )
    vehicle_reference = models.SmallIntegerField()
    casualty_reference = models.SmallIntegerField()
    casualty_class = models.SmallIntegerField()
    severity = models.SmallIntegerField()
    columns = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["collision", "vehicle_reference", "casualty_reference"], name="casualty_once"
            )
        ]

    def __str__(self) -> str:
        return f"casualty {self.casualty_reference}"
