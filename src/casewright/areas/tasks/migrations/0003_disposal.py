"""What was decided and has no machinery of its own yet is carried out by a person: a task until it is done."""

from typing import Any

from django.db import migrations

TYPES = (
    ("carry_out_disposal", "Carry out what was decided", 5, "decisions", ["done", "could not be done"]),
)


def write(apps: Any, schema_editor: Any) -> None:
    kind = apps.get_model("tasks", "TaskType")
    kind.objects.bulk_create(kind(code=c, title=t, days=d, queue=q, outcomes=o) for c, t, d, q, o in TYPES)


class Migration(migrations.Migration):
    dependencies = [("tasks", "0002_types")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
