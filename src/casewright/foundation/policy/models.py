"""The unit's own settings, per force and dated: proposed by one person, approved by another."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Setting(models.Model):
    """One value of one setting for one force (or all) from a day on."""

    force = models.ForeignKey("reference.Force", null=True, on_delete=models.PROTECT)
    key = models.CharField(max_length=80)
    value = models.JSONField()
    effective_from = models.DateField()
    effective_until = models.DateField(null=True)
    reason = models.CharField(max_length=300)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True)
                | models.Q(proposed_by__isnull=True)
                | ~models.Q(approved_by=models.F("proposed_by")),
                name="nobody_approves_their_own_setting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} = {self.value} from {self.effective_from}"
