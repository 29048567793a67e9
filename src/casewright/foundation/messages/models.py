"""Everything that crosses to or from another system: kept before it is understood, counted, never lost."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class Message(models.Model):
    """One message. Idempotent by (interface, direction, external id)."""

    interface = models.CharField(max_length=20)
    direction = models.CharField(max_length=3, choices=[("in", "in"), ("out", "out")])
    kind = models.CharField(max_length=40)
    external_id = models.CharField(max_length=80)
    matter_id = models.BigIntegerField(null=True)
    body = models.TextField()
    state = models.CharField(
        max_length=12,
        default="queued",
        choices=[
            ("queued", "Queued"),
            ("answered", "Answered"),
            ("understood", "Understood"),
            ("held", "Held"),
            ("given_up", "Given up"),
        ],
    )
    attempts = models.IntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["interface", "direction", "external_id"], name="message_once")
        ]
        indexes = [
            models.Index(
                fields=["interface", "next_attempt_at"],
                condition=Q(state="queued", direction="out"),
                name="message_to_send",
            ),
            models.Index(fields=["matter_id"], name="message_of_matter"),
            models.Index(
                fields=["settled_at"], condition=Q(direction="out", state="answered"), name="message_answered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.interface} {self.direction} {self.external_id}"


class InterfaceState(models.Model):
    """What is known of one outside system: when it last answered, what it last said."""

    name = models.CharField(max_length=20, primary_key=True)
    last_good_at = models.DateTimeField(null=True)
    last_bad_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)
    pause_until = models.DateTimeField(null=True)
    failures_in_a_row = models.IntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class Outcome(models.TextChoices):
    """What became of a row. Received is always the sum of these and of what is not yet read."""

    ACCEPTED = "accepted", "Accepted"
    HELD = "held", "Held, to mend"
    REFUSED = "refused", "Refused"
    DUPLICATE = "duplicate", "Duplicate"


class IntakeFile(models.Model):
    """A file given to the unit. Its bytes are kept before they are read."""

    reference = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    format = models.CharField(max_length=8)
    header = models.JSONField(default=list)
    blob = models.ForeignKey("documents.Blob", on_delete=models.PROTECT, related_name="+")
    lines = models.ForeignKey(
        "documents.Blob",
        on_delete=models.PROTECT,
        related_name="+",
        help_text="one record a line: the file itself, or a JSON array written out in lines",
    )
    sha256 = models.CharField(
        max_length=64, help_text="of the file as received, kept even after a line is struck out"
    )
    size = models.BigIntegerField()
    rows = models.IntegerField()
    force = models.ForeignKey("reference.Force", on_delete=models.PROTECT)
    run = models.OneToOneField("runs.Run", null=True, on_delete=models.PROTECT, related_name="intake_file")
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    same_as = models.ForeignKey("self", null=True, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return self.reference

    @property
    def title_of_reading(self) -> str:
        """What the run that reads it is called."""
        return f"Reading {self.reference}, {self.name}"[:160]


class IntakeRow(models.Model):
    """What became of one row of a file: exactly one outcome, and where it went."""

    pk = models.CompositePrimaryKey("file_id", "number")
    file = models.ForeignKey(IntakeFile, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    number = models.IntegerField()
    outcome = models.CharField(max_length=9, choices=Outcome.choices)
    matter_id = models.BigIntegerField(null=True)
    repeats_id = models.BigIntegerField(
        null=True, help_text="the held row of which this one says the same again"
    )

    class Meta:
        indexes = [
            models.Index(fields=["repeats_id"], condition=Q(repeats_id__isnull=False), name="row_repeats")
        ]

    def __str__(self) -> str:
        return f"row {self.number}: {self.outcome}"


class HeldItem(models.Model):
    """What could not be understood or may not be: field, value, reason and remedy, to be mended and replayed."""

    interface = models.CharField(max_length=20)
    file = models.ForeignKey(IntakeFile, null=True, on_delete=models.CASCADE, related_name="held_items")
    row_number = models.IntegerField(null=True)
    message = models.ForeignKey(Message, null=True, on_delete=models.CASCADE)
    matter_id = models.BigIntegerField(null=True)
    raw = models.TextField()
    values = models.JSONField(default=dict)
    field = models.CharField(max_length=40)
    value = models.CharField(max_length=200)
    reason = models.CharField(max_length=300)
    remedy = models.CharField(max_length=300)
    cause = models.CharField(max_length=40, help_text="rows with the same cause are mended alike")
    state = models.CharField(
        max_length=10,
        default="held",
        choices=[("held", "Held"), ("replayed", "Replayed"), ("refused", "Refused")],
    )
    held_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_why = models.CharField(max_length=300, blank=True)
    retain_until = models.DateField(
        null=True, help_text="its last day; null where it goes with the matter it is about"
    )
    emptied_at = models.DateTimeField(
        null=True, help_text="when what it said was removed, its last day passed"
    )
    same_mark = models.BinaryField(
        null=True,
        help_text="hash of what a row says; empty once a person refused it, so that it may come again",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "row_number"], name="held_row_once"),
            models.UniqueConstraint(fields=["same_mark"], name="held_same_once"),
        ]
        indexes = [
            models.Index(fields=["state", "file", "row_number"], name="held_worklist"),
            models.Index(fields=["matter_id"], condition=Q(matter_id__isnull=False), name="held_of_matter"),
            models.Index(
                fields=["retain_until"],
                condition=Q(matter_id__isnull=True, emptied_at__isnull=True),
                name="held_last_day",
            ),
            models.Index(
                fields=["emptied_at"],
                condition=Q(emptied_at__isnull=False, message__isnull=False),
                name="held_answer_emptied",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.reason}"
