"""Matters: anything the unit owns and must finish. One narrow table under every worklist, search and right."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast, Coalesce


class Consequence(models.IntegerChoices):
    """What is lost when the next day passes, worst first: the second part of the rank."""

    LIBERTY = 0, "Release"
    BAR = 1, "Bars conviction"
    COURT_RULE = 2, "Court may refuse"
    EXTENDABLE = 3, "Can be extended"
    POLICY = 4, "Unit's own target"


class MatterStatus(models.Model):
    """The (kind, status) table that a matter's status is checked against."""

    kind = models.CharField(max_length=20)
    status = models.CharField(max_length=30)
    title = models.CharField(max_length=60)
    closes = models.BooleanField(default=False)
    waits = models.BooleanField(default=False, help_text="waiting on someone outside")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "status"], name="status_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.title}"


class Matter(models.Model):
    """One matter. Its kind's own facts hang on it one-to-one in their area."""

    reference = models.CharField(
        max_length=20
    )  # unique by the constraint below: found whole, never by its beginning
    kind = models.CharField(max_length=20)
    status = models.CharField(max_length=30)
    title = models.CharField(max_length=200)
    force = models.ForeignKey(
        "reference.Force", on_delete=models.PROTECT, db_index=False, db_constraint=False
    )
    team = models.ForeignKey("people.Team", null=True, on_delete=models.PROTECT, db_index=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    queue = models.CharField(max_length=40, blank=True)
    sensitivity = models.CharField(
        max_length=12, default="ordinary", choices=[("ordinary", "Ordinary"), ("restricted", "Restricted")]
    )
    next_act = models.CharField(max_length=120, blank=True)
    next_act_by = models.DateField(null=True)
    next_lead_days = models.PositiveSmallIntegerField(default=5, help_text="days the work itself needs")
    # Kept, so that a worklist reads what is due from an index however much is not (PostgreSQL reckons it).
    next_start_on = models.GeneratedField(
        expression=Coalesce(
            Func(F("next_act_by"), Cast("next_lead_days", models.IntegerField()), arg_joiner=" - ",
                 template="(%(expressions)s)"),
            Value(date.max),
        ),
        output_field=models.DateField(),
        db_persist=True,
        help_text="the last day to begin the work; the last day there is where no day is set",
    )  # fmt: skip
    next_consequence = models.SmallIntegerField(choices=Consequence.choices, default=Consequence.POLICY)
    next_flag = models.CharField(max_length=40, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_reason = models.CharField(max_length=40, blank=True)
    retain_until = models.DateField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="matter_reference_once"),
            # An open matter has an owner or a queue, and a next action: nothing is ever left lying.
            models.CheckConstraint(
                name="open_matter_has_owner_and_next_act",
                condition=Q(closed_at__isnull=False)
                | (~Q(next_act="") & (Q(owner__isnull=False) | ~Q(queue=""))),
            ),
            models.CheckConstraint(
                name="closed_matter_has_reason", condition=Q(closed_at__isnull=True) | ~Q(closed_reason="")
            ),
        ]
        indexes = [
            models.Index(
                F("owner"),
                F("next_start_on"),
                F("id"),
                condition=Q(closed_at__isnull=True, owner__isnull=False),
                name="matter_of_owner",
            ),
            models.Index(
                F("queue"),
                F("next_start_on"),
                F("id"),
                condition=Q(closed_at__isnull=True),
                name="matter_in_queue",
            ),
            models.Index(F("next_start_on"), F("id"), condition=Q(closed_at__isnull=True), name="matter_open"),
            models.Index(
                F("kind"),
                F("status"),
                F("next_act_by"),
                F("id"),
                condition=Q(closed_at__isnull=True),
                name="matter_by_status",
            ),
            # Costs nothing but where a matter is restricted: counts leave these out (rights.hidden_from).
            models.Index(F("id"), condition=Q(sensitivity="restricted"), name="matter_restricted"),
            models.Index(F("retain_until"), condition=Q(retain_until__isnull=False), name="matter_retained"),
        ]

    def __str__(self) -> str:
        return self.reference


class Link(models.Model):
    """Two matters that belong together, and how."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="links")
    other = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="+")
    how = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "other", "how"], name="link_once")]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.how} {self.other_id}"


class Note(models.Model):
    """A colleague's note on a matter."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(max_length=4000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"note {self.id}"


class SearchKey(models.Model):
    """A folded name a matter can be found by. References are found on the matter, marks on its vehicles.

    No foreign key in the database: keys are written in sets with their matter and go with it by `destroy`.
    """

    matter = models.ForeignKey(
        Matter, on_delete=models.CASCADE, related_name="search_keys", db_index=False, db_constraint=False
    )
    key = models.CharField(max_length=200)

    class Meta:
        indexes = [
            models.Index(fields=["key"], opclasses=["varchar_pattern_ops"], name="search_key_prefix"),
            models.Index(fields=["matter"], name="search_key_matter"),
        ]

    def __str__(self) -> str:
        return self.key


class SearchAsked(models.Model):
    """A search kept under an opaque id, so that no name or mark ever stands in an address."""

    id = models.UUIDField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    words = models.CharField(max_length=200)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)
