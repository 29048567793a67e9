"""Choices with legal effect, kept with the facts and the law values used, so that they can be replayed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models.fields.json import KeyTransform


class Finding(models.Model):
    """What law said: options, rules that spoke, reasons and values. Kept once: decisions on like facts share it."""

    id = models.UUIDField(primary_key=True)
    content = models.JSONField()

    def __str__(self) -> str:
        return str(self.id)


class Decision(models.Model):
    """One decision on a matter and a subject: options, the one taken, who, why, and on what."""

    matter = models.ForeignKey(
        "matters.Matter", on_delete=models.CASCADE, related_name="decisions", db_constraint=False
    )
    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    subject_label = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    taken = models.CharField(max_length=40)
    taken_title = models.CharField(max_length=120)
    told = models.ForeignKey(
        Finding, on_delete=models.PROTECT, db_index=False, related_name="+", db_constraint=False
    )
    facts = models.JSONField()
    reasons = models.TextField(
        blank=True,
        help_text="a person's reasons, verbatim; empty where law alone decided and its finding gives them",
    )
    structure = models.JSONField(default=dict, help_text="the stages as a person answered them")
    awaits = models.CharField(max_length=20, blank=True, help_text="what wakes a provisional decision")
    review_on = models.DateField(
        null=True, help_text="the day a provisional decision is looked at again at the latest"
    )
    woken_at = models.DateTimeField(null=True, help_text="what was awaited has come")
    law_version = models.CharField(max_length=20)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    state = models.CharField(
        max_length=12,
        default="taken",
        choices=[("taken", "Taken"), ("provisional", "Provisional"), ("replaced", "Replaced")],
    )

    class Meta:
        indexes = [
            # a month of the monitor: rows come in the order of their time, so a few hundred bytes serve a year
            BrinIndex(fields=["at"], name="decision_at", autosummarize=True, pages_per_range=32),
            models.Index(
                fields=["review_on", "id"], condition=models.Q(state="provisional"), name="decision_to_review"
            ),
            # like cases: what people decided on the same offence, the newest first; what law decided is not in it
            models.Index(
                KeyTransform("offence_code", "facts"),
                models.F("id"),
                condition=models.Q(kind="allegation"),
                name="decision_of_offence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.taken}"

    @property
    def finding(self) -> dict[str, Any]:
        """What law said when it was taken; questions fetch it with `select_related("told")`."""
        content: dict[str, Any] = self.told.content
        return content

    @property
    def why(self) -> str:
        """The reasons in words: a person's own, else those that law gave."""
        return self.reasons or " ".join(self.finding["reasons"])
