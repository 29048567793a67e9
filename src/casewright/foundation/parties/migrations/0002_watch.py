"""Former versions of parties and vehicles are kept."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("parties", "0001_initial"), ("journal", "0001_initial")]
    operations = [
        migrations.RunSQL("SELECT journal_watch('parties_party'); SELECT journal_watch('parties_vehicle');")
    ]
