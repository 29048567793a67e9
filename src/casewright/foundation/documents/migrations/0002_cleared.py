"""When stored bytes were found clean by the virus scanner, or made by ourselves."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """One more column that may be empty: nothing is rewritten."""

    dependencies = [("documents", "0001_initial")]

    operations = [
        migrations.AddField(model_name="blob", name="cleared_at", field=models.DateTimeField(null=True))
    ]
