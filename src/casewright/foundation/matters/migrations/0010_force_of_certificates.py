"""A certificate says whose matter was destroyed, so that it is there for people of that force alone.

Of a matter destroyed before this nothing says it any more. It was its approver's, who had to see it: where he serves one
force, or the unit has but one, that is taken; else it stays empty and is there for the two who decided it.
"""

import django.db.models.deletion
from django.db import migrations, models

FILLED = """
WITH ours AS (SELECT min(id) AS id FROM reference_force HAVING count(*) = 1),
  theirs AS (SELECT user_id, min(force_id) AS id FROM people_user_forces GROUP BY user_id HAVING count(*) = 1)
UPDATE matters_destruction d SET force_id = coalesce((SELECT id FROM ours), (
  SELECT id FROM theirs WHERE theirs.user_id = d.approved_by_id))
WHERE d.approved_at IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0009_status_by_statement"),
        ("people", "0001_initial"),
        ("reference", "0002_bank_holidays"),
    ]

    operations = [
        migrations.AddField(
            model_name="destruction",
            name="force",
            field=models.ForeignKey(
                db_index=False,
                help_text="whose matter it was: set once it is destroyed; till then the matter itself says it",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="reference.force",
            ),
        ),
        migrations.RunSQL(FILLED, migrations.RunSQL.noop),
    ]
