"""Sealing and verifying read ranges of transactions: the index that finds them knows only what was summed up.

Fresh pages are summed up when autovacuum comes by; until then every range would read all of them. The owner's function
sums them up at once.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION journal_sum_up() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_catalog AS $$
DECLARE one regclass;
BEGIN
  FOR one IN SELECT part.inhrelid::regclass FROM pg_inherits part WHERE part.inhparent IN
    ('journal_entry_tx'::regclass, 'journal_consultation_tx'::regclass, 'journal_fieldhistory_tx'::regclass)
  LOOP
    PERFORM brin_summarize_new_values(one);
  END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0004_asking")]
    operations = [migrations.RunSQL(FUNCTION)]
