"""Traffic: devices and sites, incidents with their allegations, and s.172 requirements."""

from __future__ import annotations

from django.db import models


class Site(models.Model):
    """A place where a device stands: its road, its limit, its direction."""

    force = models.ForeignKey("reference.Force", on_delete=models.PROTECT)
    code = models.CharField(max_length=12, unique=True)
    location = models.CharField(max_length=120)
    limit_mph = models.SmallIntegerField()
    road_kind = models.CharField(max_length=20, default="built-up")
    offence_code = models.CharField(max_length=8, help_text="what exceeding the limit here is charged as")

    def __str__(self) -> str:
        return f"{self.code} {self.location}"


class Device(models.Model):
    """A camera or speed meter of an approved type (RTOA 1988 s.20)."""

    code = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=30)
    approval = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.code


class DeviceCertificate(models.Model):
    """A calibration certificate: in force from a day until (not including) another."""

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="certificates")
    valid_from = models.DateField()
    valid_until = models.DateField()

    def __str__(self) -> str:
        return f"{self.device_id} to {self.valid_until}"


class Incident(models.Model):
    """One incident against one vehicle or stopped person: the traffic facts of a matter."""

    matter = models.OneToOneField(
        "matters.Matter",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="incident",
        db_constraint=False,
    )
    source = models.CharField(max_length=12, choices=[("camera", "camera"), ("stop", "stop")])
    offence_at = models.DateTimeField()
    location = models.CharField(max_length=160)
    site = models.ForeignKey(Site, null=True, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    device = models.ForeignKey(
        Device, null=True, on_delete=models.PROTECT, db_index=False, db_constraint=False
    )
    sequence = models.CharField(max_length=20, blank=True)
    registration_mark = models.CharField(max_length=12)
    limit_mph = models.SmallIntegerField(null=True)
    recorded_mph = models.SmallIntegerField(null=True)
    secondary_mph = models.SmallIntegerField(null=True)
    vehicle_class = models.CharField(max_length=30)
    warned_at_time = models.BooleanField(default=False)
    image_reference = models.CharField(max_length=80, blank=True)
    intake_file_id = models.BigIntegerField(null=True)
    intake_row = models.IntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["device", "offence_at"], name="incident_of_device")]

    def __str__(self) -> str:
        return f"incident of matter {self.matter_id}"


class DetectionKey(models.Model):
    """What makes a detection the same detection: taken once, whoever comes first."""

    fingerprint = models.BinaryField(max_length=16, primary_key=True)
    sequence = models.CharField(max_length=20)
    matter_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return bytes(self.fingerprint).hex()


class Allegation(models.Model):
    """One alleged offence of an incident, with its own life, clocks and decisions."""

    incident = models.ForeignKey(
        Incident, on_delete=models.CASCADE, related_name="allegations", db_index=False, db_constraint=False
    )
    number = models.SmallIntegerField()
    offence_code = models.CharField(max_length=8)
    title = models.CharField(max_length=160)
    detail = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=20, default="alleged")
    ended_reason = models.CharField(max_length=40, blank=True)
    nip_needed = models.BooleanField()
    limit_rule = models.CharField(max_length=40)
    accused = models.ForeignKey(
        "parties.Party", null=True, on_delete=models.SET_NULL, db_index=False, db_constraint=False
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "number"], name="allegation_once")]

    def __str__(self) -> str:
        return f"allegation {self.number}"


class Requirement(models.Model):
    """A requirement under RTA 1988 s.172 to say who drove: one hop of the chain, one addressee."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="requirements")
    hop = models.SmallIntegerField()
    addressee = models.ForeignKey("parties.Party", on_delete=models.CASCADE)
    letter = models.ForeignKey("documents.Letter", null=True, on_delete=models.SET_NULL)
    served_on = models.DateField(null=True)
    how_served = models.CharField(max_length=20, blank=True)
    reply_by = models.DateField(null=True)
    state = models.CharField(
        max_length=12,
        default="produced",
        choices=[
            ("produced", "Produced"),
            ("served", "Served"),
            ("defaulted", "No reply"),
            ("answered", "Answered"),
        ],
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "hop"], name="requirement_hop_once")]

    def __str__(self) -> str:
        return f"hop {self.hop}"
