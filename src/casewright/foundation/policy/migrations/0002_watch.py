"""Former versions of settings are kept."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("policy", "0001_initial"), ("journal", "0001_initial")]
    operations = [migrations.RunSQL("SELECT journal_watch('policy_setting');")]
