"""Clocks on a subject of a matter. Dates are computed by `law`, never typed."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Case, F, Q, When


class Working(models.Model):
    """A finding as law gave it: facts, sentences, steps, authority, confidence. Kept once, whoever it is told to.

    Matters of one day share it: it says nothing of anybody. Its id is the hash of its content.
    """

    id = models.UUIDField(primary_key=True)
    content = models.JSONField()

    def __str__(self) -> str:
        return f"{self.content['rule_id']} {self.content['act_by']}"


class Deadline(models.Model):
    """One clock: by when, what is lost, who moves when it runs out, and the working that shows the count."""

    matter = models.ForeignKey(
        "matters.Matter",
        on_delete=models.CASCADE,
        related_name="deadlines",
        db_constraint=False,
        db_index=False,  # the constraint below begins with it
    )
    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    subject_label = models.CharField(max_length=80)
    rule_id = models.CharField(max_length=40)
    act_by = models.DateField()
    outer_limit = models.DateField()
    produce_by = models.DateField(null=True)
    post_by = models.DateField(null=True)
    consequence = models.CharField(max_length=12)
    state = models.CharField(
        max_length=10,
        default="running",
        choices=[
            ("running", "Running"),
            ("met", "Met"),
            ("missed", "Missed"),
            ("stopped", "Stopped"),
            ("superseded", "Superseded"),
        ],
    )
    mover = models.CharField(max_length=40, help_text="the flow that acts when the day has passed")
    told = models.ForeignKey(
        Working, on_delete=models.PROTECT, db_index=False, related_name="+", db_constraint=False
    )
    law_version = models.CharField(max_length=20)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    proof = models.JSONField(default=dict)
    replaced_by = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, db_index=False, db_constraint=False
    )

    class Meta:
        indexes = [
            models.Index(fields=["act_by", "id"], condition=Q(state="running"), name="deadline_running"),
            models.Index(
                fields=["replaced_by"], condition=Q(replaced_by__isnull=False), name="deadline_replacing"
            ),
        ]
        constraints = [
            # One running clock a rule and subject, however many ended; one index serves this and every look-up.
            models.UniqueConstraint(
                F("matter"),
                F("subject_kind"),
                F("subject_id"),
                F("rule_id"),
                Case(When(state="running", then=0), default=F("id"), output_field=models.BigIntegerField()),
                name="one_running_clock_a_rule",
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} {self.act_by}"

    @property
    def working(self) -> dict[str, Any]:
        """The finding as law gave it when this clock started; questions fetch it with `select_related("told")`."""
        content: dict[str, Any] = self.told.content
        return content
