"""Making, emptying and dating the demonstration."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

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


@transaction.atomic
def make() -> str:
    """Make the unit and its month of work, and say how much that is.

    In one transaction: no worker takes a part of a past day for work of today, and where it is broken off there is
    nothing instead of half a month, so that the next start makes it whole.
    """
    # Half the product, wanted only where there is no demonstration yet: a second start does not wait for it.
    from casewright.commands.demonstration.month import work_a_month
    from casewright.commands.demonstration.unit import make_unit

    began = time.perf_counter()
    ClockSetting.objects.get_or_create(id=1)
    tune_clock()
    force = make_unit(today=clock.today(), at=clock.now())
    work_a_month(force_id=force.id, today=clock.today())
    return f"12 people, {Matter.objects.count():,} matters, {time.perf_counter() - began:.1f} s"


@transaction.atomic
def make_anew() -> str:
    """Empty the demonstration and make it again: all of it, or nothing of the old one is gone."""
    empty()
    return make()


def put_seals_aside(folder: Path) -> None:
    """Exported seals are of the log that was emptied: left in place they would call the new one altered."""
    old = list(folder.glob("seals-*.jsonl"))
    aside = folder / f"of-a-former-demonstration-{time.time_ns()}"
    if old:
        aside.mkdir()
    for each in old:
        each.rename(aside / each.name)


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
