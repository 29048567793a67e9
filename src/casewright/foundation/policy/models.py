"""The unit's own settings, per force and dated: proposed by one person, approved by another."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from casewright.foundation.two_people import Proposal, two_people


class Setting(Proposal):
    """One value of one setting for one force (or all) from a day on."""

    force = models.ForeignKey("reference.Force", null=True, on_delete=models.PROTECT)
    key = models.CharField(max_length=80)
    value = models.JSONField()
    effective_from = models.DateField()
    effective_until = models.DateField(null=True)
    reason = models.CharField(max_length=300)
    turned_down = models.BooleanField(
        default=False, help_text="the second person said no; it never takes effect"
    )
    # A setting that came with the product was proposed by nobody.
    proposed_by = models.ForeignKey(  # type: ignore[assignment]
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(null=True)  # type: ignore[assignment]

    class Meta:
        constraints = [two_people("nobody_approves_their_own_setting")]

    def __str__(self) -> str:
        return f"{self.key} = {self.value} from {self.effective_from}"
