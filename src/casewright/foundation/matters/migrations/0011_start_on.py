"""The day the work must begin is kept with a matter, and its worklists are read by it.

Measured with 60,000 open matters: what had to begin was found by reading each matter of the queue, 28 to 41 ms a
statement, twice a page; by this index it costs as much as is due.
"""

from datetime import date

from django.db import migrations, models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast, Coalesce

OPEN = Q(closed_at__isnull=True)


def _index(name: str, *fields: str, condition: Q = OPEN) -> migrations.AddIndex:
    return migrations.AddIndex("matter", models.Index(*map(F, fields), condition=condition, name=name))


class Migration(migrations.Migration):
    dependencies = [("matters", "0010_force_of_certificates")]
    operations = [
        migrations.RemoveIndex("matter", "matter_of_owner"),
        migrations.RemoveIndex("matter", "matter_in_queue"),
        migrations.AlterField(
            "matter",
            "next_lead_days",
            models.PositiveSmallIntegerField(default=5, help_text="days the work itself needs"),
        ),
        migrations.AddField(
            "matter",
            "next_start_on",
            models.GeneratedField(
                expression=Coalesce(
                    Func(F("next_act_by"), Cast("next_lead_days", models.IntegerField()), arg_joiner=" - ",
                         template="(%(expressions)s)"),
                    Value(date.max),
                ),
                output_field=models.DateField(),
                db_persist=True,
                help_text="the last day to begin the work; the last day there is where no day is set",
            ),
        ),
        _index("matter_of_owner", "owner", "next_start_on", "id", condition=OPEN & Q(owner__isnull=False)),
        _index("matter_in_queue", "queue", "next_start_on", "id"),
        _index("matter_open", "next_start_on", "id"),
    ]  # fmt: skip
