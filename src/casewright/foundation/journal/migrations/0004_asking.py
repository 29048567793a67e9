"""What the audit viewer asks of the log: by person, by period, and every list that showed a matter.

Acts of the system itself, by far the most, are not among those of a person.
"""

from django.db import migrations

INDEXES = """
CREATE INDEX journal_entry_at ON journal_entry (at, id);
CREATE INDEX journal_entry_actor ON journal_entry (actor_id, at) WHERE actor_id IS NOT NULL;
CREATE INDEX journal_consultation_at ON journal_consultation (at, id);
CREATE INDEX journal_consultation_shown ON journal_consultation USING gin ((shown -> 'matters') jsonb_path_ops);
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_erasing")]
    operations = [migrations.RunSQL(INDEXES)]
