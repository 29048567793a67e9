"""A matter's status is checked against the (kind, status) table; references are numbered; former versions are kept."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("matters", "0001_initial"), ("journal", "0001_initial")]
    operations = [
        migrations.RunSQL("""
            ALTER TABLE matters_matter ADD CONSTRAINT matter_status_known
              FOREIGN KEY (kind, status) REFERENCES matters_matterstatus (kind, status) DEFERRABLE INITIALLY DEFERRED;
            CREATE SEQUENCE matters_reference START 100001;
            CREATE SEQUENCE matters_upload START 2001;
            CREATE SEQUENCE matters_print_run START 601;
            SELECT journal_watch('matters_matter');
            SELECT journal_watch('matters_note');
        """)
    ]
