"""Code lists of the trade, each row dated: a code is only valid within its own period."""

from __future__ import annotations

from django.db import models


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
