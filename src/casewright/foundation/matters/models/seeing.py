"""Who may see a matter beyond their force: restrictions, leave given, conflicts declared, glass broken."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Grant(models.Model):
    """Leave for one person to see one matter, with reason and end."""

    HOW = (("leave", "Leave given"), ("own_case", "Officer in the case"), ("glass", "Glass broken"))

    matter = models.ForeignKey("matters.Matter", on_delete=models.CASCADE, related_name="grants")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    how = models.CharField(max_length=10, choices=HOW, default="leave")
    reason = models.CharField(max_length=200)
    given_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.user_id} may see {self.matter_id}"


class Restriction(models.Model):
    """A matter was restricted: only people with leave see it until the restriction is lifted."""

    matter = models.ForeignKey("matters.Matter", on_delete=models.CASCADE, related_name="restrictions")
    reason = models.CharField(max_length=200)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True)
    lifted_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(lifted_at__isnull=True), name="restricted_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"restriction of {self.matter_id}"


class Conflict(models.Model):
    """A person's declared conflict of interest: with one matter, or with a name or registration mark wherever it is.

    It shuts the person out before the matter is opened. It ends only by another person.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="conflicts")
    matter = models.ForeignKey(
        "matters.Matter", null=True, on_delete=models.CASCADE, related_name="conflicts"
    )
    name = models.CharField(max_length=200, blank=True, help_text="as it is searched: folded")
    mark = models.CharField(max_length=12, blank=True)
    why = models.CharField(max_length=200)
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_conflict_is_with_one_thing",
                condition=Q(matter__isnull=False, name="", mark="")
                | Q(matter__isnull=True, mark="") & ~Q(name="")
                | Q(matter__isnull=True, name="") & ~Q(mark=""),
            ),
            models.CheckConstraint(
                name="nobody_ends_their_own_conflict",
                condition=Q(ended_by__isnull=True) | ~Q(ended_by=F("user")),
            ),
        ]
        indexes = [
            models.Index(fields=["user"], condition=Q(ended_at__isnull=True), name="conflict_of_person")
        ]

    def __str__(self) -> str:
        return f"conflict of {self.user_id}"


class GlassBroken(models.Model):
    """A person asked to see a matter by its exact reference without leave; kept whether or not there is one."""

    FOUND = (("proper", "Proper"), ("improper", "Not proper"))

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=20)
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    ends_at = models.DateTimeField()
    matter = models.ForeignKey("matters.Matter", null=True, on_delete=models.CASCADE, related_name="+")
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True)
    found = models.CharField(max_length=8, choices=FOUND, blank=True)
    review = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="nobody_reviews_their_own_glass",
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("user")),
            )
        ]
        indexes = [models.Index(fields=["at"], condition=Q(reviewed_at__isnull=True), name="glass_to_review")]

    def __str__(self) -> str:
        return f"{self.user_id} broke the glass for {self.reference}"
