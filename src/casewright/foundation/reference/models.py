"""Code lists of the trade, each row dated: a code is only valid within its own period."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from casewright.foundation.two_people import Proposal, two_people


class Code(models.Model):
    """One row of a national or local list (courts, result codes, STATS19 values …), valid from/until (exclusive)."""

    list = models.CharField(max_length=60)
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    source = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["list", "code", "valid_from"], name="code_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.list} {self.code}: {self.title}"


class Force(models.Model):
    """A police force the unit prosecutes for; one installation may serve several."""

    code = models.CharField(max_length=4, unique=True)
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=4, unique=True, help_text="begins this force's references")

    def __str__(self) -> str:
        return self.name


class BankHoliday(Proposal):
    """A bank holiday proclaimed (or withdrawn) after the law data was packaged; it counts once approved.

    Banking and Financial Dealings Act 1971 s.1(2), (3). Proposed by one person, approved by another.
    """

    on = models.DateField()
    name = models.CharField(max_length=80)
    where = models.CharField(max_length=8, default="EW SC NI", help_text="EW, SC, NI, with spaces between")
    withdraws = models.BooleanField(default=False, help_text="the day is a bank holiday no longer")
    source = models.CharField(max_length=200, help_text="the proclamation, so that anyone can look it up")
    turned_down = models.BooleanField(default=False, help_text="the second person said no; it never counts")
    proposed_by = models.ForeignKey(  # type: ignore[assignment]
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["on", "withdraws"], condition=models.Q(turned_down=False), name="bank_holiday_once"
            ),
            two_people("nobody_approves_their_own_holiday"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.name}"
