from django.contrib.postgres.indexes import BrinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    atomic = False  # the index is built beside the work

    dependencies = [("decisions", "0005_structure")]

    operations = [
        AddIndexConcurrently(
            "decision",
            BrinIndex(fields=["at"], name="decision_at", autosummarize=True, pages_per_range=32),
        )
    ]
