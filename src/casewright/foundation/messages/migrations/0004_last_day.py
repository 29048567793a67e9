"""Held rows are emptied when their last day has passed; the words of their entries go with what they said."""

from django.db import migrations, models

FUNCTION = """
-- Words about held rows that belong to no matter, and only of rows already emptied. Ids, codes and hashes stay.
CREATE FUNCTION journal_erase_words_of_held(held bigint[]) RETURNS integer LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public AS $$
DECLARE gone integer;
BEGIN
  DELETE FROM journal_entrytext t USING journal_entry e, messages_helditem h
  WHERE t.matter_id IS NULL AND e.at = t.at AND e.id = t.entry_id AND e.matter_id IS NULL
    AND e.subject_kind = 'held' AND e.subject_id = ANY (held) AND h.id = e.subject_id AND h.emptied_at IS NOT NULL;
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("messages", "0003_held_once"), ("journal", "0005_summaries")]

    operations = [
        migrations.AddField("helditem", "emptied_at", models.DateTimeField(
            null=True, help_text="when what it said was removed, its last day passed")),
        migrations.AlterField("helditem", "retain_until", models.DateField(
            null=True, help_text="its last day; null where it goes with the matter it is about")),
        migrations.AddIndex("helditem", models.Index(
            fields=["retain_until"],
            condition=models.Q(("emptied_at__isnull", True), ("matter_id__isnull", True)),
            name="held_last_day")),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION journal_erase_words_of_held(bigint[])"),
    ]  # fmt: skip
