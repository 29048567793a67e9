"""How a matter's record ends, and what forbids that it ends yet."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from casewright.foundation.two_people import Proposal, two_people


class Destruction(Proposal):
    """The lawful destruction of one matter: proposed by one person, approved by another, certified without content."""

    matter_id = models.BigIntegerField()
    reference = models.CharField(max_length=20)
    reason = models.CharField(max_length=300)
    force = models.ForeignKey(
        "reference.Force", null=True, on_delete=models.PROTECT, db_index=False, related_name="+",
        help_text="whose matter it was: set once it is destroyed; till then the matter itself says it",
    )  # fmt: skip
    certificate = models.JSONField(default=dict, help_text="how many rows went from which table; no content")

    class Meta:
        constraints = [
            two_people("nobody_approves_their_own_destruction"),
            models.UniqueConstraint(fields=["matter_id"], name="destroyed_once"),
        ]

    def __str__(self) -> str:
        return f"destruction of {self.reference}"


class Hold(models.Model):
    """A legal hold: while it stands the matter cannot be destroyed; the database itself refuses (0008_seeing)."""

    matter = models.ForeignKey("matters.Matter", on_delete=models.CASCADE, related_name="holds")
    reason = models.CharField(max_length=300)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True)
    lifted_reason = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"hold on {self.matter_id}"
