"""A part of the unit's own rounds says whose matters it works; what is not over is found without what is."""

from django.db import migrations, models

# Parts made before this say nothing of a force. Where all matters are of one, theirs were too; elsewhere nobody can
# tell any more, and such a part is counted to nobody.
OF_THE_ONLY_FORCE = """
UPDATE runs_chunk c SET force_id = m.only FROM runs_run r,
  (SELECT min(force_id) AS only FROM matters_matter HAVING count(DISTINCT force_id) = 1) m
WHERE r.id = c.run_id AND r.kind IN ('daily_round', 'recount_deadlines')
"""


class Migration(migrations.Migration):
    dependencies = [("runs", "0001_initial"), ("matters", "0011_start_on"), ("reference", "0001_initial")]

    operations = [
        migrations.AddField("chunk", "force", models.ForeignKey(
            "reference.Force", null=True, on_delete=models.deletion.PROTECT, db_index=False, related_name="+",
            help_text="whose matters a part of the unit's own rounds works; null where its file or print run says it")),
        migrations.RunSQL(OF_THE_ONLY_FORCE, migrations.RunSQL.noop),
        migrations.AddIndex("run", models.Index(
            fields=["state"], condition=models.Q(("state__in", ("going", "paused", "failed"))), name="run_not_over")),
        migrations.AddIndex("chunk", models.Index(
            fields=["done_at"], condition=models.Q(("done_at__isnull", False)), name="chunk_done")),
    ]  # fmt: skip
