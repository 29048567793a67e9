"""Choices with legal effect, kept with the facts and the law values used, so that they can be replayed."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Decision(models.Model):
    """One decision on a matter and a subject: options, the one taken, who, why, and on what."""

    matter = models.ForeignKey("matters.Matter", on_delete=models.CASCADE, related_name="decisions")
    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    subject_label = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    taken = models.CharField(max_length=40)
    taken_title = models.CharField(max_length=120)
    finding = models.JSONField(help_text="options, rules that spoke, reasons and values, as law gave them")
    facts = models.JSONField()
    reasons = models.TextField(help_text="the reasons in words, verbatim")
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

    def __str__(self) -> str:
        return f"{self.kind}: {self.taken}"
