"""Stored bytes, letters and print runs.

A letter in a print run is its run, page range, data and template version; the single accessible copy beside it is
marked as a copy. A blob goes with its last document.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class Blob(models.Model):
    """Bytes kept once, by their SHA-256."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=80)
    # When they were found clean, or made by ourselves; without it a scanner looks before anybody else does.
    cleared_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.sha256[:12]


class LeavingFile(models.Model):
    """A file whose record is gone and which is itself to be taken away: by its hash, or its print run's reference."""

    kind = models.CharField(max_length=10, choices=[("blob", "stored bytes"), ("printer", "the printer's folder")])
    name = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.kind} {self.name[:12]}"


class Document(models.Model):
    """Stored bytes of one matter, received or produced."""

    matter = models.ForeignKey("matters.Matter", on_delete=models.CASCADE, related_name="documents")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=160)
    direction = models.CharField(max_length=8, choices=[("received", "received"), ("produced", "produced")])
    at = models.DateTimeField()
    is_copy = models.BooleanField(default=False)
    letter = models.ForeignKey("Letter", null=True, on_delete=models.SET_NULL, related_name="copies")

    def __str__(self) -> str:
        return self.title


class PrintRun(models.Model):
    """Letters of one kind produced together, handed to the printer together and posted together."""

    reference = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=120)
    template = models.CharField(max_length=60)
    template_version = models.IntegerField()
    status = models.CharField(max_length=20, default="producing")
    run = models.OneToOneField("runs.Run", null=True, on_delete=models.PROTECT, related_name="print_run")
    force = models.ForeignKey("reference.Force", on_delete=models.PROTECT)
    chosen = models.IntegerField(default=0)
    receipt_promised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField()
    handed_over_at = models.DateTimeField(null=True)
    posted_on = models.DateField(null=True)
    reprint_reason = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.reference


class PrintPart(models.Model):
    """One produced part of a print run: the PDF of one chunk, kept by its hash."""

    print_run = models.ForeignKey(PrintRun, on_delete=models.CASCADE, related_name="parts")
    number = models.IntegerField()
    blob = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT)
    sha256 = models.CharField(max_length=64)
    pages = models.IntegerField()
    letters = models.IntegerField()
    produced_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["print_run", "number"], name="print_part_once")]

    def __str__(self) -> str:
        return f"part {self.number}"


class Letter(models.Model):
    """One letter of a print run, or one that could not go in (held or refused, with the reason)."""

    print_run = models.ForeignKey(PrintRun, on_delete=models.PROTECT, related_name="letters")
    matter = models.ForeignKey("matters.Matter", on_delete=models.CASCADE, related_name="letters")
    recipient = models.ForeignKey("parties.Party", null=True, on_delete=models.CASCADE)
    kind = models.CharField(max_length=40)
    reason = models.CharField(max_length=40, default="first")
    state = models.CharField(
        max_length=12,
        choices=[
            ("produced", "Produced"),
            ("posted", "Posted"),
            ("held", "Held"),
            ("refused", "Refused"),
            ("withdrawn", "Withdrawn"),
        ],
    )
    why = models.CharField(max_length=300, blank=True)
    remedy = models.CharField(max_length=300, blank=True)
    part = models.IntegerField(null=True)
    page_from = models.IntegerField(null=True)
    page_to = models.IntegerField(null=True)
    data = models.JSONField(default=dict)
    produced_at = models.DateTimeField(null=True)
    posted_on = models.DateField(null=True)

    class Meta:
        constraints = [
            # What must happen once is unique in the database: one first notice to one person on one matter.
            models.UniqueConstraint(
                fields=["matter", "kind", "recipient", "reason"],
                name="letter_once",
                condition=Q(state__in=["produced", "posted"]),
            )
        ]
        indexes = [models.Index(fields=["print_run", "part", "page_from"], name="letter_in_part")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
