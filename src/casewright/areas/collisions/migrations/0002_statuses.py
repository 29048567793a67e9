"""The statuses this area's matters may have, from its lifecycle."""

from typing import Any

from django.db import migrations

from casewright.areas.collisions import lifecycle


def write(apps: Any, schema_editor: Any) -> None:
    status = apps.get_model("matters", "MatterStatus")
    known = lifecycle.LIFECYCLE
    waiting = getattr(lifecycle, "WAITING_OUTSIDE", ())
    status.objects.bulk_create(
        status(kind=known.kind, status=name, title=title, closes=name in known.closed, waits=name in waiting)
        for name, title in known.statuses.items()
    )


class Migration(migrations.Migration):
    dependencies = [("collisions", "0001_initial"), ("matters", "0002_checks")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
