"""The journal: what was done, by whom, when, why and under which authority (DPA 2018 s.62).

The log's tables are partitioned by month from the first migration (SQL in migrations/, so these models are
unmanaged): entries hold ids, codes, dates and hashes only; words and names sit in `EntryText`, which a destroy
erases while the hash stays; consultation (who looked) is kept apart because it is far larger and its use is limited.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Func

TX = Func(function="journal_tx", output_field=models.BigIntegerField())  # set by the database alone


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
    for_id = models.BigIntegerField(null=True, help_text="for whom the actor stood in, under a delegation")
    reason = models.CharField(max_length=60, help_text="why: the code of a reason or the task at hand")
    recipient = models.CharField(max_length=60, help_text="to whom something was disclosed: a code and an id")
    source = models.CharField(max_length=40, help_text="the door, and its request or chunk")
    tx = models.BigIntegerField(db_default=TX, help_text="the transaction that wrote it")

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
    for_id = models.BigIntegerField(null=True)
    source = models.CharField(max_length=40)
    text_hash = models.CharField(max_length=64, help_text="of the salted words of a search")
    tx = models.BigIntegerField(db_default=TX)

    class Meta:
        managed = False
        db_table = "journal_consultation"


class SearchWords(models.Model):
    """What was searched for: erased with a matter it would find; its salted hash stays on the consultation."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    consultation_id = models.BigIntegerField()
    salt = models.CharField(max_length=32)
    words = models.CharField(max_length=200)

    class Meta:
        managed = False
        db_table = "journal_searchwords"


class FieldHistory(models.Model):
    """The former version of a changed or removed row, written by a statement-level trigger."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    table_name = models.CharField(max_length=63)
    row_id = models.BigIntegerField()
    matter_id = models.BigIntegerField(null=True)
    operation = models.CharField(max_length=6)
    former = models.JSONField()
    tx = models.BigIntegerField(db_default=TX)

    class Meta:
        managed = False
        db_table = "journal_fieldhistory"


class Seal(models.Model):
    """The digest of every row that ended transactions wrote to one table of the log, chained to the seal before."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    sealed = models.CharField(max_length=30, help_text="the table")
    from_tx = models.BigIntegerField()
    until_tx = models.BigIntegerField(help_text="exclusive")
    rows = models.BigIntegerField()
    leaves = models.BinaryField(help_text="for each row in order of id: id, matter, digest; 32 bytes")
    previous = models.BinaryField()
    digest = models.BinaryField()

    class Meta:
        managed = False
        db_table = "journal_seal"
