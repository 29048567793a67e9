"""The task types the unit starts with; more are data."""

from typing import Any

from django.db import migrations

TYPES = (
    ("find_keeper", "Find who keeps the vehicle", 3, "enquiries", ["found", "not found"]),
    ("keeper_abroad", "Decide what to do about a keeper abroad", 5, "enquiries", ["pursue", "end"]),
    (
        "decide_default",
        "Decide whether to charge failing to identify the driver",
        14,
        "decisions",
        ["prosecute", "end"],
    ),
)


def write(apps: Any, schema_editor: Any) -> None:
    kind = apps.get_model("tasks", "TaskType")
    kind.objects.bulk_create(kind(code=c, title=t, days=d, queue=q, outcomes=o) for c, t, d, q, o in TYPES)


class Migration(migrations.Migration):
    dependencies = [("tasks", "0001_initial")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
