"""What was answered or given up lately is found by its moment, however much ever was."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("messages", "0004_last_day")]

    operations = [
        migrations.AddIndex("message", models.Index(
            fields=["settled_at"],
            condition=models.Q(("direction", "out"), ("state", "answered")),
            name="message_answered")),
        migrations.AddIndex("helditem", models.Index(
            fields=["emptied_at"],
            condition=models.Q(("emptied_at__isnull", False), ("message__isnull", False)),
            name="held_answer_emptied")),
    ]  # fmt: skip
