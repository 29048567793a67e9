"""Long work: a run and its chunks, written in the same transaction as the work they stand for."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class Run(models.Model):
    """Long work of one kind, made of chunks. Nothing else knows how far it is."""

    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=160)
    state = models.CharField(
        max_length=10,
        default="going",
        choices=[
            ("going", "Going"),
            ("paused", "Paused"),
            ("stopped", "Stopped"),
            ("done", "Done"),
            ("failed", "Failed"),
        ],
    )
    params = models.JSONField(default=dict)
    total = models.IntegerField(default=0, help_text="items, over all chunks")
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["-started_at"], name="run_newest"),
            # What is not over, however much ever was: the boards read these alone.
            models.Index(
                fields=["state"], condition=Q(state__in=("going", "paused", "failed")), name="run_not_over"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Chunk(models.Model):
    """One part of a run: worked whole or not at all."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="chunks")
    number = models.IntegerField()
    force = models.ForeignKey(
        "reference.Force",
        null=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
        help_text="whose matters a part of the unit's own rounds works; null where its file or print run says it",
    )
    state = models.CharField(
        max_length=10,
        default="waiting",
        choices=[("waiting", "Waiting"), ("done", "Done"), ("failed", "Failed")],
    )
    payload = models.JSONField(default=dict)
    items = models.IntegerField()
    counts = models.JSONField(default=dict)
    attempts = models.IntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True)
    took_ms = models.IntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="chunk_once")]
        indexes = [
            models.Index(fields=["run", "number"], condition=Q(state="waiting"), name="chunk_waiting"),
            models.Index(fields=["done_at"], condition=Q(done_at__isnull=False), name="chunk_done"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.number}"
