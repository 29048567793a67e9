"""The journal: what was done, by whom, when, why and under which authority (DPA 2018 s.62).

Three tables, each partitioned by month from the first migration (SQL in migrations/0001_initial.py, so these models
are unmanaged): entries hold ids, codes, dates and hashes only; words and names sit in `EntryText`, which a destroy
erases while the hash stays; consultation (who looked) is kept apart because it is far larger and its use is limited.
"""

from __future__ import annotations

from django.db import models


class Operation(models.TextChoices):
    """The six operations of DPA 2018 s.62(1)."""

    COLLECTION = "collection"
    ALTERATION = "alteration"
    CONSULTATION = "consultation"
    DISCLOSURE = "disclosure"
    COMBINATION = "combination"
    ERASURE = "erasure"


class Entry(models.Model):
    """One thing that was done. Append only: the application's database role may INSERT and SELECT."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    operation = models.CharField(max_length=14, choices=Operation.choices)
    actor_id = models.BigIntegerField(null=True)
    matter_id = models.BigIntegerField(null=True)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField(null=True)
    facts = models.JSONField()
    authority = models.CharField(max_length=200)
    text_hash = models.CharField(max_length=64)

    class Meta:
        managed = False
        db_table = "journal_entry"


class EntryText(models.Model):
    """The words and names of an entry: erased with its matter, its salted hash stays on the entry."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    entry_id = models.BigIntegerField()
    matter_id = models.BigIntegerField(null=True)
    salt = models.CharField(max_length=32)
    text = models.TextField()

    class Meta:
        managed = False
        db_table = "journal_entrytext"


class Consultation(models.Model):
    """Who looked at what, when, from where. Never read for productivity (DPA 2018 s.62(4))."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField()
    matter_id = models.BigIntegerField(null=True)
    page = models.CharField(max_length=60)
    reason = models.CharField(max_length=60)
    shown = models.JSONField()

    class Meta:
        managed = False
        db_table = "journal_consultation"


class FieldHistory(models.Model):
    """The former version of a changed or removed row, written by a statement-level trigger."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    table_name = models.CharField(max_length=63)
    row_id = models.BigIntegerField()
    matter_id = models.BigIntegerField(null=True)
    operation = models.CharField(max_length=6)
    former = models.JSONField()

    class Meta:
        managed = False
        db_table = "journal_fieldhistory"
