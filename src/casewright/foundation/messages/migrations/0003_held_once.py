"""A held row given again is known again: the mark of what it says, and which held row a row repeats."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("messages", "0002_leaner")]

    operations = [
        migrations.AddField(
            model_name="helditem",
            name="same_mark",
            field=models.BinaryField(
                help_text="hash of what a row says; empty once a person refused it, so that it may come again",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="intakerow",
            name="repeats_id",
            field=models.BigIntegerField(
                help_text="the held row of which this one says the same again", null=True
            ),
        ),
        migrations.AddIndex(
            model_name="intakerow",
            index=models.Index(
                condition=models.Q(("repeats_id__isnull", False)), fields=["repeats_id"], name="row_repeats"
            ),
        ),
        migrations.AddConstraint(
            model_name="helditem",
            constraint=models.UniqueConstraint(fields=("same_mark",), name="held_same_once"),
        ),
    ]
