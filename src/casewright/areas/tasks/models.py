"""Work given to someone: a colleague, a team, an outside body. Types are data; a new type needs no code."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class TaskType(models.Model):
    """A kind of task: what is asked, how many days it is given, who works it."""

    code = models.CharField(max_length=40, primary_key=True)
    title = models.CharField(max_length=120)
    days = models.SmallIntegerField(help_text="unit's own target, in days")
    queue = models.CharField(max_length=40)
    outcomes = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.title


class Task(models.Model):
    """One task on a matter and a subject."""

    type = models.ForeignKey(TaskType, on_delete=models.PROTECT)
    matter = models.ForeignKey("matters.Matter", on_delete=models.CASCADE, related_name="tasks")
    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField(null=True)
    detail = models.CharField(max_length=300, blank=True)
    queue = models.CharField(max_length=40)
    given_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField()
    state = models.CharField(
        max_length=8, default="open", choices=[("open", "Open"), ("done", "Done"), ("dropped", "Dropped")]
    )
    outcome = models.CharField(max_length=40, blank=True)
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["queue", "due_on", "id"], condition=Q(state="open"), name="task_open")
        ]

    def __str__(self) -> str:
        return f"{self.type_id} {self.id}"
