"""People, organisations and vehicles as recorded on one matter, and the identities that group them.

A party is never overwritten by another source: a second source makes a second party. That two parties are the same
person is said by an identity, on stated evidence, and can be taken back.
"""

from __future__ import annotations

from django.db import models


class Identity(models.Model):
    """A real person, organisation or vehicle, to which parties of several matters may belong."""

    kind = models.CharField(
        max_length=12,
        choices=[("person", "person"), ("organisation", "organisation"), ("vehicle", "vehicle")],
    )

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Party(models.Model):
    """A person or organisation as one source gave it for one matter."""

    matter = models.ForeignKey("matters.Matter", on_delete=models.CASCADE, related_name="parties")
    role = models.CharField(max_length=20)
    kind = models.CharField(max_length=12, default="person")
    name = models.CharField(max_length=200)
    address = models.JSONField(default=list, help_text="lines as given, last line the postcode")
    country = models.CharField(max_length=2, default="GB")
    born_on = models.DateField(null=True)
    language = models.CharField(max_length=2, default="en")
    source = models.CharField(max_length=40)
    source_message_id = models.BigIntegerField(null=True)
    identity = models.ForeignKey(
        Identity, null=True, on_delete=models.SET_NULL, related_name="parties", db_index=False
    )
    identity_evidence = models.CharField(max_length=200, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(
                fields=["identity"], condition=models.Q(identity__isnull=False), name="party_of_identity"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Vehicle(models.Model):
    """A vehicle as recorded on one matter."""

    matter = models.ForeignKey(
        "matters.Matter", on_delete=models.CASCADE, related_name="vehicles", db_constraint=False
    )
    registration_mark = models.CharField(max_length=12)
    make = models.CharField(max_length=40, blank=True)
    model = models.CharField(max_length=40, blank=True)
    colour = models.CharField(max_length=30, blank=True)
    vehicle_class = models.CharField(max_length=30, blank=True)
    source = models.CharField(max_length=40)
    identity = models.ForeignKey(
        Identity,
        null=True,
        on_delete=models.SET_NULL,
        related_name="vehicles",
        db_index=False,
        db_constraint=False,
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["registration_mark"], opclasses=["varchar_pattern_ops"], name="vehicle_mark_prefix"
            ),
            models.Index(
                fields=["identity"], condition=models.Q(identity__isnull=False), name="vehicle_of_identity"
            ),
        ]

    def __str__(self) -> str:
        return self.registration_mark
