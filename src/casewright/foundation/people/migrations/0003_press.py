from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_signing_in_and_trust")]

    operations = [
        migrations.CreateModel(
            name="Press",
            fields=[
                ("mark", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("led_to", models.TextField()),
                ("at", models.DateTimeField(db_index=True)),
            ],
        )
    ]
