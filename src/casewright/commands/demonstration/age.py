"""Making, emptying and dating the demonstration."""

from __future__ import annotations

import time
from datetime import timedelta

from django.apps import apps
from django.db import connection, transaction

from casewright.foundation import clock
from casewright.foundation.matters.models import Matter
from casewright.foundation.people.actions import tune_clock
from casewright.foundation.people.models import ClockSetting

RENEW_AFTER = timedelta(days=7)
KEPT = {
    "matters_matterstatus",
    "tasks_tasktype",
    "reference_code",
    "django_migrations",
    "django_content_type",
    "auth_permission",
}


def make() -> str:
    """Make the unit and its month of work, and say how much that is."""
    # Half the product, wanted only where there is no demonstration yet: a second start does not wait for it.
    from casewright.commands.demonstration.month import work_a_month
    from casewright.commands.demonstration.unit import make_unit

    began = time.perf_counter()
    with transaction.atomic():
        ClockSetting.objects.get_or_create(id=1)
    tune_clock()
    with transaction.atomic():
        force = make_unit(today=clock.today(), at=clock.now())
    work_a_month(force_id=force.id, today=clock.today())
    return f"12 people, {Matter.objects.count():,} matters, {time.perf_counter() - began:.1f} s"


def empty() -> None:
    """Remove everything of the demonstration, its clock included; needs the owner's database role."""
    tables = [
        m._meta.db_table
        for m in apps.get_models(include_auto_created=True)
        if m._meta.app_label not in ("contenttypes", "auth") and m._meta.db_table not in KEPT
    ]
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE " + ", ".join(f'"{t}"' for t in tables))


def in_words() -> str:
    """How old the demonstration is, and the offer to renew it once it is older than seven days."""
    newest = Matter.objects.order_by("-opened_at").values_list("opened_at", flat=True).first()
    count = f"{Matter.objects.count():,} matters"
    if newest is None or clock.now() - newest < RENEW_AFTER:
        return f"kept, {count}"
    return f"kept, {count}; its newest is {(clock.now() - newest).days} days old: `demo reset` makes it anew"
